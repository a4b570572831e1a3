//! Paths inside a project: `/` between segments, no leading slash, never above the root.

use std::path::{Path, PathBuf};

/// Where a plugin's files stand in the tree: a code space of its own, with its own root.
pub const PLUGIN_ROOT: &str = "__plugin__/local";

/// The root that paths in a folder start from and climb to: a plugin's, or the app's (empty).
pub fn space_of(folder: &str) -> &'static str {
    let rest = folder.strip_prefix(PLUGIN_ROOT);
    if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) { PLUGIN_ROOT } else { "" }
}

/// Joins a path as an app writes it to the folder of the file that names it.
///
/// A leading `/` means the source root. Segments that climb past the root are dropped, as the original host does:
/// `resolve("pages/a", "../../../images/x.png")` is `images/x.png`. In a plugin both mean the plugin's own root.
pub fn resolve(folder: &str, written: &str) -> String {
    let root = space_of(folder);
    let start = if written.starts_with('/') { root } else { folder };
    let mut segments: Vec<&str> = start.split('/').filter(|segment| !segment.is_empty()).collect();
    let kept = root.split('/').filter(|segment| !segment.is_empty()).count();
    for segment in written.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => segments.truncate(segments.len().saturating_sub(1).max(kept)),
            name => segments.push(name),
        }
    }
    segments.join("/")
}

/// Folder of a path; empty for a file at the root.
pub fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

/// Last segment of a path.
pub fn file_name(path: &str) -> &str {
    path.rfind('/').map_or(path, |slash| &path[slash + 1..])
}

/// Extension without its dot, or an empty string.
pub fn extension(path: &str) -> &str {
    let name = file_name(path);
    name.rfind('.').filter(|dot| *dot > 0).map_or("", |dot| &name[dot + 1..])
}

/// The path without its extension.
pub fn without_extension(path: &str) -> &str {
    match extension(path) {
        "" => path,
        extension => &path[..path.len() - extension.len() - 1],
    }
}

/// `folder` joined with a name; `folder` may be empty.
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A project path on disk; the empty path is the root itself.
pub fn join_on_disk(root: &Path, path: &str) -> PathBuf {
    if path.is_empty() { root.to_owned() } else { root.join(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_past_the_root_are_clamped() {
        assert_eq!(resolve("pages/a", "../../../images/x.png"), "images/x.png");
        assert_eq!(resolve("pages/a", "/images/./x.png"), "images/x.png");
        assert_eq!(resolve("", "..//a"), "a");
    }

    #[test]
    fn a_plugin_is_a_space_of_its_own() {
        assert_eq!(resolve("__plugin__/local/pages", "../../../x"), "__plugin__/local/x");
        assert_eq!(resolve("__plugin__/local/pages", "/api/x"), "__plugin__/local/api/x");
        assert_eq!(resolve("__plugin__/locals", "/x"), "x");
    }

    #[test]
    fn parts_of_a_path() {
        assert_eq!(folder("a/b.js"), "a");
        assert_eq!(extension("a.b/c"), "");
        assert_eq!(extension(".env"), "");
        assert_eq!(without_extension("a/b.min.js"), "a/b.min");
        assert_eq!(join("", "a"), "a");
    }
}
