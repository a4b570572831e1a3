//! Tables of the registry.

pub(crate) mod app;
pub(crate) mod app_key;
pub(crate) mod check_report;
pub(crate) mod release;
pub(crate) mod release_listing;
pub(crate) mod trial_build;
