//! A user sends a report.

use mezze_model::{AppId, VersionName};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::kinds::{Reason, ReportState};
use super::model::report;
use crate::accounts::User;
use crate::audit_trail::{Act, Who, record};
use crate::delivery::may_test;
use crate::problem::Problem;
use crate::rates::LastingLimit;
use crate::registry::model::release;
use crate::registry::{App, Registry, ReleaseState, unknown_app, unknown_version};
use crate::state::Services;

const LONGEST_TEXT: usize = 1_000;
const LONGEST_CONTACT: usize = 200;
const LONGEST_PAGE: usize = 256;

/// A report as it is sent.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewReport {
    /// The version that runs.
    #[schema(example = "1.2.0")]
    version: String,
    /// Path of the page that is open, without its query; at most 256 characters.
    #[serde(default)]
    page: String,
    reason: Reason,
    /// What is wrong, at most 1,000 characters; needed for `other`.
    #[serde(default)]
    text: String,
    /// How the user may be reached about it, at most 200 characters; left out where they don't want to be.
    #[serde(default)]
    contact: Option<String>,
}

impl NewReport {
    fn check(&self) -> Result<(), Problem> {
        let too_long =
            |what: &str, most: usize| Err(Problem::bad_request(format!("{what} has at most {most} characters.")));
        if self.text.trim().chars().count() > LONGEST_TEXT {
            return too_long("The text", LONGEST_TEXT);
        }
        if self.contact.as_deref().unwrap_or_default().trim().chars().count() > LONGEST_CONTACT {
            return too_long("The contact", LONGEST_CONTACT);
        }
        if self.page.chars().count() > LONGEST_PAGE {
            return too_long("The page", LONGEST_PAGE);
        }
        if self.reason == Reason::Other && self.text.trim().is_empty() {
            return Err(Problem::bad_request("A report for another reason needs a text.").hint("Say what is wrong."));
        }
        Ok(())
    }
}

/// Keeps a report; the very same one again, while nobody has decided over it, is the one that is there. Tells whether it
/// is new.
pub(super) async fn send(
    services: &Services,
    user: &User,
    app_id: &AppId,
    new: NewReport,
) -> Result<(report::Model, App, bool), Problem> {
    new.check()?;
    let app = Registry(services).app(app_id.as_str()).await.map_err(|_| unknown_app(app_id))?;
    let version = VersionName::parse(&new.version).map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
    require_seen(services, user, &app, app_id, &version).await?;
    let row = report::Model {
        id: services.fresh_identifier(),
        app_id: app.id.clone(),
        version: version.as_str().to_owned(),
        page: new.page,
        reason: new.reason,
        text: new.text.trim().to_owned(),
        contact: new.contact.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        reporter_id: user.id.clone(),
        state: ReportState::Open,
        handler_id: None,
        taken_at: None,
        outcome: None,
        note: None,
        answer: None,
        resolved_at: None,
        created_at: services.now(),
        revision: 0,
    };
    if let Some(same) = same_report(services, &row).await? {
        return Ok((same, app, false));
    }
    LastingLimit::Report.count(services, &user.id).await?;
    keep(services, &row).await?;
    tracing::info!(report.id = row.id, app.id = row.app_id, report.reason = row.reason.name(), "report of abuse");
    Ok((row, app, true))
}

/// One reports what one could run: what users have or had, and for testers and members what they try.
async fn require_seen(
    services: &Services,
    user: &User,
    app: &App,
    app_id: &AppId,
    version: &VersionName,
) -> Result<(), Problem> {
    let row = release::Entity::find()
        .filter(release::Column::AppId.eq(&app.id))
        .filter(release::Column::Version.eq(version.as_str()))
        .one(services.database.read())
        .await?;
    let state = row.map(|row| row.state);
    if state.is_some_and(|state| state.is_public() || state == ReleaseState::Withdrawn) {
        return Ok(());
    }
    if state.is_some() && may_test(services, user, app).await? {
        return Ok(());
    }
    match &app.current_release_id {
        Some(_) => Err(unknown_version(app_id, version, true)),
        None => Err(unknown_app(app_id)),
    }
}

async fn same_report(services: &Services, row: &report::Model) -> Result<Option<report::Model>, Problem> {
    let same = report::Entity::find()
        .filter(report::Column::ReporterId.eq(&row.reporter_id))
        .filter(report::Column::AppId.eq(&row.app_id))
        .filter(report::Column::Version.eq(&row.version))
        .filter(report::Column::Reason.eq(row.reason))
        .filter(report::Column::Text.eq(&row.text))
        .filter(report::Column::State.ne(ReportState::Resolved))
        .one(services.database.read())
        .await?;
    Ok(same)
}

async fn keep(services: &Services, row: &report::Model) -> Result<(), Problem> {
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                report::Entity::insert(report::ActiveModel::from(row.clone()))
                    .exec_without_returning(transaction)
                    .await?;
                let act = Act {
                    who: &Who::Machine("a user's report"),
                    action: "report.send",
                    subject_kind: "report",
                    subject_id: &row.id,
                    app_id: None,
                    organisation_id: None,
                    details: json!({"reason": row.reason}),
                };
                Ok(record(transaction, row.created_at, act).await?)
            })
        })
        .await
}
