//! Tables of the registry.

pub(crate) mod app;
pub(crate) mod release;
