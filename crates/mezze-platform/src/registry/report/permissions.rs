//! Declared permissions with the reasons that users will read.

use mezze_model::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Finding, Severity};

/// A permission that the manifest declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct DeclaredPermission {
    #[schema(example = "scope.userLocation")]
    pub(crate) name: String,
    /// The maker's words; by language where they gave several.
    pub(crate) reason: Option<Value>,
    /// Whether the mini app can't work without it.
    pub(crate) required: bool,
}

/// Required ones first, each once.
pub(super) fn declared(manifest: &Manifest) -> Vec<DeclaredPermission> {
    let manifest = serde_json::to_value(manifest).unwrap_or_default();
    let mut found: Vec<DeclaredPermission> = Vec::new();
    for (list, required) in [(&manifest["req_permissions"], true), (&manifest["mezze"]["permissions"], false)] {
        for entry in list.as_array().into_iter().flatten() {
            let name = entry["name"].as_str().unwrap_or_default().to_owned();
            if found.iter().any(|known| known.name == name) {
                continue;
            }
            let reason = entry.get("reason").filter(|reason| says_something(reason)).cloned();
            found.push(DeclaredPermission { name, reason, required });
        }
    }
    found
}

fn says_something(reason: &Value) -> bool {
    match reason {
        Value::String(text) => !text.trim().is_empty(),
        Value::Object(languages) => languages.values().any(says_something),
        _ => false,
    }
}

pub(super) fn findings(declared: &[DeclaredPermission]) -> Vec<Finding> {
    let without = declared.iter().filter(|permission| permission.reason.is_none());
    without
        .map(|permission| {
            let message = format!(
                "`{}` is declared without a reason; users are asked in the maker's words, so there must be some.",
                permission.name
            );
            Finding::new("permission-reason", Severity::Warning, message)
        })
        .collect()
}
