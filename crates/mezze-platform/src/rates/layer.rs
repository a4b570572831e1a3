//! Counts requests to the interface and to the gate. The address is counted before anything is looked up, account and
//! device where a handler learns whose request it is ([`Budget::spend`]).
//!
//! Every answer says how much is left of the bucket that is emptiest (draft-ietf-httpapi-ratelimit-headers, the form
//! that is in use): `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset` in seconds. A refusal says `Retry-After`.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::address::address_of;
use super::bucket::{Rate, Standing};
use super::limiter::Whose;
use super::too_often;
use crate::problem::Problem;
use crate::state::Services;

/// What is limited: the interface and the gate. The shell's own files are many, small, and the same for all.
const LIMITED: [&str; 3] = ["/api/", "/gate/", "/webview/"];

/// The emptiest bucket that a request was counted in.
#[derive(Clone, Default)]
pub(crate) struct Budget(Arc<Mutex<Option<(Rate, Standing)>>>);

impl Budget {
    /// Counts a request for the account and the device whose credential it carries.
    ///
    /// # Errors
    /// One of them asks too often.
    pub(crate) fn spend(parts: &Parts, services: &Services, account: &str, credential: &str) -> Result<(), Problem> {
        let limits = &services.options.rate_limits;
        // A request from inside the platform has no budget.
        let Some(budget) = parts.extensions.get::<Self>() else { return Ok(()) };
        budget.take(services, limits.device, || Whose::device(credential), "requests from this device")?;
        budget.take(services, limits.account, || Whose::Account(account.to_owned()), "requests of this account")
    }

    fn take(
        &self,
        services: &Services,
        rate: Option<Rate>,
        whose: impl FnOnce() -> Whose,
        what: &str,
    ) -> Result<(), Problem> {
        let Some(rate) = rate.filter(|_| services.options.development.is_none()) else { return Ok(()) };
        let outcome = services.limiter.take(rate, whose(), services.now_milliseconds());
        let standing = *outcome.as_ref().unwrap_or(&Standing {
            full_at: services.now_milliseconds() + i64::from(rate.seconds()) * 1_000,
            remaining: 0,
        });
        let mut tightest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tightest.is_none_or(|(_, known)| standing.remaining < known.remaining) {
            *tightest = Some((rate, standing));
        }
        outcome.map(|_| ()).map_err(|wait| too_often(what, wait).hint("Wait, and ask less often."))
    }
}

/// Middleware.
pub(crate) async fn limit_requests(
    State(services): State<Arc<Services>>,
    mut request: Request,
    next: Next,
) -> Response {
    if !LIMITED.iter().any(|prefix| request.uri().path().starts_with(prefix)) {
        return next.run(request).await;
    }
    let budget = Budget::default();
    let mut response = match refused(&services, &request, &budget) {
        Some(problem) => problem.into_response(),
        None => {
            request.extensions_mut().insert(budget.clone());
            next.run(request).await
        }
    };
    let tightest = *budget.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((rate, standing)) = tightest {
        let reset = ((standing.full_at - services.now_milliseconds()).max(0) + 999) / 1_000;
        let headers = response.headers_mut();
        headers.insert(HeaderName::from_static("ratelimit-limit"), HeaderValue::from(rate.count()));
        headers.insert(HeaderName::from_static("ratelimit-remaining"), HeaderValue::from(standing.remaining));
        headers.insert(HeaderName::from_static("ratelimit-reset"), HeaderValue::from(reset));
    }
    response
}

fn refused(services: &Services, request: &Request, budget: &Budget) -> Option<Problem> {
    let address = address_of(&services.options, request)?;
    let rate = services.options.rate_limits.address;
    budget.take(services, rate, || Whose::address(address), "requests from this address").err()
}
