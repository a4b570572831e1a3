//! What the owner of an account does with it, over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::identity::Caller;
use super::model::{access_token, session};
use super::routes::{Me, user_agent};
use super::scope::{Scope, read_scopes};
use super::service::digest;
use super::{Accounts, session_cookie};
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::state::Services;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(sign_up))
        .routes(routes!(recover))
        .routes(routes!(change_password))
        .routes(routes!(new_recovery_codes))
        .routes(routes!(sessions, end_other_sessions))
        .routes(routes!(end_session))
        .routes(routes!(tokens, new_token))
        .routes(routes!(end_token))
}

#[derive(Deserialize, ToSchema)]
struct SignUp {
    /// What you type to sign in.
    login: String,
    /// What others see.
    name: String,
    password: String,
    /// Code of an invitation. It is still to be accepted after signing up.
    #[serde(default)]
    invitation: Option<String>,
}

/// Make an account
#[utoipa::path(
    post,
    path = "/api/v1/accounts",
    tag = "accounts",
    request_body = SignUp,
    responses(
        (status = 201, description = "Signed in; the session cookie is set", body = Me),
        (status = 400, description = "Login, name or password can't be taken", body = Problem),
        (status = 403, description = "An invitation is needed", body = Problem),
        (status = 404, description = "The invitation does not hold any more", body = Problem),
        (status = 409, description = "The login is taken", body = Problem),
        (status = 429, description = "Too many new accounts at once", body = Problem),
    )
)]
async fn sign_up(
    State(services): State<Arc<Services>>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<SignUp>,
) -> Result<Response, Problem> {
    let accounts = Accounts(&services);
    let invitation = request.invitation.as_deref();
    let user = accounts.sign_up(&request.login, &request.name, request.password, invitation).await?;
    let token = accounts.start_session(&user.id, user_agent(&headers)).await?;
    let mut response = (StatusCode::CREATED, Json(Me::from(user))).into_response();
    if let Some(cookie) = session_cookie::set(&services, &headers, &token) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

#[derive(Deserialize, ToSchema)]
struct Recovery {
    login: String,
    /// One of the recovery codes; it is used up.
    code: String,
    /// The new password.
    password: String,
}

/// Get back in with a recovery code
#[utoipa::path(
    post,
    path = "/api/v1/accounts/recovery",
    tag = "accounts",
    request_body = Recovery,
    responses(
        (status = 204, description = "The new password holds; every session has ended"),
        (status = 401, description = "Login or code is wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    )
)]
async fn recover(
    State(services): State<Arc<Services>>,
    ApiJson(request): ApiJson<Recovery>,
) -> Result<StatusCode, Problem> {
    Accounts(&services).recover(&request.login, &request.code, request.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
struct PasswordChange {
    /// Empty where there was none.
    #[serde(default)]
    current: String,
    next: String,
}

/// Change your password
#[utoipa::path(
    put,
    path = "/api/v1/me/password",
    tag = "accounts",
    request_body = PasswordChange,
    responses(
        (status = 204, description = "Changed; every other session has ended"),
        (status = 401, description = "Not signed in, or the current password is wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    )
)]
async fn change_password(
    State(services): State<Arc<Services>>,
    caller: Caller,
    headers: HeaderMap,
    ApiJson(request): ApiJson<PasswordChange>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    let own = session_cookie::read(&services, &headers);
    Accounts(&services).change_password(caller, request.current, request.next, own.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Fresh recovery codes
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct RecoveryCodes {
    /// Shown this once; each is good once. The older ones don't hold any more.
    codes: Vec<String>,
}

/// Make fresh recovery codes
#[utoipa::path(
    post,
    path = "/api/v1/me/recovery-codes",
    tag = "accounts",
    responses((status = 201, body = RecoveryCodes), (status = 401, description = "Not signed in", body = Problem))
)]
async fn new_recovery_codes(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<(StatusCode, Json<RecoveryCodes>), Problem> {
    caller.require_session()?;
    let codes = Accounts(&services).new_recovery_codes(caller).await?;
    Ok((StatusCode::CREATED, Json(RecoveryCodes { codes })))
}

/// A browser in which you are signed in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct SessionView {
    id: String,
    /// What the browser calls itself.
    user_agent: Option<String>,
    created_at: i64,
    expires_at: i64,
    /// Whether it is the one that asks.
    current: bool,
}

/// Where you are signed in
#[utoipa::path(
    get,
    path = "/api/v1/me/sessions",
    tag = "accounts",
    responses((status = 200, body = Vec<SessionView>), (status = 401, description = "Not signed in", body = Problem))
)]
async fn sessions(
    State(services): State<Arc<Services>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Json<Vec<SessionView>>, Problem> {
    caller.require_session()?;
    let own = session_cookie::read(&services, &headers).map(|token| digest(&token));
    let view = |row: session::Model| SessionView {
        current: own.as_ref() == Some(&row.token_digest),
        id: row.id.unwrap_or_default(),
        user_agent: row.user_agent,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(Json(Accounts(&services).sessions(&caller.user.id).await?.into_iter().map(view).collect()))
}

/// Sign out everywhere else
#[utoipa::path(
    delete,
    path = "/api/v1/me/sessions",
    tag = "accounts",
    responses(
        (status = 204, description = "Only this session is left"),
        (status = 401, description = "Not signed in", body = Problem),
    )
)]
async fn end_other_sessions(
    State(services): State<Arc<Services>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    let own = session_cookie::read(&services, &headers);
    Accounts(&services).end_sessions(caller, None, own.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out one browser
#[utoipa::path(
    delete,
    path = "/api/v1/me/sessions/{id}",
    tag = "accounts",
    params(("id" = String, Path, description = "The session's id")),
    responses(
        (status = 204, description = "Signed out there"),
        (status = 404, description = "No such session of yours", body = Problem),
    )
)]
async fn end_session(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    Accounts(&services).end_sessions(caller, Some(&id), None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An access token, without the token itself.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct TokenView {
    id: String,
    label: String,
    /// None: all that you may do.
    scopes: Option<Vec<Scope>>,
    created_at: i64,
    expires_at: Option<i64>,
}

impl From<access_token::Model> for TokenView {
    fn from(row: access_token::Model) -> Self {
        Self {
            id: row.id.unwrap_or_default(),
            label: row.label,
            scopes: row.scopes.as_deref().map(read_scopes),
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

/// Your access tokens
#[utoipa::path(
    get,
    path = "/api/v1/me/tokens",
    tag = "accounts",
    responses((status = 200, body = Vec<TokenView>), (status = 401, description = "Not signed in", body = Problem))
)]
async fn tokens(State(services): State<Arc<Services>>, caller: Caller) -> Result<Json<Vec<TokenView>>, Problem> {
    caller.require_session()?;
    let rows = Accounts(&services).tokens(&caller.user.id).await?;
    Ok(Json(rows.into_iter().map(TokenView::from).collect()))
}

#[derive(Deserialize, ToSchema)]
struct NewToken {
    /// Where it is kept, for whoever cleans up.
    label: String,
    scopes: Vec<Scope>,
    /// 1 to 366; 90 where it is not given.
    #[serde(default)]
    days: Option<i64>,
}

/// A new access token.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct MadeToken {
    /// Shown this once.
    token: String,
    #[serde(flatten)]
    view: TokenView,
}

/// Make an access token, for example for CI
#[utoipa::path(
    post,
    path = "/api/v1/me/tokens",
    tag = "accounts",
    request_body = NewToken,
    responses(
        (status = 201, body = MadeToken),
        (status = 400, description = "Label, scopes or days can't be taken", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
    )
)]
async fn new_token(
    State(services): State<Arc<Services>>,
    caller: Caller,
    ApiJson(request): ApiJson<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    caller.require_session()?;
    let days = request.days.unwrap_or(90);
    let (token, row) = Accounts(&services).new_token(caller, &request.label, &request.scopes, days).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { token, view: row.into() })))
}

/// Take an access token out of use
#[utoipa::path(
    delete,
    path = "/api/v1/me/tokens/{id}",
    tag = "accounts",
    params(("id" = String, Path, description = "The token's id")),
    responses(
        (status = 204, description = "It does not hold any more"),
        (status = 404, description = "No such token of yours", body = Problem),
    )
)]
async fn end_token(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    Accounts(&services).end_token(caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
