//! Trial builds: a release as reviewers and testers run it before it is approved.
//!
//! They are countersigned with a key of their own (`trial`), which the launch answer names to those people only: a copy
//! that leaks is not taken by any other host, because the platform's countersignature is not on it.

use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};

use super::model::{release, trial_build};
use super::seal::Sealed;
use super::service::{Registry, sealed_blob_name};
use crate::problem::Problem;

pub(crate) use super::model::trial_build::Model as TrialBuild;

impl Registry<'_> {
    /// The trial build of a release's package, made on first use.
    pub(crate) async fn trial_build(&self, row: &release::Model) -> Result<TrialBuild, Problem> {
        let services = self.0;
        let known = trial_build::Entity::find_by_id(&row.id).one(services.database.read()).await?;
        if let Some(known) = known.filter(|known| known.submitted_digest == row.submitted_digest) {
            return Ok(known);
        }
        let _turn = services.publishing.acquire().await;
        let bytes = self.uploaded_bytes(row).await?;
        let key = services.keys.trial.clone();
        let sealed = self.seal_bytes(bytes, Some(key), &trial_subject(&row.id)).await?;
        services.blobs.put(&sealed_blob_name(&sealed.sealed_digest), sealed.content.clone()).await?;
        let build = build(row, &sealed, services.now());
        let build = &build;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    match trial_build::Entity::find_by_id(&build.release_id).one(transaction).await? {
                        // Two people asked at once: the first build is as good.
                        Some(known) if known.submitted_digest == build.submitted_digest => Ok(known),
                        Some(_) => {
                            build.clone().into_active_model().reset_all().update(transaction).await?;
                            Ok(build.clone())
                        }
                        None => {
                            trial_build::Entity::insert(trial_build::ActiveModel::from(build.clone()))
                                .exec_without_returning(transaction)
                                .await?;
                            Ok(build.clone())
                        }
                    }
                })
            })
            .await
    }
}

/// What the content key of a trial build is bound to.
pub(crate) fn trial_subject(release_id: &str) -> String {
    format!("trial {release_id}")
}

fn build(row: &release::Model, sealed: &Sealed, now: i64) -> TrialBuild {
    TrialBuild {
        release_id: row.id.clone(),
        submitted_digest: row.submitted_digest.clone(),
        package_digest: sealed.package_digest.clone(),
        sealed_digest: sealed.sealed_digest.clone(),
        sealed_size: i64::try_from(sealed.content.len()).unwrap_or_default(),
        wrapped_content_key: sealed.wrapped_content_key.clone(),
        platform_key: sealed.platform_key.clone(),
        created_at: now,
    }
}
