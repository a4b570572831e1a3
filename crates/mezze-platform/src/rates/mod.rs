//! How often something may be done: token buckets.
//!
//! | module | what it does |
//! |---|---|
//! | `bucket` | the arithmetic: one number says how full a bucket is |
//! | `limiter` | buckets in a node's memory, for requests: by address, account and device |
//! | `layer` | the middleware that counts requests and says in headers how many are left |
//! | `address` | where a request comes from, behind a proxy too |
//! | `lasting` | buckets in the database, which all nodes share and a restart keeps, for sign-ins |

mod address;
mod bucket;
mod lasting;
mod layer;
mod limiter;
#[cfg(test)]
mod tests;

use axum::http::StatusCode;

use crate::problem::Problem;

pub use bucket::Rate;
pub(crate) use lasting::LastingLimit;
pub(crate) use layer::{Budget, limit_requests};
pub(crate) use limiter::Limiter;

/// How often the platform's interface may be called. What is `None` is not limited.
#[derive(Debug, Clone)]
pub struct RateLimits {
    /// By address; a network of IPv6 (`/64`) counts as one. This machine is not limited.
    pub address: Option<Rate>,
    /// By account, over all its devices and access tokens.
    pub account: Option<Rate>,
    /// By device: one sign-in, or one access token.
    pub device: Option<Rate>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            address: Some(Rate::per_minute(6_000)),
            account: Some(Rate::per_minute(6_000)),
            device: Some(Rate::per_minute(3_000)),
        }
    }
}

impl RateLimits {
    /// No limits at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { address: None, account: None, device: None }
    }
}

/// The refusal; `wait` in milliseconds.
fn too_often(what: &str, wait: i64) -> Problem {
    let seconds = (wait.max(1) + 999) / 1_000;
    let when = if seconds < 90 { format!("{seconds} seconds") } else { format!("{} minutes", (seconds + 59) / 60) };
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too-often",
        "Tried too often",
        format!("Too many {what}; the next is possible in {when}."),
    )
    .retry_after(seconds)
}
