//! The staff's desk of reports over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::ReportAct;
use super::desk::{Reports, Told, Wanted};
use super::kinds::{Outcome, Reason, ReportState};
use super::model::report;
use crate::accounts::{Caller, Scope};
use crate::http::{ApiJson, Page, PageQuery, Tagged, if_match};
use crate::problem::Problem;
use crate::registry::{ReleaseState, parse_app_id};
use crate::state::Services;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(act))
}

/// A report as the staff sees it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ReportView {
    id: String,
    #[schema(example = "org.example.menu")]
    app_id: String,
    app_name: String,
    version: String,
    /// Path of the page that was open; empty where none was.
    page: String,
    reason: Reason,
    text: String,
    /// How the reporter may be reached; none where they don't want to be.
    contact: Option<String>,
    reporter_id: String,
    reporter_name: String,
    state: ReportState,
    /// Who took it on.
    handler_id: Option<String>,
    handler_name: Option<String>,
    taken_at: Option<i64>,
    outcome: Option<Outcome>,
    /// What only the staff reads.
    note: Option<String>,
    /// What the reporter reads.
    answer: Option<String>,
    created_at: i64,
    resolved_at: Option<i64>,
    /// For `If-Match`, as in the `ETag`.
    revision: i64,
}

impl From<Told> for ReportView {
    fn from(told: Told) -> Self {
        let Told { row, app_name, reporter_name, handler_name } = told;
        Self {
            id: row.id,
            app_id: row.app_id,
            app_name,
            version: row.version,
            page: row.page,
            reason: row.reason,
            text: row.text,
            contact: row.contact,
            reporter_id: row.reporter_id,
            reporter_name,
            state: row.state,
            handler_id: row.handler_id,
            handler_name,
            taken_at: row.taken_at,
            outcome: row.outcome,
            note: row.note,
            answer: row.answer,
            created_at: row.created_at,
            resolved_at: row.resolved_at,
            revision: row.revision,
        }
    }
}

/// A report with what is needed to handle it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ReportDetails {
    #[serde(flatten)]
    report: ReportView,
    /// The release that the reporter ran, and its state now; none where it is gone.
    release_id: Option<String>,
    release_state: Option<ReleaseState>,
    /// How many other reports about the same mini app wait.
    others_waiting: u64,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only those in this state. What is open or taken comes the oldest first, everything else the newest first.
    state: Option<ReportState>,
    /// Only those about this mini app.
    app_id: Option<String>,
}

/// Users' reports of abuse, for the operator's staff
///
/// Reports about mini apps that you develop yourself are left out.
#[utoipa::path(
    get,
    path = "/api/v1/reports",
    tag = "reports",
    params(Filter, PageQuery),
    responses(
        (status = 200, body = Page<ReportView>),
        (status = 403, description = "Neither reviewer, support nor admin", body = Problem),
    )
)]
async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ReportView>>, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let app_id = filter.app_id.as_deref().filter(|text| !text.trim().is_empty());
    let app_id = app_id.map(|text| parse_app_id(text.trim())).transpose()?.map(|id| id.as_str().to_owned());
    let items = Reports(&services).list(&caller, &Wanted { state: filter.state, app_id }, &page).await?;
    let key = |told: &Told| format!("{} {}", told.row.created_at, told.row.id);
    Ok(Json(page.page(items, key, ReportView::from)))
}

/// One report
#[utoipa::path(
    get,
    path = "/api/v1/reports/{id}",
    tag = "reports",
    params(("id" = String, Path, description = "The report's id")),
    responses(
        (status = 200, description = "`ETag` is its revision", body = ReportDetails),
        (status = 403, description = "Neither reviewer, support nor admin", body = Problem),
        (status = 404, description = "No such report that you may see", body = Problem),
    )
)]
async fn show(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let reports = Reports(&services);
    let row = reports.show(&caller, &id).await?;
    answer(&reports, row).await
}

/// Act on a report
///
/// A report is open, then taken on by one person, then resolved. Every act is written into the audit trail.
#[utoipa::path(
    post,
    path = "/api/v1/reports/{id}/acts",
    tag = "reports",
    params(
        ("id" = String, Path, description = "The report's id"),
        ("If-Match" = Option<String>, Header, description = "The revision that you have seen"),
    ),
    request_body = ReportAct,
    responses(
        (status = 200, description = "Done; the report as it is now", body = ReportDetails),
        (status = 400, description = "A text is missing or too long", body = Problem),
        (status = 403, description = "Neither reviewer, support nor admin, or your own report", body = Problem),
        (status = 404, description = "No such report that you may see", body = Problem),
        (status = 409, description = "In another state, another person's, or nothing was withdrawn", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
    )
)]
async fn act(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<ReportAct>,
) -> Result<Response, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let reports = Reports(&services);
    let row = reports.act(caller, &id, request, if_match(&headers)?).await?;
    answer(&reports, row).await
}

async fn answer(reports: &Reports<'_>, row: report::Model) -> Result<Response, Problem> {
    let release = reports.release_of(&row).await?;
    let others_waiting = reports.others_waiting(&row).await?;
    let revision = row.revision;
    let told = reports.tell(vec![row]).await?.pop();
    let told = told.ok_or_else(|| Problem::internal("answer a request", &"a report without a row"))?;
    let details = ReportDetails {
        report: told.into(),
        release_state: release.as_ref().map(|release| release.state),
        release_id: release.map(|release| release.id),
        others_waiting,
    };
    Ok(Tagged(revision, Json(details)).into_response())
}
