//! Adding, listing and removing passkeys, and signing in with one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::check::{Credential, Expected, Refusal, check_assertion, check_registration};
use crate::accounts::identity::Caller;
use crate::accounts::model::{ceremony, passkey, user};
use crate::accounts::routes::{Me, user_agent};
use crate::accounts::service::digest;
use crate::accounts::ways_in::on_user;
use crate::accounts::{Accounts, session_cookie};
use crate::audit_trail::{Who, record};
use crate::clock::random_bytes;
use crate::encoding::{base64url, from_base64url};
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::state::Services;

const CHALLENGE_SECONDS: i64 = 300;

pub(in super::super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(begin_registration))
        .routes(routes!(list, register))
        .routes(routes!(remove))
        .routes(routes!(begin_sign_in))
        .routes(routes!(sign_in))
}

/// For `navigator.credentials`: what the platform asks for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct PasskeyChallenge {
    /// base64url; good once, for five minutes.
    challenge: String,
    /// `rp.id`: the host that keys are bound to.
    rp_id: String,
    /// `user.id` for a registration, base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    /// COSE algorithms that are taken: ES256 and EdDSA.
    algorithms: Vec<i32>,
}

async fn challenge(
    services: &Services,
    purpose: &'static str,
    user_id: Option<&str>,
) -> Result<PasskeyChallenge, Problem> {
    let bytes = random_bytes::<32>(services.randomness());
    let challenge = base64url(&bytes);
    let now = services.now();
    let row = ceremony::Model {
        challenge_digest: digest(&challenge),
        purpose: purpose.to_owned(),
        user_id: user_id.map(str::to_owned),
        expires_at: now + CHALLENGE_SECONDS,
    };
    let row = &row;
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                ceremony::Entity::delete_many().filter(ceremony::Column::ExpiresAt.lte(now)).exec(transaction).await?;
                ceremony::Entity::insert(ceremony::ActiveModel::from(row.clone()))
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        })
        .await?;
    Ok(PasskeyChallenge {
        challenge,
        rp_id: services.host(),
        user_id: user_id.map(|id| base64url(id.as_bytes())),
        algorithms: vec![-7, -8],
    })
}

/// Uses a challenge up.
async fn take(services: &Services, text: &str, purpose: &'static str, user: Option<&str>) -> Result<Vec<u8>, Problem> {
    let key = digest(text);
    let (key, now) = (key.as_str(), services.now());
    let taken = services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                let found = ceremony::Entity::find_by_id(key).one(transaction).await?;
                ceremony::Entity::delete_by_id(key).exec(transaction).await?;
                Ok(found.filter(|row| row.purpose == purpose && row.expires_at > now && row.user_id.as_deref() == user))
            })
        })
        .await?;
    taken.and_then(|_| from_base64url(text)).ok_or_else(|| refused(Refusal::Challenge))
}

/// Begin to add a passkey
#[utoipa::path(
    post,
    path = "/api/v1/me/passkeys/challenge",
    tag = "accounts",
    responses((status = 200, body = PasskeyChallenge), (status = 401, description = "Not signed in", body = Problem))
)]
async fn begin_registration(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Json<PasskeyChallenge>, Problem> {
    caller.require_session()?;
    Ok(Json(challenge(&services, "register", Some(&caller.user.id)).await?))
}

#[derive(Deserialize, ToSchema)]
struct NewPasskey {
    /// As it was given.
    challenge: String,
    /// How you tell it from others.
    name: String,
    /// `response.clientDataJSON`, base64url.
    client_data: String,
    /// `response.attestationObject`, base64url.
    attestation: String,
}

/// A passkey.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct PasskeyView {
    /// The credential id, base64url.
    id: String,
    name: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

impl From<passkey::Model> for PasskeyView {
    fn from(row: passkey::Model) -> Self {
        Self { id: row.id, name: row.name, created_at: row.created_at, last_used_at: row.last_used_at }
    }
}

/// Add a passkey
#[utoipa::path(
    post,
    path = "/api/v1/me/passkeys",
    tag = "accounts",
    request_body = NewPasskey,
    responses(
        (status = 201, body = PasskeyView),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 409, description = "The passkey is known", body = Problem),
        (status = 422, description = "The answer is refused", body = Problem),
    )
)]
async fn register(
    State(services): State<Arc<Services>>,
    caller: Caller,
    headers: HeaderMap,
    ApiJson(request): ApiJson<NewPasskey>,
) -> Result<(StatusCode, Json<PasskeyView>), Problem> {
    caller.require_session()?;
    let bytes = take(&services, &request.challenge, "register", Some(&caller.user.id)).await?;
    let unreadable = || refused(Refusal::Unreadable);
    let client_data = from_base64url(&request.client_data).ok_or_else(unreadable)?;
    let attestation = from_base64url(&request.attestation).ok_or_else(unreadable)?;
    let (origin, host) = (own_origin(&services, &headers), services.host());
    let expected = Expected { challenge: &bytes, origin: &origin, host: &host };
    let credential = check_registration(&client_data, &attestation, &expected).map_err(refused)?;
    let name: String = request.name.trim().chars().take(60).collect();
    let now = services.now();
    let row = passkey::Model {
        id: credential.id,
        user_id: caller.user.id.clone(),
        name: if name.is_empty() { "passkey".to_owned() } else { name },
        algorithm: credential.algorithm.to_owned(),
        public_key: credential.public_key,
        sign_count: i64::from(credential.sign_count),
        created_at: now,
        last_used_at: None,
    };
    let who = Who::from(caller);
    let (who, kept) = (&who, &row);
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                if passkey::Entity::find_by_id(&kept.id).one(transaction).await?.is_some() {
                    return Err(known().into());
                }
                passkey::Entity::insert(passkey::ActiveModel::from(kept.clone()))
                    .exec_without_returning(transaction)
                    .await?;
                let details = json!({"passkey": kept.id, "name": kept.name});
                record(transaction, now, on_user(who, "account.passkey", &kept.user_id, details)).await?;
                Ok(())
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Your passkeys
#[utoipa::path(
    get,
    path = "/api/v1/me/passkeys",
    tag = "accounts",
    responses((status = 200, body = Vec<PasskeyView>), (status = 401, description = "Not signed in", body = Problem))
)]
async fn list(State(services): State<Arc<Services>>, caller: Caller) -> Result<Json<Vec<PasskeyView>>, Problem> {
    caller.require_session()?;
    let rows = passkey::Entity::find()
        .filter(passkey::Column::UserId.eq(&caller.user.id))
        .order_by_asc(passkey::Column::CreatedAt)
        .all(services.database.read())
        .await?;
    Ok(Json(rows.into_iter().map(PasskeyView::from).collect()))
}

