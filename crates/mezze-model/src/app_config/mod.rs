//! `config/app.json` of a package: the common form that every dialect is compiled to.
//!
//! These types mirror `web/runtime/protocol/config.ts` member by member (same names in camel case, absent where the
//! TypeScript member is optional, `null` where it says so). A test reads that file and fails where they differ.

mod page;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use page::{ComponentConfig, NavigationStyle, PageConfig, PageOrientation, Renderer, StyleIsolation, WindowConfig};

use crate::{AppId, Origins, VersionName};

/// Path of the configuration in a package.
pub const APP_CONFIG_PATH: &str = "config/app.json";

/// The compiled configuration of an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppConfig {
    /// Always [`AppConfig::FORMAT`].
    pub format: u32,
    pub app_id: AppId,
    pub version: VersionName,
    pub namespace: Namespace,
    /// Page opened when a launch names none; always a key of `pages`.
    pub entry_page: String,
    /// Every page in declared order, subpackage pages included.
    pub pages: IndexMap<String, PageConfig>,
    /// Every custom component reachable from a page or from the global list.
    pub components: BTreeMap<String, ComponentConfig>,
    /// Components every page and component may use: tag name to component path.
    pub global_components: BTreeMap<String, String>,
    /// Window defaults for all pages.
    pub window: WindowConfig,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tab_bar: Option<TabBarConfig>,
    /// Code packages, the main package (root `""`) first.
    pub packages: Vec<CodePackage>,
    pub preload_rule: BTreeMap<String, PreloadRule>,
    pub network_timeout: NetworkTimeout,
    /// Scope to the maker's reason.
    pub permission: BTreeMap<String, PermissionReason>,
    pub required_private_infos: Vec<String>,
    pub required_background_modes: Vec<String>,
    /// Theme variables for each colour scheme.
    pub themes: Themes,
    pub dark_mode: bool,
    pub component_style: ComponentStyle,
    /// Names of `data-` attributes that style sheets select by: the page shows these, and only these, as attributes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styled_data: Vec<String>,
    /// Contents of `ext.json`'s `ext` member.
    pub ext: serde_json::Map<String, serde_json::Value>,
    pub origins: Origins,
    /// Plugins that are built into the package, by the name that the app gives them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plugins: BTreeMap<String, PluginConfig>,
}

impl AppConfig {
    /// The format that this build reads and writes.
    pub const FORMAT: u32 = 1;
}

/// API namespace handed to the app's modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Namespace {
    Wx,
    My,
    Tt,
    Swan,
    Qq,
    Ks,
    Mezze,
}

impl Namespace {
    /// The name as scripts see it, for example `wx`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wx => "wx",
            Self::My => "my",
            Self::Tt => "tt",
            Self::Swan => "swan",
            Self::Qq => "qq",
            Self::Ks => "ks",
            Self::Mezze => "mezze",
        }
    }
}

/// `v2` selects the newer look of the built-in components.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComponentStyle {
    #[default]
    V1,
    V2,
}

/// Packages to fetch when a page is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreloadRule {
    pub packages: Vec<String>,
    pub network: PreloadNetwork,
}

/// On which networks a preload happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PreloadNetwork {
    All,
    #[default]
    Wifi,
}

/// Time limits in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkTimeout {
    pub request: u32,
    pub connect_socket: u32,
    pub upload_file: u32,
    pub download_file: u32,
}

impl Default for NetworkTimeout {
    fn default() -> Self {
        Self { request: 60_000, connect_socket: 60_000, upload_file: 60_000, download_file: 60_000 }
    }
}

/// The maker's reason for a permission scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionReason {
    pub desc: String,
}

/// Theme variables by name, for each colour scheme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Themes {
    pub light: BTreeMap<String, String>,
    pub dark: BTreeMap<String, String>,
}

/// The tab bar that the shell draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TabBarConfig {
    pub color: String,
    pub selected_color: String,
    pub background_color: String,
    /// `black`, `white` or a theme variable.
    pub border_style: String,
    pub position: TabBarPosition,
    /// True where the app draws its own (`custom-tab-bar`).
    pub custom: bool,
    pub list: Vec<TabBarItem>,
}

/// Where the tab bar stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TabBarPosition {
    #[default]
    Bottom,
    Top,
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TabBarItem {
    pub page_path: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selected_icon_path: Option<String>,
}

/// A plugin: a code space of its own, with its own root, inside the main package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluginConfig {
    /// Folder that the plugin's paths start from.
    pub root: String,
    /// App id of its maker.
    pub provider: String,
    /// Module that `requirePlugin` gives, without extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<String>,
    /// Public name to page path.
    pub pages: BTreeMap<String, String>,
    /// Public name to component path.
    pub components: BTreeMap<String, String>,
    /// Module of the app that `requireMiniProgram` gives the plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<String>,
    /// What the plugin's own code may reach, where its `mezze.json` says so; the app's origins hold these too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origins: Option<Origins>,
}

/// A main package or subpackage: what is loaded together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePackage {
    pub root: String,
    pub name: String,
    pub independent: bool,
    pub pages: Vec<String>,
    /// Script files in load order.
    pub scripts: Vec<ScriptFile>,
    /// Template files, loaded after the scripts.
    pub templates: Vec<TemplateFile>,
}

/// A script file of a code package. `lines` lets a position in the joined text be mapped back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptFile {
    pub file: String,
    pub module: String,
    pub lines: u32,
}

/// A template file of a code package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFile {
    pub file: String,
    pub lines: u32,
}
