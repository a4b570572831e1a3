//! For whoever runs the platform: is it alive, is it ready, what does it do; and what a client may know of it.

mod metrics;
mod overview;
mod routes;

#[cfg(test)]
mod tests;

pub(crate) use metrics::{Metrics, count_requests};
pub(crate) use routes::router;