/// Remove a passkey
#[utoipa::path(
    delete,
    path = "/api/v1/me/passkeys/{id}",
    tag = "accounts",
    params(("id" = String, Path, description = "The credential id")),
    responses(
        (status = 204, description = "It does not sign in any more"),
        (status = 404, description = "No such passkey of yours", body = Problem),
    )
)]
async fn remove(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    let now = services.now();
    let who = Who::from(caller);
    let (who, id) = (&who, id.as_str());
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                let user = who.user_id().unwrap_or_default();
                let gone = passkey::Entity::delete_many()
                    .filter(passkey::Column::Id.eq(id))
                    .filter(passkey::Column::UserId.eq(user))
                    .exec(transaction)
                    .await?;
                if gone.rows_affected == 0 {
                    return Err(Problem::not_found("You have no such passkey.").into());
                }
                record(transaction, now, on_user(who, "account.passkey_removed", user, json!({"passkey": id}))).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begin to sign in with a passkey
#[utoipa::path(
    post,
    path = "/api/v1/session/passkey/challenge",
    tag = "accounts",
    responses((status = 200, body = PasskeyChallenge))
)]
async fn begin_sign_in(State(services): State<Arc<Services>>) -> Result<Json<PasskeyChallenge>, Problem> {
    Ok(Json(challenge(&services, "sign_in", None).await?))
}

#[derive(Deserialize, ToSchema)]
struct PasskeySignIn {
    /// As it was given.
    challenge: String,
    /// The credential id, base64url.
    id: String,
    /// `response.clientDataJSON`, base64url.
    client_data: String,
    /// `response.authenticatorData`, base64url.
    authenticator_data: String,
    /// `response.signature`, base64url.
    signature: String,
}

/// Sign in with a passkey
#[utoipa::path(
    post,
    path = "/api/v1/session/passkey",
    tag = "accounts",
    request_body = PasskeySignIn,
    responses(
        (status = 200, description = "Signed in; the session cookie is set", body = Me),
        (status = 422, description = "The answer is refused", body = Problem),
    )
)]
async fn sign_in(
    State(services): State<Arc<Services>>,
    headers: HeaderMap,
    ApiJson(request): ApiJson<PasskeySignIn>,
) -> Result<Response, Problem> {
    let challenge = take(&services, &request.challenge, "sign_in", None).await?;
    let unreadable = || refused(Refusal::Unreadable);
    let read = |text: &str| from_base64url(text).ok_or_else(unreadable);
    let (client_data, data) = (read(&request.client_data)?, read(&request.authenticator_data)?);
    let signature = read(&request.signature)?;
    let row = passkey::Entity::find_by_id(&request.id).one(services.database.read()).await?;
    // An unknown passkey and a wrong signature look the same from outside.
    let row = row.ok_or_else(|| refused(Refusal::Signature))?;
    let credential = Credential {
        id: row.id.clone(),
        algorithm: if row.algorithm == "eddsa" { "eddsa" } else { "es256" },
        public_key: row.public_key.clone(),
        sign_count: u32::try_from(row.sign_count).unwrap_or(u32::MAX),
    };
    let (origin, host) = (own_origin(&services, &headers), services.host());
    let expected = Expected { challenge: &challenge, origin: &origin, host: &host };
    let count = check_assertion(&client_data, &data, &signature, &credential, &expected).map_err(refused)?;
    let now = services.now();
    let id = row.id.as_str();
    services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                if let Some(found) = passkey::Entity::find_by_id(id).one(transaction).await? {
                    let mut found = found.into_active_model();
                    found.sign_count = Set(i64::from(count));
                    found.last_used_at = Set(Some(now));
                    found.update(transaction).await?;
                }
                Ok(())
            })
        })
        .await?;
    let user = user::Entity::find_by_id(&row.user_id).one(services.database.read()).await?;
    let user = user.ok_or_else(|| refused(Refusal::Signature))?;
    let token = Accounts(&services).start_session(&user.id, user_agent(&headers)).await?;
    let mut response = Json(Me::from(user)).into_response();
    if let Some(cookie) = session_cookie::set(&services, &headers, &token) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The origin that the browser must have been at: ours. The request's own `Origin` was found to be ours before it came
/// here, and tells the port of a platform on this machine.
fn own_origin(services: &Services, headers: &HeaderMap) -> String {
    let own = services.options.public_url.as_ref().map(|url| url.origin().ascii_serialization());
    let said = || headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    own.unwrap_or_else(said)
}

fn refused(refusal: Refusal) -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "passkey-refused",
        "The passkey is refused",
        format!("The passkey's answer is refused: {refusal}."),
    )
    .hint("Try again; or sign in with your password.")
}

fn known() -> Problem {
    Problem::new(StatusCode::CONFLICT, "passkey-known", "The passkey is known", "An account has this passkey already.")
}
