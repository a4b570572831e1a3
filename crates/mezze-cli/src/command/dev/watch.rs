//! Tells which files of a project changed, a little after they did.

use crate::failure::Failure;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc;

/// An editor writes a file in several steps, and a version control tool many files; they are taken as one change.
const QUIET: Duration = Duration::from_millis(25);

/// Folders whose changes are not the project's.
const IGNORED: [&str; 4] = [".git", ".mezze", ".idea", ".vscode"];

/// Changes as they come. The watcher lives as long as this does.
pub struct Changes {
    paths: mpsc::UnboundedReceiver<PathBuf>,
    _watcher: RecommendedWatcher,
}

/// Watches a folder with everything in it.
pub fn changes(root: &Path) -> Result<Changes, Failure> {
    let (sender, paths) = mpsc::unbounded_channel();
    let watched = root.to_path_buf();
    let handler = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        for path in event.paths.into_iter().filter(|path| is_source(&watched, path)) {
            // The other side is gone when the command ends; then nobody wants to know.
            drop(sender.send(path));
        }
    };
    let watch = || -> notify::Result<RecommendedWatcher> {
        let mut watcher = notify::recommended_watcher(handler)?;
        watcher.watch(root, RecursiveMode::Recursive)?;
        Ok(watcher)
    };
    let watcher = watch().map_err(|error| {
        Failure::new(
            format!("can't watch {}: {error}", root.display()),
            "on Linux, raise fs.inotify.max_user_watches; or move folders that are not part of the project elsewhere",
        )
    })?;
    Ok(Changes { paths, _watcher: watcher })
}

impl Changes {
    /// The next change: every path of it, once. `None` when there can be no more.
    pub async fn next(&mut self) -> Option<Vec<PathBuf>> {
        let mut changed = BTreeSet::from([self.paths.recv().await?]);
        while let Ok(Some(path)) = tokio::time::timeout(QUIET, self.paths.recv()).await {
            changed.insert(path);
        }
        Some(changed.into_iter().collect())
    }
}

/// Whether a change of that path may change the build.
fn is_source(root: &Path, path: &Path) -> bool {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let ignored = relative.components().any(|part| IGNORED.iter().any(|name| part.as_os_str() == *name));
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let temporary = name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".part") || name.ends_with(".ma");
    !ignored && !temporary
}

#[cfg(test)]
mod tests {
    use super::is_source;
    use std::path::Path;

    #[test]
    fn knows_what_is_not_source() {
        let root = Path::new("/project");
        let is = |path: &str| is_source(root, &root.join(path));
        assert!(is("pages/index/index.wxml"));
        assert!(is("node_modules/library/index.js"));
        assert!(!is(".git/index.lock"));
        assert!(!is("pages/index/.index.js.swp"));
        assert!(!is("org.example.menu-1.0.0.ma"));
    }
}
