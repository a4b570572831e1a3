//! Settings of pages, components and windows in the compiled configuration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Settings a page or the app may give its window; absent members fall back to the app's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WindowConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_title_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_background_color: Option<String>,
    /// `white`, `black` or a theme variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_text_style: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_style: Option<NavigationStyle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_color_top: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_color_bottom: Option<String>,
    /// `dark`, `light` or a theme variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_text_style: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_pull_down_refresh: Option<bool>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_reach_bottom_distance: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_orientation: Option<PageOrientation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_scroll: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_button: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_rendering_cache: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart_strategy: Option<String>,
}

/// Who draws the top bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NavigationStyle {
    #[default]
    Default,
    Custom,
}

/// Which way a page may be turned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageOrientation {
    #[default]
    Portrait,
    Landscape,
    Auto,
}

/// A page: a component with a window and style sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageConfig {
    #[serde(flatten)]
    pub component: ComponentConfig,
    pub window: WindowConfig,
    /// The engine that the page is made for; nothing means [`Renderer::Webview`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renderer: Option<Renderer>,
    /// Of Skyline pages: whether boxes are laid out as blocks, as on the web, and not as columns of a flex box.
    #[serde(default, rename = "defaultDisplayBlock", skip_serializing_if = "Option::is_none")]
    pub default_display_block: Option<bool>,
    /// Of Skyline pages: whether a width is that of the content, as on the web, and not that of the border.
    #[serde(default, rename = "defaultContentBox", skip_serializing_if = "Option::is_none")]
    pub default_content_box: Option<bool>,
    /// Style sheet files of the package in cascade order.
    pub styles: Vec<String>,
}

/// Which of the original's two engines draws a page. Ours draws both; scripts and layout defaults tell them apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    #[default]
    Webview,
    Skyline,
}

/// A custom component, or the component half of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComponentConfig {
    /// Root of the code package that holds it; `""` is the main package.
    pub package: String,
    /// Tag to component path, global components not included.
    pub using_components: BTreeMap<String, String>,
    /// Generic slot name to default component path, or nothing where there is none.
    pub component_generics: BTreeMap<String, Option<String>>,
    pub component_placeholder: BTreeMap<String, String>,
    /// True for a component's JSON, false for a page.
    pub component: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style_isolation: Option<StyleIsolation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_global_class: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub virtual_host: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pure_data_pattern: Option<String>,
    /// Class prefix of its compiled style sheet; `null` where its style is not scoped.
    pub style_scope: Option<String>,
    /// Class that its style sheet uses for `:host`; logic adds it to the component's host element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_class: Option<String>,
    pub has_script: bool,
    pub has_template: bool,
}

/// How a component's classes and its user's classes see each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StyleIsolation {
    Isolated,
    ApplyShared,
    Shared,
    PageIsolated,
    PageApplyShared,
    PageShared,
}
