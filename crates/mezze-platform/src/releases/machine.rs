//! The life of a release as a state machine: which act leads from which state to which, and what must hold for it.
//!
//! ```text
//!          attach         check          submit          approve            stage, release
//!   draft ───────▶ uploaded ───▶ checked ───────▶ in_review ───▶ approved ─▶ staged ─▶ released ◀─┐
//!     ▲               │             ▲   ◀───────── │  recall                     │        │       │ roll back
//!     │               │ check       └───────────── │                            ▼        ▼       │
//!     └── revise ── rejected ◀──────── reject ─────┘                          superseded ─────────┘
//!
//!   approved, staged, released, superseded ── withdraw ──▶ withdrawn
//! ```
//! [`next`] is the table, [`guard`] is every condition. Nothing else decides, and nothing else writes the state.
//! Purely functions over values: what an act changes beside the state is in `scene`.

use axum::http::StatusCode;

use crate::problem::Problem;
use crate::registry::ReleaseState;

/// All of the users, in basis points.
pub(crate) const EVERYONE: i32 = 10_000;
/// How many superseded releases one can go back to.
pub(crate) const WAYS_BACK: usize = 5;
/// Longest reason that users or developers read.
const LONGEST_REASON: usize = 2_000;

/// What can be done with a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// Give a draft its package.
    Attach,
    /// The automatic check found nothing that forbids it.
    PassCheck,
    /// The automatic check forbids it.
    FailCheck {
        /// What its developer reads.
        reason: String,
    },
    /// Hand it to the reviewers.
    Submit,
    /// Take it back from the reviewers.
    Recall,
    /// Countersign exactly the bytes with this digest.
    Approve {
        /// SHA-256 of the package as uploaded.
        submitted_digest: String,
    },
    /// Refuse it, with reasons.
    Reject {
        /// What its developer reads.
        reason: String,
    },
    /// Make it a draft again, to attach another package.
    Revise,
    /// Give it to a share of the users.
    Stage {
        /// In basis points.
        share: i32,
    },
    /// Give it to all users.
    Release,
    /// A newer one takes its place.
    Supersede,
    /// Make a superseded one the current one again.
    RollBack,
    /// Take it from the users.
    Withdraw {
        /// What users read.
        reason: String,
    },
}

impl Action {
    /// As it is written in the interface and the audit trail.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Attach => "attach",
            Self::PassCheck => "pass_check",
            Self::FailCheck { .. } => "fail_check",
            Self::Submit => "submit",
            Self::Recall => "recall",
            Self::Approve { .. } => "approve",
            Self::Reject { .. } => "reject",
            Self::Revise => "revise",
            Self::Stage { .. } => "stage",
            Self::Release => "release",
            Self::Supersede => "supersede",
            Self::RollBack => "roll_back",
            Self::Withdraw { .. } => "withdraw",
        }
    }
}

/// Whose act it is, with regard to this very mini app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Powers {
    /// Owner or developer of its organisation.
    pub(crate) develops: bool,
    /// Reviewer on the operator's side.
    pub(crate) reviews: bool,
    /// Admin on the operator's side.
    pub(crate) administers: bool,
    /// The platform itself: a check, a schedule, an automatic review.
    pub(crate) is_machine: bool,
}

impl Powers {
    pub(crate) const MACHINE: Self = Self { develops: false, reviews: false, administers: false, is_machine: true };
}

/// Who is at work on a review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Nobody.
    #[default]
    Free,
    /// Whoever acts.
    Mine,
    /// Another reviewer.
    Others,
}

/// What is known about a release when something is to be done with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) powers: Powers,
    /// SHA-256 of the package as uploaded.
    pub(crate) submitted_digest: String,
    /// Whether a check of exactly these bytes passed.
    pub(crate) check_passed: bool,
    pub(crate) claim: Claim,
    /// Whether every point of the check list is ticked.
    pub(crate) checklist_done: bool,
    /// Basis points that get it now.
    pub(crate) share: i32,
    /// Version of another release of the mini app that is staged and would be in the way.
    pub(crate) other_staged: Option<String>,
    /// Whether a release with a greater version code is the current one.
    pub(crate) older_than_current: bool,
    /// Position among the superseded releases, the newest is 0.
    pub(crate) steps_back: Option<usize>,
}

