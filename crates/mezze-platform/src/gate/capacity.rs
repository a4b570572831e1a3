//! An app's share: how many requests and sockets may be under way for one user and app.
//!
//! Requests over the share wait for their turn; sockets over it are refused, since they may stay open for ever.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::Problem;

/// Waiting longer than this helps nobody.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Requests that may wait for each one under way.
const WAITING_FACTOR: usize = 10;

type Owner = (String, String);

struct Share {
    requests: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    media: Arc<Semaphore>,
    sockets: Arc<Semaphore>,
}

/// Shares by user and app. A share lives as long as something of it is in use.
pub(super) struct Capacity {
    shares: Mutex<HashMap<Owner, Weak<Share>>>,
    requests: usize,
    sockets: usize,
}

/// A place in a share, given back when it is dropped.
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
    _share: Arc<Share>,
}

impl Capacity {
    pub(super) fn new(requests: usize, sockets: usize) -> Self {
        Self { shares: Mutex::new(HashMap::new()), requests, sockets }
    }

    /// Waits for a place among the app's requests.
    pub(super) async fn request(&self, user_id: &str, app_id: &str) -> Result<Place, Problem> {
        let share = self.share(user_id, app_id);
        self.wait(share.requests.clone(), share).await
    }

    /// Waits for a place among the app's pictures and media, which don't use up its requests.
    pub(super) async fn media(&self, user_id: &str, app_id: &str) -> Result<Place, Problem> {
        let share = self.share(user_id, app_id);
        self.wait(share.media.clone(), share).await
    }

    /// Takes a place among the app's sockets.
    pub(super) fn socket(&self, user_id: &str, app_id: &str) -> Result<Place, Problem> {
        let share = self.share(user_id, app_id);
        match share.sockets.clone().try_acquire_owned() {
            Ok(permit) => Ok(Place { _permit: permit, _share: share }),
            Err(_) => Err(busy(format!("The mini app has {} sockets open already.", self.sockets))
                .hint("Close a socket before opening another one.")),
        }
    }

    async fn wait(&self, semaphore: Arc<Semaphore>, share: Arc<Share>) -> Result<Place, Problem> {
        let full = || {
            busy(format!("The mini app has {} requests under way and more are waiting.", self.requests))
                .hint("Wait for answers before sending more requests.")
        };
        let waiting = share.waiting.clone().try_acquire_owned().map_err(|_| full())?;
        let permit = tokio::time::timeout(LONGEST_WAIT, semaphore.acquire_owned()).await;
        drop(waiting);
        match permit {
            Ok(Ok(permit)) => Ok(Place { _permit: permit, _share: share }),
            _ => Err(full()),
        }
    }

    fn share(&self, user_id: &str, app_id: &str) -> Arc<Share> {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let owner = (user_id.to_owned(), app_id.to_owned());
        if let Some(share) = shares.get(&owner).and_then(Weak::upgrade) {
            return share;
        }
        shares.retain(|_, share| share.strong_count() > 0);
        let share = Arc::new(Share {
            requests: Arc::new(Semaphore::new(self.requests)),
            waiting: Arc::new(Semaphore::new(self.requests * WAITING_FACTOR)),
            media: Arc::new(Semaphore::new(self.requests)),
            sockets: Arc::new(Semaphore::new(self.sockets)),
        });
        shares.insert(owner, Arc::downgrade(&share));
        share
    }
}

fn busy(detail: String) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "gate-busy", "Too much at once", detail)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sockets_are_counted_for_each_user_and_app() {
        let capacity = Capacity::new(10, 2);
        let first = capacity.socket("ann", "app").unwrap();
        let _second = capacity.socket("ann", "app").unwrap();
        assert_eq!(capacity.socket("ann", "app").err().unwrap().name(), "gate-busy");
        assert!(capacity.socket("ben", "app").is_ok());
        assert!(capacity.socket("ann", "other").is_ok());
        drop(first);
        assert!(capacity.socket("ann", "app").is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn requests_wait_for_their_turn_and_give_up_in_the_end() {
        let capacity = Capacity::new(1, 1);
        let first = capacity.request("ann", "app").await.unwrap();
        assert_eq!(capacity.request("ann", "app").await.err().unwrap().status, 429);
        let (second, ()) = tokio::join!(capacity.request("ann", "app"), async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            drop(first);
        });
        assert!(second.is_ok());
    }
}
