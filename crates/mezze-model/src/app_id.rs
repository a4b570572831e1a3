//! The name of a mini app: W3C MiniApp Addressing `id`, `1*unreserved`, not case-sensitive.
//!
//! `org.Example.Menu` and `org.example.menu` are one app; the lower-case form is the one that is kept, compared,
//! signed and printed.

use serde::{Deserialize, Serialize};

use crate::text::{IdentifierFault, checked_string, normalise_identifier, text_of};

/// Longest id in characters: long enough for a reversed domain name, short enough for a file name.
pub const LONGEST_APP_ID: usize = 128;

/// A mini app's id in its normal (lower-case) form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppId(String);

impl AppId {
    /// Checks and normalises an id.
    ///
    /// # Errors
    /// Empty, longer than [`LONGEST_APP_ID`], only full stops, or a character that is not unreserved.
    pub fn parse(text: &str) -> Result<Self, InvalidAppId> {
        normalise_identifier(text, LONGEST_APP_ID).map(Self).map_err(|fault| match fault {
            IdentifierFault::Empty => InvalidAppId::Empty,
            IdentifierFault::TooLong => InvalidAppId::TooLong,
            IdentifierFault::OnlyDots => InvalidAppId::OnlyDots { id: text.to_owned() },
            IdentifierFault::Character(character) => InvalidAppId::Character { id: text.to_owned(), character },
        })
    }
}

text_of!(AppId);

checked_string!(
    AppId,
    InvalidAppId,
    "^[A-Za-z0-9._~-]{1,128}$",
    "Id of the mini app, for example org.example.menu; not case-sensitive"
);

/// Why a text is no app id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAppId {
    #[error("the app id is empty; give it a name like `org.example.menu`")]
    Empty,
    #[error("the app id is longer than {LONGEST_APP_ID} characters")]
    TooLong,
    #[error("`{id}` is no app id: it is made of full stops only")]
    OnlyDots { id: String },
    #[error("`{id}` is no app id: {character:?} is not allowed, only letters, digits and `-` `.` `_` `~`")]
    Character { id: String, character: char },
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        assert_eq!(AppId::parse("Org.Example.Menu").unwrap(), AppId::parse("org.example.menu").unwrap());
        assert_eq!(serde_json::from_str::<AppId>("\"WX12AB\"").unwrap().as_str(), "wx12ab");
    }

    #[test]
    fn only_unreserved_characters() {
        for bad in ["", ".", "..", "a/b", "a b", "a%20", "ä", "a;b", "a:b", "a@b"] {
            assert!(AppId::parse(bad).is_err(), "{bad:?}");
        }
        assert!(AppId::parse(&"a".repeat(LONGEST_APP_ID)).is_ok());
        assert_eq!(AppId::parse(&"a".repeat(LONGEST_APP_ID + 1)), Err(InvalidAppId::TooLong));
        assert!(serde_json::from_str::<AppId>("\"a/b\"").is_err());
    }
}
