//! `tabBar` of `app.json`.

use mezze_model::app_config::{TabBarConfig, TabBarItem, TabBarPosition};
use serde_json::{Map, Value};

use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::DeclaredPage;
use crate::project::{Sources, paths};

pub fn read(
    file: &JsonFile,
    pages: &[DeclaredPage],
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<TabBarConfig> {
    let tab_bar = file.object("tabBar")?;
    let text = |name: &str, default: &str| tab_bar.get(name).and_then(Value::as_str).unwrap_or(default).to_owned();
    let items = tab_bar.get("list").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut list = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let Some(item) = item.as_object() else { continue };
        list.extend(read_item(file, item, index, pages, sources, findings));
    }
    if list.is_empty() {
        return None;
    }
    Some(TabBarConfig {
        color: text("color", "#7f8389"),
        selected_color: text("selectedColor", "#3cc51f"),
        background_color: text("backgroundColor", "#ffffff"),
        border_style: text("borderStyle", "black"),
        position: if text("position", "bottom") == "top" { TabBarPosition::Top } else { TabBarPosition::Bottom },
        custom: tab_bar.get("custom").is_some_and(super::values::boolean),
        list,
    })
}

fn read_item(
    file: &JsonFile,
    item: &Map<String, Value>,
    index: usize,
    pages: &[DeclaredPage],
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Option<TabBarItem> {
    let index = index.to_string();
    let place = |name: &'static str| ["tabBar", "list", &index, name].map(str::to_owned);
    let written = item.get("pagePath").and_then(Value::as_str).unwrap_or_default();
    let page_path = paths::without_extension(&paths::resolve("", written)).to_owned();
    if !pages.iter().any(|page| page.path == page_path) {
        let place = place("pagePath");
        findings
            .push(file.place(catalog::tab_is_not_a_page(&file.file, written), &place.each_ref().map(String::as_str)));
        return None;
    }
    let mut icon = |name: &'static str| {
        let written = item.get(name).and_then(Value::as_str).filter(|icon| !icon.is_empty())?;
        if written.starts_with('@') || written.starts_with("data:") {
            // A theme variable, resolved by the host.
            return Some(written.to_owned());
        }
        let path = paths::resolve("", written);
        if !sources.exists(&path) {
            let place = place(name);
            findings.push(file.place(catalog::missing_file(&file.file, &path), &place.each_ref().map(String::as_str)));
        }
        Some(path)
    };
    Some(TabBarItem {
        icon_path: icon("iconPath"),
        selected_icon_path: icon("selectedIconPath"),
        text: item.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        page_path,
    })
}