/// The table: where `action` leads from `from`, if anywhere.
pub(crate) fn next(from: ReleaseState, action: &Action) -> Option<ReleaseState> {
    use ReleaseState as State;
    Some(match (from, action) {
        (State::Draft, Action::Attach) => State::Uploaded,
        (State::Uploaded, Action::PassCheck) => State::Checked,
        (State::Uploaded, Action::FailCheck { .. }) => State::Rejected,
        (State::Checked, Action::Submit) => State::InReview,
        (State::InReview, Action::Recall) => State::Checked,
        (State::InReview, Action::Approve { .. }) => State::Approved,
        (State::InReview, Action::Reject { .. }) => State::Rejected,
        (State::Uploaded | State::Checked | State::Rejected, Action::Revise) => State::Draft,
        (State::Approved | State::Staged, Action::Stage { .. }) => State::Staged,
        (State::Approved | State::Staged, Action::Release) => State::Released,
        (State::Approved | State::Staged | State::Released, Action::Supersede) => State::Superseded,
        (State::Superseded, Action::RollBack) => State::Released,
        (State::Approved | State::Staged | State::Released | State::Superseded, Action::Withdraw { .. }) => {
            State::Withdrawn
        }
        _ => return None,
    })
}

/// Where `action` leads, or why it must not happen.
pub(crate) fn step(from: ReleaseState, action: &Action, facts: &Facts) -> Result<ReleaseState, Problem> {
    let Some(to) = next(from, action) else {
        return Err(wrong_state(from, action));
    };
    guard(action, facts)?;
    Ok(to)
}

/// The actions that lead on from `from`, by name; whoever asks may lack the powers for some.
pub(crate) fn actions_from(from: ReleaseState) -> Vec<&'static str> {
    every_action().into_iter().filter(|action| next(from, action).is_some()).map(|action| action.name()).collect()
}

/// One of each kind.
pub(crate) fn every_action() -> Vec<Action> {
    let reason = "It shows another brand's name.".to_owned();
    vec![
        Action::Attach,
        Action::PassCheck,
        Action::FailCheck { reason: reason.clone() },
        Action::Submit,
        Action::Recall,
        Action::Approve { submitted_digest: String::new() },
        Action::Reject { reason: reason.clone() },
        Action::Revise,
        Action::Stage { share: 100 },
        Action::Release,
        Action::Supersede,
        Action::RollBack,
        Action::Withdraw { reason },
    ]
}

/// Every condition that the table does not show.
fn guard(action: &Action, facts: &Facts) -> Result<(), Problem> {
    let powers = facts.powers;
    match action {
        Action::Attach | Action::Revise | Action::Recall => by_developer(action, powers),
        Action::PassCheck | Action::FailCheck { .. } | Action::Supersede => {
            ensure(powers.is_machine, || forbidden(action, "the platform itself"))
        }
        Action::Submit => {
            by_developer(action, powers)?;
            is_checked(facts)
        }
        Action::Approve { submitted_digest } => {
            by_reviewer(action, facts)?;
            is_checked(facts)?;
            ensure(*submitted_digest == facts.submitted_digest, || other_bytes(submitted_digest, facts))?;
            ensure(powers.is_machine || facts.checklist_done, || {
                conflict(
                    "checklist-open",
                    "The check list is not done",
                    "Some points of the check list are not ticked.",
                )
                .hint("Tick every point, or reject the release with the reason.")
            })
        }
        Action::Reject { reason } => {
            by_reviewer(action, facts)?;
            has_reason(reason, "its developer")
        }
        Action::Stage { share } => {
            by_developer(action, powers)?;
            alone_and_newer(facts)?;
            only_grows(*share, facts.share)
        }
        Action::Release => {
            by_developer(action, powers)?;
            alone_and_newer(facts)
        }
        Action::RollBack => {
            ensure(powers.develops || powers.administers, || forbidden(action, "developers of the mini app"))?;
            ensure(facts.steps_back.is_some_and(|steps| steps < WAYS_BACK), || {
                conflict(
                    "too-far-back",
                    "This release is too old to go back to",
                    format!("One can go back to one of the last {WAYS_BACK} releases."),
                )
                .hint("Upload it again under a new version.")
            })
        }
        Action::Withdraw { reason } => {
            ensure(powers.develops || powers.administers, || {
                forbidden(action, "developers of the mini app and the operator's admins")
            })?;
            has_reason(reason, "every user")
        }
    }
}

