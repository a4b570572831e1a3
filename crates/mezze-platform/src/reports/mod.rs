//! Users' reports of abuse: a user says what is wrong with a mini app, the operator's staff looks into it.
//!
//! ```text
//!           take            resolve
//!   open ─────────▶ taken ───────────▶ resolved
//!     ▲               │ ▲                  │
//!     └──── leave ────┘ └───── reopen ─────┘
//! ```
//! | file | what it holds |
//! |---|---|
//! | `kinds` | reasons, states, outcomes |
//! | `send`, `own_routes` | sending a report; the reporter reads what came of it |
//! | `desk`, `acts`, `routes` | the staff reads reports and acts on them |
//! | `warnings` | what publishers were told |
//!
//! Who reported is for those who handle it, never for developers: acts on reports carry no app in the audit trail (of
//! which developers read their app's part), sending one is written there without the user, and whoever develops a mini
//! app does not see its reports, whatever their duty.

mod acts;
mod desk;
mod kinds;
mod model;
mod own_routes;
mod routes;
mod send;
mod warnings;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;

use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().merge(own_routes::router()).merge(routes::router()).merge(warnings::router())
}
