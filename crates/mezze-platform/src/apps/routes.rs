//! Mini apps over HTTP, for their developers.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::keys::NewKey;
use super::reserve::{AppChange, NewApp};
use crate::accounts::{Caller, Scope, Uploader};
use crate::http::{ApiJson, Page, PageQuery, Tagged, if_match};
use crate::organisations::{duties_of, organisations_of};
use crate::problem::Problem;
use crate::registry::model::{app, app_key};
use crate::registry::{App, Registry, parse_app_id};
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(reserve, list))
        .routes(routes!(show, change))
        .routes(routes!(keys, add_key))
        .routes(routes!(revoke_key))
}

/// A mini app as its developers see it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct AppView {
    app_id: String,
    name: Option<String>,
    category: Option<String>,
    description: Option<String>,
    organisation_id: Option<String>,
    current_release_id: Option<String>,
    staged_release_id: Option<String>,
    /// Versions with a lower code don't open any more.
    minimum_version_code: i64,
    created_at: i64,
    revision: i64,
}

impl From<App> for AppView {
    fn from(row: App) -> Self {
        Self {
            app_id: row.id,
            name: row.name,
            category: row.category,
            description: row.description,
            organisation_id: row.organisation_id,
            current_release_id: row.current_release_id,
            staged_release_id: row.staged_release_id,
            minimum_version_code: row.minimum_version_code,
            created_at: row.created_at,
            revision: row.revision,
        }
    }
}

/// Reserve a mini app
#[utoipa::path(
    post,
    path = "/api/v1/apps",
    tag = "apps",
    request_body = NewApp,
    responses(
        (status = 201, body = AppView),
        (status = 403, description = "Not a developer of the organisation", body = Problem),
        (status = 409, description = "The id is taken, or the name looks like another one", body = Problem),
    )
)]
async fn reserve(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    ApiJson(request): ApiJson<NewApp>,
) -> Result<Response, Problem> {
    caller.require(Scope::AppsWrite)?;
    let row = Registry(&services).reserve(caller, request).await?;
    Ok((StatusCode::CREATED, Tagged(row.revision, Json(AppView::from(row)))).into_response())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Every mini app of the platform, for the operator's staff.
    #[serde(default)]
    all: bool,
    /// A part of the id or the name.
    search: Option<String>,
}

/// The mini apps of your organisations
#[utoipa::path(
    get,
    path = "/api/v1/apps",
    tag = "apps",
    params(Wanted, PageQuery),
    responses(
        (status = 200, body = Page<AppView>),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "`all` is for the operator's staff", body = Problem),
    )
)]
async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<AppView>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let database = services.database.read();
    let mut query = app::Entity::find().order_by_asc(app::Column::Id);
    if wanted.all {
        duties_of(database, &caller.user).await?.require_staff()?;
    } else {
        let own = organisations_of(database, &caller.user.id).await?;
        query = query.filter(app::Column::OrganisationId.is_in(own));
    }
    if let Some(search) = wanted.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let named = Condition::any().add(app::Column::Id.contains(search)).add(app::Column::Name.contains(search));
        query = query.filter(named);
    }
    if let Some(after) = page.after()? {
        query = query.filter(app::Column::Id.gt(after));
    }
    let rows = query.limit(page.fetch()).all(database).await?;
    Ok(Json(page.page(rows, |row| row.id.clone(), AppView::from)))
}

/// One of your mini apps
#[utoipa::path(
    get,
    path = "/api/v1/apps/{id}",
    tag = "apps",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, description = "`ETag` is its revision", body = AppView),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn show(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (row, _) = Registry(&services).insider_app(&caller, parse_app_id(&id)?.as_str()).await?;
    Ok(Tagged(row.revision, Json(AppView::from(row))).into_response())
}

/// Change a mini app
#[utoipa::path(
    patch,
    path = "/api/v1/apps/{id}",
    tag = "apps",
    params(
        ("id" = String, Path, description = "App id, not case-sensitive"),
        ("If-Match" = Option<String>, Header, description = "The revision that you have seen"),
    ),
    request_body = AppChange,
    responses(
        (status = 200, body = AppView),
        (status = 403, description = "It is not yours", body = Problem),
        (status = 409, description = "The name looks like another one, or the lowest version would go down", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
    )
)]
async fn change(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<AppChange>,
) -> Result<Response, Problem> {
    caller.require(Scope::AppsWrite)?;
    let id = parse_app_id(&id)?;
    let row = Registry(&services).change_app(caller, id.as_str(), request, if_match(&headers)?).await?;
    Ok(Tagged(row.revision, Json(AppView::from(row))).into_response())
}

/// A signing key of a mini app.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct KeyView {
    /// Ed25519, base64url.
    public_key: String,
    /// `active` or `revoked`.
    state: String,
    label: String,
    vouched_by_key: Option<String>,
    vouched_by_user: Option<String>,
    created_at: i64,
    revoked_at: Option<i64>,
    revoked_reason: Option<String>,
}

impl From<app_key::Model> for KeyView {
    fn from(row: app_key::Model) -> Self {
        Self {
            public_key: row.public_key,
            state: row.state,
            label: row.label,
            vouched_by_key: row.vouched_by_key,
            vouched_by_user: row.vouched_by_user,
            created_at: row.created_at,
            revoked_at: row.revoked_at,
            revoked_reason: row.revoked_reason,
        }
    }
}

/// The signing keys of a mini app
#[utoipa::path(
    get,
    path = "/api/v1/apps/{id}/keys",
    tag = "apps",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, body = Vec<KeyView>),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn keys(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<KeyView>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let registry = Registry(&services);
    let (row, _) = registry.insider_app(&caller, parse_app_id(&id)?.as_str()).await?;
    Ok(Json(registry.keys(&row.id).await?.into_iter().map(KeyView::from).collect()))
}

/// Add a signing key
#[utoipa::path(
    post,
    path = "/api/v1/apps/{id}/keys",
    tag = "apps",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = NewKey,
    responses(
        (status = 201, body = KeyView),
        (status = 403, description = "Nobody vouches for it, or you are no owner", body = Problem),
        (status = 409, description = "The key is known", body = Problem),
    )
)]
async fn add_key(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<NewKey>,
) -> Result<(StatusCode, Json<KeyView>), Problem> {
    caller.require(Scope::AppsWrite)?;
    let key = Registry(&services).add_key(caller, parse_app_id(&id)?.as_str(), request).await?;
    Ok((StatusCode::CREATED, Json(key.into())))
}

#[derive(Deserialize, ToSchema)]
struct KeyRevocation {
    public_key: String,
    /// What users read where they had something that it signed.
    reason: String,
}

/// Revoke a signing key
///
/// Nothing that it signed runs any more, as soon as hosts learn of it.
#[utoipa::path(
    post,
    path = "/api/v1/apps/{id}/keys/revoke",
    tag = "apps",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = KeyRevocation,
    responses(
        (status = 200, body = KeyView),
        (status = 403, description = "You are no owner", body = Problem),
        (status = 404, description = "No such active key", body = Problem),
        (status = 409, description = "It is the last one", body = Problem),
    )
)]
async fn revoke_key(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<KeyRevocation>,
) -> Result<Json<KeyView>, Problem> {
    caller.require(Scope::AppsWrite)?;
    let id = parse_app_id(&id)?;
    let registry = Registry(&services);
    let key = registry.revoke_app_key(caller, id.as_str(), &request.public_key, &request.reason).await?;
    Ok(Json(key.into()))
}
