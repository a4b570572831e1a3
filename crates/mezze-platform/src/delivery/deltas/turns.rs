//! Turns: after a release everybody asks for the same update at once, and it is made once.
//!
//! Whoever comes first makes it, the others of this node wait and find it in the store. Another node may make the same
//! one; then the first that is kept counts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard, Semaphore, SemaphorePermit};

/// Making a part takes many times the package's size in memory.
const PARTS_AT_ONCE: usize = 2;

/// What is being made on this node.
pub(crate) struct Turns {
    under_way: Mutex<HashMap<String, Weak<Turn<()>>>>,
    /// Apart from the turns of packages that are taken in: a part is needed now, an upload may wait.
    parts: Semaphore,
}

impl Default for Turns {
    fn default() -> Self {
        Self { under_way: Mutex::default(), parts: Semaphore::new(PARTS_AT_ONCE) }
    }
}

impl Turns {
    /// Waits until nobody else of this node makes `subject`. Whoever gives up waiting or making lets the next one in.
    pub(super) async fn of(&self, subject: &str) -> OwnedMutexGuard<()> {
        self.turn(subject).lock_owned().await
    }

    fn turn(&self, subject: &str) -> Arc<Turn<()>> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = under_way.get(subject).and_then(Weak::upgrade) {
            return turn;
        }
        under_way.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::new(Turn::new(()));
        under_way.insert(subject.to_owned(), Arc::downgrade(&turn));
        turn
    }

    /// Waits for memory to make a part in.
    pub(super) async fn room(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.parts.acquire().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_at_a_time_of_each_and_nothing_is_left_over() {
        let turns = Turns::default();
        let first = turns.of("one").await;
        let other = turns.of("two").await;
        let waiting = turns.of("one");
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending());
        drop(first);
        drop(waiting.await);
        drop(other);
        drop(turns.of("three").await);
        assert_eq!(turns.under_way.lock().map(|under_way| under_way.len()).ok(), Some(1), "only the last one's name");
    }
}
