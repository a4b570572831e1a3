//! Reading the audit trail.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model;
use crate::accounts::{Caller, Scope};
use crate::http::{Page, PageQuery};
use crate::organisations::{duties_of, role_in, standing};
use crate::problem::Problem;
use crate::registry::Registry;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
}

/// One act.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct AuditEntry {
    sequence: i64,
    /// Seconds since 1970.
    at: i64,
    /// None: the platform itself.
    actor_id: Option<String>,
    /// Login, or what of the platform acted.
    actor: String,
    /// The access token that acted for the user.
    token_id: Option<String>,
    #[schema(example = "release.approve")]
    action: String,
    #[schema(example = "release")]
    subject_kind: String,
    subject_id: String,
    app_id: Option<String>,
    organisation_id: Option<String>,
    details: serde_json::Value,
}

impl From<model::Model> for AuditEntry {
    fn from(row: model::Model) -> Self {
        Self {
            sequence: row.sequence,
            at: row.at,
            actor_id: row.actor_id,
            actor: row.actor_name,
            token_id: row.token_id,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            app_id: row.app_id,
            organisation_id: row.organisation_id,
            details: serde_json::from_str(&row.details).unwrap_or_default(),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Acts on this mini app. Without it and `organisation_id`, the operator's staff sees everything.
    app_id: Option<String>,
    /// Acts on this organisation.
    organisation_id: Option<String>,
    /// Acts on this subject, for example a release.
    subject_id: Option<String>,
    /// Acts of this user.
    actor_id: Option<String>,
}

/// The audit trail, newest first
#[utoipa::path(
    get,
    path = "/api/v1/audit",
    tag = "audit",
    params(Filter, PageQuery),
    responses(
        (status = 200, body = Page<AuditEntry>),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Neither staff nor a member", body = Problem),
    )
)]
async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<AuditEntry>>, Problem> {
    caller.require(Scope::AuditRead)?;
    require_insider(&services, &caller, &filter).await?;
    let mut query = model::Entity::find().order_by_desc(model::Column::Sequence);
    for (column, value) in [
        (model::Column::AppId, &filter.app_id),
        (model::Column::OrganisationId, &filter.organisation_id),
        (model::Column::SubjectId, &filter.subject_id),
        (model::Column::ActorId, &filter.actor_id),
    ] {
        if let Some(value) = value {
            query = query.filter(column.eq(value.as_str()));
        }
    }
    if let Some(before) = page.after_number()? {
        query = query.filter(model::Column::Sequence.lt(before));
    }
    let rows = query.limit(page.fetch()).all(services.database.read()).await?;
    Ok(Json(page.page(rows, |row| row.sequence.to_string(), AuditEntry::from)))
}

async fn require_insider(services: &Services, caller: &Caller, filter: &Filter) -> Result<(), Problem> {
    let database = services.database.read();
    if duties_of(database, &caller.user).await?.is_staff() {
        return Ok(());
    }
    let is_insider = match (&filter.app_id, &filter.organisation_id) {
        (Some(app_id), _) => {
            let app = Registry(services).app(app_id).await?;
            standing(database, &caller.user, &app).await?.reads()
        }
        (None, Some(organisation)) => {
            role_in(database, &caller.user.id, organisation).await?.is_some_and(|role| role.develops())
        }
        (None, None) => filter.actor_id.as_deref() == Some(&caller.user.id),
    };
    if is_insider {
        return Ok(());
    }
    Err(Problem::not_allowed("The whole trail is for the operator's staff.")
        .hint("Ask for the acts on your own mini app or organisation with `app_id` or `organisation_id`."))
}
