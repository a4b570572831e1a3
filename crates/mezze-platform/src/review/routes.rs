//! The reviewers' desk over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::desk::{CHECKLIST, Desk, desk};
use super::model::comment;
use super::queue::{NewComment, Reviews};
use crate::accounts::{Caller, Scope, names_of};
use crate::http::{ApiJson, Page, PageQuery};
use crate::problem::Problem;
use crate::registry::{Registry, Release};
use crate::releases::ReleaseView;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(queue))
        .routes(routes!(show))
        .routes(routes!(claim, leave))
        .routes(routes!(tick))
        .routes(routes!(comments, comment))
}

/// A point of the check list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ChecklistPoint {
    #[schema(example = "permissions")]
    point: String,
    text: String,
    ticked: bool,
}

/// A release on the reviewers' desk.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ReviewItem {
    release: ReleaseView,
    /// Who is at work on it.
    reviewer_id: Option<String>,
    reviewer_name: Option<String>,
    /// Until when, in seconds since 1970.
    lease_until: Option<i64>,
    checklist: Vec<ChecklistPoint>,
}

impl From<(Release, Desk)> for ReviewItem {
    fn from((release, desk): (Release, Desk)) -> Self {
        Self {
            release: release.into(),
            reviewer_id: desk.reviewer_id.clone(),
            reviewer_name: desk.reviewer_name.clone(),
            lease_until: desk.lease_until,
            checklist: checklist(&desk),
        }
    }
}

fn checklist(desk: &Desk) -> Vec<ChecklistPoint> {
    let points = CHECKLIST.iter();
    points
        .map(|(point, text)| ChecklistPoint {
            point: (*point).to_owned(),
            text: (*text).to_owned(),
            ticked: desk.ticked.iter().any(|ticked| ticked == point),
        })
        .collect()
}

/// What waits for review, the oldest first
#[utoipa::path(
    get,
    path = "/api/v1/reviews",
    tag = "review",
    params(PageQuery),
    responses(
        (status = 200, body = Page<ReviewItem>),
        (status = 403, description = "Not a reviewer", body = Problem),
    )
)]
async fn queue(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ReviewItem>>, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let items = Reviews(&services).queue(&caller, &page).await?;
    let key = |(row, _): &(Release, Desk)| format!("{} {}", row.submitted_at.unwrap_or_default(), row.id);
    Ok(Json(page.page(items, key, ReviewItem::from)))
}

/// One release on the reviewers' desk
///
/// Also after the decision: then nobody is at work on it.
#[utoipa::path(
    get,
    path = "/api/v1/reviews/{id}",
    tag = "review",
    params(("id" = String, Path, description = "The release's id")),
    responses(
        (status = 200, body = ReviewItem),
        (status = 403, description = "Not a reviewer", body = Problem),
        (status = 404, description = "No such release", body = Problem),
    )
)]
async fn show(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ReviewItem>, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let reviews = Reviews(&services);
    reviews.require_reviewer(&caller).await?;
    let (row, ..) = Registry(&services).insider(&caller.into(), &id).await?;
    let desk = desk(services.database.read(), &row.id, services.now()).await?;
    Ok(Json((row, desk).into()))
}

