//! Launching: which release to run, where its bytes are, and the key to them, wrapped for the device that asks.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use mezze_model::{AppId, Digest, VersionName};
use mezze_package::{ContentKeyContext, wrap_content_key};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::SignedIn;
use crate::devices::{Devices, WrappedSecret, seeded};
use crate::gate::IssuedTicket;
use crate::http::ApiJson;
use crate::log::{Inclusion, Log};
use crate::problem::Problem;
use crate::registry::{Registry, Release, parse_app_id, unwrap_content_key};
use crate::state::Services;

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct LaunchRequest {
    /// None: the current release.
    #[serde(default)]
    version: Option<String>,
    /// `package_digest` of the copy that the host has.
    #[serde(default)]
    cached_digest: Option<String>,
    /// From POST /api/v1/devices. Needed where there is something to fetch.
    #[serde(default)]
    device_id: Option<String>,
}

/// What to run.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Launch {
    /// `current`: the copy that the host has is the one to run. `fetch`: get `sealed` and open it with `key`.
    #[schema(example = "fetch")]
    state: LaunchState,
    app_id: String,
    version: String,
    /// SHA-256 of the countersigned package, hex.
    package_digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<SealedFile>,
    /// The content key, wrapped by HPKE with `info` `mezze content key v1` and `aad` app id, version and package
    /// digest, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<WrappedSecret>,
    signers: Signers,
    /// Proof that the release is in the public log; where there is something to fetch.
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<LogProof>,
    gate: IssuedTicket,
    /// Whether this is `mezze dev`.
    development: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum LaunchState {
    Current,
    Fetch,
}

/// Bytes to fetch: `aes128gcm` of RFC 8188.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct SealedFile {
    url: String,
    /// Bytes.
    size: i64,
    /// SHA-256 of the sealed bytes, hex.
    digest: String,
}

/// Ed25519 keys, base64url, that the package must be signed with.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Signers {
    developer: String,
    platform: String,
}

/// A release's place in the public log.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct LogProof {
    /// Key of the log's checkpoints.
    verifier_key: String,
    #[serde(flatten)]
    inclusion: Inclusion,
}

/// Launch a mini app
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/launch",
    tag = "delivery",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = LaunchRequest,
    responses(
        (status = 200, body = Launch),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The device is not the user's", body = Problem),
        (status = 404, description = "No such mini app or version is released", body = Problem),
    )
)]
pub(super) async fn launch(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<LaunchRequest>,
) -> Result<Json<Launch>, Problem> {
    let app_id = parse_app_id(&id)?;
    let version = request.version.as_deref().map(VersionName::parse).transpose();
    let version = version.map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
    let (app, release) = Registry(&services).released(&app_id, version.as_ref()).await?;
    let (Some(package_digest), Some(platform)) = (release.package_digest.clone(), release.platform_key.clone()) else {
        return Err(Problem::internal("launch a release", &"a released release has no digest"));
    };
    let is_current = request.cached_digest.as_deref() == Some(package_digest.as_str());
    let (sealed, key) = if is_current {
        (None, None)
    } else {
        let device_id = request.device_id.as_deref().unwrap_or_default();
        let key = wrapped_key(&services, &user.id, device_id, &app_id, &release, &package_digest).await?;
        (Some(sealed_file(&release)?), Some(key))
    };
    let log = if is_current { None } else { logged(&services, &package_digest).await? };
    Ok(Json(Launch {
        log,
        state: if is_current { LaunchState::Current } else { LaunchState::Fetch },
        app_id: app.id,
        version: release.version.clone(),
        package_digest,
        sealed,
        key,
        signers: Signers { developer: app.developer_key, platform },
        gate: services.issue_gate_ticket(&user.id, &release.id),
        development: services.options.development.is_some(),
    }))
}

/// `mezze dev` writes no log: nobody else is given what it serves.
async fn logged(services: &Services, package_digest: &str) -> Result<Option<LogProof>, Problem> {
    let digest = Digest::parse(package_digest).map_err(|cause| Problem::internal("prove a release", &cause))?;
    let log = Log(services);
    let inclusion = log.inclusion_of(&digest).await?;
    Ok(inclusion.map(|inclusion| LogProof { verifier_key: log.verifier_key(), inclusion }))
}

async fn wrapped_key(
    services: &Services,
    user_id: &str,
    device_id: &str,
    app_id: &AppId,
    release: &Release,
    package_digest: &str,
) -> Result<WrappedSecret, Problem> {
    let damaged = |cause: &dyn std::fmt::Display| Problem::internal("wrap a content key", cause);
    let device = Devices(services).proved_key(user_id, device_id).await?;
    let wrapped = release.wrapped_content_key.as_deref().ok_or_else(|| damaged(&"the release has none"))?;
    let key = unwrap_content_key(&services.keys.content_keys, &release.id, wrapped)?;
    let version = VersionName::parse(&release.version).map_err(|cause| damaged(&cause))?;
    let digest = Digest::parse(package_digest).map_err(|cause| damaged(&cause))?;
    let context = ContentKeyContext { app_id, version: &version, package_digest: &digest };
    wrap_content_key(&key, &context, device.as_bytes(), &mut seeded(services.randomness()))
        .map(WrappedSecret::from)
        .map_err(|cause| damaged(&cause))
}

fn sealed_file(release: &Release) -> Result<SealedFile, Problem> {
    match (&release.sealed_digest, release.sealed_size) {
        (Some(digest), Some(size)) => {
            Ok(SealedFile { url: format!("/api/v1/sealed/{digest}"), size, digest: digest.clone() })
        }
        _ => Err(Problem::internal("launch a release", &"a released release has no sealed file")),
    }
}
