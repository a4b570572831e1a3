//! Delivery: what a host needs to run a release, in one round trip, and the sealed bytes by digest.

mod choice;
mod deltas;
mod hot_files;
mod launch;
pub(crate) mod model;
mod parts;
mod revocations;
mod sealed;
mod testers;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Services;

pub(crate) use deltas::Turns;
pub(crate) use deltas::blob_name as delta_blob_name;
pub(crate) use deltas::model::{self as delta, subject as delta_subject};
pub(crate) use hot_files::HotFiles;
pub(crate) use revocations::{revoke_key, revoke_release};
pub(crate) use testers::may_test;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(launch::launch))
        .routes(routes!(parts::fetch_part))
        .routes(routes!(sealed::sealed))
        .routes(routes!(revocations::revocations))
        .merge(testers::router())
}
