//! What the shell reports: one JSON object a line. The terminal prints it, `mezze dev --json` passes it on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One thing that happened in the running app. Texts come from the app: whoever prints them must escape controls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum DevelopmentEvent {
    /// A page was opened, or could not be.
    Page {
        /// The mini app.
        app_id: String,
        /// The page's path.
        path: String,
        /// Whether it opened.
        state: PageState,
        /// Why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// A line of the console.
    Console {
        /// The mini app.
        app_id: String,
        /// Where it was written.
        side: Side,
        /// `debug`, `log`, `info`, `warn` or `error`.
        level: String,
        /// The line.
        text: String,
        /// In the package's files.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<SourcePosition>,
    },
    /// An uncaught error.
    Error {
        /// The mini app.
        app_id: String,
        /// Where it happened.
        side: Side,
        /// What it says.
        message: String,
        /// As the engine wrote it.
        #[serde(default)]
        stack: String,
        /// In the package's files.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<SourcePosition>,
    },
}

/// Whether a page opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageState {
    /// Its first content is drawn.
    Ready,
    /// It could not be opened.
    Failed,
}

/// Which side of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The worker with the app's script.
    Logic,
    /// A page frame.
    View,
}

/// A position in a file of the package, lines and columns from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourcePosition {
    /// For example `script/pages/index/index.js`.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}