/// Take a review on
///
/// For half an hour; again for another half hour. Others are refused meanwhile.
#[utoipa::path(
    put,
    path = "/api/v1/reviews/{id}/claim",
    tag = "review",
    params(("id" = String, Path, description = "The release's id")),
    responses(
        (status = 200, body = ReviewItem),
        (status = 403, description = "Not a reviewer", body = Problem),
        (status = 404, description = "No such release", body = Problem),
        (status = 409, description = "Another reviewer is at work on it, or it is not in review", body = Problem),
    )
)]
async fn claim(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ReviewItem>, Problem> {
    caller.require(Scope::ReviewWrite)?;
    Ok(Json(Reviews(&services).claim(caller, &id).await?.into()))
}

/// Leave a review to others
#[utoipa::path(
    delete,
    path = "/api/v1/reviews/{id}/claim",
    tag = "review",
    params(("id" = String, Path, description = "The release's id")),
    responses(
        (status = 204, description = "Others may take it"),
        (status = 404, description = "No such release", body = Problem),
        (status = 409, description = "It is not yours", body = Problem),
    )
)]
async fn leave(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.require(Scope::ReviewWrite)?;
    Reviews(&services).leave(caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
struct Ticks {
    /// Every point that is ticked now.
    ticked: Vec<String>,
}

/// Tick points of the check list
#[utoipa::path(
    put,
    path = "/api/v1/reviews/{id}/checklist",
    tag = "review",
    params(("id" = String, Path, description = "The release's id")),
    request_body = Ticks,
    responses(
        (status = 200, body = Vec<ChecklistPoint>),
        (status = 409, description = "The review is not yours", body = Problem),
    )
)]
async fn tick(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<Ticks>,
) -> Result<Json<Vec<ChecklistPoint>>, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let desk = Reviews(&services).tick(caller, &id, &request.ticked).await?;
    Ok(Json(checklist(&desk)))
}

/// One line of the talk between reviewers and developer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Comment {
    id: String,
    author_id: String,
    author_name: String,
    /// `reviewer` or `developer`.
    side: String,
    /// `comment`, `question` or `decision`.
    kind: String,
    text: String,
    /// Only reviewers see it.
    internal: bool,
    created_at: i64,
}

impl From<(comment::Model, String)> for Comment {
    fn from((row, author_name): (comment::Model, String)) -> Self {
        Self {
            id: row.id,
            author_id: row.author_id,
            author_name,
            side: row.side,
            kind: row.kind,
            text: row.text,
            internal: row.internal,
            created_at: row.created_at,
        }
    }
}

/// The talk about a release, in order
#[utoipa::path(
    get,
    path = "/api/v1/releases/{id}/comments",
    tag = "review",
    params(("id" = String, Path, description = "The release's id")),
    responses(
        (status = 200, body = Vec<Comment>),
        (status = 404, description = "No such release that you may see", body = Problem),
    )
)]
async fn comments(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<Comment>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (row, _, standing) = Registry(&services).insider(&caller.into(), &id).await?;
    let lines = Reviews(&services).comments(&row, &standing).await?;
    let authors = lines.iter().map(|line| line.author_id.clone()).collect();
    let names = names_of(services.database.read(), authors).await?;
    let talk = lines.into_iter().map(|line| {
        let author = names.get(&line.author_id).cloned().unwrap_or_default();
        Comment::from((line, author))
    });
    Ok(Json(talk.collect()))
}

#[derive(Deserialize, ToSchema)]
struct CommentRequest {
    text: String,
    /// Whether the developer is asked to answer. For reviewers.
    #[serde(default)]
    question: bool,
    /// Whether only reviewers see it. For reviewers.
    #[serde(default)]
    internal: bool,
}

/// Say something about a release
#[utoipa::path(
    post,
    path = "/api/v1/releases/{id}/comments",
    tag = "review",
    params(("id" = String, Path, description = "The release's id")),
    request_body = CommentRequest,
    responses(
        (status = 201, body = Comment),
        (status = 403, description = "For reviewers only", body = Problem),
        (status = 404, description = "No such release that you may see", body = Problem),
    )
)]
async fn comment(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<CommentRequest>,
) -> Result<(StatusCode, Json<Comment>), Problem> {
    caller.require(Scope::PackagesWrite).or_else(|_| caller.require(Scope::ReviewWrite))?;
    let new = NewComment { text: request.text, is_question: request.question, internal: request.internal };
    let author = caller.user.name.clone();
    let line = Reviews(&services).comment(caller, &id, new).await?;
    Ok((StatusCode::CREATED, Json((line, author).into())))
}
