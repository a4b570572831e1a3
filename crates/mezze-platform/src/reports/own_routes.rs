//! What users do with reports: send one, and read what came of their own.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use sea_orm::{ColumnTrait as _, EntityTrait as _, Order, QueryFilter as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::desk::app_names;
use super::kinds::{Outcome, Reason, ReportState};
use super::model::report;
use super::send::{NewReport, send};
use crate::accounts::SignedIn;
use crate::http::{ApiJson, Page, PageQuery};
use crate::problem::Problem;
use crate::registry::parse_app_id;
use crate::state::Services;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(make)).routes(routes!(own))
}

/// A report as whoever sent it sees it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct OwnReport {
    id: String,
    #[schema(example = "org.example.menu")]
    app_id: String,
    app_name: String,
    version: String,
    reason: Reason,
    text: String,
    contact: Option<String>,
    state: ReportState,
    /// Once it is resolved.
    outcome: Option<Outcome>,
    /// What the operator says to the reporter.
    answer: Option<String>,
    created_at: i64,
    resolved_at: Option<i64>,
}

impl OwnReport {
    fn new(row: report::Model, app_name: String) -> Self {
        Self {
            id: row.id,
            app_id: row.app_id,
            app_name,
            version: row.version,
            reason: row.reason,
            text: row.text,
            contact: row.contact,
            state: row.state,
            outcome: row.outcome,
            answer: row.answer,
            created_at: row.created_at,
            resolved_at: row.resolved_at,
        }
    }
}

/// Report a mini app to the operator
///
/// Its developer never learns who did. An account sends at most ten a day. The very same report again is not kept twice.
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/reports",
    tag = "reports",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = NewReport,
    responses(
        (status = 200, description = "You said so already, and it is not decided yet", body = OwnReport),
        (status = 201, description = "Kept; the operator's staff looks into it", body = OwnReport),
        (status = 400, description = "A text is missing or too long", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No such mini app or version that you could run", body = Problem),
        (status = 429, description = "Too many reports", body = Problem),
    )
)]
async fn make(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
    ApiJson(new): ApiJson<NewReport>,
) -> Result<(StatusCode, Json<OwnReport>), Problem> {
    let (row, app, is_new) = send(&services, &user, &parse_app_id(&id)?, new).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    let name = app.name.unwrap_or(app.id);
    Ok((status, Json(OwnReport::new(row, name))))
}

/// Your own reports, the newest first
#[utoipa::path(
    get,
    path = "/api/v1/me/reports",
    tag = "reports",
    params(PageQuery),
    responses(
        (status = 200, body = Page<OwnReport>),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn own(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<OwnReport>>, Problem> {
    let query = report::Entity::find().filter(report::Column::ReporterId.eq(&user.id));
    let database = services.database.read();
    let keys = (report::Column::CreatedAt, report::Column::Id);
    let rows = page.sorted(query, keys, &Order::Desc)?.all(database).await?;
    let names = app_names(database, &rows).await?;
    let item = |row: report::Model| {
        let name = names.get(&row.app_id).cloned().unwrap_or_else(|| row.app_id.clone());
        OwnReport::new(row, name)
    };
    Ok(Json(page.page(rows, |row| format!("{} {}", row.created_at, row.id), item)))
}
