//! `docs/reference/components/*.md`: one page a group of components.

use super::Output;
use super::reference_pages::{NOTE, support_mark};
use mezze_api::{Attribute, Catalog, Component};
use std::fmt::Write as _;

pub const FOLDER: &str = "docs/reference/components";

pub fn generate(catalog: &Catalog) -> Vec<Output> {
    let mut outputs = vec![Output { path: format!("{FOLDER}/README.md"), text: index(catalog) }];
    for group in &catalog.component_groups {
        let mut text = format!("{NOTE}# {}\n\n{}\n", group.title, group.summary);
        for component in catalog.components.iter().filter(|component| component.group == group.name) {
            text.push_str(&section(component));
        }
        outputs.push(Output { path: format!("{FOLDER}/{}.md", group.name), text });
    }
    outputs
}

fn index(catalog: &Catalog) -> String {
    let mut text = format!(
        "{NOTE}# Component reference\n\nEach also takes `style`, `class`, `id`, `hidden`, `data-*` and the events of touches and animations.\n"
    );
    for group in &catalog.component_groups {
        let _ = writeln!(text, "\n## [{}]({}.md)\n\n{}\n", group.title, group.name, group.summary);
        text.push_str("| component | web | attributes on the web | events on the web |\n|---|---|---|---|\n");
        for component in catalog.components.iter().filter(|component| component.group == group.name) {
            let _ = writeln!(
                text,
                "| [`{tag}`]({}.md#{tag}) | {} | {} of {} | {} of {} |",
                group.name,
                support_mark(component.web),
                component.attributes_on_the_web().count(),
                component.attributes.len(),
                component.events_on_the_web().count(),
                component.events.len(),
                tag = component.tag,
            );
        }
    }
    text
}

fn section(component: &Component) -> String {
    let mut text = format!("\n## {}\n\n{}\n\nweb: {}\n", component.tag, component.summary, support_mark(component.web));
    if !component.attributes.is_empty() {
        text.push_str("\n| attribute | type | default | values | web |\n|---|---|---|---|---|\n");
    }
    for attribute in &component.attributes {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} |",
            attribute.name,
            attribute.type_names.replace('|', " or "),
            attribute.default.as_ref().map(|default| format!("`{default}`")).unwrap_or_default(),
            values(attribute),
            support_mark(attribute.web),
        );
    }
    if !component.events.is_empty() {
        text.push_str("\n| event | web |\n|---|---|\n");
    }
    for event in &component.events {
        let _ = writeln!(text, "| `bind{}` | {} |", event.name, support_mark(event.web));
    }
    text
}

/// Allowed values; those that the web host leaves out in brackets.
fn values(attribute: &Attribute) -> String {
    let values: Vec<String> = attribute
        .values
        .iter()
        .map(|value| if attribute.not_on_web.contains(value) { format!("(`{value}`)") } else { format!("`{value}`") })
        .collect();
    values.join(", ")
}
