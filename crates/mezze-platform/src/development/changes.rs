//! The two broadcasts of development: events from the shell, changes to the shell.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::broadcast;
use utoipa::ToSchema;

use super::DevelopmentEvent;
use crate::registry::Published;

/// A terminal that does not keep up loses the oldest lines.
const BACKLOG: usize = 1_024;

/// The release that runs now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RunningRelease {
    pub(crate) app_id: String,
    pub(crate) version: String,
    pub(crate) digest: String,
}

/// What the shell hears.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A new build is there.
    Reload(RunningRelease),
    /// A build failed; the last good one keeps running.
    Failed(String),
}

/// Where the builds stand, for a shell that starts to listen now.
#[derive(Debug, Clone, Default)]
pub(super) struct Latest {
    pub(super) release: Option<RunningRelease>,
    /// Why the newest build failed, where it did.
    pub(super) failure: Option<String>,
}

/// The state of a development session; idle on other platforms.
pub(crate) struct Development {
    events: broadcast::Sender<DevelopmentEvent>,
    changes: broadcast::Sender<Change>,
    latest: Mutex<Latest>,
    /// Replaced, and kept for hosts that are fetching it.
    retired: Mutex<Option<String>>,
}

impl Default for Development {
    fn default() -> Self {
        Self {
            events: broadcast::channel(BACKLOG).0,
            changes: broadcast::channel(BACKLOG).0,
            latest: Mutex::default(),
            retired: Mutex::default(),
        }
    }
}

impl Development {
    pub(crate) fn events(&self) -> broadcast::Receiver<DevelopmentEvent> {
        self.events.subscribe()
    }

    pub(super) fn changes(&self) -> (Latest, broadcast::Receiver<Change>) {
        // The lock is held over both, so that no build falls between them.
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        (latest.clone(), self.changes.subscribe())
    }

    /// Nobody listening is fine: then nobody wants to know.
    pub(super) fn report(&self, event: DevelopmentEvent) {
        let _ = self.events.send(event);
    }

    pub(crate) fn announce_release(&self, published: &Published) {
        let release = RunningRelease {
            app_id: published.app_id.clone(),
            version: published.version.clone(),
            digest: published.digest.clone(),
        };
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        *latest = Latest { release: Some(release.clone()), failure: None };
        let _ = self.changes.send(Change::Reload(release));
    }

    pub(crate) fn announce_failure(&self, message: String) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.failure = Some(message.clone());
        let _ = self.changes.send(Change::Failed(message));
    }

    /// Takes in the sealed digest that was just replaced, and gives back the one before it, which may go now.
    pub(crate) fn retire(&self, replaced: Option<String>) -> Option<String> {
        let replaced = replaced?;
        self.retired.lock().unwrap_or_else(PoisonError::into_inner).replace(replaced)
    }
}
