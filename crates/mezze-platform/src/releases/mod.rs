//! Releases: their life from a draft to the day they are withdrawn, as developers and operators drive it.
//!
//! | file | what it holds |
//! |---|---|
//! | `machine` | states, actions, guards: the only place that decides |
//! | `scene` | carrying an action out in one transaction, with its effects and its entry in the audit trail |
//! | `acts` | actions as they are asked for, with what must be computed before |
//! | `logged`, `before_log` | what the public log is told |
//! | `schedule` | releasing at a time |
//! | `routes`, `view` | the HTTP interface |

mod acts;
mod before_log;
mod logged;
mod machine;
mod routes;
mod scene;
mod schedule;
mod view;

#[cfg(test)]
mod tests;

pub(crate) use acts::{ActOptions, Change};
pub(crate) use before_log::tell_of_earlier_releases;
pub(crate) use logged::{Told, told_by_trail};
pub(crate) use machine::{Action, EVERYONE, Powers};
pub(crate) use routes::router;
pub(crate) use scene::Scene;
pub(crate) use view::ReleaseView;
