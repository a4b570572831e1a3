//! Launching: which release to run, where its bytes are, and the key to them, wrapped for the device that asks.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use mezze_host::permission::PlatformAct;
use mezze_model::{AppId, Digest, VersionName};
use mezze_package::{ContentKeyContext, wrap_content_key};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::SignedIn;
use crate::apps::Vouch;
use crate::devices::{Devices, WrappedSecret, seeded};
use crate::gate::IssuedTicket;
use crate::http::ApiJson;
use crate::keys::SignedKeyChange;
use crate::log::{Inclusion, Log};
use crate::policy::permit_release;
use crate::problem::Problem;
use crate::registry::{Registry, Release, TrialBuild, parse_app_id, trial_subject, unwrap_content_key};
use crate::state::Services;

use super::choice::{Choice, choose};
use super::deltas::{self, SealedPackage, offered};
use super::parts::{Part, layout};

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
    /// The page that opens first, empty for the entry page; given by hosts that run a release without the subpackages
    /// that it does not need yet.
    #[serde(default)]
    page: Option<String>,
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
    /// How the developer's key came to count: each key's signature on the next one, the oldest first, where there is
    /// something to fetch. A device lets a release at what an earlier key's releases stored only by these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lineage: Vec<Vouch>,
    /// The way from the copy that the host named, where it is shorter than the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    delta: Option<Update>,
    /// What of the release the first page needs, where it has subpackages and the host said that it can run without.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Part>,
    /// Proof that the release is in the public log; where there is something to fetch.
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<LogProof>,
    gate: IssuedTicket,
    /// Whether this is `mezze dev`.
    development: bool,
    /// Update before opening, whatever is on the device.
    forced: bool,
    /// Copies on the device with a lower version code must not be opened any more.
    minimum_version_code: i64,
    version_code: i64,
    /// Whether it is a version that only testers and reviewers run.
    trial: bool,
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

impl SealedFile {
    pub(super) fn new(digest: &str, size: i64) -> Self {
        Self { url: format!("/api/v1/sealed/{digest}"), size, digest: digest.to_owned() }
    }
}

/// Ed25519 keys, base64url, that the package must be signed with.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Signers {
    developer: String,
    platform: String,
}

/// An update: opened with `key` like a whole package, and put together as `docs/architecture/signing.md` says.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Update {
    /// SHA-256 of the package that it starts from, hex.
    from: String,
    sealed: SealedFile,
    /// Wrapped as the package's own key, with the same `info` and `aad`.
    key: WrappedSecret,
}

/// A release's place in the public log.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct LogProof {
    /// Key of the log's checkpoints.
    verifier_key: String,
    /// How earlier keys gave way to it, for hosts that remember one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<SignedKeyChange>,
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
        (status = 403, description = "The device is not the user's, or the operator does not let the app run", body = Problem),
        (status = 404, description = "No such mini app or version is released", body = Problem),
        (status = 410, description = "It was withdrawn, with the reason, or is too old", body = Problem),
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
    let Choice { app, release, trial } = choose(&services, &user, &app_id, version.as_ref()).await?;
    permit_release(&services, &app, &release, PlatformAct::Run).await?;
    let files = Files::of(&release, trial.as_ref())?;
    let is_current = request.cached_digest.as_deref() == Some(files.package_digest);
    let (sealed, key, delta, part) = if is_current {
        (None, None, None, None)
    } else {
        let device_id = request.device_id.as_deref().unwrap_or_default();
        let device = Devices(&services).proved_key(&user.id, device_id).await?;
        let target = Target {
            services: &services,
            device: device.as_bytes(),
            app_id: &app_id,
            release: &release,
            files: &files,
        };
        let key = target.wrapped_key(&files.subject, files.wrapped_content_key)?;
        // Builds for testers change all the time and are small to keep: they are always whole.
        let cached = request.cached_digest.as_deref().filter(|_| trial.is_none());
        let delta = target.update(cached).await?;
        let part = match request.page.as_deref().filter(|_| trial.is_none() && delta.is_none()) {
            Some(page) => target.part_for(page).await?,
            None => None,
        };
        (Some(files.sealed()), Some(key), delta, part)
    };
    let log = if is_current || trial.is_some() { None } else { logged(&services, files.package_digest).await? };
    let developer = release.developer_key.clone().unwrap_or(app.developer_key);
    let lineage = if is_current { Vec::new() } else { Registry(&services).lineage(&app_id, &developer).await? };
    Ok(Json(Launch {
        lineage,
        delta,
        part,
        log,
        state: if is_current { LaunchState::Current } else { LaunchState::Fetch },
        version: release.version.clone(),
        package_digest: files.package_digest.to_owned(),
        sealed,
        key,
        signers: Signers { developer, platform: files.platform_key.to_owned() },
        gate: services.issue_gate_ticket(&user.id, &release.id),
        development: services.options.development.is_some(),
        forced: release.forced,
        minimum_version_code: app.minimum_version_code,
        version_code: release.version_code,
        trial: trial.is_some(),
        app_id: app.id,
    }))
}

