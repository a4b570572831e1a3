//! Proving and registering a device key.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Devices;
use super::public_key::{DevicePublicKey, JsonWebKey, WrappedSecret};
use crate::accounts::SignedIn;
use crate::encoding::from_base64url;
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(challenge)).routes(routes!(register))
}

#[derive(Deserialize, ToSchema)]
struct ChallengeRequest {
    public_key: JsonWebKey,
}

#[derive(Deserialize, ToSchema)]
struct DeviceRegistration {
    public_key: JsonWebKey,
    /// The nonce of the challenge, base64url.
    proof: String,
}

#[derive(Serialize, ToSchema)]
struct RegisteredDevice {
    device_id: String,
}

/// Ask for a challenge to prove a device key
///
/// The nonce is wrapped by HPKE (base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM) with `info`
/// `mezze device challenge v1` and no `aad`.
#[utoipa::path(
    post,
    path = "/api/v1/devices/challenge",
    tag = "devices",
    request_body = ChallengeRequest,
    responses(
        (status = 200, body = WrappedSecret),
        (status = 400, description = "Not a P-256 key", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn challenge(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    ApiJson(request): ApiJson<ChallengeRequest>,
) -> Result<Json<WrappedSecret>, Problem> {
    let key = DevicePublicKey::from_json_web_key(&request.public_key)?;
    Ok(Json(Devices(&services).challenge(&user.id, &key)?))
}

/// Register a device by its proved key
#[utoipa::path(
    post,
    path = "/api/v1/devices",
    tag = "devices",
    request_body = DeviceRegistration,
    responses(
        (status = 200, description = "Registered; the same key gives the same id again", body = RegisteredDevice),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The proof does not hold", body = Problem),
    )
)]
async fn register(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    ApiJson(request): ApiJson<DeviceRegistration>,
) -> Result<Json<RegisteredDevice>, Problem> {
    let key = DevicePublicKey::from_json_web_key(&request.public_key)?;
    let proof = from_base64url(&request.proof).unwrap_or_default();
    let device_id = Devices(&services).register(&user.id, &key, &proof).await?;
    Ok(Json(RegisteredDevice { device_id }))
}
