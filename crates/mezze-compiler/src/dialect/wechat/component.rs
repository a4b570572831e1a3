//! Page and component JSON.

use mezze_model::app_config::StyleIsolation;
use serde_json::Value;

use super::values;
use crate::config::{self, JsonFile};
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::{ComponentDeclaration, ComponentReference};

pub fn read(file: JsonFile, findings: &mut Vec<Diagnostic>) -> ComponentDeclaration {
    let using = values::component_references(&file, "usingComponents", findings);
    ComponentDeclaration {
        component: file.value.get("component").is_some_and(values::boolean),
        using,
        generics: generics(&file),
        placeholder: values::string_map(file.value.get("componentPlaceholder")).into_iter().collect(),
        style_isolation: style_isolation(&file, findings),
        add_global_class: file.boolean("addGlobalClass"),
        virtual_host: file.boolean("virtualHost"),
        pure_data_pattern: file.string("pureDataPattern").map(str::to_owned),
        window: values::window(&file, &[], findings),
        renderer: values::renderer(&file.value),
        layout: values::layout(&file.value),
        file,
    }
}

fn style_isolation(file: &JsonFile, findings: &mut Vec<Diagnostic>) -> Option<StyleIsolation> {
    let written = file.string("styleIsolation")?;
    let known = config::style_isolation(written);
    if known.is_none() {
        findings.push(file.place(catalog::unknown_style_isolation(&file.file, written), &["styleIsolation"]));
    }
    known
}

/// `"componentGenerics": {"row": true, "cell": {"default": "./cell"}}`
fn generics(file: &JsonFile) -> Vec<(String, Option<ComponentReference>)> {
    let members = file.object("componentGenerics").into_iter().flatten();
    members
        .map(|(name, value)| {
            let default = value.get("default").and_then(Value::as_str).map(|written| ComponentReference {
                tag: name.clone(),
                written: written.to_owned(),
                place: vec!["componentGenerics".to_owned(), name.clone(), "default".to_owned()],
            });
            (name.clone(), default)
        })
        .collect()
}
