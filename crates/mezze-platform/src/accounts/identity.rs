//! Proofs that a request comes from a user: a handler that takes one of these types can't forget to ask.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use super::model::user;
use super::scope::Scope;
use super::{Accounts, session_cookie};
use crate::problem::Problem;
use crate::rates::Budget;
use crate::state::Services;

/// A user who is signed in by a session cookie.
pub(crate) struct SignedIn(pub(crate) user::Model);

impl FromRequestParts<Arc<Services>> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Self, Problem> {
        let token = session_cookie::read(services, &parts.headers).ok_or_else(Problem::not_signed_in)?;
        let user = Accounts(services).by_session(&token).await?.ok_or_else(Problem::not_signed_in)?;
        Budget::spend(parts, services, &user.id, &token)?;
        Ok(Self(user))
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

/// A user, signed in or represented by an access token.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) user: user::Model,
    /// None: a session.
    pub(crate) token: Option<TokenIdentity>,
}

/// Which token acts.
#[derive(Debug, Clone)]
pub(crate) struct TokenIdentity {
    pub(crate) id: String,
    /// None: all that the user may do.
    pub(crate) scopes: Option<Vec<Scope>>,
}

impl Caller {
    /// Refuses a token without this scope.
    pub(crate) fn require(&self, scope: Scope) -> Result<(), Problem> {
        let scopes = self.token.as_ref().and_then(|token| token.scopes.as_ref());
        match scopes {
            Some(scopes) if !scopes.contains(&scope) => {
                let has: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
                Err(Problem::new(
                    StatusCode::FORBIDDEN,
                    "scope-missing",
                    "The token may not do this",
                    format!("This needs the scope `{scope}`; the token has: {}.", has.join(", ")),
                )
                .hint("Make a token with that scope."))
            }
            _ => Ok(()),
        }
    }

    /// Refuses tokens: what belongs to the person alone needs the person.
    pub(crate) fn require_session(&self) -> Result<(), Problem> {
        match self.token {
            None => Ok(()),
            Some(_) => Err(Problem::new(
                StatusCode::FORBIDDEN,
                "session-needed",
                "A token may not do this",
                "This is done by a person who is signed in, not by an access token.",
            )
            .hint("Sign in to the console.")),
        }
    }
}

impl FromRequestParts<Arc<Services>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Self, Problem> {
        match bearer_token(&parts.headers) {
            Some(token) => {
                let caller = Accounts(services).caller_by_token(token).await?.ok_or_else(unknown_token)?;
                Budget::spend(parts, services, &caller.user.id, token)?;
                Ok(caller)
            }
            None => {
                let SignedIn(user) = <SignedIn as FromRequestParts<_>>::from_request_parts(parts, services).await?;
                Ok(Self { user, token: None })
            }
        }
    }
}

/// A user who may upload packages: by bearer token, or signed in.
pub(crate) struct Uploader(pub(crate) Caller);

impl FromRequestParts<Arc<Services>> for Uploader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, services).await?;
        caller.require(Scope::PackagesWrite)?;
        if caller.user.role.may_upload() || crate::organisations::develops_somewhere(services, &caller.user.id).await? {
            return Ok(Self(caller));
        }
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "not-a-developer",
            "Only developers may do this",
            format!("{} is signed in, but is not a developer on this platform.", caller.user.login),
        )
        .hint(
            "Make an organisation or accept an invitation to one; or use the bearer token that the platform keeps in \
             keys/developer.token of its data folder.",
        ))
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
        "No account on this platform has this bearer token, or it has expired.",
    )
    .hint("The platform keeps its first token in keys/developer.token of its data folder.")
}
