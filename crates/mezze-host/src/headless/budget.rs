//! How much one run may take, and what it says when it took more.

use std::time::Duration;

/// Limits of one run. Times are of the real clock; the app's own clock is another.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Script without a break.
    pub turn: Duration,
    /// The whole run.
    pub total: Duration,
    /// Heap of the script engine, bytes.
    pub memory: usize,
    /// Stack of the script engine, bytes; the thread needs room beside it.
    pub stack: usize,
    /// Text of all messages, bytes.
    pub messages: usize,
    /// Timers that fire and messages that arrive.
    pub steps: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            turn: Duration::from_secs(5),
            total: Duration::from_secs(20),
            memory: 256 << 20,
            stack: 4 << 20,
            messages: 128 << 20,
            steps: 20_000,
        }
    }
}

/// What a run had too much of; it ended there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    #[error("its script ran for more than {} s without a break", .0.as_secs())]
    Turn(Duration),
    #[error("it took more than {} s", .0.as_secs())]
    Total(Duration),
    #[error("it sent more than {} MB of messages", .0 >> 20)]
    Messages(usize),
    #[error("more than {0} timers and messages came one after the other")]
    Steps(usize),
    #[error("it broke the rule `{rule}` of the page: {detail}")]
    Violation { rule: &'static str, detail: String },
    #[error("the runtime broke down: {0}")]
    Breakdown(String),
}

impl Excess {
    /// A short name, for tools.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Turn(_) => "turn",
            Self::Total(_) => "total",
            Self::Messages(_) => "messages",
            Self::Steps(_) => "steps",
            Self::Violation { .. } => "violation",
            Self::Breakdown(_) => "breakdown",
        }
    }
}
