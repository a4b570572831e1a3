//! Running jobs: each node takes what is due, one after the other.

use std::sync::Arc;
use std::time::Duration;

use super::model::Model;
use super::{JobKind, queue};
use crate::problem::Problem;
use crate::registry::Registry;
use crate::state::Services;

/// A job that another node added, or that is due by the clock, is found within so long.
const LOOKS_EVERY: Duration = Duration::from_secs(2);

/// Several times within a lease.
const RENEWS_EVERY: Duration = Duration::from_secs(15);

/// The jobs of a platform.
pub(crate) struct Jobs<'a>(pub(crate) &'a Services);

impl Jobs<'_> {
    /// Runs what is due until nothing is; gives how many ran.
    pub(crate) async fn run_due(&self) -> Result<usize, Problem> {
        let mut ran = 0;
        while let Some(job) = self.take().await? {
            self.run_one(&job).await?;
            ran += 1;
        }
        Ok(ran)
    }

    pub(super) async fn take(&self) -> Result<Option<Model>, Problem> {
        let services = self.0;
        let now = services.now();
        if !queue::any_due(services.database.read(), now).await? {
            return Ok(None);
        }
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move { Ok(queue::take(transaction, &services.node_id, now).await?) })
            })
            .await
    }

    pub(super) async fn run_one(&self, job: &Model) -> Result<(), Problem> {
        let services = self.0;
        let outcome = tokio::select! {
            outcome = self.carry_out(job) => outcome,
            never = self.keep_lease(job) => match never {},
        };
        let now = services.now();
        let Err(problem) = outcome else {
            return services
                .database
                .write_borrowing(move |transaction, _| {
                    Box::pin(async move { Ok(queue::finish(transaction, job, &services.node_id, now).await?) })
                })
                .await;
        };
        tracing::warn!(job.kind = job.kind, job.attempt = job.attempts, problem = %problem, "a job failed");
        let failure = problem.to_string();
        let failure = failure.as_str();
        let given_up = services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move { Ok(queue::put_back(transaction, job, &services.node_id, now, failure).await?) })
            })
            .await?;
        if given_up { self.give_up(job, failure).await } else { Ok(()) }
    }

    /// Renews the lease until the work is done. One that was lost is not taken again: another node has the job, and
    /// what both do changes nothing.
    async fn keep_lease(&self, job: &Model) -> std::convert::Infallible {
        let services = self.0;
        loop {
            tokio::time::sleep(RENEWS_EVERY).await;
            let now = services.now();
            let renewed = services.database.write_borrowing(move |transaction, _| {
                Box::pin(async move { Ok(queue::renew(transaction, job, &services.node_id, now).await?) })
            });
            if matches!(renewed.await, Ok(false)) {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Takes up what this node left when it was killed.
    async fn take_back(&self) -> Result<(), Problem> {
        let services = self.0;
        if services.database.is_of_one_node() {
            let jobs = services
                .database
                .write(move |transaction| Box::pin(async move { Ok(queue::take_back(transaction).await?) }))
                .await?;
            tracing::debug!(jobs.taken_back = jobs, "the last run's jobs are due again");
        }
        Ok(())
    }

    async fn carry_out(&self, job: &Model) -> Result<(), Problem> {
        match JobKind::from_name(&job.kind) {
            Some(JobKind::Check) => Registry(self.0).run_check(&job.subject).await,
            Some(JobKind::ScheduledRelease) => Registry(self.0).run_schedule(&job.subject).await,
            // A newer node on the same database added it; that node takes it in turn.
            None => Err(Problem::internal("run a job", &format_args!("unknown kind {}", job.kind))),
        }
    }

    /// What must not wait for ever is told that it won't happen.
    async fn give_up(&self, job: &Model, failure: &str) -> Result<(), Problem> {
        tracing::error!(job.kind = job.kind, job.subject = job.subject, job.failure = failure, "a job was given up");
        match JobKind::from_name(&job.kind) {
            Some(JobKind::Check) => Registry(self.0).check_gave_up(&job.subject).await,
            _ => Ok(()),
        }
    }
}

/// A node's own loop, until it stops.
pub(crate) async fn work_until_stopped(services: Arc<Services>) {
    let mut stopping = services.stopping.clone();
    let _ = Jobs(&services).take_back().await;
    loop {
        // A failure was logged where it was made; the database may answer again in a moment.
        let _ = Jobs(&services).run_due().await;
        tokio::select! {
            () = services.jobs_wake.notified() => {}
            () = tokio::time::sleep(LOOKS_EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}
