//! Whether a mini app may do something: decided by pure functions over what its maker declared, the operator's policy,
//! the user's grants and the moment. Enforcement takes the [`Granted`] that only a decision yields.
//!
//! The web shell decides the same way (`web/shell/src/permission/decide.ts`); `tests/fixtures/permission`, a folder for
//! each policy, holds both to the same answers.
//!
//! | module | what it holds |
//! |---|---|
//! | [`scopes`] | the permissions there are, and the categories of data behind them |
//! | [`policy`] | what an operator forbids or gives, by app, publisher or category |
//! | [`decide`] | the decision and its proof |
//! | [`acts`] | what a platform does for an app itself, and what of it an operator forbids |
//! | [`uses`] | what an app uses and does not declare: for the audit and the platform's check |

pub mod acts;
pub mod decide;
pub mod policy;
pub mod scopes;
pub mod uses;

pub use acts::{Permitted, PlatformAct, permit};
pub use decide::{
    AllowedBy, Decision, Declarations, Grant, GrantState, Granted, Moment, Prompt, Question, Refusal, Rule, decide,
};
pub use policy::{Effect, InvalidPolicy, Policy, PolicyRule, PolicySubject, names_app};
pub use scopes::{Asks, DeclaredIn, ScopeFacts, is_open_category, scope_facts};
pub use uses::{ApiUse, UndeclaredUse, script_uses, undeclared_uses, unused_declarations};
