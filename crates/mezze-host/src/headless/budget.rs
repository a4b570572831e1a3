//! How much one run may take, and what it says when it took more.

use std::time::Duration;

/// Limits of one run.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Script without a break, in steps: an engine looks up from its work every 10,000 branches and calls. An idle
    /// machine does some 10,000 steps a second in a loop that does nothing else.
    pub turn_steps: u64,
    /// Script of the whole run, in steps.
    pub total_steps: u64,
    /// The whole run on the real clock, for what takes long without a step. The app's own clock is another.
    pub time: Duration,
    /// Heap of the script engine, bytes.
    pub memory: usize,
    /// Stack of the script engine, bytes; the thread needs room beside it.
    pub stack: usize,
    /// Text of all messages, bytes.
    pub messages: usize,
    /// Timers that fire and messages that arrive.
    pub steps: usize,
    /// Promises' jobs without a break. A chain without an end takes memory before it takes time, and what memory that
    /// ran out ends is not always told to anyone.
    pub jobs: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            turn_steps: 20_000,
            total_steps: 60_000,
            time: Duration::from_secs(120),
            memory: 256 << 20,
            stack: 4 << 20,
            messages: 128 << 20,
            steps: 20_000,
            jobs: 200_000,
        }
    }
}

/// What a run had too much of; it ended there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    #[error("its script did not end: {} million branches and calls without a break", .0 / 100)]
    Turn(u64),
    #[error("its scripts took more than {} million branches and calls", .0 / 100)]
    Total(u64),
    #[error("it took more than {} s", .0.as_secs())]
    Time(Duration),
    #[error("it sent more than {} MB of messages", .0 >> 20)]
    Messages(usize),
    #[error("more than {0} timers and messages came one after the other")]
    Steps(usize),
    #[error("more than {0} promises were settled one after the other without a break")]
    Jobs(usize),
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
            Self::Time(_) => "time",
            Self::Messages(_) => "messages",
            Self::Steps(_) => "steps",
            Self::Jobs(_) => "jobs",
            Self::Violation { .. } => "violation",
            Self::Breakdown(_) => "breakdown",
        }
    }
}
