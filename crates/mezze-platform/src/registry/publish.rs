//! From uploaded bytes to a release that hosts get.

use axum::http::StatusCode;
use bytes::Bytes;
use mezze_model::{AppId, Digest, VersionName};
use mezze_package::log::LogEntry;
use mezze_package::{ContentKey, SigningKey, countersign, seal};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admission::{Admission, Offer};
use super::check::{CheckedPackage, check};
use super::content_key::wrap_content_key;
use super::icon::Icon;
use super::model::release::ReleaseState;
use super::model::{app, release};
use super::service::{Registry, icon_blob_name, sealed_blob_name};
use crate::clock::{random_bytes, random_identifier};
use crate::database::WriteStop;
use crate::log;
use crate::problem::Problem;
use crate::review::{self, Submission, Verdict};

/// What became of an uploaded package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Published {
    /// The mini app.
    pub app_id: String,
    /// The version's name.
    pub version: String,
    /// SHA-256 of the countersigned package, hex; of the package as uploaded while it is in review.
    pub digest: String,
    /// `released` or `in_review`.
    pub state: String,
    /// False where this very package was on the platform already.
    #[serde(skip)]
    pub created: bool,
}

impl From<&release::Model> for Published {
    fn from(release: &release::Model) -> Self {
        let state = match release.state {
            ReleaseState::InReview => "in_review",
            ReleaseState::Released => "released",
        };
        Self {
            app_id: release.app_id.clone(),
            version: release.version.clone(),
            digest: release.package_digest.clone().unwrap_or_else(|| release.submitted_digest.clone()),
            state: state.to_owned(),
            created: false,
        }
    }
}

/// A package ready for the blob store and the database.
struct Sealed {
    row: release::Model,
    content: Bytes,
}

impl Registry<'_> {
    /// Checks, reviews, countersigns, seals and releases a package.
    pub(crate) async fn publish(&self, bytes: Bytes, publisher_id: Option<&str>) -> Result<Published, Problem> {
        let services = self.0;
        let _turn = services.publishing.acquire().await;
        let development = services.options.development.is_some();
        let limits = services.options.limits.package.clone();
        let package = bytes.clone();
        let checked = off_thread(move || check(&package, &limits, development)).await?;
        let offer = Offer::new(&checked.verified, development)?;
        let admission = offer.admit(services.database.read()).await??;
        if let Admission::Known(release) = &admission {
            return Ok(Published::from(release.as_ref()));
        }
        let submission =
            Submission { package: &checked.verified, publisher_id, is_first: matches!(admission, Admission::First) };
        let state = match services.options.review.decide(&submission).await? {
            Verdict::Release => ReleaseState::Released,
            Verdict::Hold => ReleaseState::InReview,
            Verdict::Refuse { reason } => return Err(review::refused(&reason)),
        };
        let sealed = self.seal(bytes, &offer, &checked, state).await?;
        self.store_blobs(&sealed, checked.icon).await?;
        self.commit(offer, sealed.row, publisher_id).await
    }

    async fn seal(
        &self,
        bytes: Bytes,
        offer: &Offer,
        checked: &CheckedPackage,
        state: ReleaseState,
    ) -> Result<Sealed, Problem> {
        let services = self.0;
        let now = services.now();
        let release_id = random_identifier(services.randomness());
        let content_key = ContentKey::from_bytes(random_bytes(services.randomness()));
        let salt = random_bytes(services.randomness());
        let wrapped = wrap_content_key(&services.keys.content_keys, &release_id, &content_key, services.randomness())?;
        let signing_key = services.keys.countersigning.clone();
        let limits = services.options.limits.package.clone();
        let released = state == ReleaseState::Released;
        let (package_digest, content) = off_thread(move || {
            let package = if released { countersigned(&bytes, &signing_key, now, &limits)? } else { bytes.to_vec() };
            let digest = Digest::of(&package);
            let content =
                seal(&package, &content_key, salt).map_err(|cause| Problem::internal("seal a package", &cause))?;
            Ok((digest, Bytes::from(content)))
        })
        .await?;
        let manifest = checked.verified.manifest();
        let json = |cause: serde_json::Error| Problem::internal("keep a manifest", &cause);
        let row = release::Model {
            id: release_id,
            app_id: offer.app_id.clone(),
            version: offer.version.clone(),
            version_code: offer.version_code,
            state,
            submitted_digest: offer.submitted_digest.clone(),
            package_digest: released.then(|| package_digest.to_string()),
            platform_key: released.then(|| services.keys.countersigning.public().to_string()),
            sealed_digest: Some(Digest::of(&content).to_string()),
            sealed_size: i64::try_from(content.len()).ok(),
            wrapped_content_key: Some(wrapped),
            name: manifest.display_name().to_owned(),
            description: manifest.description.clone().unwrap_or_default(),
            category: manifest.mezze.category.clone(),
            icon_digest: checked.icon.as_ref().map(|icon| Digest::of(&icon.bytes).to_string()),
            icon_media_type: checked.icon.as_ref().map(|icon| icon.media_type.to_owned()),
            origins: serde_json::to_string(&manifest.mezze.origins).map_err(json)?,
            manifest: serde_json::to_string(manifest).map_err(json)?,
            state_reason: None,
            created_at: now,
            released_at: released.then_some(now),
        };
        Ok(Sealed { row, content })
    }

    async fn store_blobs(&self, sealed: &Sealed, icon: Option<Icon>) -> Result<(), Problem> {
        let blobs = &self.0.blobs;
        if let Some(digest) = &sealed.row.sealed_digest {
            blobs.put(&sealed_blob_name(digest), sealed.content.clone()).await?;
        }
        if let (Some(icon), Some(digest)) = (icon, &sealed.row.icon_digest) {
            blobs.put(&icon_blob_name(digest), icon.bytes.into()).await?;
        }
        Ok(())
    }

    /// What the public log is told; nothing where no user is given the package, or only its developer (`mezze dev`).
    fn log_entry(&self, offer: &Offer, row: &release::Model) -> Result<Option<LogEntry>, Problem> {
        let Some(package_digest) = row.package_digest.as_deref().filter(|_| self.0.options.development.is_none())
        else {
            return Ok(None);
        };
        let damaged = |cause: &dyn std::fmt::Display| Problem::internal("write the public log", cause);
        Ok(Some(LogEntry::Release {
            app_id: AppId::parse(&offer.app_id).map_err(|cause| damaged(&cause))?,
            developer: offer.developer_key.parse().map_err(|_| damaged(&"the developer's key is none"))?,
            files_digest: offer.files_digest,
            package_digest: Digest::parse(package_digest).map_err(|cause| damaged(&cause))?,
            time: u64::try_from(row.created_at).unwrap_or_default(),
            version: VersionName::parse(&row.version).map_err(|cause| damaged(&cause))?,
        }))
    }

    /// The one moment in which the release becomes visible.
    async fn commit(
        &self,
        offer: Offer,
        row: release::Model,
        publisher_id: Option<&str>,
    ) -> Result<Published, Problem> {
        let publisher_id = publisher_id.map(str::to_owned);
        let orphan = row.sealed_digest.clone();
        let event = self.log_entry(&offer, &row)?;
        let committed = self
            .0
            .database
            .write(move |transaction| {
                let (offer, row, publisher_id) = (offer.clone(), row.clone(), publisher_id.clone());
                let event = event.clone();
                Box::pin(async move {
                    let committed = insert(transaction, &offer, row, publisher_id).await?;
                    if let Some(event) = event.filter(|_| committed.published.created) {
                        log::append(transaction, &event).await?;
                    }
                    Ok(committed)
                })
            })
            .await;
        let (published, unused) = match committed {
            Ok(Committed { published, replaced }) => (Ok(published), replaced),
            Err(problem) => (Err(problem), None),
        };
        let lost_race = !published.as_ref().is_ok_and(|published| published.created);
        // Hosts may be fetching what was replaced; it stays until the next replacement.
        if let Some(digest) = if lost_race { orphan } else { self.0.development.retire(unused) } {
            self.0.blobs.delete(&sealed_blob_name(&digest)).await?;
        }
        let published = published?;
        if published.created {
            tracing::info!(
                app.id = published.app_id,
                app.version = published.version,
                release.state = published.state,
                "package accepted"
            );
            self.0.development.announce_release(&published);
        }
        Ok(published)
    }
}

