//! Every refusal and failure that leaves the platform, as RFC 9457 problem details.
//!
//! A problem says what happened (`title`, `detail`) and what to do (`hint`). Causes that are the
//! platform's own are logged here, once, and leave as a plain "internal" problem.

use std::borrow::Cow;
use std::fmt;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Media type of problem details.
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// One refusal or failure (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// What kind of problem it is: a URN that stays the same, `urn:mezze:problem:NAME`.
    #[serde(rename = "type")]
    #[schema(example = "urn:mezze:problem:wrong-signer")]
    pub kind: Cow<'static, str>,
    /// What happened, the same for every problem of the kind.
    pub title: Cow<'static, str>,
    /// The HTTP status.
    #[schema(example = 403)]
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Seconds after which it is worth trying again: the answer's `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<i64>,
}

impl Problem {
    /// A problem of the kind `urn:mezze:problem:{name}`.
    #[must_use]
    pub fn new(status: StatusCode, name: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: Cow::Owned(format!("urn:mezze:problem:{name}")),
            title: Cow::Borrowed(title),
            status: status.as_u16(),
            detail: detail.into(),
            hint: None,
            retry_after: None,
        }
    }

    /// Says when it is worth trying again, in seconds.
    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: i64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Last part of the kind, for example `wrong-signer`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.kind.rsplit(':').next().unwrap_or_default()
    }

    /// The status as a type.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not-signed-in", "Not signed in", "This needs a signed-in user.")
            .hint("Sign in by POST /api/v1/session.")
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    pub(crate) fn not_allowed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "not-allowed", "You may not do this", detail)
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "The request can't be read", detail)
    }

    /// For faults of the platform itself: the cause is logged and does not leave.
    pub(crate) fn internal(what: &'static str, cause: &dyn fmt::Display) -> Self {
        tracing::error!(fault.what = what, fault.cause = %cause, "platform fault");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The platform failed",
            format!("The platform could not {what}."),
        )
        .hint("Try again; the operator finds the cause in the log.")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.title, self.detail)
    }
}

impl std::error::Error for Problem {}

impl From<sea_orm::DbErr> for Problem {
    fn from(cause: sea_orm::DbErr) -> Self {
        Self::internal("use its database", &cause)
    }
}

impl From<object_store::Error> for Problem {
    fn from(cause: object_store::Error) -> Self {
        Self::internal("use its blob store", &cause)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
