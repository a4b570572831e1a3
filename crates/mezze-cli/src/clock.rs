//! The command line's clock: the one place that asks the system what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970, UTC. A clock before 1970 counts as 1970.
#[expect(clippy::disallowed_methods, reason = "a command line has nobody above it to pass a clock in")]
pub fn seconds_since_epoch() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}
