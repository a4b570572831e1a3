//! What an app's maker declares beforehand about its user: permissions with reasons, data with purpose and retention.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Manifest, PermissionRequest};

/// A text for people: one for everybody, or one for each language tag.
///
/// ```json
/// "To show tables near you"
/// {"en": "To show tables near you", "zh-Hans": "用于显示附近的餐桌"}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LocalisedText {
    Everywhere(String),
    ByLanguage(BTreeMap<String, String>),
}

impl LocalisedText {
    /// The text for a language: of the same language, else in English, else the first there is.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        match self {
            Self::Everywhere(text) => text,
            Self::ByLanguage(texts) => {
                let of = |wanted: &str| {
                    let primary = wanted.split('-').next().unwrap_or_default();
                    texts.iter().find(|(tag, _)| {
                        tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case(primary))
                    })
                };
                of(language).or_else(|| of("en")).or_else(|| texts.iter().next()).map_or("", |(_, text)| text)
            }
        }
    }

    /// Every text with the language that it is for, if any.
    pub fn texts(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let (one, many) = match self {
            Self::Everywhere(text) => (Some((None, text.as_str())), None),
            Self::ByLanguage(texts) => (None, Some(texts)),
        };
        one.into_iter().chain(many.into_iter().flatten().map(|(tag, text)| (Some(tag.as_str()), text.as_str())))
    }

    /// True where there is nothing to read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.texts().all(|(_, text)| text.trim().is_empty())
    }
}

impl From<&str> for LocalisedText {
    fn from(text: &str) -> Self {
        Self::Everywhere(text.to_owned())
    }
}

/// A category of personal data that the app uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DataUse {
    /// For example `location`, `clipboard`, `phone`.
    pub category: String,
    /// What it is used for.
    pub purpose: LocalisedText,
    /// How long it is kept, for example `30 days` or `not kept`.
    pub retention: LocalisedText,
}

/// One permission of a manifest, wherever it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclaredPermission<'manifest> {
    pub request: &'manifest PermissionRequest,
    /// True where the app can't work without it.
    pub required: bool,
}

impl Manifest {
    /// All permissions, the required ones first.
    pub fn declared_permissions(&self) -> impl Iterator<Item = DeclaredPermission<'_>> {
        let required = self.req_permissions.iter().map(|request| DeclaredPermission { request, required: true });
        required.chain(self.mezze.permissions.iter().map(|request| DeclaredPermission { request, required: false }))
    }

    /// Whether a scope is declared, required or not.
    #[must_use]
    pub fn declares_permission(&self, name: &str) -> bool {
        self.declared_permissions().any(|declared| declared.request.name == name)
    }

    /// What the app does with a category of data, where it declares that.
    #[must_use]
    pub fn data_use(&self, category: &str) -> Option<&DataUse> {
        self.mezze.data.iter().find(|data| data.category == category)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_language_then_english_then_any() {
        let text = LocalisedText::ByLanguage(BTreeMap::from([
            ("zh-Hans".to_owned(), "附近".to_owned()),
            ("en".to_owned(), "near".to_owned()),
        ]));
        assert_eq!(text.in_language("zh-TW"), "附近");
        assert_eq!(text.in_language("fr"), "near");
        let only = LocalisedText::ByLanguage(BTreeMap::from([("tr".to_owned(), "yakın".to_owned())]));
        assert_eq!(only.in_language("en"), "yakın");
        assert_eq!(LocalisedText::from("near").in_language("zh"), "near");
        assert!(LocalisedText::from("  ").is_blank());
    }
}
