//! Names of files in a package: W3C MiniApp Packaging's rules, made strict enough to be extracted anywhere.
//!
//! Input: the name of a ZIP entry or of a project file. Output: a [`PackagePath`], which is relative, goes down only
//! and holds no character that W3C forbids. Names that collide (case folding, normalisation) are found where a whole
//! package is known, in `mezze-package`.
//! Reference: <https://www.w3.org/TR/miniapp-packaging/>, "File and Path Names".

use serde::{Deserialize, Serialize};

use crate::text::{checked_string, text_of};

/// Longest path in bytes; ZIP counts names in 16 bits.
const LONGEST_PATH: usize = 65_535;
/// Longest segment in bytes, as W3C and common file systems have it.
const LONGEST_SEGMENT: usize = 255;

/// A checked path inside a package, for example `file/images/菜单.png`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PackagePath(String);

impl PackagePath {
    /// Checks a path.
    ///
    /// # Errors
    /// Names the first rule that the path breaks.
    pub fn parse(text: &str) -> Result<Self, InvalidPackagePath> {
        let fault = |rule: PathFault| InvalidPackagePath { path: text.escape_debug().to_string(), rule };
        if text.is_empty() {
            return Err(fault(PathFault::Empty));
        }
        if text.len() > LONGEST_PATH {
            return Err(InvalidPackagePath { path: "(long)".to_owned(), rule: PathFault::TooLong });
        }
        if text.starts_with('/') {
            return Err(fault(PathFault::Absolute));
        }
        if let Some(character) = text.chars().find(|character| is_forbidden(*character)) {
            return Err(fault(PathFault::Character(character)));
        }
        for segment in text.split('/') {
            check_segment(segment).map_err(fault)?;
        }
        Ok(Self(text.to_owned()))
    }

    /// The path's segments, the file name last.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

text_of!(PackagePath);

/// Lets a map that is keyed by path be asked with a plain `&str`.
impl std::borrow::Borrow<str> for PackagePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

checked_string!(PackagePath, InvalidPackagePath, r#"^[^/"*:<>\\|][^"*:<>\\|]*$"#, "Path of a file in the package");

fn check_segment(segment: &str) -> Result<(), PathFault> {
    match segment {
        "" => Err(PathFault::EmptySegment),
        "." | ".." => Err(PathFault::Relative),
        _ if segment.ends_with('.') => Err(PathFault::EndsWithFullStop),
        _ if segment.len() > LONGEST_SEGMENT => Err(PathFault::TooLong),
        _ => Ok(()),
    }
}

fn is_forbidden(character: char) -> bool {
    let code = u32::from(character);
    matches!(character, '"' | '*' | ':' | '<' | '>' | '\\' | '|')
        || matches!(code,
            0x00..=0x1F | 0x7F..=0x9F
            | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFFF0..=0xFFFF
            | 0xE0001 | 0xE007F | 0xF0000..=0x10_FFFF)
        // The last two code points of each plane are no characters.
        || code & 0xFFFE == 0xFFFE
}

/// Why a text is no path of a package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` can't be a file name in a package: {rule}")]
pub struct InvalidPackagePath {
    /// The text, with control characters escaped.
    pub path: String,
    /// The rule that it breaks.
    pub rule: PathFault,
}

/// The rule that a path breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    #[error("it is empty")]
    Empty,
    #[error("it is absolute")]
    Absolute,
    #[error("it has an empty segment (`//` or a `/` at the end)")]
    EmptySegment,
    #[error("`.` and `..` are not allowed")]
    Relative,
    #[error("a segment must not end in a full stop")]
    EndsWithFullStop,
    #[error("a segment is longer than 255 bytes, or the whole longer than 65535")]
    TooLong,
    #[error("{0:?} is not allowed")]
    Character(char),
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_pass() {
        for name in ["manifest.json", "file/images/a b.png", "file/菜单/图.png", ".hidden/x", "a/..b/c..d"] {
            assert_eq!(PackagePath::parse(name).unwrap().as_str(), name);
        }
        assert!(PackagePath::parse(&"é".repeat(127)).is_ok());
    }

    #[test]
    fn names_that_leave_their_folder_or_break_a_system_do_not() {
        use PathFault as Fault;
        for (name, rule) in [
            ("", Fault::Empty),
            ("/etc/passwd", Fault::Absolute),
            ("a//b", Fault::EmptySegment),
            ("a/", Fault::EmptySegment),
            ("..", Fault::Relative),
            ("a/../../b", Fault::Relative),
            ("./a", Fault::Relative),
            ("a/b.", Fault::EndsWithFullStop),
            ("a...", Fault::EndsWithFullStop),
            ("a\\b", Fault::Character('\\')),
            ("..\\..\\b", Fault::Character('\\')),
            ("C:/windows", Fault::Character(':')),
            ("a\0.js", Fault::Character('\0')),
            ("a\n", Fault::Character('\n')),
            ("a\u{7f}", Fault::Character('\u{7f}')),
            ("a\u{e000}", Fault::Character('\u{e000}')),
            ("a\u{fdd0}", Fault::Character('\u{fdd0}')),
            ("a\u{1fffe}", Fault::Character('\u{1fffe}')),
            ("a\u{10ffff}", Fault::Character('\u{10ffff}')),
        ] {
            assert_eq!(PackagePath::parse(name).unwrap_err().rule, rule, "{name:?}");
        }
        assert_eq!(PackagePath::parse(&"a".repeat(256)).unwrap_err().rule, Fault::TooLong);
    }
}
