//! Testers: people who run a mini app's versions before users do. They are members of its organisation, or came by a
//! link that a developer gave them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model::{test_link, tester};
use crate::accounts::{Caller, Scope, User, names_of};
use crate::audit_trail::{Act, Who, record};
use crate::clock::random_bytes;
use crate::encoding::base64url;
use crate::http::{ApiJson, Page, PageQuery};
use crate::organisations::standing;
use crate::problem::Problem;
use crate::registry::{App, Registry, parse_app_id};
use crate::state::Services;

const LONGEST_DAYS: i64 = 90;
const MOST_USES: i32 = 1_000;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(links, make_link))
        .routes(routes!(end_link))
        .routes(routes!(redeem))
        .routes(routes!(list))
        .routes(routes!(remove))
}

/// Whether the user may run what other users don't have yet: testers, members, and the operator's staff.
pub(crate) async fn may_test(services: &Services, user: &User, app: &App) -> Result<bool, Problem> {
    let database = services.database.read();
    let standing = standing(database, user, app).await?;
    if standing.member.is_some() || standing.duties.is_staff() {
        return Ok(true);
    }
    let key = (app.id.clone(), user.id.clone());
    Ok(tester::Entity::find_by_id(key).one(database).await?.is_some())
}

#[derive(Deserialize, ToSchema)]
struct NewTestLink {
    /// Whom it is for.
    #[serde(default)]
    label: String,
    /// How many people may become testers by it: 1 to 1000, 20 where it is not given.
    #[serde(default)]
    uses: Option<i32>,
    /// Days that it holds: 1 to 90, 14 where it is not given.
    #[serde(default)]
    days: Option<i64>,
}

/// A link for testers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct TestLink {
    /// Shown this once.
    code: String,
    /// Opens the mini app in the super app and makes its user a tester.
    url: String,
    expires_at: i64,
}

/// Make a link for testers
#[utoipa::path(
    post,
    path = "/api/v1/apps/{id}/test-links",
    tag = "delivery",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = NewTestLink,
    responses(
        (status = 201, body = TestLink),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn make_link(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<NewTestLink>,
) -> Result<(StatusCode, Json<TestLink>), Problem> {
    caller.require(Scope::AppsWrite)?;
    let app = own_app(&services, &caller, &id).await?;
    let days = request.days.unwrap_or(14);
    let uses = request.uses.unwrap_or(20);
    if !(1..=LONGEST_DAYS).contains(&days) || !(1..=MOST_USES).contains(&uses) {
        return Err(Problem::bad_request("A link holds 1 to 90 days and for 1 to 1000 people."));
    }
    let code = base64url(&random_bytes::<16>(services.randomness()));
    let now = services.now();
    let who = Who::from(caller);
    let row = test_link::Model {
        code_digest: digest(&code),
        app_id: app.id.clone(),
        label: request.label,
        most_uses: uses,
        uses: 0,
        created_by: who.user_id().unwrap_or_default().to_owned(),
        created_at: now,
        expires_at: now + days * 24 * 60 * 60,
    };
    let expires_at = row.expires_at;
    let (who, row) = (&who, &row);
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                test_link::Entity::insert(test_link::ActiveModel::from(row.clone()))
                    .exec_without_returning(transaction)
                    .await?;
                let details = json!({"label": row.label, "uses": row.most_uses, "expires_at": row.expires_at});
                Ok(record(transaction, now, on_app(who, "app.test_link", &row.app_id, details)).await?)
            })
        })
        .await?;
    let url = format!("{}/miniapp/{}?mezze-test={code}", services.origin(), app.id);
    Ok((StatusCode::CREATED, Json(TestLink { code, url, expires_at })))
}

/// A link for testers as its developers find it again: without the code.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct KeptTestLink {
    id: String,
    label: String,
    most_uses: i32,
    uses: i32,
    created_at: i64,
    expires_at: i64,
}

/// The links for testers that still hold
#[utoipa::path(
    get,
    path = "/api/v1/apps/{id}/test-links",
    tag = "delivery",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, description = "The newest first", body = Vec<KeptTestLink>),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn links(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<KeptTestLink>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (app, _) = Registry(&services).insider_app(&caller, parse_app_id(&id)?.as_str()).await?;
    let rows = test_link::Entity::find()
        .filter(test_link::Column::AppId.eq(&app.id))
        .filter(test_link::Column::ExpiresAt.gt(services.now()))
        .order_by_desc(test_link::Column::CreatedAt)
        .all(services.database.read())
        .await?;
    let kept = |row: test_link::Model| KeptTestLink {
        id: row.code_digest,
        label: row.label,
        most_uses: row.most_uses,
        uses: row.uses,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(Json(rows.into_iter().map(kept).collect()))
}

/// End a link for testers
///
/// Who came by it stays a tester.
#[utoipa::path(
    delete,
    path = "/api/v1/apps/{id}/test-links/{link}",
    tag = "delivery",
    params(
        ("id" = String, Path, description = "App id, not case-sensitive"),
        ("link" = String, Path, description = "The link's id"),
    ),
    responses(
        (status = 204, description = "It does not hold any more"),
        (status = 404, description = "No such mini app or link that you may see", body = Problem),
    )
)]
async fn end_link(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, link)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    caller.require(Scope::AppsWrite)?;
    let app = own_app(&services, &caller, &id).await?;
    let now = services.now();
    let who = Who::from(caller);
    let (who, app_id, link) = (&who, app.id.as_str(), link.as_str());
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                let known = test_link::Entity::find_by_id(link).one(transaction).await?;
                let known = known.filter(|known| known.app_id == app_id).ok_or_else(dead_link)?;
                test_link::Entity::delete_by_id(link).exec(transaction).await?;
                let details = json!({"label": known.label});
                Ok(record(transaction, now, on_app(who, "app.test_link_end", app_id, details)).await?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
struct Redeem {
    code: String,
}

/// Where a test link leads.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Redeemed {
    app_id: String,
    /// The newest version that testers run; none where there is only what users have.
    version: Option<String>,
}

