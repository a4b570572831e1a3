//! `manifest.json`: the members of W3C MiniApp Manifest, and ours under the member `mezze`.
//!
//! Input: JSON. Output: a [`Manifest`] that keeps every rule, or all the problems at once, each with the member it is
//! about, the rule and what to do. The JSON Schema in the reference is generated from these types.
//! Reference: <https://www.w3.org/TR/miniapp-manifest/>.

mod declared;
mod extension;
mod read;
mod rules;
mod window;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use declared::{DataUse, DeclaredPermission, LocalisedText};
pub use extension::{ManifestSubpackage, ManifestTab, ManifestTabBar, MezzeMembers, Publisher};
pub use window::{ManifestWindow, TextColor, TextShade, WindowNavigation, WindowOrientation};

use crate::{AppId, Version};

/// Path of the manifest in a package.
pub const MANIFEST_PATH: &str = "manifest.json";

/// A mini app's manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Mezze mini app manifest")]
pub struct Manifest {
    /// Base direction of the texts and of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<TextDirection>,
    /// Main language, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    pub app_id: AppId,
    /// Name as people see it.
    pub name: String,
    /// Name where there is little room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Pictures of the app; may be empty, then the host draws the first letter of its name.
    pub icons: Vec<Icon>,
    pub version: Version,
    pub platform_version: PlatformVersion,
    /// Page routes, the main page first.
    pub pages: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<ManifestWindow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widgets: Vec<Widget>,
    /// Permissions that the app can't work without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub req_permissions: Vec<PermissionRequest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color_scheme: Option<ColorScheme>,
    /// Kinds of devices that the app is made for, for example `smartphone`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub device_type: Vec<String>,
    /// Mezze's own members.
    pub mezze: MezzeMembers,
}

impl Manifest {
    /// Reads and checks a manifest.
    ///
    /// # Errors
    /// The text is no JSON object, or one or more members are missing, of the wrong type or break a rule.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ManifestError> {
        read::read(bytes)
    }

    /// The rules that types alone don't say. An empty list means valid.
    #[must_use]
    pub fn validate(&self) -> Vec<ManifestProblem> {
        rules::validate(self)
    }

    /// JSON as it is written into a package: two spaces, members in declared order, a newline at the end.
    ///
    /// # Errors
    /// None in practice: every member has a JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Short name where there is one, else the name.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.name)
    }
}

/// JSON Schema (2020-12) of `manifest.json`, written to `docs/reference/manifest.schema.json`.
#[must_use]
pub fn manifest_schema() -> serde_json::Value {
    schemars::schema_for!(Manifest).to_value()
}

/// Base direction of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextDirection {
    Ltr,
    Rtl,
    Auto,
}

/// Preferred colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ColorScheme {
    Auto,
    Light,
    Dark,
}

/// A picture of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Icon {
    /// File of the package, for example `file/icon.png`.
    pub src: String,
    /// For example `48x48`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<String>,
    /// What a screen reader says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The platform that the app needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlatformVersion {
    /// Lowest platform version that the app works on.
    pub min_code: u64,
    /// The one it was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_code: Option<u64>,
    /// For example `Release` or `Beta1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_type: Option<String>,
}

/// A widget: a page that is drawn inside another place, for example the drawer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Widget {
    pub name: String,
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_code: Option<u64>,
}

/// A permission, and why the app asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermissionRequest {
    /// Scope, for example `scope.userLocation`.
    pub name: String,
    /// Shown to the user when the app asks, as the maker's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LocalisedText>,
}

/// One thing that is wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ManifestProblem {
    /// Where, for example `mezze.origins.request[0]`.
    pub member: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for ManifestProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}`: {} ({})", self.member, self.problem, self.hint)
    }
}

/// Why a manifest is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    #[error("manifest.json is not JSON: {reason}")]
    NotJson { reason: String },
    #[error("manifest.json must hold one JSON object")]
    NotAnObject,
    #[error("manifest.json has {} problem(s): {}", .problems.len(), join(.problems))]
    Invalid { problems: Vec<ManifestProblem> },
}

fn join(problems: &[ManifestProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
