//! Subpackages: a host that runs a release without some of them fetches one when it is needed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use mezze_host::permission::PlatformAct;
use mezze_model::{Manifest, VersionName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::choice::choose;
use super::deltas::{Layout, Parts, SealedPackage, part};
use super::launch::{Files, SealedFile, Target};
use crate::accounts::SignedIn;
use crate::devices::{Devices, WrappedSecret};
use crate::http::ApiJson;
use crate::policy::permit_release;
use crate::problem::Problem;
use crate::registry::{Release, parse_app_id};
use crate::state::Services;

/// Some of a release's subpackages: opened with `key`, in the form of an update (`docs/architecture/signing.md`).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Part {
    /// Folders of the subpackages in it; the main package is the empty one.
    roots: Vec<String>,
    sealed: SealedFile,
    /// Wrapped as the package's own key, with the same `info` and `aad`.
    key: WrappedSecret,
}

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PartRequest {
    version: String,
    /// SHA-256 of the package that the host runs, hex.
    package_digest: String,
    /// Folder of the subpackage; the main package is the empty one.
    root: String,
    /// From POST /api/v1/devices.
    device_id: String,
}

/// Fetch a subpackage
#[utoipa::path(
    post,
    path = "/api/v1/miniapps/{id}/parts",
    tag = "delivery",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = PartRequest,
    responses(
        (status = 200, body = Part),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The device is not the user's, or the operator does not let the app run", body = Problem),
        (status = 404, description = "No such mini app, version or subpackage", body = Problem),
        (status = 410, description = "It was withdrawn, with the reason, or is too old", body = Problem),
    )
)]
pub(super) async fn fetch_part(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<PartRequest>,
) -> Result<Json<Part>, Problem> {
    let app_id = parse_app_id(&id)?;
    let version = VersionName::parse(&request.version).map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
    let choice = choose(&services, &user, &app_id, Some(&version)).await?;
    let release = &choice.release;
    permit_release(&services, &choice.app, release, PlatformAct::Run).await?;
    let unknown = || {
        Problem::not_found(format!("{app_id} {version} has no subpackage `{}`, or is another package.", request.root))
            .hint("Launch the mini app again.")
    };
    if choice.trial.is_some() || release.package_digest.as_ref() != Some(&request.package_digest) {
        return Err(unknown());
    }
    let parts = layout(release)?.and_then(|layout| layout.by_root(&request.root)).ok_or_else(unknown)?;
    let device = Devices(&services).proved_key(&user.id, &request.device_id).await?;
    let files = Files::of(release, None)?;
    let target = Target { services: &services, device: device.as_bytes(), app_id: &app_id, release, files: &files };
    Ok(Json(target.part(&parts).await?.ok_or_else(unknown)?))
}

/// The release's subpackages, as its manifest lists them.
pub(super) fn layout(release: &Release) -> Result<Option<Layout>, Problem> {
    let manifest: Manifest = serde_json::from_str(&release.manifest)
        .map_err(|cause| Problem::internal("read a manifest that it keeps", &cause))?;
    Ok(Layout::of(&manifest))
}

impl Target<'_> {
    /// The parts, made where nobody has asked for them yet.
    pub(super) async fn part(&self, parts: &Parts) -> Result<Option<Part>, Problem> {
        let Some(package) = SealedPackage::of(self.release) else { return Ok(None) };
        let Some(made) = part(self.services, parts, &package).await? else { return Ok(None) };
        let handed = self.handed(&made)?;
        Ok(handed.map(|(sealed, key)| Part { roots: parts.roots().to_vec(), sealed, key }))
    }
}
