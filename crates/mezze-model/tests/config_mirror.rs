//! `AppConfig` and `web/runtime/protocol/config.ts` say the same: each interface's members, which of them may be
//! absent, and the words of each union. The TypeScript file is the contract; this fails where the Rust types drift.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use mezze_model::app_config::{
    AppConfig, CodePackage, ComponentConfig, NavigationStyle, PageConfig, PageOrientation, PluginConfig,
    StyleIsolation, TabBarConfig, WindowConfig,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

fn typescript() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/runtime/protocol/config.ts");
    std::fs::read_to_string(path).unwrap()
}

/// Member name to "may be absent", for one interface (its parent's members not included).
fn members_of(interface: &str) -> BTreeMap<String, bool> {
    let source = typescript();
    let start = source.find(&format!("export interface {interface} ")).unwrap();
    let body = &source[start..][..source[start..].find("\n}").unwrap()];
    let mut members = BTreeMap::new();
    for line in body.lines().skip(1) {
        // Members stand two spaces in; comments and nested lines are something else.
        let Some((name, _)) = line.strip_prefix("  ").and_then(|line| line.split_once(':')) else { continue };
        if name.chars().all(|character| character.is_ascii_alphanumeric() || character == '?') {
            members.insert(name.trim_end_matches('?').to_owned(), name.ends_with('?'));
        }
    }
    assert!(!members.is_empty(), "{interface}");
    members
}

/// Checks a value that has every member: its names are the interface's, and exactly the optional ones can be left out.
#[track_caller]
fn assert_mirrors<T: Serialize + DeserializeOwned>(members: &BTreeMap<String, bool>, full: &Value) {
    let parsed: T = serde_json::from_value(full.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&parsed).unwrap(), full, "comes back as it was");
    let object = full.as_object().unwrap();
    let names: Vec<&String> = members.keys().collect();
    let mut written: Vec<&String> = object.keys().collect();
    written.sort();
    assert_eq!(written, names);
    for (name, optional) in members {
        let rest: Map<String, Value> =
            object.iter().filter(|(key, _)| *key != name).map(|(key, value)| (key.clone(), value.clone())).collect();
        match serde_json::from_value::<T>(Value::Object(rest.clone())) {
            // A member that is left out is not written either.
            Ok(without) if *optional => {
                assert_eq!(serde_json::to_value(&without).unwrap(), Value::Object(rest), "without {name}");
            }
            // `null` is a value of its own in `styleScope`; serde reads an absent member as null.
            Ok(without) => assert_eq!(serde_json::to_value(&without).unwrap()[name], Value::Null, "{name} is required"),
            Err(_) => assert!(!optional, "{name} may be absent"),
        }
    }
}

fn window() -> Value {
    json!({
        "navigationBarTitleText": "Menu", "navigationBarBackgroundColor": "@bar", "navigationBarTextStyle": "white",
        "navigationStyle": "custom", "backgroundColor": "#fff", "backgroundColorTop": "#fff",
        "backgroundColorBottom": "#fff", "backgroundTextStyle": "dark", "enablePullDownRefresh": true,
        "onReachBottomDistance": 50, "pageOrientation": "auto", "disableScroll": false, "homeButton": true,
        "initialRenderingCache": "static", "restartStrategy": "homePage"
    })
}

fn component() -> Value {
    json!({
        "package": "", "usingComponents": {"van-button": "components/button/index"},
        "componentGenerics": {"item": null, "row": "components/row/index"}, "componentPlaceholder": {"a": "view"},
        "component": true, "styleIsolation": "page-apply-shared", "addGlobalClass": true, "virtualHost": false,
        "pureDataPattern": "^_", "styleScope": "s1", "hostClass": "s1--host", "hasScript": true, "hasTemplate": true
    })
}

fn page() -> Value {
    let mut page = component();
    page["window"] = window();
    page["renderer"] = json!("skyline");
    page["defaultDisplayBlock"] = json!(true);
    page["defaultContentBox"] = json!(false);
    page["styles"] = json!(["style/app.css", "style/pages/index/index.css"]);
    page
}

fn tab_bar() -> Value {
    json!({
        "color": "#000", "selectedColor": "#f00", "backgroundColor": "#fff", "borderStyle": "black",
        "position": "bottom", "custom": false,
        "list": [
            {"pagePath": "pages/index/index", "text": "Menu", "iconPath": "a.png", "selectedIconPath": "b.png"},
            {"pagePath": "pages/me/me", "text": "Me"}
        ]
    })
}

