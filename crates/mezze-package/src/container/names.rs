//! Finds names that different file systems would take for one: case folding, normalisation, file against folder.
//!
//! W3C MiniApp Packaging: all names within a folder must be unique after canonical normalisation and full case
//! folding. A package in which two readers could see two different files is refused.

use std::collections::HashMap;

use mezze_model::PackagePath;
use unicode_normalization::UnicodeNormalization;

use crate::PackageError;

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    File,
    Folder,
}

/// Refuses two paths, or two folders on the way to them, that fold to the same name.
pub(crate) fn check_collisions<'a>(paths: impl IntoIterator<Item = &'a PackagePath>) -> Result<(), PackageError> {
    let mut seen: HashMap<String, (&'a str, Kind)> = HashMap::new();
    for path in paths {
        let text = path.as_str();
        let folders = text.match_indices('/').map(|(end, _)| (&text[..end], Kind::Folder));
        for (prefix, kind) in folders.chain([(text, Kind::File)]) {
            let Some((other, other_kind)) = seen.insert(fold(prefix), (prefix, kind)) else { continue };
            let both_folders = kind == Kind::Folder && other_kind == Kind::Folder;
            if both_folders && other == prefix {
                continue;
            }
            let rule = match (other == prefix, kind == other_kind) {
                (true, true) => "are the same name twice",
                (true, false) => "are a file and a folder of the same name",
                (false, _) => "differ only in case or in how their letters are composed",
            };
            let show = |text: &str| text.escape_debug().to_string();
            return Err(PackageError::Collision { first: show(other), second: show(prefix), rule });
        }
    }
    Ok(())
}

/// Unicode Canonical Case Fold Normalization (CHARMOD-NORM): NFD, full case folding, NFD.
fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let decomposed: String = name.nfd().collect();
    caseless::default_case_fold_str(&decomposed).nfd().collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn check(paths: &[&str]) -> Result<(), PackageError> {
        let paths: Vec<PackagePath> = paths.iter().map(|path| PackagePath::parse(path).unwrap()).collect();
        check_collisions(&paths)
    }

    #[test]
    fn distinct_names_pass() {
        check(&["a/b", "a/c", "b/b", "ab", "v1/x", "v10/x"]).unwrap();
    }

    #[test]
    fn names_that_some_system_takes_for_one_do_not() {
        for paths in [
            ["a/b", "a/b"],
            ["a/b", "a/B"],
            ["A/b", "a/c"],
            ["straße", "STRASSE"],
            ["caf\u{e9}", "cafe\u{301}"],
            ["\u{212b}", "\u{e5}"],
            ["a", "a/b"],
            ["a/b", "a"],
            ["A", "a/b"],
        ] {
            assert!(matches!(check(&paths), Err(PackageError::Collision { .. })), "{paths:?}");
        }
    }
}
