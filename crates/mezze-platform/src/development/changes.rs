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

/// The state of a development session; idle on other platforms.
pub(crate) struct Development {
    events: broadcast::Sender<DevelopmentEvent>,
    changes: broadcast::Sender<Change>,
    current: Mutex<Option<RunningRelease>>,
    /// Replaced, and kept for hosts that are fetching it.
    retired: Mutex<Option<String>>,
}

impl Default for Development {
    fn default() -> Self {
        Self {
            events: broadcast::channel(BACKLOG).0,
            changes: broadcast::channel(BACKLOG).0,
            current: Mutex::default(),
            retired: Mutex::default(),
        }
    }
}

impl Development {
    pub(crate) fn events(&self) -> broadcast::Receiver<DevelopmentEvent> {
        self.events.subscribe()
    }

    pub(super) fn changes(&self) -> (Option<RunningRelease>, broadcast::Receiver<Change>) {
        // The lock is held over both, so that no release falls between them.
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        (current.clone(), self.changes.subscribe())
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
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Some(release.clone());
        let _ = self.changes.send(Change::Reload(release));
    }

    pub(crate) fn announce_failure(&self, message: String) {
        let _ = self.changes.send(Change::Failed(message));
    }

    /// Takes in the sealed digest that was just replaced, and gives back the one before it, which may go now.
    pub(crate) fn retire(&self, replaced: Option<String>) -> Option<String> {
        let replaced = replaced?;
        self.retired.lock().unwrap_or_else(PoisonError::into_inner).replace(replaced)
    }
}
