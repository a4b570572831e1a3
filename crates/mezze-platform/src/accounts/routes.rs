//! Signing in, signing out, and who is signed in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model::user;
use super::{Accounts, Role, SignedIn, mark, own_routes, passkeys, session_cookie};
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, sign_out))
        .routes(routes!(me))
        .routes(routes!(mark::choose_mark))
        .merge(own_routes::router())
        .merge(passkeys::router())
}

/// How to sign in: as the demo user, or with login and password.
#[derive(Deserialize, ToSchema)]
#[serde(untagged, deny_unknown_fields)]
enum SignIn {
    Demo {
        /// Must be true.
        demo: bool,
    },
    Password {
        #[serde(alias = "login")]
        user: String,
        password: String,
    },
}

/// A user, as that user sees themself.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Me {
    id: String,
    /// What others see.
    name: String,
    login: String,
    role: Role,
    /// `#rrggbb`
    #[schema(example = "#2f6f4f")]
    avatar_color: String,
    /// Shown beside every prompt of the shell, so that a mini app can't fake one.
    #[schema(example = "saffron")]
    device_mark: String,
}

impl From<user::Model> for Me {
    fn from(user: user::Model) -> Self {
        Self {
            id: user.id,
            name: user.name,
            login: user.login,
            role: user.role,
            avatar_color: user.avatar_color,
            device_mark: user.mark,
        }
    }
}

/// Sign in
#[utoipa::path(
    post,
    path = "/api/v1/session",
    tag = "accounts",
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in; the session cookie is set", body = Me),
        (status = 401, description = "Login or password is wrong", body = Problem),
        (status = 403, description = "There is no demo user", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    )
)]
async fn sign_in(
    State(services): State<Arc<Services>>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<SignIn>,
) -> Result<Response, Problem> {
    let accounts = Accounts(&services);
    let user = match request {
        SignIn::Demo { demo: true } => accounts.demo().await?,
        SignIn::Demo { demo: false } => {
            return Err(Problem::bad_request("`demo` must be true, or give `user` and `password`."));
        }
        SignIn::Password { user, password } => accounts.by_password(&user, password).await?,
    };
    let token = accounts.start_session(&user.id, user_agent(&headers)).await?;
    let mut response = Json(Me::from(user)).into_response();
    if let Some(cookie) = session_cookie::set(&services, &headers, &token) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// What the list of sessions shows, so that a person tells their browsers apart.
pub(super) fn user_agent(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(text.chars().take(200).collect())
}

/// Sign out
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    tag = "accounts",
    responses((status = 204, description = "Signed out"))
)]
async fn sign_out(State(services): State<Arc<Services>>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = session_cookie::read(&services, &headers) {
        Accounts(&services).end_session(&token).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = session_cookie::clear(&services, &headers) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Who is signed in
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "accounts",
    responses(
        (status = 200, body = Me),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn me(SignedIn(user): SignedIn) -> Json<Me> {
    Json(user.into())
}
