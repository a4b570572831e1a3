//! Packages at rest: sealed under a key of their own, and opened again for the check, the review and the countersignature.

use std::sync::Arc;

use bytes::Bytes;
use mezze_model::Digest;
use mezze_package::{ContentKey, FileListing, Limits, SigningKey, countersign, seal, unseal};

use super::admission::Offer;
use super::check::CheckedPackage;
use super::content_key::{unwrap_content_key, wrap_content_key};
use super::icon::Icon;
use super::model::release;
use super::model::release::ReleaseState;
use super::service::{Registry, sealed_blob_name};
use crate::clock::random_bytes;
use crate::problem::Problem;
use crate::releases::Change;
use crate::state::Services;

/// A package ready for the blob store and the database.
pub(super) struct Intake {
    pub(super) row: release::Model,
    pub(super) content: Bytes,
    pub(super) listing: FileListing,
    pub(super) icon: Option<Icon>,
}

/// Bytes sealed under a fresh key, countersigned where a key for that was given.
pub(crate) struct Sealed {
    pub(super) package_digest: String,
    pub(crate) content: Bytes,
    pub(crate) sealed_digest: String,
    pub(crate) wrapped_content_key: Vec<u8>,
    pub(super) platform_key: String,
}

impl Registry<'_> {
    /// Seals a package; countersigned where it is released at once, else as it came.
    pub(super) async fn seal(
        &self,
        bytes: Bytes,
        offer: &Offer,
        checked: &CheckedPackage,
        released: bool,
    ) -> Result<Intake, Problem> {
        let services = self.0;
        let release_id = match &offer.revises {
            Some(id) => id.clone(),
            None => services.fresh_identifier(),
        };
        let package_size = i64::try_from(bytes.len()).ok();
        let signing_key = released.then(|| services.keys.countersigning.clone());
        let sealed = self.seal_bytes(bytes, signing_key, &release_id).await?;
        let manifest = checked.verified.manifest();
        let json = |cause: serde_json::Error| Problem::internal("keep a manifest", &cause);
        let row = release::Model {
            id: release_id,
            app_id: offer.app_id.clone(),
            version: offer.version.clone(),
            version_code: offer.version_code,
            state: ReleaseState::Draft,
            submitted_digest: offer.submitted_digest.clone(),
            package_digest: released.then_some(sealed.package_digest),
            developer_key: Some(offer.developer_key.clone()),
            platform_key: released.then_some(sealed.platform_key),
            sealed_digest: Some(sealed.sealed_digest),
            sealed_size: i64::try_from(sealed.content.len()).ok(),
            wrapped_content_key: Some(sealed.wrapped_content_key),
            name: manifest.display_name().to_owned(),
            description: manifest.description.clone().unwrap_or_default(),
            category: manifest.mezze.category.clone(),
            icon_digest: checked.icon.as_ref().map(|icon| Digest::of(&icon.bytes).to_string()),
            icon_media_type: checked.icon.as_ref().map(|icon| icon.media_type.to_owned()),
            origins: serde_json::to_string(&manifest.mezze.origins).map_err(json)?,
            manifest: serde_json::to_string(manifest).map_err(json)?,
            state_reason: None,
            created_at: services.now(),
            released_at: None,
            revision: 0,
            created_by: None,
            notes: None,
            submit_when_checked: false,
            release_when_approved: false,
            forced: false,
            share: None,
            scheduled_at: None,
            submitted_at: None,
            approved_by: None,
            withdrawn_at: None,
            package_size,
        };
        Ok(Intake {
            row,
            content: sealed.content,
            listing: checked.verified.package().listing(),
            icon: checked.icon.clone(),
        })
    }

    /// Countersigns (where there is a key) and seals. The content key is wrapped for `subject`: a release id, or
    /// what stands for one.
    pub(crate) async fn seal_bytes(
        &self,
        bytes: Bytes,
        signing_key: Option<SigningKey>,
        subject: &str,
    ) -> Result<Sealed, Problem> {
        let services = self.0;
        let now = services.now();
        let content_key = ContentKey::from_bytes(random_bytes(services.randomness()));
        let salt = random_bytes(services.randomness());
        let wrapped_content_key =
            wrap_content_key(&services.keys.content_keys, subject, &content_key, services.randomness())?;
        let platform_key = signing_key.as_ref().map(|key| key.public().to_string()).unwrap_or_default();
        let limits = services.options.limits.package.clone();
        let (package_digest, content) = off_thread(move || {
            let package = match signing_key {
                Some(key) => countersigned(&bytes, &key, now, &limits)?,
                None => bytes.to_vec(),
            };
            let digest = Digest::of(&package).to_string();
            let content =
                seal(&package, &content_key, salt).map_err(|cause| Problem::internal("seal a package", &cause))?;
            Ok((digest, Bytes::from(content)))
        })
        .await?;
        let sealed_digest = Digest::of(&content).to_string();
        Ok(Sealed { package_digest, content, sealed_digest, wrapped_content_key, platform_key })
    }

    /// The package of a release as it was uploaded; only before it is approved.
    pub(super) async fn uploaded_bytes(&self, row: &release::Model) -> Result<Bytes, Problem> {
        let damaged = |cause: &dyn std::fmt::Display| Problem::internal("open a package", cause);
        let (Some(digest), Some(wrapped)) = (&row.sealed_digest, &row.wrapped_content_key) else {
            return Err(damaged(&"the release has no package"));
        };
        let bytes = self.unsealed(digest, wrapped, &row.id).await?;
        let expected = row.submitted_digest.clone();
        off_thread(move || {
            // What is checked, reviewed and countersigned is what was uploaded, to the bit.
            if Digest::of(&bytes).to_string() != expected {
                return Err(damaged(&"it has another digest than what was uploaded"));
            }
            Ok(bytes)
        })
        .await
    }

    /// The bytes of a sealed blob. `subject` is what its content key was wrapped for.
    pub(crate) async fn unsealed(&self, digest: &str, wrapped: &[u8], subject: &str) -> Result<Bytes, Problem> {
        let key = unwrap_content_key(&self.0.keys.content_keys, subject, wrapped)?;
        let sealed = self.0.blobs.get(&sealed_blob_name(digest)).await?;
        off_thread(move || {
            let bytes = unseal(&sealed, &key).map_err(|cause| Problem::internal("open a package", &cause))?;
            Ok(Bytes::from(bytes))
        })
        .await
    }

    /// Countersigns exactly the bytes that were uploaded, and gives what that changes in the release.
    pub(crate) async fn countersign(&self, row: &release::Model) -> Result<Change, Problem> {
        let services = self.0;
        let _turn = services.publishing.acquire().await;
        let bytes = self.uploaded_bytes(row).await?;
        let sealed = self.seal_bytes(bytes, Some(services.keys.countersigning.clone()), &row.id).await?;
        services.blobs.put(&sealed_blob_name(&sealed.sealed_digest), sealed.content.clone()).await?;
        let size = i64::try_from(sealed.content.len()).ok();
        let submitted = row.submitted_digest.clone();
        Ok(Arc::new(move |row| {
            // A package that was attached meanwhile is not the one that was countersigned; the machine refuses too.
            if row.submitted_digest == submitted {
                row.package_digest = Some(sealed.package_digest.clone());
                row.platform_key = Some(sealed.platform_key.clone());
                row.sealed_digest = Some(sealed.sealed_digest.clone());
                row.sealed_size = size;
                row.wrapped_content_key = Some(sealed.wrapped_content_key.clone());
            }
        }))
    }
}

/// What a sealed file holds. `subject` is what its content key was wrapped for.
pub(crate) fn unseal_file(services: &Services, file: &[u8], wrapped: &[u8], subject: &str) -> Result<Vec<u8>, Problem> {
    let key = unwrap_content_key(&services.keys.content_keys, subject, wrapped)?;
    unseal(file, &key).map_err(|cause| Problem::internal("open a package", &cause))
}

fn countersigned(bytes: &[u8], key: &SigningKey, now: i64, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let created = u64::try_from(now).unwrap_or_default();
    countersign(bytes, key, created, limits).map_err(|cause| Problem::internal("countersign a package", &cause))
}

/// Hashing, inflating and sealing would hold up every other request of the thread.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| {
        Problem::internal("handle the package", &cause)
            .hint("The package could not be read; the operator finds the cause in the log.")
    })?
}