/// `mezze dev` writes no log: nobody else is given what it serves. Nor does what only testers are given stand in it.
async fn logged(services: &Services, package_digest: &str) -> Result<Option<LogProof>, Problem> {
    let digest = Digest::parse(package_digest).map_err(|cause| Problem::internal("prove a release", &cause))?;
    let log = Log(services);
    let inclusion = log.inclusion_of(&digest).await?;
    Ok(inclusion.map(|inclusion| LogProof {
        verifier_key: log.verifier_key(),
        changes: services.key_changes().of_log(),
        inclusion,
    }))
}

/// The bytes of a release as this user gets them.
pub(super) struct Files<'a> {
    package_digest: &'a str,
    platform_key: &'a str,
    sealed_digest: &'a str,
    sealed_size: i64,
    wrapped_content_key: &'a [u8],
    /// What the content key is bound to.
    subject: String,
}

impl<'a> Files<'a> {
    pub(super) fn of(release: &'a Release, trial: Option<&'a TrialBuild>) -> Result<Self, Problem> {
        if let Some(trial) = trial {
            return Ok(Self {
                package_digest: &trial.package_digest,
                platform_key: &trial.platform_key,
                sealed_digest: &trial.sealed_digest,
                sealed_size: trial.sealed_size,
                wrapped_content_key: &trial.wrapped_content_key,
                subject: trial_subject(&release.id),
            });
        }
        let missing = || Problem::internal("launch a release", &"a countersigned release has no file");
        Ok(Self {
            package_digest: release.package_digest.as_deref().ok_or_else(missing)?,
            platform_key: release.platform_key.as_deref().ok_or_else(missing)?,
            sealed_digest: release.sealed_digest.as_deref().ok_or_else(missing)?,
            sealed_size: release.sealed_size.ok_or_else(missing)?,
            wrapped_content_key: release.wrapped_content_key.as_deref().ok_or_else(missing)?,
            subject: release.id.clone(),
        })
    }

    fn sealed(&self) -> SealedFile {
        SealedFile::new(self.sealed_digest, self.sealed_size)
    }
}

/// What is to be fetched, and by which device.
pub(super) struct Target<'a> {
    pub(super) services: &'a Services,
    pub(super) device: &'a [u8],
    pub(super) app_id: &'a AppId,
    pub(super) release: &'a Release,
    pub(super) files: &'a Files<'a>,
}

impl Target<'_> {
    /// A content key at rest, wrapped for the device instead.
    fn wrapped_key(&self, subject: &str, at_rest: &[u8]) -> Result<WrappedSecret, Problem> {
        let damaged = |cause: &dyn std::fmt::Display| Problem::internal("wrap a content key", cause);
        let key = unwrap_content_key(&self.services.keys.content_keys, subject, at_rest)?;
        let version = VersionName::parse(&self.release.version).map_err(|cause| damaged(&cause))?;
        let digest = Digest::parse(self.files.package_digest).map_err(|cause| damaged(&cause))?;
        let context = ContentKeyContext { app_id: self.app_id, version: &version, package_digest: &digest };
        wrap_content_key(&key, &context, self.device, &mut seeded(self.services.randomness()))
            .map(WrappedSecret::from)
            .map_err(|cause| damaged(&cause))
    }

    /// The update from the package that the device has. In development packages change with every save: always whole.
    async fn update(&self, cached_digest: Option<&str>) -> Result<Option<Update>, Problem> {
        let Some(cached) = cached_digest.filter(|_| self.services.options.development.is_none()) else {
            return Ok(None);
        };
        let base = Registry(self.services).released_package(&self.release.app_id, cached).await?;
        let from = base.as_ref().and_then(SealedPackage::of);
        let Some(to) = SealedPackage::of(self.release) else { return Ok(None) };
        let Some(delta) = offered(self.services, from, &to).await? else { return Ok(None) };
        let handed = self.handed(&delta)?;
        Ok(handed.map(|(sealed, key)| Update { from: cached.to_owned(), sealed, key }))
    }

    /// What was made for this package, as the device gets it; `None` where making it was not worth it.
    pub(super) fn handed(&self, made: &deltas::model::Model) -> Result<Option<(SealedFile, WrappedSecret)>, Problem> {
        let (Some(digest), Some(size), Some(at_rest)) =
            (&made.sealed_digest, made.sealed_size, &made.wrapped_content_key)
        else {
            return Ok(None);
        };
        Ok(Some((SealedFile::new(digest, size), self.wrapped_key(&made.subject(), at_rest)?)))
    }

    /// What the first page needs; in development, packages change with every save: always whole.
    async fn part_for(&self, page: &str) -> Result<Option<Part>, Problem> {
        if self.services.options.development.is_some() {
            return Ok(None);
        }
        match layout(self.release)? {
            Some(layout) => self.part(&layout.for_page(page)).await,
            None => Ok(None),
        }
    }
}
