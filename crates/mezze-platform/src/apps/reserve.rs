//! Reserving a mini app's id and name, and changing what is set for it.

use axum::http::StatusCode;
use mezze_model::AppId;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::look_alikes::same_name;
use super::names::skeleton;
use crate::accounts::Caller;
use crate::audit_trail::{Act, Who, record};
use crate::http::require_revision;
use crate::organisations::{organisation_for, role_in, standing};
use crate::problem::Problem;
use crate::registry::model::app;
use crate::registry::{App, Registry};

/// Kinds of mini apps that a store sorts by.
pub(super) const CATEGORIES: [&str; 16] = [
    "books",
    "business",
    "education",
    "entertainment",
    "finance",
    "food",
    "games",
    "government",
    "health",
    "lifestyle",
    "news",
    "shopping",
    "social",
    "tools",
    "travel",
    "utilities",
];
const LONGEST_NAME: usize = 60;

/// A mini app to reserve.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(super) struct NewApp {
    #[schema(example = "org.example.menu")]
    app_id: String,
    /// Name as people see it.
    name: String,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    description: Option<String>,
    /// Whom it belongs to; the caller's own organisation where it is not given.
    #[serde(default)]
    organisation_id: Option<String>,
}

/// What to change; what is not given stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub(super) struct AppChange {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    description: Option<String>,
    /// Versions with a lower code don't open any more. It only goes up.
    #[serde(default)]
    minimum_version_code: Option<i64>,
}

impl Registry<'_> {
    /// Reserves an id and a name.
    pub(super) async fn reserve(&self, caller: Caller, request: NewApp) -> Result<App, Problem> {
        let id = AppId::parse(&request.app_id).map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
        let name = check_name(&request.name)?;
        let category = request.category.as_deref().map(check_category).transpose()?;
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let fresh = App {
            id: id.to_string(),
            developer_key: String::new(),
            publisher_id: who.user_id().map(str::to_owned),
            current_release_id: None,
            created_at: now,
            staged_release_id: None,
            minimum_version_code: 0,
            revision: 0,
            organisation_id: request.organisation_id,
            name_skeleton: Some(skeleton(&name)),
            name: Some(name),
            category,
            description: request.description,
            icon_hash: None,
            created_by: who.user_id().map(str::to_owned),
        };
        let (who, fresh) = (&who, &fresh);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let Who::User(caller) = who else { return Err(Problem::not_signed_in().into()) };
                    let organisation = match &fresh.organisation_id {
                        Some(organisation) => {
                            let role = role_in(transaction, &caller.user.id, organisation).await?;
                            if !role.is_some_and(|role| role.develops()) {
                                return Err(Problem::not_allowed("You are no developer of this organisation.").into());
                            }
                            organisation.clone()
                        }
                        None => organisation_for(services, transaction, &caller.user).await?,
                    };
                    if let Some(known) = app::Entity::find_by_id(&fresh.id).one(transaction).await? {
                        if known.organisation_id.as_deref() == Some(&organisation) {
                            return Ok(known);
                        }
                        return Err(id_taken(&fresh.id).into());
                    }
                    refuse_same_name(transaction, &fresh.id, &organisation, fresh.name.as_deref()).await?;
                    let row = App { organisation_id: Some(organisation), ..fresh.clone() };
                    app::Entity::insert(app::ActiveModel::from(row.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    let details = json!({"name": row.name, "category": row.category});
                    record(transaction, now, on_app(who, "app.reserve", &row, details)).await?;
                    Ok(row)
                })
            })
            .await
    }

    /// Changes what is set for a mini app.
    pub(super) async fn change_app(
        &self,
        caller: Caller,
        id: &str,
        change: AppChange,
        revision: Option<i64>,
    ) -> Result<App, Problem> {
        let name = change.name.as_deref().map(check_name).transpose()?;
        let category = change.category.as_deref().map(check_category).transpose()?;
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let (who, name, category, change) = (&who, &name, &category, &change);
        let id = id.to_ascii_lowercase();
        let id = id.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let Who::User(caller) = who else { return Err(Problem::not_signed_in().into()) };
                    let row = app::Entity::find_by_id(id).one(transaction).await?;
                    let row = row.ok_or_else(|| crate::registry::not_your_app(id))?;
                    if !standing(transaction, &caller.user, &row).await?.develops() {
                        return Err(crate::registry::not_your_app(id).into());
                    }
                    require_revision(revision, row.revision)?;
                    if let Some(name) = name {
                        let organisation = row.organisation_id.clone().unwrap_or_default();
                        refuse_same_name(transaction, id, &organisation, Some(name)).await?;
                    }
                    let minimum = change.minimum_version_code.unwrap_or(row.minimum_version_code);
                    if minimum < row.minimum_version_code {
                        return Err(minimum_shrinks(&row).into());
                    }
                    let row = App {
                        name_skeleton: name.as_deref().map(skeleton).or(row.name_skeleton),
                        name: name.clone().or(row.name),
                        category: category.clone().or(row.category),
                        description: change.description.clone().or(row.description),
                        minimum_version_code: minimum,
                        revision: row.revision + 1,
                        ..row
                    };
                    row.clone().into_active_model().reset_all().update(transaction).await?;
                    let details = json!({"name": name, "category": category, "minimum_version_code": minimum});
                    record(transaction, now, on_app(who, "app.change", &row, details)).await?;
                    Ok(row)
                })
            })
            .await
    }
}

pub(super) fn on_app<'a>(who: &'a Who, action: &'a str, row: &'a App, details: serde_json::Value) -> Act<'a> {
    Act {
        who,
        action,
        subject_kind: "app",
        subject_id: &row.id,
        app_id: Some(&row.id),
        organisation_id: row.organisation_id.as_deref(),
        details,
    }
}

fn check_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || skeleton(name).is_empty() {
        return Err(Problem::bad_request(format!("A name has 1 to {LONGEST_NAME} characters, one of them a letter.")));
    }
    Ok(name.to_owned())
}

fn check_category(category: &str) -> Result<String, Problem> {
    if CATEGORIES.contains(&category) {
        return Ok(category.to_owned());
    }
    let known = CATEGORIES.join(", ");
    Err(Problem::bad_request(format!("`{category}` is no category of this platform; there are: {known}.")))
}

async fn refuse_same_name(
    transaction: &DatabaseTransaction,
    id: &str,
    organisation: &str,
    name: Option<&str>,
) -> Result<(), crate::database::WriteStop> {
    let Some(name) = name else { return Ok(()) };
    if let Some(other) = same_name(transaction, id, organisation, name).await? {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "name-taken",
            "The name looks like another one",
            format!("`{name}` looks the same as the name of {other}, which belongs to another organisation."),
        )
        .hint("Choose another name; if the name is yours, ask the operator.")
        .into());
    }
    Ok(())
}

fn id_taken(id: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, "id-taken", "This id is taken", format!("{id} belongs to another organisation."))
        .hint("Choose another id.")
}

fn minimum_shrinks(row: &App) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "minimum-shrinks",
        "The lowest version only goes up",
        format!("It is {} for {}.", row.minimum_version_code, row.id),
    )
}
