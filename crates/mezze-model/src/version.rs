//! Versions: W3C MiniApp Manifest's `version` resource (a name for people and URIs, a code for machines).

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{IdentifierFault, checked_string, normalise_identifier, text_of};

/// Longest version name in characters.
pub const LONGEST_VERSION_NAME: usize = 64;

/// A version's name (`1.2.0`, `1.0.1-trial`), unreserved characters only, kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionName(String);

impl VersionName {
    /// Checks and normalises a version name.
    ///
    /// # Errors
    /// Empty, longer than [`LONGEST_VERSION_NAME`], only full stops, or a character that is not unreserved.
    pub fn parse(text: &str) -> Result<Self, InvalidVersionName> {
        normalise_identifier(text, LONGEST_VERSION_NAME).map(Self).map_err(|fault| match fault {
            IdentifierFault::Empty => InvalidVersionName::Empty,
            IdentifierFault::TooLong => InvalidVersionName::TooLong,
            IdentifierFault::OnlyDots => InvalidVersionName::OnlyDots { name: text.to_owned() },
            IdentifierFault::Character(character) => InvalidVersionName::Character { name: text.to_owned(), character },
        })
    }
}

text_of!(VersionName);

checked_string!(
    VersionName,
    InvalidVersionName,
    "^[A-Za-z0-9._~-]{1,64}$",
    "Name of the version, for example 1.2.0; not case-sensitive"
);

/// W3C `version` resource. The code orders versions: an update has a greater code, a downgrade is refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// What people and launch URIs say, for example `1.2.0`.
    pub name: VersionName,
    /// Whole number that grows with each release.
    pub code: u64,
}

impl Version {
    /// True where `self` is a later release than `other`.
    #[must_use]
    pub fn is_newer_than(&self, other: &Self) -> bool {
        self.code > other.code
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.name, self.code)
    }
}

/// Why a text is no version name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidVersionName {
    #[error("the version is empty; give it a name like `1.0.0`")]
    Empty,
    #[error("the version is longer than {LONGEST_VERSION_NAME} characters")]
    TooLong,
    #[error("`{name}` is no version: it is made of full stops only")]
    OnlyDots { name: String },
    #[error("`{name}` is no version: {character:?} is not allowed, only letters, digits and `-` `.` `_` `~`")]
    Character { name: String, character: char },
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised() {
        assert_eq!(VersionName::parse("1.0.1-Trial").unwrap().as_str(), "1.0.1-trial");
        assert!(VersionName::parse("1.0+build").is_err());
        assert!(VersionName::parse("").is_err());
    }

    #[test]
    fn the_code_orders_versions() {
        let version = |name: &str, code| Version { name: VersionName::parse(name).unwrap(), code };
        assert!(version("1.0.0", 11).is_newer_than(&version("9.9.9", 10)));
        assert!(!version("2.0.0", 10).is_newer_than(&version("1.0.0", 10)));
    }
}
