//! Finding mini apps and releases.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::StatusCode;
use mezze_host::permission::PolicySubject;
use mezze_model::{AppId, Origins, VersionName};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::model::release::ReleaseState;
use super::model::{app, release, trial_build};
use super::unknown::{unknown_app, unknown_version};
use crate::accounts::Caller;
use crate::organisations::{Standing, standing};
use crate::policy::subject_of;
use crate::problem::Problem;
use crate::state::Services;

/// More releases than this at once mean that the cache starts anew.
const MOST_CACHED: usize = 10_000;

/// The registry of a platform.
pub(crate) struct Registry<'a>(pub(crate) &'a Services);

/// What the gate needs of a release.
#[derive(Debug)]
pub(crate) struct GateRelease {
    pub(crate) app_id: String,
    pub(crate) version: String,
    pub(crate) origins: Arc<Origins>,
    /// What the operator's rules are matched against.
    pub(crate) subject: PolicySubject,
}

/// A release that another node withdrew is asked for again after so many seconds.
const CACHED_SECONDS: i64 = 60;

/// Releases that the gate asked for, with the time until which that holds: they may be withdrawn.
#[derive(Default)]
pub(crate) struct ReleaseCache(RwLock<HashMap<String, (i64, Arc<GateRelease>)>>);

impl Registry<'_> {
    /// A mini app by its id, whether anything of it is released or not.
    pub(crate) async fn app(&self, id: &str) -> Result<app::Model, Problem> {
        let found = app::Entity::find_by_id(id.to_ascii_lowercase()).one(self.0.database.read()).await?;
        found.ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                "unknown-app",
                "This mini app is not here",
                format!("There is no mini app {id} that you may see."),
            )
        })
    }

    /// A mini app for someone who may see it from the inside; to others it is not there.
    pub(crate) async fn insider_app(&self, caller: &Caller, id: &str) -> Result<(app::Model, Standing), Problem> {
        let app = self.app(id).await?;
        let standing = standing(self.0.database.read(), &caller.user, &app).await?;
        if standing.reads() {
            return Ok((app, standing));
        }
        Err(Problem::new(
            StatusCode::NOT_FOUND,
            "unknown-app",
            "This mini app is not here",
            format!("There is no mini app {id} that you may see."),
        ))
    }

    /// A mini app and the release that everyone gets: the named version, or the current one.
    pub(crate) async fn released(
        &self,
        app_id: &AppId,
        version: Option<&VersionName>,
    ) -> Result<(app::Model, release::Model), Problem> {
        let database = self.0.database.read();
        let app = app::Entity::find_by_id(app_id.as_str()).one(database).await?.ok_or_else(|| unknown_app(app_id))?;
        let releases = release::Entity::find()
            .filter(release::Column::AppId.eq(app_id.as_str()))
            .filter(release::Column::State.is_in([ReleaseState::Released, ReleaseState::Superseded]));
        let found = match (version, &app.current_release_id) {
            (Some(version), _) => {
                let found = releases.filter(release::Column::Version.eq(version.as_str())).one(database).await?;
                Some(found.ok_or_else(|| unknown_version(app_id, version, app.current_release_id.is_some()))?)
            }
            (None, Some(id)) => release::Entity::find_by_id(id).one(database).await?,
            (None, None) => None,
        };
        let release = found.ok_or_else(|| unknown_app(app_id))?;
        Ok((app, release))
    }

    /// All mini apps that have a release, by name.
    pub(super) async fn all_released(&self) -> Result<Vec<(app::Model, release::Model)>, Problem> {
        let database = self.0.database.read();
        let apps = app::Entity::find().filter(app::Column::CurrentReleaseId.is_not_null()).all(database).await?;
        let ids: Vec<String> = apps.iter().filter_map(|app| app.current_release_id.clone()).collect();
        let mut releases = HashMap::new();
        // Databases cap the number of parameters of a statement.
        for part in ids.chunks(500) {
            let found = release::Entity::find().filter(release::Column::Id.is_in(part)).all(database).await?;
            releases.extend(found.into_iter().map(|release| (release.app_id.clone(), release)));
        }
        let mut pairs: Vec<_> =
            apps.into_iter().filter_map(|app| releases.remove(&app.id).map(|release| (app, release))).collect();
        pairs.sort_by(|(_, left), (_, right)| left.name.cmp(&right.name).then_with(|| left.app_id.cmp(&right.app_id)));
        Ok(pairs)
    }

    /// The released versions of a mini app, newest first.
    pub(super) async fn history(&self, app_id: &str) -> Result<Vec<release::Model>, Problem> {
        let history = release::Entity::find()
            .filter(release::Column::AppId.eq(app_id))
            .filter(release::Column::State.is_in([ReleaseState::Released, ReleaseState::Superseded]))
            .filter(release::Column::ReleasedAt.is_not_null())
            .order_by_desc(release::Column::VersionCode)
            .all(self.0.database.read())
            .await?;
        Ok(history)
    }

    /// Size of the sealed file with this digest, where it is one that hosts may fetch: of an approved
    /// release, or of a trial build. It opens for nobody without the key.
    pub(crate) async fn sealed_size(&self, digest: &str) -> Result<Option<i64>, Problem> {
        let database = self.0.database.read();
        let release = release::Entity::find()
            .filter(release::Column::SealedDigest.eq(digest))
            .filter(release::Column::State.is_in([
                ReleaseState::Approved,
                ReleaseState::Staged,
                ReleaseState::Released,
                ReleaseState::Superseded,
            ]))
            .one(database)
            .await?;
        if let Some(release) = release {
            return Ok(release.sealed_size);
        }
        let trial =
            trial_build::Entity::find().filter(trial_build::Column::SealedDigest.eq(digest)).one(database).await?;
        Ok(trial.map(|trial| trial.sealed_size))
    }

    /// The app's release with this package, where its bytes are those that users were given.
    pub(crate) async fn released_package(&self, app_id: &str, digest: &str) -> Result<Option<release::Model>, Problem> {
        let release = release::Entity::find()
            .filter(release::Column::AppId.eq(app_id))
            .filter(release::Column::PackageDigest.eq(digest))
            .filter(release::Column::SealedDigest.is_not_null())
            .one(self.0.database.read())
            .await?;
        Ok(release)
    }

    /// What the gate needs of a release, from memory where it was asked for before.
    pub(crate) async fn release_for_gate(&self, release_id: &str) -> Result<Arc<GateRelease>, Problem> {
        let now = self.0.now();
        if let Some(known) = self.0.gate_releases.get(release_id, now) {
            return Ok(known);
        }
        let found = release::Entity::find_by_id(release_id).one(self.0.database.read()).await?;
        // Testers and reviewers run what users don't have yet; a ticket for it was only given to them.
        let gone = [ReleaseState::Draft, ReleaseState::Rejected, ReleaseState::Withdrawn];
        let release = found.filter(|release| !gone.contains(&release.state)).ok_or_else(|| {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "gate-ticket",
                "The gate ticket does not hold",
                "Its release is gone.",
            )
            .hint("Launch the mini app again for a new ticket.")
        })?;
        let app = self.app(&release.app_id).await?;
        let subject = subject_of(self.0, &app, &release).await?;
        let origins: Origins = serde_json::from_str(&release.origins)
            .map_err(|cause| Problem::internal("read a release's origins", &cause))?;
        let release = Arc::new(GateRelease {
            app_id: release.app_id,
            version: release.version,
            origins: Arc::new(origins),
            subject,
        });
        self.0.gate_releases.put(release_id, now + CACHED_SECONDS, release.clone());
        Ok(release)
    }
}

impl ReleaseCache {
    /// Releases of this mini app are asked for again.
    pub(crate) fn forget(&self, app_id: &str) {
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        cache.retain(|_, (_, release)| release.app_id != app_id);
    }

    fn get(&self, release_id: &str, now: i64) -> Option<Arc<GateRelease>> {
        let cache = self.0.read().unwrap_or_else(PoisonError::into_inner);
        cache.get(release_id).filter(|(until, _)| *until > now).map(|(_, release)| release.clone())
    }

    fn put(&self, release_id: &str, until: i64, release: Arc<GateRelease>) {
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_CACHED {
            cache.clear();
        }
        cache.insert(release_id.to_owned(), (until, release));
    }
}

/// Where a sealed file is in the blob store.
pub(crate) fn sealed_blob_name(digest: &str) -> String {
    format!("sealed/{digest}")
}

/// Where an icon is in the blob store.
pub(crate) fn icon_blob_name(digest: &str) -> String {
    format!("icons/{digest}")
}
