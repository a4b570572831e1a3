//! The W3C `window` resource: how the frame around an app looks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Look of the window; what is left out is the host's to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ManifestWindow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_design_width: Option<bool>,
    /// sRGB colour, for example `#ffffff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_text_style: Option<TextShade>,
    /// Width in pixels that pages are designed for; W3C's default is 750.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub design_width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_pull_down_refresh: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fullscreen: Option<bool>,
    /// sRGB colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_background_color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_text_style: Option<TextColor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_bar_title_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub navigation_style: Option<WindowNavigation>,
    /// In pixels; W3C's default is 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_reach_bottom_distance: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orientation: Option<WindowOrientation>,
}

/// Shade of the text behind a page that is pulled down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextShade {
    Light,
    Dark,
}

/// Colour of the top bar's title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextColor {
    White,
    Black,
}

/// Who draws the top bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WindowNavigation {
    Default,
    Custom,
}

/// How the app is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WindowOrientation {
    Portrait,
    Landscape,
}
