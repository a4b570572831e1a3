//! The registry: mini apps and their releases, from the uploaded package to the release that hosts get.
//!
//! ```text
//! bytes ─check─▶ CheckedPackage ─admission─▶ seal ─▶ blob ─▶ one transaction ─▶ a release in its first state
//!                                                                             ─job─▶ report ─▶ review ─▶ …
//! ```
//! Nothing is visible before a transaction commits; what was written before it and never named is swept later. What a
//! release goes through from there is in `releases`.

mod admission;
mod advance;
mod audit;
mod check;
mod content_key;
mod icon;
mod keep;
mod listing;
pub(crate) mod model;
mod new_release;
mod publish;
mod report;
mod rewrap;
mod routes;
mod seal;
mod service;
mod sweep;
mod trial;
mod unknown;

#[cfg(test)]
mod tests;

pub(crate) use admission::not_your_app;
pub use audit::{AuditFailure, Auditor, ProcessAuditor, SharedAuditor};
pub(crate) use content_key::unwrap_content_key;
pub(crate) use model::app::Model as App;
pub(crate) use model::release::{Model as Release, ReleaseState};
pub(crate) use new_release::NewRelease;
pub use publish::Published;
pub(crate) use publish::too_large;
pub(crate) use report::CheckReport;
pub(crate) use routes::{parse_app_id, router};
pub(crate) use seal::{off_thread, unseal_file};
pub(crate) use service::{Registry, ReleaseCache, icon_blob_name, sealed_blob_name};
pub(crate) use trial::{TrialBuild, trial_subject};
pub(crate) use unknown::{unknown_app, unknown_version};
