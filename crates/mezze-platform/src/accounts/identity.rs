//! Proofs that a request comes from a user: a handler that takes one of these types can't forget to ask.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use super::model::user;
use super::{Accounts, session_cookie};
use crate::problem::Problem;
use crate::state::Services;

/// A user who is signed in by a session cookie.
pub(crate) struct SignedIn(pub(crate) user::Model);

impl FromRequestParts<Arc<Services>> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Self, Problem> {
        let token = session_cookie::read(services, &parts.headers).ok_or_else(Problem::not_signed_in)?;
        let user = Accounts(services).by_session(&token).await?;
        user.map(Self).ok_or_else(Problem::not_signed_in)
    }
}

impl OptionalFromRequestParts<Arc<Services>> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Option<Self>, Problem> {
        match <Self as FromRequestParts<_>>::from_request_parts(parts, services).await {
            Ok(user) => Ok(Some(user)),
            Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

/// A user who may upload packages: by bearer token, or signed in.
pub(crate) struct Uploader(pub(crate) user::Model);

impl FromRequestParts<Arc<Services>> for Uploader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Self, Problem> {
        let user = match bearer_token(&parts.headers) {
            Some(token) => Accounts(services).by_access_token(token).await?.ok_or_else(unknown_token)?,
            None => <SignedIn as FromRequestParts<_>>::from_request_parts(parts, services).await?.0,
        };
        if user.role.may_upload() {
            return Ok(Self(user));
        }
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "not-a-developer",
            "Only developers may do this",
            format!("{} is signed in, but is not a developer on this platform.", user.login),
        )
        .hint("Use the bearer token that the platform keeps in keys/developer.token of its data folder."))
    }
}

/// The token of an `Authorization: Bearer` header.
pub(crate) fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn unknown_token() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "unknown-token",
        "The bearer token is not known",
        "No account on this platform has this bearer token.",
    )
    .hint("The platform keeps its first token in keys/developer.token of its data folder.")
}
