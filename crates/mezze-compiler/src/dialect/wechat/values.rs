//! Reading members of configuration objects whatever type their makers gave them.

use std::collections::BTreeMap;

use mezze_model::app_config::{Renderer, WindowConfig};
use serde_json::{Map, Value};

use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::{ComponentReference, LayoutDefaults};

/// Settings that a page may give its window.
const WINDOW: &[&str] = &[
    "navigationBarTitleText",
    "navigationBarBackgroundColor",
    "navigationBarTextStyle",
    "navigationStyle",
    "backgroundColor",
    "backgroundColorTop",
    "backgroundColorBottom",
    "backgroundTextStyle",
    "enablePullDownRefresh",
    "onReachBottomDistance",
    "pageOrientation",
    "disableScroll",
    "homeButton",
    "initialRenderingCache",
    "restartStrategy",
];

/// `"renderer": "skyline"`.
pub fn renderer(members: &Map<String, Value>) -> Option<Renderer> {
    match members.get("renderer")?.as_str()? {
        "skyline" => Some(Renderer::Skyline),
        "webview" => Some(Renderer::Webview),
        _ => None,
    }
}

/// `"rendererOptions": {"skyline": {"defaultDisplayBlock": true, "defaultContentBox": true}}`.
pub fn layout(members: &Map<String, Value>) -> LayoutDefaults {
    let options = members.get("rendererOptions").and_then(|options| options.get("skyline"));
    let flag = |name: &str| options.and_then(|options| options.get(name)).map(boolean);
    LayoutDefaults { display_block: flag("defaultDisplayBlock"), content_box: flag("defaultContentBox") }
}

/// The window settings among the members of an object of the file (`place` is the way to it), with booleans and
/// numbers given as text put right and values that mean nothing left out.
pub fn window(file: &JsonFile, place: &[&str], findings: &mut Vec<Diagnostic>) -> WindowConfig {
    let holder = place.iter().try_fold(&file.value, |object, step| object.get(*step)?.as_object());
    let Some(members) = holder else { return WindowConfig::default() };
    let mut window = Map::new();
    for name in WINDOW {
        let Some(value) = members.get(*name) else { continue };
        let alone = Map::from_iter([((*name).to_owned(), tidy(name, value))]);
        if serde_json::from_value::<WindowConfig>(Value::Object(alone.clone())).is_ok() {
            window.extend(alone);
        } else {
            let place: Vec<&str> = place.iter().copied().chain([*name]).collect();
            findings.push(file.place(catalog::meaningless_value(&file.file, name, value), &place));
        }
    }
    serde_json::from_value(Value::Object(window)).unwrap_or_default()
}

fn tidy(name: &str, value: &Value) -> Value {
    match (name, value) {
        ("enablePullDownRefresh" | "disableScroll" | "homeButton", value) => Value::Bool(boolean(value)),
        ("onReachBottomDistance", Value::String(text)) => {
            text.trim_end_matches("px").trim().parse::<u32>().map_or_else(|_| value.clone(), Value::from)
        }
        ("onReachBottomDistance", Value::Number(number)) => {
            number.as_f64().map_or_else(|| value.clone(), |number| Value::from(number.max(0.0).round() as u32))
        }
        ("navigationBarTitleText", Value::Number(number)) => Value::String(number.to_string()),
        (_, value) => value.clone(),
    }
}

/// Truth as the original host takes it: `"true"` counts.
pub fn boolean(value: &Value) -> bool {
    match value {
        Value::Bool(truth) => *truth,
        Value::String(text) => text == "true",
        _ => false,
    }
}

/// A member that is a list of strings.
pub fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// A member that maps names to strings.
pub fn string_map(value: Option<&Value>) -> BTreeMap<String, String> {
    let members = value.and_then(Value::as_object).into_iter().flatten();
    members.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

/// `usingComponents` and objects of its kind.
pub fn component_references(file: &JsonFile, member: &str, findings: &mut Vec<Diagnostic>) -> Vec<ComponentReference> {
    let mut references = Vec::new();
    for (tag, value) in file.object(member).into_iter().flatten() {
        let place = vec![member.to_owned(), tag.clone()];
        match value.as_str() {
            Some(written) => {
                references.push(ComponentReference { tag: tag.clone(), written: written.to_owned(), place })
            }
            None => findings.push(file.place(catalog::component_path_not_text(&file.file, tag), &[member, tag])),
        }
    }
    references
}