fn by_developer(action: &Action, powers: Powers) -> Result<(), Problem> {
    ensure(powers.develops || powers.is_machine, || forbidden(action, "developers of the mini app"))
}

/// A reviewer decides alone, and never over work of their own organisation.
fn by_reviewer(action: &Action, facts: &Facts) -> Result<(), Problem> {
    if facts.powers.is_machine {
        return Ok(());
    }
    ensure(facts.powers.reviews, || forbidden(action, "reviewers"))?;
    ensure(!facts.powers.develops, || {
        Problem::new(
            StatusCode::FORBIDDEN,
            "own-work",
            "Nobody reviews their own work",
            "You are a developer of this mini app's organisation.",
        )
        .hint("Leave it to another reviewer.")
    })?;
    match facts.claim {
        Claim::Mine => Ok(()),
        Claim::Free => Err(conflict("not-claimed", "Nobody is at work on this review", "Claim the review first.")),
        Claim::Others => {
            Err(conflict("claimed", "Another reviewer is at work on it", "The review is claimed by someone else.")
                .hint("Take another one, or wait until their lease ends."))
        }
    }
}

fn is_checked(facts: &Facts) -> Result<(), Problem> {
    ensure(facts.check_passed, || {
        conflict("not-checked", "The package was not checked", "No check of exactly these bytes has passed.")
            .hint("Wait for the check, or attach the package again.")
    })
}

fn only_grows(share: i32, now: i32) -> Result<(), Problem> {
    ensure((1..=EVERYONE).contains(&share), || {
        Problem::bad_request("The share of users must be more than 0 and at most 100 percent.")
    })?;
    ensure(share >= now, || {
        conflict(
            "share-shrinks",
            "A share only grows",
            format!("{} of the users have this release already.", percent(now)),
        )
        .hint("Raise the share, roll back, or withdraw the release.")
    })
}

fn alone_and_newer(facts: &Facts) -> Result<(), Problem> {
    ensure(!facts.older_than_current, || {
        conflict("older", "Users have a newer version", "A release with a greater version code is the current one.")
            .hint("Upload it again under a greater version code.")
    })?;
    match &facts.other_staged {
        Some(version) => {
            Err(conflict("already-staged", "Another release is staged", format!("{version} goes to a share of users."))
                .hint("Release or withdraw that one first."))
        }
        None => Ok(()),
    }
}

fn has_reason(reason: &str, reader: &str) -> Result<(), Problem> {
    let length = reason.trim().chars().count();
    ensure((1..=LONGEST_REASON).contains(&length), || {
        Problem::bad_request(format!("A reason is needed, of at most {LONGEST_REASON} characters: {reader} reads it."))
    })
}

fn other_bytes(asked: &str, facts: &Facts) -> Problem {
    conflict(
        "other-bytes",
        "These are not the bytes that were reviewed",
        format!("The release is the package {}, the approval is for {asked}.", facts.submitted_digest),
    )
    .hint("Load the review again.")
}

fn wrong_state(from: ReleaseState, action: &Action) -> Problem {
    let hint = match actions_from(from).as_slice() {
        [] => "Nothing more can be done with it; upload a new version.".to_owned(),
        some => format!("Possible now: {}.", some.join(", ")),
    };
    conflict(
        "wrong-state",
        "The release is in another state",
        format!("`{}` is not possible for a release that is {}.", action.name(), from.words()),
    )
    .hint(hint)
}

fn forbidden(action: &Action, who: &str) -> Problem {
    Problem::not_allowed(format!("`{}` is for {who}.", action.name()))
}

fn conflict(name: &str, title: &'static str, detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::CONFLICT, name, title, detail)
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> Problem) -> Result<(), Problem> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// `1 %`, `0.50 %`
pub(crate) fn percent(basis_points: i32) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    match rest {
        0 => format!("{whole} %"),
        rest => format!("{whole}.{rest:02} %"),
    }
}

#[cfg(test)]
mod tests;
