//! The arithmetic of a token bucket, by the time at which it is full again (the generic cell rate algorithm).
//!
//! A bucket of 10 that fills in a minute: ten at once, then one every six seconds. What is kept is one time; a bucket
//! whose time is past is full and need not be kept.

/// So many at once, and as many again over a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: u32,
    seconds: u32,
}

/// Where a bucket stands after a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// When it is full again, in milliseconds since 1970; what is kept of it.
    pub(crate) full_at: i64,
    /// How many more are possible now.
    pub(crate) remaining: i64,
}

impl Rate {
    /// `count` in so many seconds; both at least 1.
    #[must_use]
    pub const fn new(count: u32, seconds: u32) -> Self {
        Self { count: if count == 0 { 1 } else { count }, seconds: if seconds == 0 { 1 } else { seconds } }
    }

    /// `count` in a minute.
    #[must_use]
    pub const fn per_minute(count: u32) -> Self {
        Self::new(count, 60)
    }

    /// How many are possible at once.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// In which time the bucket fills, in seconds.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        self.seconds
    }

    /// Takes one at `now`, in milliseconds, from a bucket that is full again at `full_at`.
    ///
    /// # Errors
    /// The milliseconds until there is one.
    pub(crate) fn take(self, full_at: Option<i64>, now: i64) -> Result<Standing, i64> {
        let period = i64::from(self.seconds) * 1_000_000;
        let each = period / i64::from(self.count);
        // Thousandths of a millisecond, so that a thousand in a second is not a thousand and a few.
        let missing = full_at.map_or(0, |full_at| (full_at - now).max(0).saturating_mul(1_000)).min(period);
        let after = missing + each;
        if after > period {
            return Err((after - period).div_euclid(1_000).max(1));
        }
        Ok(Standing { full_at: now + (after + 999) / 1_000, remaining: (period - after) / each })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_at_once_as_it_holds_then_one_by_one() {
        let rate = Rate::new(10, 60);
        let mut full_at = None;
        for left in (0..10).rev() {
            let standing = rate.take(full_at, 1_000).expect("there is one");
            assert_eq!(standing.remaining, left);
            full_at = Some(standing.full_at);
        }
        assert_eq!(rate.take(full_at, 1_000), Err(6_000));
        assert_eq!(rate.take(full_at, 4_000), Err(3_000));
        assert!(rate.take(full_at, 7_000).is_ok());
        assert_eq!(rate.take(full_at, 61_000).map(|standing| standing.remaining), Ok(9));
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out_for_longer_than_a_period() {
        let rate = Rate::new(2, 60);
        assert_eq!(rate.take(Some(i64::MAX), 0), Err(30_000));
    }
}
