//! What publishers were told because of reports, for a mini app's developers.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use sea_orm::{ColumnTrait as _, EntityTrait as _, Order, QueryFilter as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::kinds::Reason;
use super::model::warning;
use crate::accounts::{Caller, Scope};
use crate::http::{Page, PageQuery};
use crate::problem::Problem;
use crate::registry::{Registry, parse_app_id};
use crate::state::Services;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What the operator asks a publisher to mend.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct PublisherWarning {
    id: String,
    /// What users find wrong.
    reason: Reason,
    text: String,
    created_at: i64,
}

impl From<warning::Model> for PublisherWarning {
    fn from(row: warning::Model) -> Self {
        Self { id: row.id, reason: row.reason, text: row.text, created_at: row.created_at }
    }
}

/// What the operator warned a mini app's publisher of, the newest first
#[utoipa::path(
    get,
    path = "/api/v1/apps/{id}/warnings",
    tag = "reports",
    params(("id" = String, Path, description = "App id, not case-sensitive"), PageQuery),
    responses(
        (status = 200, body = Page<PublisherWarning>),
        (status = 404, description = "No such mini app that you may see", body = Problem),
    )
)]
async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<PublisherWarning>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let (app, _) = Registry(&services).insider_app(&caller, parse_app_id(&id)?.as_str()).await?;
    let query = warning::Entity::find().filter(warning::Column::AppId.eq(&app.id));
    let keys = (warning::Column::CreatedAt, warning::Column::Id);
    let rows = page.sorted(query, keys, &Order::Desc)?.all(services.database.read()).await?;
    Ok(Json(page.page(rows, |row| format!("{} {}", row.created_at, row.id), PublisherWarning::from)))
}
