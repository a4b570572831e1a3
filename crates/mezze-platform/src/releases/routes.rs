//! Releases over HTTP, for developers and the operator's staff.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sea_orm::{ColumnTrait as _, EntityTrait as _, Order, QueryFilter as _};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::ActOptions;
use super::machine::Action;
use super::view::ReleaseView;
use crate::accounts::{Caller, Scope, Uploader};
use crate::audit_trail::Who;
use crate::http::{ApiJson, Page, PageQuery, Tagged, if_match};
use crate::problem::Problem;
use crate::registry::model::release;
use crate::registry::{CheckReport, NewRelease, Registry, parse_app_id};
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(show))
        .routes(routes!(attach))
        .routes(routes!(act))
        .routes(routes!(schedule))
        .routes(routes!(report))
        .routes(routes!(list))
}

/// Make a release
///
/// From a complete upload, which is then checked; or, with `app_id`, `version` and `version_code` instead, as a draft.
#[utoipa::path(
    post,
    path = "/api/v1/releases",
    tag = "releases",
    request_body = NewRelease,
    responses(
        (status = 200, description = "A release of these very bytes is here already", body = ReleaseView),
        (status = 201, body = ReleaseView),
        (status = 401, description = "No bearer token and nobody signed in", body = Problem),
        (status = 403, description = "Not a developer of the mini app, or signed with an unknown key", body = Problem),
        (status = 404, description = "No such upload", body = Problem),
        (status = 409, description = "The version exists, is not newer, or the upload is not complete", body = Problem),
        (status = 422, description = "The package is damaged, unsigned, or breaks a rule", body = Problem),
    )
)]
async fn create(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    ApiJson(request): ApiJson<NewRelease>,
) -> Result<Response, Problem> {
    let (row, created) = Registry(&services).create_release(caller, request).await?;
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Tagged(row.revision, Json(ReleaseView::from(row)))).into_response())
}

/// One release
#[utoipa::path(
    get,
    path = "/api/v1/releases/{id}",
    tag = "releases",
    params(("id" = String, Path, description = "The release's id")),
    responses(
        (status = 200, description = "`ETag` is its revision", body = ReleaseView),
        (status = 404, description = "No such release that you may see", body = Problem),
    )
)]
async fn show(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (row, ..) = Registry(&services).insider(&caller.into(), &id).await?;
    Ok(Tagged(row.revision, Json(ReleaseView::from(row))).into_response())
}

#[derive(Deserialize, ToSchema)]
struct Attachment {
    /// Id of a complete upload.
    upload: String,
}

/// Give a draft its package
#[utoipa::path(
    put,
    path = "/api/v1/releases/{id}/package",
    tag = "releases",
    params(
        ("id" = String, Path, description = "The release's id"),
        ("If-Match" = Option<String>, Header, description = "The revision that you have seen"),
    ),
    request_body = Attachment,
    responses(
        (status = 200, body = ReleaseView),
        (status = 404, description = "No such release or upload", body = Problem),
        (status = 409, description = "It is no draft, or the package is of another version", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
        (status = 422, description = "The package is damaged, unsigned, or breaks a rule", body = Problem),
    )
)]
async fn attach(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<Attachment>,
) -> Result<Response, Problem> {
    let row = Registry(&services).attach(caller, &id, &request.upload, if_match(&headers)?).await?;
    Ok(Tagged(row.revision, Json(ReleaseView::from(row))).into_response())
}

/// One action, by its name.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
enum Asked {
    /// Hand it to the reviewers.
    Submit,
    /// Take it back from the reviewers.
    Recall,
    /// Countersign exactly the bytes with this digest. For reviewers.
    Approve {
        /// `submitted_digest` of what was reviewed.
        submitted_digest: String,
    },
    /// Refuse it. For reviewers.
    Reject {
        /// What its developer reads.
        reason: String,
    },
    /// Make it a draft again.
    Revise,
    /// Give it to a share of the users; the share only grows.
    Stage {
        /// More than 0, at most 100, in percent; two decimals count.
        percent: f64,
    },
    /// Give it to all users.
    Release {
        /// Hosts update before they open it.
        #[serde(default)]
        forced: bool,
    },
    /// Make a superseded release the current one again.
    RollBack,
    /// Take it from the users. Hosts learn of it within minutes.
    Withdraw {
        /// What users read.
        reason: String,
    },
}

impl Asked {
    fn scope(&self) -> Scope {
        match self {
            Self::Submit | Self::Recall | Self::Revise => Scope::PackagesWrite,
            Self::Approve { .. } | Self::Reject { .. } => Scope::ReviewWrite,
            Self::Stage { .. } | Self::Release { .. } | Self::RollBack | Self::Withdraw { .. } => Scope::ReleasesWrite,
        }
    }
}

