//! Signing a user in to a mini app, and the calls of its server.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::service::{AppIdentity, CODE_SECONDS, Identities};
use super::user_data::{UserData, Wanted};
use crate::accounts::{Scope, SignedIn, Uploader, bearer_token};
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::registry::parse_app_id;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(make_login_code))
        .routes(routes!(exchange_code, check_session))
        .routes(routes!(read_user_data))
        .routes(routes!(make_secret))
}

#[derive(Serialize, ToSchema)]
struct LoginCode {
    /// 32 characters, used once.
    code: String,
    /// Seconds.
    expires_in: i64,
}

#[derive(Deserialize, ToSchema)]
struct CodeExchange {
    /// What `login()` gave the mini app.
    code: String,
}

#[derive(Serialize, ToSchema)]
struct AppSession {
    /// The user's pseudonym in this app.
    openid: String,
    /// The user's pseudonym in all apps of the publisher, where it has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
    /// 16 bytes, base64.
    session_key: String,
    /// Seconds.
    expires_in: i64,
}

#[derive(Serialize, ToSchema)]
struct SessionState {
    /// Seconds until the session ends.
    expires_in: i64,
}

/// Language of names of places.
#[derive(Deserialize, ToSchema)]
enum Language {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "zh_CN")]
    SimplifiedChinese,
    #[serde(rename = "zh_TW")]
    TraditionalChinese,
}

#[derive(Deserialize, ToSchema)]
struct UserDataRequest {
    wanted: Wanted,
    #[serde(default)]
    language: Option<Language>,
}

#[derive(Serialize, ToSchema)]
struct AppSecret {
    /// Shown this once.
    secret: String,
}

impl From<AppIdentity> for AppSession {
    fn from(identity: AppIdentity) -> Self {
        let AppIdentity { openid, unionid, session_key, expires_in } = identity;
        Self { openid, unionid, session_key, expires_in }
    }
}

/// A code that tells a mini app's server who the user is
///
/// Asked for by the super app when the mini app calls `login()`.
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/login-code",
    tag = "identity",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, body = LoginCode),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No released mini app has this id", body = Problem),
    )
)]
async fn make_login_code(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let code = Identities(&services).login_code(&parse_app_id(&id)?, &user.id).await?;
    Ok(unkept(LoginCode { code, expires_in: CODE_SECONDS }))
}

/// Exchange a code for the user's pseudonym and a session key
///
/// For the mini app's own server. The bearer token is the app's secret.
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/session",
    tag = "identity",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = CodeExchange,
    responses(
        (status = 200, body = AppSession),
        (status = 401, description = "The bearer token is not the app's secret", body = Problem),
        (status = 403, description = "The code is unknown, used, too old, or another app's", body = Problem),
        (status = 404, description = "No released mini app has this id", body = Problem),
    )
)]
async fn exchange_code(
    State(services): State<Arc<Services>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(exchange): ApiJson<CodeExchange>,
) -> Result<Response, Problem> {
    let secret = bearer_token(&headers).unwrap_or_default();
    let identity = Identities(&services).exchange(&parse_app_id(&id)?, secret, &exchange.code).await?;
    Ok(unkept(AppSession::from(identity)))
}

/// Whether the user's session with a mini app still holds
///
/// Asked for by the super app when the mini app calls `checkSession()`.
#[utoipa::path(
    get,
    path = "/api/v1/miniapps/{id}/session",
    tag = "identity",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, body = SessionState),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "There is no session, or it ended", body = Problem),
    )
)]
async fn check_session(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    match Identities(&services).session_seconds(&parse_app_id(&id)?, &user.id).await? {
        Some(expires_in) => Ok(unkept(SessionState { expires_in })),
        None => Err(no_session()),
    }
}

/// The user's profile for a mini app, signed and encrypted for its server
///
/// Asked for by the super app when the mini app calls `getUserInfo()`, or `getUserProfile()` and the user agreed. The app's
/// server checks and decrypts it with the session key that it got for a code. An own profile without a session keeps a
/// fresh key for five minutes, for the sign-in that follows.
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/user-data",
    tag = "identity",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = UserDataRequest,
    responses(
        (status = 200, body = UserData),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No released mini app has this id, or there is no session and it needs one", body = Problem),
    )
)]
async fn read_user_data(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<UserDataRequest>,
) -> Result<Response, Problem> {
    let language = match request.language {
        Some(Language::English) => "en",
        Some(Language::SimplifiedChinese) => "zh_CN",
        Some(Language::TraditionalChinese) => "zh_TW",
        None => "",
    };
    match Identities(&services).user_data(&parse_app_id(&id)?, &user, request.wanted, language).await? {
        Some(data) => Ok(unkept(data)),
        None => Err(no_session()),
    }
}

/// Make a secret for a mini app's server
///
/// Replaces the one before.
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/secret",
    tag = "identity",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 201, body = AppSecret),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The mini app is somebody else's", body = Problem),
        (status = 404, description = "No released mini app has this id", body = Problem),
    )
)]
async fn make_secret(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.require(Scope::AppsWrite)?;
    let secret = Identities(&services).new_secret(&parse_app_id(&id)?, &caller.user).await?;
    Ok((StatusCode::CREATED, unkept(AppSecret { secret })).into_response())
}

/// An answer that no cache may keep.
fn unkept(answer: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

fn no_session() -> Problem {
    Problem::not_found("The user has no session with this mini app, or it ended.")
}
