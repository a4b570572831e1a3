//! Review: who decides whether a checked package is released.
//!
//! The registry asks the [`Review`] once a package has passed every check that a machine can make. A program decides at
//! once; [`ReviewByPeople`] holds the package, and the reviewers' desk takes over: a queue, claims with a lease so that
//! two reviewers never do the same work, a check list, and a talk with the developer.

mod desk;
pub(crate) mod model;
mod queue;
mod routes;

#[cfg(test)]
mod tests;

pub(crate) use desk::{clear_desk, desk, keep_decision};
pub(crate) use routes::router;

use axum::http::StatusCode;
use mezze_package::VerifiedPackage;

use crate::problem::Problem;

/// Decides over packages.
#[async_trait::async_trait]
pub trait Review: Send + Sync + 'static {
    /// What is to happen with `submission`.
    ///
    /// # Errors
    /// Where the review could not take place; the upload fails and may be repeated.
    async fn decide(&self, submission: &Submission<'_>) -> Result<Verdict, ReviewFailure>;
}

/// A package that passed the checks.
pub struct Submission<'a> {
    /// The package and its verified statements.
    pub package: &'a VerifiedPackage,
    /// Who uploaded it; none for `mezze dev`.
    pub publisher_id: Option<&'a str>,
    /// Whether the mini app was never released before.
    pub is_first: bool,
}

/// What is to happen with a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Release it now.
    Release,
    /// Keep it until someone decides.
    Hold,
    /// Refuse it, with the reason that its developer reads.
    Refuse {
        /// What is wrong and what to do.
        reason: String,
    },
}

/// A review that could not take place.
#[derive(Debug, thiserror::Error)]
#[error("the review could not take place: {reason}")]
pub struct ReviewFailure {
    /// Why.
    pub reason: String,
}

impl From<ReviewFailure> for Problem {
    fn from(failure: ReviewFailure) -> Self {
        Self::internal("review the package", &failure)
    }
}

/// Releases whatever passes the checks: the demo's and `mezze dev`'s review.
#[derive(Debug, Clone, Copy, Default)]
pub struct AutomaticReview;

#[async_trait::async_trait]
impl Review for AutomaticReview {
    async fn decide(&self, _submission: &Submission<'_>) -> Result<Verdict, ReviewFailure> {
        Ok(Verdict::Release)
    }
}

/// Holds every package for the operator's reviewers.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReviewByPeople;

#[async_trait::async_trait]
impl Review for ReviewByPeople {
    async fn decide(&self, _submission: &Submission<'_>) -> Result<Verdict, ReviewFailure> {
        Ok(Verdict::Hold)
    }
}

/// The problem that a refused package's developer sees.
pub(crate) fn refused(reason: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "review-refused", "The review refused the package", reason)
}
