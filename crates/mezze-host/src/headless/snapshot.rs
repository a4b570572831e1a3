//! The device that the headless host says it is: a phone of common size, and nothing that differs between two machines.

use mezze_api::{Carrier, Catalog, Kind, Support};
use mezze_model::AppConfig;
use serde_json::{Value, json};

use super::tree::Viewport;

/// The level of the base library whose behaviour the runtime follows, as the web shell says it.
const BASE_LIBRARY: &str = "3.7.0";
const HOST_VERSION: &str = "8.0.50";

const SCREEN_WIDTH: f64 = 375.0;
const SCREEN_HEIGHT: f64 = 812.0;
const STATUS_BAR: f64 = 44.0;
const NAVIGATION_BAR: f64 = 44.0;
const TAB_BAR: f64 = 50.0;
const HOME_INDICATOR: f64 = 34.0;

/// Room for a page: less the bars that it has.
pub fn viewport(custom_navigation: bool, tab_bar: bool) -> Viewport {
    let top = if custom_navigation { 0.0 } else { STATUS_BAR + NAVIGATION_BAR };
    let bottom = if tab_bar { TAB_BAR + HOME_INDICATOR } else { 0.0 };
    Viewport { width: SCREEN_WIDTH, height: SCREEN_HEIGHT - top - bottom }
}

/// `WindowMetrics` of the protocol.
pub fn window(viewport: Viewport) -> Value {
    json!({
        "screenWidth": SCREEN_WIDTH, "screenHeight": SCREEN_HEIGHT,
        "windowWidth": viewport.width, "windowHeight": viewport.height,
        "screenTop": SCREEN_HEIGHT - viewport.height, "statusBarHeight": STATUS_BAR, "pixelRatio": 2,
        "safeArea": {
            "left": 0, "top": STATUS_BAR, "right": SCREEN_WIDTH, "bottom": SCREEN_HEIGHT - HOME_INDICATOR,
            "width": SCREEN_WIDTH, "height": SCREEN_HEIGHT - HOME_INDICATOR - STATUS_BAR
        }
    })
}

/// `HostSnapshot` of the protocol.
pub fn host(config: &AppConfig, catalog: &Catalog, viewport: Viewport) -> Value {
    json!({
        "device": {
            "brand": "Mezze", "model": "headless", "system": "Android 14", "platform": "android", "language": "en",
            "version": HOST_VERSION, "SDKVersion": BASE_LIBRARY, "fontSizeSetting": 17, "fontSizeScaleFactor": 1,
            "benchmarkLevel": 30, "deviceOrientation": "portrait", "enableDebug": false, "theme": "light",
            "host": { "env": "mezze", "appId": "", "version": HOST_VERSION }, "bluetoothEnabled": true,
            "locationEnabled": true, "wifiEnabled": true, "memorySize": 8192, "abi": "arm64-v8a", "cpuType": ""
        },
        "window": window(viewport),
        "menuButton": { "left": 278, "top": 48, "right": 365, "bottom": 80, "width": 87, "height": 32 },
        "theme": "light",
        "account": {
            "miniProgram": { "appId": config.app_id, "envVersion": "develop", "version": config.version }
        },
        "network": { "isConnected": true, "networkType": "wifi" },
        "carried": carried(catalog)
    })
}

/// What the bridge of this host answers: everything that some host carries out.
fn carried(catalog: &Catalog) -> Vec<&str> {
    let answered = |hosts: mezze_api::Hosts| {
        [hosts.web, hosts.desktop, hosts.headless].into_iter().any(|support| support == Support::Carried)
    };
    catalog
        .apis
        .iter()
        .filter(|api| matches!(api.kind, Kind::Call | Kind::Task | Kind::Event))
        .filter(|api| matches!(api.carrier, Carrier::Shell | Carrier::Server) || answered(api.hosts))
        .filter(|api| answered(api.hosts))
        .map(|api| api.name.as_str())
        .collect()
}
