//! Optimistic concurrency: every answer about something that changes carries `ETag: "r7"`, and an act that carries
//! `If-Match: "r7"` happens only while that is still so.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// An answer with its revision as entity tag.
pub(crate) struct Tagged<T>(pub(crate) i64, pub(crate) T);

impl<T: IntoResponse> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        if let Ok(value) = HeaderValue::from_str(&format!("\"r{}\"", self.0)) {
            response.headers_mut().insert(header::ETAG, value);
        }
        response
    }
}

/// The revision that `If-Match` asks for; none where it is missing or `*`.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()) else {
        return Ok(None);
    };
    if value.trim() == "*" {
        return Ok(None);
    }
    let number = value.trim().strip_prefix("\"r").and_then(|rest| rest.strip_suffix('"'));
    number
        .and_then(|number| number.parse().ok())
        .map(Some)
        .ok_or_else(|| Problem::bad_request("`If-Match` must be the `ETag` of an answer, for example \"r7\"."))
}

/// Refuses an act on something that has changed since.
pub(crate) fn require_revision(expected: Option<i64>, actual: i64) -> Result<(), Problem> {
    match expected {
        Some(expected) if expected != actual => Err(Problem::new(
            StatusCode::PRECONDITION_FAILED,
            "changed-since",
            "It has changed since",
            format!("You have revision {expected}, it is at {actual}."),
        )
        .hint("Load it again and look at what changed.")),
        _ => Ok(()),
    }
}
