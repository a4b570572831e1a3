//! What the operator forbids or gives beforehand, by app, publisher or category.
//!
//! ```json
//! {"rules": [
//!   {"id": "no-location-in-games", "categories": ["games"], "permissions": ["scope.userLocation"], "effect": "forbid",
//!    "reason": "Games on this platform don't get the location."},
//!   {"id": "own-apps", "publishers": ["KEY OF A DEVELOPER"], "permissions": ["scope.camera"], "effect": "grant"}
//! ]}
//! ```
//! An empty list matches everything; a prohibition beats a gift, whatever their order.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::acts::PlatformAct;
use super::scopes::scope_facts;

/// An operator's rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(default)]
    pub rules: Vec<PolicyRule>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    /// Named in refusals.
    pub id: String,
    /// App ids; `org.example.*` stands for every app whose id begins so.
    #[serde(default)]
    pub apps: Vec<String>,
    /// Keys of developers (base64url); for a prohibition also names of publishers, which anyone may claim.
    #[serde(default)]
    pub publishers: Vec<String>,
    /// Where the store files the app.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Scopes, `data.CATEGORY`, or `*` for all of these; `app.run`, `app.network`, `app.login`, which can only be
    /// forbidden.
    #[serde(default)]
    pub permissions: Vec<String>,
    pub effect: Effect,
    /// Shown to users in the app's settings.
    #[serde(default)]
    pub reason: String,
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    Forbid,
    Grant,
}

/// The app that a rule is matched against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySubject {
    pub app_id: String,
    /// Key of the developer that signed it.
    #[serde(default)]
    pub signer: String,
    /// Names that its maker goes by.
    #[serde(default)]
    pub publishers: Vec<String>,
    #[serde(default)]
    pub app_category: Option<String>,
}

/// Why a policy file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPolicy {
    #[error("the permission policy can't be read: {reason}")]
    Syntax { reason: String },
    #[error("the permission policy has two rules with the id `{id}`; give each its own")]
    TwoOfOneName { id: String },
    #[error("the rule `{id}` names no permissions; list scopes, `data.CATEGORY`, or `*`")]
    NoPermissions { id: String },
    #[error(
        "the rule `{id}` names `{permission}`, which is neither a scope, `data.CATEGORY`, `app.run`, `app.network`, `app.login`, nor `*`"
    )]
    UnknownPermission { id: String, permission: String },
    #[error(
        "the rule `{id}` gives `{permission}`, which every app has unless a rule forbids it; write `forbid`, or leave it out"
    )]
    NothingToGive { id: String, permission: String },
}

impl Policy {
    /// Reads a policy file and checks that it says what its writer meant.
    ///
    /// # Errors
    /// No JSON of this form, two rules of one name, or a permission that does not exist.
    pub fn from_json(bytes: &[u8]) -> Result<Self, InvalidPolicy> {
        let policy: Self =
            serde_json::from_slice(bytes).map_err(|cause| InvalidPolicy::Syntax { reason: cause.to_string() })?;
        let mut seen = HashSet::new();
        for rule in &policy.rules {
            let id = rule.id.clone();
            if !seen.insert(&rule.id) {
                return Err(InvalidPolicy::TwoOfOneName { id });
            }
            if rule.permissions.is_empty() {
                return Err(InvalidPolicy::NoPermissions { id });
            }
            let known = |name: &String| {
                name == "*" || name.starts_with("data.") || scope_facts(name).is_some() || PlatformAct::is_name(name)
            };
            if let Some(permission) = rule.permissions.iter().find(|name| !known(name)) {
                return Err(InvalidPolicy::UnknownPermission { id, permission: permission.clone() });
            }
            let given = rule.permissions.iter().find(|name| PlatformAct::is_name(name));
            if let Some(permission) = given.filter(|_| rule.effect == Effect::Grant) {
                return Err(InvalidPolicy::NothingToGive { id, permission: permission.clone() });
            }
        }
        Ok(policy)
    }

    /// The rule that counts for these permissions: a prohibition of any of them, else a gift of the first, which
    /// gives the data behind it too.
    #[must_use]
    pub fn effect(&self, subject: &PolicySubject, permissions: &[&str]) -> Option<&PolicyRule> {
        let meant = || self.rules.iter().filter(|rule| rule.concerns(subject));
        let forbidding = meant()
            .find(|rule| rule.effect == Effect::Forbid && permissions.iter().any(|permission| rule.names(permission)));
        forbidding.or_else(|| {
            let first = permissions.first()?;
            meant().find(|rule| rule.effect == Effect::Grant && rule.names(first))
        })
    }
}

impl PolicyRule {
    fn concerns(&self, subject: &PolicySubject) -> bool {
        let among =
            |list: &[String], values: &[String]| list.is_empty() || list.iter().any(|wanted| values.contains(wanted));
        let app = self.apps.is_empty() || self.apps.iter().any(|pattern| names_app(pattern, &subject.app_id));
        // A name is the maker's own claim: good enough to be refused by, not to be given something for.
        let by_name = self.effect == Effect::Forbid && among(&self.publishers, &subject.publishers);
        let by_key = among(&self.publishers, std::slice::from_ref(&subject.signer));
        app && (by_name || by_key) && among(&self.categories, subject.app_category.as_slice())
    }

    fn names(&self, permission: &str) -> bool {
        // What the platform does for an app itself is forbidden by name only: no permission at all is no reason not to run.
        let all = !PlatformAct::is_name(permission);
        self.permissions.iter().any(|name| (all && name == "*") || name == permission)
    }
}

/// Whether an operator's pattern is the app's id, or begins it and ends with `*`. Case does not count.
#[must_use]
pub fn names_app(pattern: &str, app_id: &str) -> bool {
    let (pattern, app_id) = (pattern.to_ascii_lowercase(), app_id.to_ascii_lowercase());
    pattern.strip_suffix('*').map_or(pattern == app_id, |start| app_id.starts_with(start))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_would_not_do_what_it_says_is_refused() {
        let read = |text: &str| Policy::from_json(text.as_bytes()).unwrap_err().to_string();
        assert!(read("{").contains("can't be read"));
        assert!(read(r#"{"rules": [{"id": "a", "effect": "forbid", "permission": ["*"]}]}"#).contains("permission"));
        assert!(read(r#"{"rules": [{"id": "a", "effect": "forbid"}]}"#).contains("names no permissions"));
        let unknown = r#"{"rules": [{"id": "a", "effect": "forbid", "permissions": ["scope.location"]}]}"#;
        assert!(read(unknown).contains("`scope.location`"));
        let gift = r#"{"rules": [{"id": "a", "effect": "grant", "permissions": ["app.network"]}]}"#;
        assert!(read(gift).contains("gives `app.network`"));
        let twice = r#"{"rules": [{"id": "a", "effect": "forbid", "permissions": ["*"]},
            {"id": "a", "effect": "grant", "permissions": ["*"]}]}"#;
        assert!(read(twice).contains("two rules"));
    }
}
