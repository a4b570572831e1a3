//! The member `mezze` of a manifest: what a host needs beside W3C's members.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DataUse, PermissionRequest};
use crate::Origins;
use crate::app_config::{Namespace, TabBarConfig};

/// Mezze's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MezzeMembers {
    /// Layout of the package; [`MezzeMembers::FORMAT`].
    pub format: u32,
    /// Name of the API object that the app's scripts are given.
    pub namespace: Namespace,
    /// Page that opens when a launch names none; one of `pages`.
    pub entry_page: String,
    /// True for what `mezze dev` builds: any origin is allowed, and no store takes it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub development: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tab_bar: Option<ManifestTabBar>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subpackages: Vec<ManifestSubpackage>,
    /// Origins by use.
    #[serde(default)]
    pub origins: Origins,
    /// Permissions that the app asks for when it needs them, and works without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<PermissionRequest>,
    /// Categories of personal data that the app uses, with purpose and retention: its data agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataUse>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Publisher>,
    /// Where a store files it, for example `food`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

impl MezzeMembers {
    /// The package layout that this build reads and writes.
    pub const FORMAT: u32 = 1;

    /// Members with nothing but what is required.
    #[must_use]
    pub fn new(namespace: Namespace, entry_page: impl Into<String>) -> Self {
        Self {
            format: Self::FORMAT,
            namespace,
            entry_page: entry_page.into(),
            development: false,
            tab_bar: None,
            subpackages: Vec::new(),
            origins: Origins::default(),
            permissions: Vec::new(),
            data: Vec::new(),
            publisher: None,
            category: None,
        }
    }
}

/// The tab bar, as a store or a host without the app's code can draw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManifestTabBar {
    /// True where the app draws its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub custom: bool,
    pub list: Vec<ManifestTab>,
}

impl From<&TabBarConfig> for ManifestTabBar {
    fn from(config: &TabBarConfig) -> Self {
        let tab = |item: &crate::app_config::TabBarItem| ManifestTab {
            page: item.page_path.clone(),
            text: item.text.clone(),
            icon: item.icon_path.clone(),
            selected_icon: item.selected_icon_path.clone(),
        };
        Self { custom: config.custom, list: config.list.iter().map(tab).collect() }
    }
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManifestTab {
    pub page: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selected_icon: Option<String>,
}

/// A part of the app that is loaded when one of its pages is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManifestSubpackage {
    /// Folder, without a slash at the end.
    pub root: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// True where its pages open without the main package.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub independent: bool,
    /// Whole page routes, `root` included.
    pub pages: Vec<String>,
}

/// Who stands behind the app, in their own words; the signature says who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Publisher {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}
