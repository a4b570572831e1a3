//! Sealed files that many ask for at the moment, in memory: a new release is fetched by everybody at once.
//!
//! A file never changes, but whether anyone may have it does: it is kept for seconds only, and forgotten when a release
//! is acted on. Another node's act is seen when those seconds are over.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use bytes::Bytes;

/// Larger files are streamed from where they are.
pub(super) const LARGEST: u64 = 4 * 1024 * 1024;
const MOST_BYTES: usize = 32 * 1024 * 1024;
const FRESH_SECONDS: i64 = 10;

/// Files by digest, with the time until which they count.
#[derive(Default)]
pub(crate) struct HotFiles(Arc<RwLock<HashMap<String, (i64, Bytes)>>>);

impl HotFiles {
    pub(super) fn get(&self, digest: &str, now: i64) -> Option<Bytes> {
        let files = self.0.read().unwrap_or_else(PoisonError::into_inner);
        files.get(digest).filter(|(until, _)| *until > now).map(|(_, content)| content.clone())
    }

    /// Keeps a file while there is room; the memory is given back when nobody asks any more.
    pub(super) fn put(&self, digest: &str, content: Bytes, now: i64) {
        let mut files = self.write();
        files.retain(|_, (until, _)| *until > now);
        let used: usize = files.values().map(|(_, content)| content.len()).sum();
        if used + content.len() > MOST_BYTES {
            return;
        }
        let was_empty = files.is_empty();
        files.insert(digest.to_owned(), (now + FRESH_SECONDS, content));
        drop(files);
        if was_empty {
            self.sweep_later();
        }
    }

    /// What is there is asked for again.
    pub(crate) fn forget(&self) {
        self.write().clear();
    }

    fn sweep_later(&self) {
        let files = Arc::clone(&self.0);
        tokio::spawn(async move {
            let rest = Duration::from_secs(u64::try_from(FRESH_SECONDS).unwrap_or_default());
            tokio::time::sleep(rest).await;
            files.write().unwrap_or_else(PoisonError::into_inner).clear();
        });
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<String, (i64, Bytes)>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_there_for_seconds_and_no_longer_than_it_may_be_had() {
        let files = HotFiles::default();
        files.put("one", Bytes::from_static(b"content"), 100);
        assert_eq!(files.get("one", 109), Some(Bytes::from_static(b"content")));
        assert_eq!(files.get("one", 110), None);
        assert_eq!(files.get("other", 100), None);
        files.forget();
        assert_eq!(files.get("one", 100), None);
    }

    #[tokio::test]
    async fn memory_has_an_end() {
        let files = HotFiles::default();
        let large = Bytes::from(vec![0; MOST_BYTES / 2]);
        for digest in ["one", "two", "three"] {
            files.put(digest, large.clone(), 100);
        }
        assert!(files.get("two", 100).is_some() && files.get("three", 100).is_none());
        files.put("three", large, 110);
        assert!(files.get("three", 110).is_some() && files.get("one", 110).is_none());
    }
}
