//! Releasing at a time: the time is kept with the release, and a job carries it out.

use axum::http::StatusCode;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::ActOptions;
use super::machine::Action;
use super::scene::Scene;
use crate::audit_trail::{Act, Who, record};
use crate::http::require_revision;
use crate::jobs::{JobKind, cancel, enqueue};
use crate::problem::Problem;
use crate::registry::{Registry, Release, ReleaseState};

/// Longest time ahead, in seconds.
const FURTHEST: i64 = 366 * 24 * 60 * 60;

impl Registry<'_> {
    /// Sets or clears the time at which an approved or staged release goes to all users.
    pub(crate) async fn schedule(
        &self,
        who: &Who,
        id: &str,
        at: Option<i64>,
        revision: Option<i64>,
    ) -> Result<Release, Problem> {
        let (_, _, standing) = self.insider(who, id).await?;
        if !standing.develops() {
            return Err(Problem::not_allowed("Releases are scheduled by developers of the mini app."));
        }
        let services = self.0;
        let now = services.now();
        if at.is_some_and(|at| at <= now || at > now + FURTHEST) {
            return Err(Problem::bad_request("The time must be in the future, at most a year ahead."));
        }
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let scene = Scene { transaction, now, keeps_trail: services.keeps_trail() };
                    let row = scene.release(id).await?;
                    require_revision(revision, row.revision)?;
                    if !matches!(row.state, ReleaseState::Approved | ReleaseState::Staged) {
                        return Err(not_ready(row.state).into());
                    }
                    let row = Release { scheduled_at: at, revision: row.revision + 1, ..row };
                    row.clone().into_active_model().reset_all().update(transaction).await?;
                    match at {
                        Some(at) => {
                            let job = services.fresh_identifier();
                            enqueue(transaction, &job, JobKind::ScheduledRelease, &row.id, at, now).await?;
                        }
                        None => cancel(transaction, JobKind::ScheduledRelease, &row.id).await?,
                    }
                    let act = Act {
                        who,
                        action: "release.schedule",
                        subject_kind: "release",
                        subject_id: &row.id,
                        app_id: Some(&row.app_id),
                        organisation_id: None,
                        details: json!({"version": row.version, "at": at}),
                    };
                    record(transaction, now, act).await?;
                    Ok(row)
                })
            })
            .await
    }

    /// The job. A release that was released, withdrawn or planned otherwise meanwhile is left alone.
    pub(crate) async fn run_schedule(&self, id: &str) -> Result<(), Problem> {
        let row = match self.release(id).await {
            Err(problem) if problem.name() == "unknown-release" => return Ok(()),
            found => found?,
        };
        let due = row.scheduled_at.is_some_and(|at| at <= self.0.now());
        if !due || !matches!(row.state, ReleaseState::Approved | ReleaseState::Staged) {
            return Ok(());
        }
        let options = ActOptions { revision: Some(row.revision), ..ActOptions::default() };
        match self.act(&Who::Machine("schedule"), id, Action::Release, options).await {
            // A guard that no longer holds won't hold on another try either; the developer sees that it stayed.
            Err(problem) if problem.status == 409 => {
                tracing::warn!(release.id = id, problem = %problem, "a scheduled release did not take place");
                Ok(())
            }
            outcome => outcome.map(drop),
        }
    }
}

fn not_ready(state: ReleaseState) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "wrong-state",
        "The release is in another state",
        format!("Only approved and staged releases are scheduled; this one is {}.", state.words()),
    )
}
