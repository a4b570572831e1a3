//! A folder of blobs among the nodes that use it: who is alone in it may clear away what a killed node left.
//!
//! A node holds a lock on the folder as long as it runs; the system lets go of it however the node ends. The lock is
//! exclusive while a node that found itself alone clears up at its start, and shared from then on.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The folder's lock, held by this node.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: File,
    folder: PathBuf,
    alone: bool,
}

impl FolderLock {
    /// Waits for a node that is clearing up.
    pub(super) fn take(folder: &Path) -> io::Result<Self> {
        let file = File::options().create(true).truncate(false).write(true).open(folder.join(".lock"))?;
        let alone = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => {
                file.lock_shared()?;
                false
            }
            // A file system without locks: others may be there.
            Err(TryLockError::Error(cause)) => {
                tracing::debug!(fault.cause = %cause, "the folder of blobs can't be locked");
                false
            }
        };
        Ok(Self { file, folder: folder.to_owned(), alone })
    }

    /// Whether no other node uses the folder.
    pub(super) fn is_alone(&self) -> bool {
        self.alone
    }

    /// Removes files whose writing was broken off; gives their number. Only for who is alone.
    pub(super) fn remove_unfinished(&self) -> io::Result<usize> {
        remove_unfinished(&self.folder)
    }

    /// Lets other nodes in.
    pub(super) fn share(&self) -> io::Result<()> {
        if self.alone {
            self.file.unlock()?;
            self.file.lock_shared()?;
        }
        Ok(())
    }
}

/// The store writes `NAME#NUMBER` and renames it.
fn remove_unfinished(folder: &Path) -> io::Result<usize> {
    let mut removed = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            removed += remove_unfinished(&entry.path())?;
        } else if is_unfinished(&entry.file_name().to_string_lossy()) {
            std::fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn is_unfinished(name: &str) -> bool {
    name.rsplit_once('#')
        .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_alone_until_it_shares() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        assert!(first.is_alone());
        first.share().unwrap();
        let second = FolderLock::take(folder.path()).unwrap();
        assert!(!second.is_alone());
        drop(first);
        assert!(!FolderLock::take(folder.path()).unwrap().is_alone());
        drop(second);
        assert!(FolderLock::take(folder.path()).unwrap().is_alone());
    }

    #[test]
    fn what_was_broken_off_goes_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sealed")).unwrap();
        for name in ["sealed/ab", "sealed/ab#1", "cd#22", "e#x", "f#"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(remove_unfinished(folder.path()).unwrap(), 2);
        assert!(["sealed/ab", "e#x", "f#"].iter().all(|name| folder.path().join(name).exists()));
    }
}
