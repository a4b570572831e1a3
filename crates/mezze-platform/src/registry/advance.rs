//! The job that brings an uploaded release on: check it, hand it to review, and where a program reviews, decide.
//!
//! It may be killed at any point and run again: it looks at the state and goes on from there, and what it changes is
//! one transaction each.

use super::audit::Audited;
use super::check::check;
use super::keep::keep_report;
use super::model::release;
use super::model::release::ReleaseState;
use super::report::{CheckReport, Finding, Severity};
use super::seal::off_thread;
use super::service::Registry;
use crate::audit_trail::Who;
use crate::problem::Problem;
use crate::releases::{ActOptions, Action, Scene};
use crate::review::{Submission, Verdict};

const CHECK: Who = Who::Machine("check");
const REVIEW: Who = Who::Machine("review");

impl Registry<'_> {
    /// The job.
    pub(crate) async fn run_check(&self, id: &str) -> Result<(), Problem> {
        let row = match self.release(id).await {
            Err(problem) if problem.name() == "unknown-release" => return Ok(()),
            found => found?,
        };
        let row = match row.state {
            ReleaseState::Uploaded => self.check_release(row).await?,
            ReleaseState::InReview => row,
            _ => return Ok(()),
        };
        if row.state == ReleaseState::InReview { self.review_by_program(row).await } else { Ok(()) }
    }

    async fn check_release(&self, row: release::Model) -> Result<release::Model, Problem> {
        let services = self.0;
        let bytes = self.uploaded_bytes(&row).await?;
        let report = {
            let _turn = services.publishing.acquire().await;
            let limits = services.options.limits.package.clone();
            let package = bytes.clone();
            match off_thread(move || check(&package, &limits, false)).await {
                Ok(checked) => self.report(checked).await?.1,
                Err(problem) if problem.status >= 500 => return Err(problem),
                Err(problem) => refusal(&row, &problem, services.now()),
            }
        };
        let of = Audited { app_id: &row.app_id, version: &row.version };
        let report = if report.passed() { self.audited(report, &of, &bytes).await? } else { report };
        self.conclude_check(row, report).await
    }

    /// State and report change together, and the submission follows where the developer asked for it.
    async fn conclude_check(&self, row: release::Model, report: CheckReport) -> Result<release::Model, Problem> {
        let services = self.0;
        let now = services.now();
        let (id, digest, report) = (row.id.as_str(), row.submitted_digest.as_str(), &report);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let scene = Scene { transaction, now, keeps_trail: services.keeps_trail() };
                    let row = scene.release(id).await?;
                    // Another package may have been attached while this one was checked; it has a job of its own.
                    if row.state != ReleaseState::Uploaded || row.submitted_digest != digest {
                        return Ok(row);
                    }
                    keep_report(services, transaction, id, report).await?;
                    if !report.passed() {
                        return scene.act(&CHECK, row, &Action::FailCheck { reason: report.reason() }).await;
                    }
                    let row = scene.act(&CHECK, row, &Action::PassCheck).await?;
                    if row.submit_when_checked { scene.act(&CHECK, row, &Action::Submit).await } else { Ok(row) }
                })
            })
            .await
    }

    /// Asks the review; one by people holds it for them.
    async fn review_by_program(&self, row: release::Model) -> Result<(), Problem> {
        let services = self.0;
        // What could not be run is for people to decide.
        if self.newest_report(&row.id).await?.lacks_audit() {
            return Ok(());
        }
        let bytes = self.uploaded_bytes(&row).await?;
        let limits = services.options.limits.package.clone();
        let checked = off_thread(move || check(&bytes, &limits, false)).await?;
        let app = self.app(&row.app_id).await?;
        let submission = Submission {
            package: &checked.verified,
            publisher_id: row.created_by.as_deref(),
            is_first: app.current_release_id.is_none(),
        };
        let action = match services.options.review.decide(&submission).await? {
            Verdict::Hold => return Ok(()),
            Verdict::Release => Action::Approve { submitted_digest: row.submitted_digest.clone() },
            Verdict::Refuse { reason } => Action::Reject { reason },
        };
        let options = ActOptions { revision: Some(row.revision), change: None };
        match self.act(&REVIEW, &row.id, action, options).await {
            // It was taken back meanwhile.
            Err(problem) if matches!(problem.status, 409 | 412) => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    /// The check failed again and again: the developer must not wait for ever.
    pub(crate) async fn check_gave_up(&self, id: &str) -> Result<(), Problem> {
        let row = self.release(id).await?;
        if row.state != ReleaseState::Uploaded {
            return Ok(());
        }
        let reason = "The check could not take place. Upload the package again; if that fails too, ask the operator.";
        let options = ActOptions { revision: Some(row.revision), change: None };
        self.act(&CHECK, id, Action::FailCheck { reason: reason.to_owned() }, options).await.map(drop)
    }
}

fn refusal(row: &release::Model, problem: &Problem, now: i64) -> CheckReport {
    let mut report = CheckReport::none(now);
    report.package_digest.clone_from(&row.submitted_digest);
    let hint = problem.hint.as_deref().unwrap_or_default();
    let message = format!("{} {hint}", problem.detail).trim().to_owned();
    report.add([Finding::new(problem.name(), Severity::Error, message)]);
    report
}
