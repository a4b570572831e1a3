//! How the platform is doing, in one answer for the operator's console.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sea_orm::{EntityTrait as _, PaginatorTrait as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::Caller;
use crate::jobs::{JobCount, count_jobs};
use crate::organisations::duties_of;
use crate::problem::Problem;
use crate::registry::ReleaseState;
use crate::registry::model::{app, release};
use crate::state::Services;

/// How the platform is doing.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Overview {
    version: String,
    /// Whether the blob store answers; a platform without its database answers nothing at all.
    blobs: bool,
    apps: u64,
    releases: Vec<StateCount>,
    /// What is done outside of requests; finished ones are kept for a day.
    jobs: Vec<JobCount>,
}

/// How many releases are in a state.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct StateCount {
    state: ReleaseState,
    count: i64,
}

/// How the platform is doing, for the operator's staff
#[utoipa::path(
    get,
    path = "/api/v1/operation",
    tag = "operation",
    responses(
        (status = 200, body = Overview),
        (status = 403, description = "Not of the operator's staff", body = Problem),
    )
)]
pub(super) async fn overview(State(services): State<Arc<Services>>, caller: Caller) -> Result<Json<Overview>, Problem> {
    caller.require_session()?;
    let database = services.database.read();
    duties_of(database, &caller.user).await?.require_staff()?;
    let states: Vec<(ReleaseState, i64)> = release::Entity::find()
        .select_only()
        .column(release::Column::State)
        .column_as(sea_orm::ColumnTrait::count(&release::Column::Id), "count")
        .group_by(release::Column::State)
        .into_tuple()
        .all(database)
        .await?;
    Ok(Json(Overview {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        blobs: services.blobs.ping().await.is_ok(),
        apps: app::Entity::find().count(database).await?,
        releases: states.into_iter().map(|(state, count)| StateCount { state, count }).collect(),
        jobs: count_jobs(database).await?,
    }))
}