struct Committed {
    published: Published,
    /// Sealed digest of the release that was replaced.
    replaced: Option<String>,
}

async fn insert(
    transaction: &DatabaseTransaction,
    offer: &Offer,
    row: release::Model,
    publisher_id: Option<String>,
) -> Result<Committed, WriteStop> {
    let mut replaced = None;
    match offer.admit(transaction).await?? {
        Admission::Known(release) => return Ok(Committed { published: Published::from(release.as_ref()), replaced }),
        Admission::Replaces(release) => {
            release::Entity::delete_by_id(&release.id).exec(transaction).await?;
            replaced = release.sealed_digest;
        }
        Admission::First | Admission::Next => {}
    }
    let known = app::Entity::find_by_id(&offer.app_id).one(transaction).await?;
    let current = (row.state == ReleaseState::Released).then(|| row.id.clone());
    match known {
        Some(known) => {
            let mut known = known.into_active_model();
            if current.is_some() {
                known.current_release_id = Set(current);
            }
            // Bound to the id, written even where nothing else changes: two uploads of one app meet here.
            known.developer_key = Set(offer.developer_key.clone());
            known.update(transaction).await?;
        }
        None => {
            let app = app::Model {
                id: offer.app_id.clone(),
                developer_key: offer.developer_key.clone(),
                publisher_id,
                current_release_id: current,
                created_at: row.created_at,
            };
            app::Entity::insert(app::ActiveModel::from(app)).exec_without_returning(transaction).await?;
        }
    }
    let mut published = Published::from(&row);
    published.created = true;
    release::Entity::insert(release::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    Ok(Committed { published, replaced })
}

fn countersigned(bytes: &[u8], key: &SigningKey, now: i64, limits: &mezze_package::Limits) -> Result<Vec<u8>, Problem> {
    let created = u64::try_from(now).unwrap_or_default();
    countersign(bytes, key, created, limits).map_err(|cause| Problem::internal("countersign a package", &cause))
}

/// Hashing, inflating and sealing would hold up every other request of the thread.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| {
        Problem::internal("handle the package", &cause)
            .hint("The package could not be read; the operator finds the cause in the log.")
    })?
}

/// A package that is larger than any that would be taken is refused before it is read.
pub(super) fn too_large(most: u64) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "package-too-large",
        "The package is too large",
        format!("This platform takes packages of up to {most} bytes."),
    )
    .hint("Move large pictures and media to a server, or pages to a subpackage; the operator sets the limit.")
}
