//! What the operator's staff sees of all publishers and of itself, over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model::{organisation, staff};
use super::routes::OrganisationView;
use super::service::Organisations;
use super::{StaffRole, duties_of};
use crate::accounts::{Caller, Scope, names_of};
use crate::http::{Page, PageQuery};
use crate::problem::Problem;
use crate::state::Services;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(publishers)).routes(routes!(staff_members))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// A part of the name.
    search: Option<String>,
    /// `unverified`, `domain` or `operator`.
    verification: Option<String>,
}

/// All organisations of the platform, for the operator's staff
#[utoipa::path(
    get,
    path = "/api/v1/publishers",
    tag = "organisations",
    params(Wanted, PageQuery),
    responses(
        (status = 200, body = Page<OrganisationView>),
        (status = 403, description = "Not of the operator's staff", body = Problem),
    )
)]
async fn publishers(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<OrganisationView>>, Problem> {
    caller.require(Scope::ReviewWrite)?;
    let database = services.database.read();
    duties_of(database, &caller.user).await?.require_staff()?;
    let mut query = organisation::Entity::find().order_by_asc(organisation::Column::Id);
    if let Some(search) = wanted.search.filter(|text| !text.trim().is_empty()) {
        query = query.filter(organisation::Column::Name.contains(search.trim()));
    }
    if let Some(verification) = wanted.verification {
        query = query.filter(organisation::Column::Verification.eq(verification));
    }
    if let Some(after) = page.after()? {
        query = query.filter(organisation::Column::Id.gt(after));
    }
    let rows = query.limit(page.fetch()).all(database).await?;
    Ok(Json(page.page(rows, |row| row.id.clone(), |row| (row, None).into())))
}

/// One of the operator's staff, once for each duty.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct StaffMember {
    user_id: String,
    name: String,
    role: StaffRole,
    created_at: i64,
}

/// The operator's staff
#[utoipa::path(
    get,
    path = "/api/v1/staff",
    tag = "organisations",
    responses(
        (status = 200, description = "The first ones first", body = Vec<StaffMember>),
        (status = 403, description = "Not an admin", body = Problem),
    )
)]
async fn staff_members(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Json<Vec<StaffMember>>, Problem> {
    caller.require_session()?;
    Organisations(&services).require_admin(&caller).await?;
    let database = services.database.read();
    let rows = staff::Entity::find().order_by_asc(staff::Column::CreatedAt).all(database).await?;
    let names = names_of(database, rows.iter().map(|row| row.user_id.clone()).collect()).await?;
    let members = rows.into_iter().map(|row| StaffMember {
        name: names.get(&row.user_id).cloned().unwrap_or_default(),
        user_id: row.user_id,
        role: row.role,
        created_at: row.created_at,
    });
    Ok(Json(members.collect()))
}
