//! The audit as a part of the check: a program of its own runs the mini app and says what it saw.
//!
//! What it says is not believed further than that it was said: the program ran what a stranger wrote. An audit that did
//! not take place is a finding, and then no program approves the release: a person has to.

mod answer;
mod process;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::report::{CheckReport, Finding, Severity};
use super::service::Registry;
use crate::problem::Problem;

pub use process::ProcessAuditor;

/// The rule of the finding that an audit did not take place.
const NO_AUDIT: &str = "audit";

/// An audit of a package, in a process of its own.
#[async_trait::async_trait]
pub trait Auditor: Send + Sync + 'static {
    /// Runs the mini app and gives what the program answered.
    ///
    /// # Errors
    /// Where the audit could not take place; the check goes on without it and says so.
    async fn audit(&self, package: &[u8]) -> Result<Vec<u8>, AuditFailure>;
}

/// Why an audit did not take place.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct AuditFailure {
    /// Why, without a full stop.
    pub reason: String,
}

impl AuditFailure {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

/// Shared between nodes' jobs.
pub type SharedAuditor = Arc<dyn Auditor>;

/// Which mini app an audit was of, as the package says it.
pub(super) struct Audited<'a> {
    pub(super) app_id: &'a str,
    pub(super) version: &'a str,
}

impl Registry<'_> {
    /// Runs the mini app and adds what that shows.
    pub(super) async fn audited(
        &self,
        mut report: CheckReport,
        of: &Audited<'_>,
        bytes: &[u8],
    ) -> Result<CheckReport, Problem> {
        let Some(auditor) = &self.0.options.auditor else {
            return Ok(report);
        };
        let audit = match auditor.audit(bytes).await {
            Ok(answer) => answer::read(&answer, of),
            Err(failure) => Err(failure),
        };
        match audit {
            Ok(audit) => {
                report.add(audit.findings);
                report.audit = Some(audit.report);
            }
            // A mini app that breaks the audit is for a reviewer to look at; it must not hold up the others.
            Err(failure) => {
                tracing::warn!(app.id = of.app_id, fault.cause = %failure, "an audit did not take place");
                let message = format!("The audit did not take place: {failure}. A person has to look at it.");
                report.add([Finding::new(NO_AUDIT, Severity::Warning, message)]);
            }
        }
        Ok(report)
    }
}

impl CheckReport {
    /// Whether an audit was due and did not take place; then only people approve.
    pub(super) fn lacks_audit(&self) -> bool {
        self.findings.iter().any(|finding| finding.rule == NO_AUDIT)
    }
}