/// Become a tester by a link
#[utoipa::path(
    post,
    path = "/api/v1/test-links/redeem",
    tag = "delivery",
    request_body = Redeem,
    responses(
        (status = 200, body = Redeemed),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "The link does not hold any more", body = Problem),
    )
)]
async fn redeem(
    State(services): State<Arc<Services>>,
    caller: Caller,
    ApiJson(request): ApiJson<Redeem>,
) -> Result<Json<Redeemed>, Problem> {
    let code = digest(&request.code);
    let now = services.now();
    let who = Who::from(caller);
    let (who, code) = (&who, code.as_str());
    let app_id = services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                let link = test_link::Entity::find_by_id(code).one(transaction).await?;
                let link = link.filter(|link| link.expires_at > now).ok_or_else(dead_link)?;
                let user = who.user_id().unwrap_or_default().to_owned();
                let known = tester::Entity::find_by_id((link.app_id.clone(), user.clone())).one(transaction).await?;
                if known.is_some() {
                    return Ok(link.app_id);
                }
                if link.uses >= link.most_uses {
                    return Err(dead_link().into());
                }
                let row = tester::Model {
                    app_id: link.app_id.clone(),
                    user_id: user,
                    added_by: link.created_by.clone(),
                    created_at: now,
                };
                tester::Entity::insert(tester::ActiveModel::from(row)).exec_without_returning(transaction).await?;
                let (uses, app_id) = (link.uses + 1, link.app_id.clone());
                let mut link = link.into_active_model();
                link.uses = Set(uses);
                link.update(transaction).await?;
                record(transaction, now, on_app(who, "app.tester_joined", &app_id, json!({}))).await?;
                Ok(app_id)
            })
        })
        .await?;
    let version = newest_for_testers(&services, &app_id).await?;
    Ok(Json(Redeemed { app_id, version }))
}

async fn newest_for_testers(services: &Services, app_id: &str) -> Result<Option<String>, Problem> {
    use crate::registry::{ReleaseState, model::release};
    let states = [ReleaseState::Checked, ReleaseState::InReview, ReleaseState::Approved, ReleaseState::Staged];
    let newest = release::Entity::find()
        .filter(release::Column::AppId.eq(app_id))
        .filter(release::Column::State.is_in(states))
        .order_by_desc(release::Column::VersionCode)
        .one(services.database.read())
        .await?;
    Ok(newest.map(|row| row.version))
}

/// A tester.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Tester {
    user_id: String,
    name: String,
    added_by: String,
    created_at: i64,
}

/// The testers of a mini app
#[utoipa::path(
    get,
    path = "/api/v1/apps/{id}/testers",
    tag = "delivery",
    params(("id" = String, Path, description = "App id, not case-sensitive"), PageQuery),
    responses(
        (status = 200, body = Page<Tester>),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Tester>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (app, _) = Registry(&services).insider_app(&caller, parse_app_id(&id)?.as_str()).await?;
    let mut query =
        tester::Entity::find().filter(tester::Column::AppId.eq(&app.id)).order_by_asc(tester::Column::UserId);
    if let Some(after) = page.after()? {
        query = query.filter(tester::Column::UserId.gt(after));
    }
    let database = services.database.read();
    let rows = query.limit(page.fetch()).all(database).await?;
    let mut names = names_of(database, rows.iter().map(|row| row.user_id.clone()).collect()).await?;
    let item = |row: tester::Model| Tester {
        name: names.remove(&row.user_id).unwrap_or_default(),
        user_id: row.user_id,
        added_by: row.added_by,
        created_at: row.created_at,
    };
    Ok(Json(page.page(rows, |row| row.user_id.clone(), item)))
}

/// Take a tester off the list
#[utoipa::path(
    delete,
    path = "/api/v1/apps/{id}/testers/{user}",
    tag = "delivery",
    params(
        ("id" = String, Path, description = "App id, not case-sensitive"),
        ("user" = String, Path, description = "The user's id"),
    ),
    responses(
        (status = 204, description = "No tester any more"),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn remove(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, user)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    caller.require(Scope::AppsWrite)?;
    let app = own_app(&services, &caller, &id).await?;
    let now = services.now();
    let who = Who::from(caller);
    let (who, app_id, user) = (&who, app.id.as_str(), user.as_str());
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                tester::Entity::delete_by_id((app_id.to_owned(), user.to_owned())).exec(transaction).await?;
                Ok(record(transaction, now, on_app(who, "app.tester_removed", app_id, json!({"user_id": user})))
                    .await?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn own_app(services: &Services, caller: &Caller, id: &str) -> Result<App, Problem> {
    let (app, standing) = Registry(services).insider_app(caller, parse_app_id(id)?.as_str()).await?;
    if standing.develops() {
        return Ok(app);
    }
    Err(Problem::not_allowed("This is for developers of the mini app."))
}

fn on_app<'a>(who: &'a Who, action: &'a str, app_id: &'a str, details: serde_json::Value) -> Act<'a> {
    Act { who, action, subject_kind: "app", subject_id: app_id, app_id: Some(app_id), organisation_id: None, details }
}

fn digest(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

fn dead_link() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "dead-link",
        "The link does not hold any more",
        "It has expired, was used by as many people as it allows, or never was one.",
    )
    .hint("Ask whoever gave it to you for another.")
}