impl From<Asked> for Action {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::Submit => Self::Submit,
            Asked::Recall => Self::Recall,
            Asked::Approve { submitted_digest } => Self::Approve { submitted_digest },
            Asked::Reject { reason } => Self::Reject { reason },
            Asked::Revise => Self::Revise,
            Asked::Stage { percent } => {
                #[expect(clippy::cast_possible_truncation, reason = "the machine refuses what is out of range")]
                let share = (percent * 100.0).round() as i32;
                Self::Stage { share }
            }
            Asked::Release { .. } => Self::Release,
            Asked::RollBack => Self::RollBack,
            Asked::Withdraw { reason } => Self::Withdraw { reason },
        }
    }
}

/// Act on a release
///
/// `actions` of the release says what leads on from its state. Every act is written into the audit trail.
#[utoipa::path(
    post,
    path = "/api/v1/releases/{id}/acts",
    tag = "releases",
    params(
        ("id" = String, Path, description = "The release's id"),
        ("If-Match" = Option<String>, Header, description = "The revision that you have seen"),
    ),
    request_body = Asked,
    responses(
        (status = 200, description = "Done; the release as it is now", body = ReleaseView),
        (status = 400, description = "A share or reason can't be taken", body = Problem),
        (status = 403, description = "The act is for others", body = Problem),
        (status = 404, description = "No such release that you may see", body = Problem),
        (status = 409, description = "Not possible in this state; `hint` says what is", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
    )
)]
async fn act(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(asked): ApiJson<Asked>,
) -> Result<Response, Problem> {
    caller.require(asked.scope())?;
    let registry = Registry(&services);
    let who = Who::from(caller);
    registry.insider(&who, &id).await?;
    let mut options = ActOptions { revision: if_match(&headers)?, ..ActOptions::default() };
    if let Asked::Release { forced: true } = asked {
        options.change = Some(Arc::new(|row| row.forced = true));
    }
    let row = registry.act(&who, &id, asked.into(), options).await?;
    Ok(Tagged(row.revision, Json(ReleaseView::from(row))).into_response())
}

#[derive(Deserialize, ToSchema)]
struct Schedule {
    /// Seconds since 1970; null clears it.
    at: Option<i64>,
}

/// Release at a time
#[utoipa::path(
    put,
    path = "/api/v1/releases/{id}/schedule",
    tag = "releases",
    params(
        ("id" = String, Path, description = "The release's id"),
        ("If-Match" = Option<String>, Header, description = "The revision that you have seen"),
    ),
    request_body = Schedule,
    responses(
        (status = 200, body = ReleaseView),
        (status = 403, description = "Not a developer of the mini app", body = Problem),
        (status = 409, description = "Neither approved nor staged", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
    )
)]
async fn schedule(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<Schedule>,
) -> Result<Response, Problem> {
    caller.require(Scope::ReleasesWrite)?;
    let row = Registry(&services).schedule(&caller.into(), &id, request.at, if_match(&headers)?).await?;
    Ok(Tagged(row.revision, Json(ReleaseView::from(row))).into_response())
}

/// What the automatic check found
#[utoipa::path(
    get,
    path = "/api/v1/releases/{id}/report",
    tag = "releases",
    params(("id" = String, Path, description = "The release's id")),
    responses(
        (status = 200, description = "The newest report", body = CheckReport),
        (status = 404, description = "No such release that you may see, or it was not checked yet", body = Problem),
    )
)]
async fn report(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<CheckReport>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let registry = Registry(&services);
    let (row, ..) = registry.insider(&caller.into(), &id).await?;
    Ok(Json(registry.newest_report(&row.id).await?))
}

/// The releases of a mini app, newest version first
#[utoipa::path(
    get,
    path = "/api/v1/apps/{id}/releases",
    tag = "releases",
    params(("id" = String, Path, description = "App id, not case-sensitive"), PageQuery),
    responses(
        (status = 200, body = Page<ReleaseView>),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ReleaseView>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (app, _) = Registry(&services).insider_app(&caller, parse_app_id(&id)?.as_str()).await?;
    let query = release::Entity::find().filter(release::Column::AppId.eq(&app.id));
    let keys = (release::Column::VersionCode, release::Column::Id);
    let rows = page.sorted(query, keys, &Order::Desc)?.all(services.database.read()).await?;
    Ok(Json(page.page(rows, |row| format!("{} {}", row.version_code, row.id), ReleaseView::from)))
}
