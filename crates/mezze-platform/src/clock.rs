//! Time and randomness as parameters, so that tests decide both.

use std::sync::Mutex;
use std::sync::PoisonError;

use rand::Rng as _;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_milliseconds(&self) -> i64;

    /// Seconds since 1970-01-01T00:00:00Z.
    fn now(&self) -> i64 {
        self.now_milliseconds().div_euclid(1000)
    }
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_milliseconds(&self) -> i64 {
        let now = time::OffsetDateTime::now_utc();
        now.unix_timestamp() * 1000 + i64::from(now.millisecond())
    }
}

/// A clock that stands still until it is told to move, for tests.
#[derive(Debug, Default)]
pub struct ManualClock(Mutex<i64>);

impl ManualClock {
    /// A clock that stands at `now` (seconds since 1970).
    #[must_use]
    pub fn new(now: i64) -> Self {
        Self(Mutex::new(now * 1000))
    }

    /// Moves the clock by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.advance_milliseconds(seconds * 1000);
    }

    /// Moves the clock by `milliseconds`.
    pub fn advance_milliseconds(&self, milliseconds: i64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += milliseconds;
    }
}

impl Clock for ManualClock {
    fn now_milliseconds(&self) -> i64 {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives bytes that nobody can guess.
pub trait Randomness: Send + Sync + 'static {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The generator of the operating system, through a generator for each thread.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// `N` fresh bytes.
pub(crate) fn random_bytes<const N: usize>(randomness: &dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes);
    bytes
}

/// A fresh identifier: 16 random bytes in hex.
pub(crate) fn random_identifier(randomness: &dyn Randomness) -> String {
    hex::encode(random_bytes::<16>(randomness))
}