fn code_package() -> Value {
    json!({
        "root": "", "name": "", "independent": false, "pages": ["pages/index/index"],
        "scripts": [{"file": "script/app.js", "module": "app.js", "lines": 3}],
        "templates": [{"file": "template/_runtime.js", "lines": 1}]
    })
}

fn plugin() -> Value {
    json!({
        "root": "__plugin__/local", "provider": "wx1", "main": "__plugin__/local/index",
        "pages": {"hello": "__plugin__/local/pages/hello"}, "components": {"card": "__plugin__/local/components/card"},
        "export": "exports", "origins": origins()
    })
}

fn origins() -> Value {
    json!({
        "request": ["https://api.example.org"], "upload": [], "download": [], "socket": ["wss://live.example.org"],
        "media": ["*"], "webview": []
    })
}

fn app() -> Value {
    json!({
        "format": 1, "appId": "org.example.menu", "version": "1.2.0", "namespace": "wx",
        "entryPage": "pages/index/index", "pages": {"pages/z": page(), "pages/index/index": page()},
        "components": {"components/button/index": component()}, "globalComponents": {"app-bar": "components/bar"},
        "window": window(), "tabBar": tab_bar(), "packages": [code_package()],
        "preloadRule": {"pages/index/index": {"packages": ["shop"], "network": "all"}},
        "networkTimeout": {"request": 1, "connectSocket": 2, "uploadFile": 3, "downloadFile": 4},
        "permission": {"scope.userLocation": {"desc": "to find you"}}, "requiredPrivateInfos": ["getLocation"],
        "requiredBackgroundModes": ["audio"], "themes": {"light": {"bar": "#fff"}, "dark": {"bar": "#000"}},
        "darkMode": true, "componentStyle": "v2", "styledData": ["weui-theme"], "ext": {"any": [1, {"thing": null}]},
        "origins": origins(),
        "plugins": {"hello": plugin()}
    })
}

#[test]
fn every_interface_has_its_members() {
    assert_mirrors::<WindowConfig>(&members_of("WindowConfig"), &window());
    assert_mirrors::<ComponentConfig>(&members_of("ComponentConfig"), &component());
    assert_mirrors::<TabBarConfig>(&members_of("TabBarConfig"), &tab_bar());
    assert_mirrors::<CodePackage>(&members_of("CodePackage"), &code_package());
    assert_mirrors::<AppConfig>(&members_of("AppConfig"), &app());
    assert_mirrors::<PluginConfig>(&members_of("PluginConfig"), &plugin());
    let mut page_members = members_of("ComponentConfig");
    page_members.extend(members_of("PageConfig"));
    assert_mirrors::<PageConfig>(&page_members, &page());
}

#[test]
fn a_style_without_scope_is_written_as_null() {
    let written = serde_json::to_value(ComponentConfig::default()).unwrap();
    assert_eq!(written.get("styleScope"), Some(&Value::Null));
    assert_eq!(written.get("styleIsolation"), None);
}

#[test]
fn pages_keep_their_order() {
    let config: AppConfig = serde_json::from_value(app()).unwrap();
    assert_eq!(config.pages.keys().collect::<Vec<_>>(), ["pages/z", "pages/index/index"]);
}

/// The words of a union that is written as `name: 'a' | 'b';`.
fn union_of(name: &str) -> Vec<String> {
    let source = typescript();
    let start = source.find(name).unwrap_or_else(|| panic!("{name} is not there"));
    let text = &source[start..][..source[start..].find(';').unwrap()];
    let words = text.split('\'').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

#[track_caller]
fn assert_words<T: DeserializeOwned + Serialize>(union: &str) {
    for word in union_of(union) {
        let value: T = serde_json::from_value(json!(word)).unwrap_or_else(|error| panic!("{union} {word}: {error}"));
        assert_eq!(serde_json::to_value(value).unwrap(), json!(word));
    }
    assert!(serde_json::from_value::<T>(json!("no such word")).is_err());
}

#[test]
fn every_word_of_a_union_is_known() {
    assert_words::<mezze_model::app_config::Namespace>("type Namespace =");
    assert_words::<StyleIsolation>("styleIsolation?:");
    assert_words::<NavigationStyle>("navigationStyle?:");
    assert_words::<PageOrientation>("pageOrientation?:");
    assert_words::<mezze_model::app_config::TabBarPosition>("position:");
    assert_words::<mezze_model::app_config::ComponentStyle>("componentStyle:");
    assert_words::<mezze_model::app_config::PreloadNetwork>("network:");
    let uses: Vec<String> =
        mezze_model::OriginUse::ALL.iter().map(|origin_use| origin_use.as_str().to_owned()).collect();
    assert_eq!(union_of("origins: Record<"), uses);
}
