//! The registry: mini apps and their releases, from the uploaded package to the release that hosts get.
//!
//! ```text
//! bytes ─check─▶ CheckedPackage ─review─▶ countersign ─▶ seal ─▶ blob ─▶ one transaction ─▶ released
//! ```
//! Nothing is visible before the transaction commits; what was written before it and never named is swept later.

mod admission;
mod check;
mod content_key;
mod icon;
mod listing;
mod model;
mod publish;
mod routes;
mod service;
mod sweep;

#[cfg(test)]
mod tests;

pub(crate) use content_key::unwrap_content_key;
pub(crate) use model::app;
pub(crate) use model::release::Model as Release;
pub use publish::Published;
pub(crate) use routes::{parse_app_id, router};
pub(crate) use service::{Registry, ReleaseCache, sealed_blob_name};
