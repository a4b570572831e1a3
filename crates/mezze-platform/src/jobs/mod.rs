//! Jobs: what is done outside of any request, survives a kill, and is done by one node at a time.
//!
//! A job is a row of a kind and a subject. A node takes it with a lease, which it renews while it works; when the node
//! dies, the lease ends and another takes it. (On SQLite there is no other: the node takes it back when it starts.) So
//! a job may run more than once, and each kind is written so that this changes nothing. A job that fails is tried again
//! after 5, 10, 20, … seconds, and given up after [`MOST_ATTEMPTS`].

mod counts;
mod model;
mod queue;
mod worker;

#[cfg(test)]
mod tests;

pub(crate) use counts::{JobCount, count_jobs, has_job};
pub(crate) use queue::{cancel, enqueue};
#[cfg(test)]
pub(crate) use worker::Jobs;
pub(crate) use worker::work_until_stopped;

/// Tries of one job.
const MOST_ATTEMPTS: i32 = 5;
/// How long a node may be silent over a job before another takes it, in seconds.
const LEASE_SECONDS: i64 = 60;
/// A finished job is of no use to anyone after a day.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// What kinds of jobs there are; the subject is what the job is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Check the package of a release, and have a program review it if one does. Subject: release id.
    Check,
    /// Release at its time. Subject: release id.
    ScheduledRelease,
}

impl JobKind {
    const ALL: [Self; 2] = [Self::Check, Self::ScheduledRelease];

    fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::ScheduledRelease => "scheduled_release",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
