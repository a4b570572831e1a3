//! What `mezze dev` needs beside a platform: the shell reports what the app does, and hears of new builds.

mod changes;
mod event;
mod routes;

#[cfg(test)]
mod tests;

pub(crate) use changes::Development;
pub use event::{DevelopmentEvent, PageState, Side, SourcePosition};
pub(crate) use routes::router;
