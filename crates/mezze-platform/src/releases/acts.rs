//! Actions as they are asked for: what must be computed before the transaction, the transaction, and what follows it.

use std::sync::Arc;

use sea_orm::EntityTrait as _;

use super::machine::Action;
use super::scene::{Scene, unknown_release};
use crate::audit_trail::Who;
use crate::database::WriteStop;
use crate::http::require_revision;
use crate::organisations::{Standing, standing};
use crate::problem::Problem;
use crate::registry::model::{app, release};
use crate::registry::{Registry, Release, ReleaseState};
use crate::{jobs, review};

/// Columns of a release that are set together with its state.
pub(crate) type Change = Arc<dyn Fn(&mut Release) + Send + Sync>;

/// What an action comes with.
#[derive(Clone, Default)]
pub(crate) struct ActOptions {
    /// `If-Match`.
    pub(crate) revision: Option<i64>,
    pub(crate) change: Option<Change>,
}

/// What its developer wanted as soon as it is approved. That others came first is no reason to refuse the approval.
async fn release_approved(scene: &Scene<'_>, row: Release) -> Result<Release, WriteStop> {
    let machine = Who::Machine("approved");
    match scene.act(&machine, row.clone(), &Action::Release).await {
        // Users have a newer one by now: it gives way, as it would have if it had been approved before that one came.
        Err(WriteStop::Refused(problem)) if problem.name() == "older" => {
            scene.act(&machine, row, &Action::Supersede).await
        }
        // Another one is tried out on a share of the users: its developer decides.
        Err(WriteStop::Refused(problem)) if problem.status == 409 => Ok(row),
        outcome => outcome,
    }
}

impl Registry<'_> {
    /// A release, for someone who may see it from the inside.
    pub(crate) async fn insider(&self, who: &Who, id: &str) -> Result<(Release, app::Model, Standing), Problem> {
        let database = self.0.database.read();
        let row = self.release(id).await?;
        let app = self.app(&row.app_id).await?;
        let Who::User(caller) = who else {
            return Err(unknown_release(id));
        };
        let standing = standing(database, &caller.user, &app).await?;
        if standing.reads() { Ok((row, app, standing)) } else { Err(unknown_release(id)) }
    }

    /// Does one action.
    pub(crate) async fn act(
        &self,
        who: &Who,
        id: &str,
        action: Action,
        mut options: ActOptions,
    ) -> Result<Release, Problem> {
        if matches!(action, Action::Approve { .. }) {
            let row = self.release(id).await?;
            // Only for what can come to it: the machine decides again inside the transaction.
            if row.state == ReleaseState::InReview {
                options.change = Some(self.countersign(&row).await?);
            }
        }
        let services = self.0;
        let now = services.now();
        let (action, options) = (&action, &options);
        let row = services
            .database
            .write_borrowing(move |transaction, _| {
                let scene = Scene { transaction, now, keeps_trail: services.keeps_trail() };
                Box::pin(async move {
                    let mut row = scene.release(id).await?;
                    require_revision(options.revision, row.revision)?;
                    if let Some(change) = &options.change {
                        change(&mut row);
                    }
                    let row = scene.act(who, row, action).await?;
                    if let Action::Reject { reason } = action {
                        review::keep_decision(services, transaction, who, &row.id, reason).await?;
                    }
                    // The review may be one that a program does.
                    if matches!(action, Action::Submit) {
                        let job = services.fresh_identifier();
                        jobs::enqueue(transaction, &job, jobs::JobKind::Check, &row.id, now, now).await?;
                    }
                    if matches!(action, Action::Approve { .. }) && row.release_when_approved {
                        return release_approved(&scene, row).await;
                    }
                    Ok(row)
                })
            })
            .await?;
        services.jobs_wake.notify_one();
        services.gate_releases.forget(&row.app_id);
        services.hot_files.forget();
        tracing::info!(
            app.id = row.app_id,
            app.version = row.version,
            release.action = action.name(),
            release.state = row.state.name(),
            "release"
        );
        Ok(row)
    }

    /// A release by its id.
    pub(crate) async fn release(&self, id: &str) -> Result<Release, Problem> {
        let found = release::Entity::find_by_id(id).one(self.0.database.read()).await?;
        found.ok_or_else(|| unknown_release(id))
    }
}
