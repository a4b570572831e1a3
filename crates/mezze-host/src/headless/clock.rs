//! The app's time. It stands still while script runs and moves to whatever is due next, so that an app that waits ten
//! seconds costs none, and two runs are alike.

use std::collections::{BTreeMap, HashMap};

/// Where the app's clock starts: 1 July 2026, 12:00 UTC, milliseconds since 1970.
const START: u64 = 1_782_907_200_000;

/// What comes at its time.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// A timer of the app's.
    Timer(u32),
    /// A message to logic: port, text, and the page whose port comes with it (0 for none).
    Message { port: u32, text: String, opened: u32 },
}

/// What is due, in order.
#[derive(Debug)]
pub struct Clock {
    now: u64,
    /// By time, then by the order in which it was asked for.
    queue: BTreeMap<(u64, u64), Due>,
    timers: HashMap<u32, (u64, u64)>,
    next: u64,
    next_timer: u32,
}

impl Clock {
    pub fn new() -> Self {
        Self { now: START, queue: BTreeMap::new(), timers: HashMap::new(), next: 0, next_timer: 1 }
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Milliseconds since the app began.
    pub fn elapsed(&self) -> u64 {
        self.now - START
    }

    pub fn set_timer(&mut self, milliseconds: f64) -> u32 {
        // An hour is for ever; NaN is now.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and an hour")]
        let wait = milliseconds.clamp(0.0, 3_600_000.0) as u64;
        let timer = self.next_timer;
        self.next_timer += 1;
        let key = self.push(wait, Due::Timer(timer));
        self.timers.insert(timer, key);
        timer
    }

    pub fn clear_timer(&mut self, timer: u32) {
        if let Some(key) = self.timers.remove(&timer) {
            self.queue.remove(&key);
        }
    }

    /// Sends a message to logic after that many milliseconds.
    pub fn send(&mut self, after: u64, port: u32, text: String, opened: u32) {
        self.push(after, Due::Message { port, text, opened });
    }

    fn push(&mut self, after: u64, due: Due) -> (u64, u64) {
        let key = (self.now + after, self.next);
        self.next += 1;
        self.queue.insert(key, due);
        key
    }

    /// Takes what is due next, if it is due by then, and moves the time there.
    pub fn take(&mut self, until: u64) -> Option<Due> {
        let key = *self.queue.keys().next().filter(|(time, _)| *time <= until)?;
        let due = self.queue.remove(&key)?;
        self.now = self.now.max(key.0);
        if let Due::Timer(timer) = due {
            self.timers.remove(&timer);
        }
        Some(due)
    }

    /// Moves the time on where nothing was due.
    pub fn advance_to(&mut self, time: u64) {
        self.now = self.now.max(time);
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, Due};

    #[test]
    fn time_moves_to_what_is_due_in_order() {
        let mut clock = Clock::new();
        let start = clock.now();
        let late = clock.set_timer(50.0);
        let early = clock.set_timer(10.0);
        let cleared = clock.set_timer(5.0);
        clock.clear_timer(cleared);
        assert_eq!(clock.take(start + 100), Some(Due::Timer(early)));
        assert_eq!(clock.now(), start + 10);
        assert_eq!(clock.take(start + 40), None);
        assert_eq!(clock.take(start + 100), Some(Due::Timer(late)));
        assert_eq!(clock.elapsed(), 50);
    }

    #[test]
    fn a_wait_that_is_no_number_is_none() {
        let mut clock = Clock::new();
        clock.set_timer(f64::NAN);
        clock.set_timer(-3.0);
        assert!(clock.take(clock.now()).is_some() && clock.take(clock.now()).is_some());
    }
}
