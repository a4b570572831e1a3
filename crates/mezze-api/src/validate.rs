//! What must hold across the catalog and can't be said by its types.

use crate::catalog::Catalog;
use crate::model::{Api, Arguments, Component, Field, Kind, Support, ValueType};
use std::collections::BTreeSet;
use std::fmt;

/// The dialects an API may have another name in.
const DIALECTS: [&str; 7] = ["wx", "my", "tt", "swan", "qq", "ks", "mezze"];

/// Something the catalog says that can't be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// API and, after a dot, the field.
    pub place: String,
    pub problem: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "  {}: {}", self.place, self.problem)
    }
}

pub(crate) fn validate(catalog: &Catalog) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut names = BTreeSet::new();
    for api in &catalog.apis {
        for name in std::iter::once(&api.name).chain(&api.off) {
            if !names.insert(name.clone()) {
                report(&mut findings, name, "is described twice");
            }
        }
        check_api(&api.name, api, &mut findings);
        if let Some((namespace, _)) = api.name.split_once('.')
            && !catalog.apis.iter().any(|other| other.name == namespace && other.kind == Kind::Value)
        {
            report(&mut findings, &api.name, "is in a namespace that is not described as a value");
        }
        check_object(catalog, &api.name, api, &mut findings);
    }
    check_objects(catalog, &mut findings);
    let mut tags = BTreeSet::new();
    for component in &catalog.components {
        if !tags.insert(&component.tag) {
            report(&mut findings, &component.tag, "is described twice");
        }
        check_component(component, &mut findings);
    }
    for group in &catalog.errors {
        let mut numbers = BTreeSet::new();
        for error in &group.errors {
            if !numbers.insert(error.number) {
                report(&mut findings, &format!("{} {}", group.name, error.number), "is described twice");
            }
        }
    }
    findings
}

fn check_component(component: &Component, findings: &mut Vec<Finding>) {
    let mut names = BTreeSet::new();
    for attribute in &component.attributes {
        let place = format!("{}.{}", component.tag, attribute.name);
        if !names.insert(attribute.name.clone()) {
            report(findings, &place, "is described twice");
        }
        for name in attribute.type_names.split('|') {
            if ValueType::from_name(name).is_none() {
                report(findings, &place, &format!("has the unknown type `{name}`"));
            }
        }
        for value in &attribute.not_on_web {
            if !attribute.values.contains(value) {
                report(findings, &place, &format!("names `{value}` as not on the web, which is not among its values"));
            }
        }
    }
    for event in &component.events {
        if !names.insert(format!("bind{}", event.name)) {
            report(findings, &format!("{}.bind{}", component.tag, event.name), "is described twice");
        }
    }
}

fn check_objects(catalog: &Catalog, findings: &mut Vec<Finding>) {
    let mut names = BTreeSet::new();
    for object in &catalog.objects {
        if !names.insert(&object.name) {
            report(findings, &object.name, "is described twice");
        }
        if !object.summary.ends_with('.') {
            report(findings, &object.name, "has a summary that is not a sentence");
        }
        check_fields(&object.name, &object.properties, findings);
        check_field_objects(catalog, &object.name, &object.properties, findings);
        let mut members = BTreeSet::new();
        for method in &object.methods {
            let place = format!("{}.{}", object.name, method.name);
            if !members.insert(&method.name) {
                report(findings, &place, "is described twice");
            }
            check_api(&place, method, findings);
            check_object(catalog, &place, method, findings);
        }
    }
}

fn check_object(catalog: &Catalog, place: &str, api: &Api, findings: &mut Vec<Finding>) {
    check_field_objects(catalog, place, &api.parameters, findings);
    check_field_objects(catalog, place, &api.results, findings);
    if let Some(name) = &api.object
        && catalog.object(name).is_none()
    {
        report(findings, place, &format!("gives the object `{name}`, which is not described"));
    }
}

fn check_field_objects(catalog: &Catalog, place: &str, fields: &[Field], findings: &mut Vec<Finding>) {
    for field in fields {
        let place = format!("{place}.{}", field.name);
        if let Some(name) = &field.object
            && catalog.object(name).is_none()
        {
            report(findings, &place, &format!("is the object `{name}`, which is not described"));
        }
        check_field_objects(catalog, &place, &field.fields, findings);
    }
}

fn check_api(place: &str, api: &Api, findings: &mut Vec<Finding>) {
    if api.kind == Kind::Event && !api.name.rsplit('.').next().is_some_and(|name| name.starts_with("on")) {
        report(findings, place, "is an event, so its name starts with `on`");
    }
    if api.kind != Kind::Event && api.event.is_some() {
        report(findings, place, "has an event message and is not an event");
    }
    if (api.kind == Kind::Task) == api.task_methods.is_empty() {
        report(findings, place, "has task methods if and only if it is a task");
    }
    if api.returns.is_some() && api.kind != Kind::Sync {
        report(findings, place, "returns a value and is not synchronous");
    }
    if api.kind == Kind::Sync && api.gesture {
        report(findings, place, "is synchronous, so it can't wait for the proof of a gesture");
    }
    if api.takes == Arguments::Callback && api.parameters.len() > 1 {
        report(findings, place, "takes a callback and other parameters");
    }
    if let Some(scope) = &api.scope
        && !scope.starts_with("scope.")
    {
        report(findings, place, "has a scope that is not `scope.NAME`");
    }
    if api.hosts.web == Support::No && api.hosts.desktop == Support::No {
        report(findings, place, "can never be carried out anywhere");
    }
    for dialect in api.names.keys() {
        if !DIALECTS.contains(&dialect.as_str()) {
            report(findings, place, &format!("is named in the unknown dialect `{dialect}`"));
        }
    }
    check_fields(place, &api.parameters, findings);
    check_fields(place, &api.results, findings);
    let mut optional_seen = false;
    for field in &api.parameters {
        if api.takes == Arguments::Positional && field.required && optional_seen {
            report(findings, place, "has a required argument after an optional one");
        }
        optional_seen |= !field.required;
    }
}

fn check_fields(place: &str, fields: &[Field], findings: &mut Vec<Finding>) {
    let mut names = BTreeSet::new();
    for field in fields {
        let place = format!("{place}.{}", field.name);
        if !names.insert(&field.name) {
            report(findings, &place, "is there twice");
        }
        if !field.summary.ends_with('.') {
            report(findings, &place, "has a summary that is not a sentence");
        }
        for type_names in std::iter::once(&field.type_names).chain(&field.items) {
            for name in type_names.split('|') {
                if ValueType::from_name(name).is_none() {
                    report(findings, &place, &format!("has the unknown type `{name}`"));
                }
            }
        }
        let types = field.types();
        if field.items.is_some() && !types.contains(&ValueType::Array) {
            report(findings, &place, "has items and is not an array");
        }
        if field.required && field.default.is_some() {
            report(findings, &place, "is required and has a default");
        }
        if !field.item_values.is_empty() && field.items.is_none() {
            report(findings, &place, "has values of items and does not say what its items are");
        }
        if (field.min.is_some() || field.max.is_some()) && !types.contains(&ValueType::Number) {
            report(findings, &place, "has a smallest or largest value and is not a number");
        }
        for value in field.values.iter().chain(&field.default) {
            if !types.iter().any(|kind| fits(*kind, value)) {
                report(findings, &place, &format!("has the value {value}, which is of another type"));
            }
        }
        if let Some(default) = &field.default
            && !field.values.is_empty()
            && !field.values.contains(default)
        {
            report(findings, &place, "has a default that is not allowed");
        }
        check_fields(&place, &field.fields, findings);
    }
}

fn fits(kind: ValueType, value: &toml::Value) -> bool {
    match kind {
        ValueType::Any => true,
        ValueType::Text => value.is_str(),
        ValueType::Number => value.is_integer() || value.is_float(),
        ValueType::Boolean => value.is_bool(),
        ValueType::Object => value.is_table(),
        ValueType::Array => value.is_array(),
        ValueType::Function | ValueType::Bytes => false,
    }
}

fn report(findings: &mut Vec<Finding>, place: &str, problem: &str) {
    findings.push(Finding { place: place.to_owned(), problem: problem.to_owned() });
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at its first failure")]

    use crate::catalog::{Catalog, CatalogFailure, Files};
    use crate::model::{Kind, Support, ValueType};

    const NOTHING_DECLARED: &str = "call = []\nsync = []\nevent = []\ntask = []\nvalue = []\n";
    const FAMILY: &str = "family = 'dish'\ntitle = 'Dish'\nsummary = 'Dishes.'\ncarrier = 'shell'\n\
                          hosts = { web = 'carried', headless = 'declared', desktop = 'carried' }\n";

    /// The catalog of one family with these entries.
    fn parse(entries: &str) -> Result<Catalog, CatalogFailure> {
        let text = format!("{FAMILY}{entries}");
        Catalog::parse(Files { families: &[("dish.toml", &text)], declared: NOTHING_DECLARED, ..Files::default() })
    }

    /// What the validation says of these entries.
    fn findings(entries: &str) -> Vec<String> {
        match parse(entries) {
            Ok(_) => Vec::new(),
            Err(CatalogFailure::Invalid(findings)) => findings.iter().map(|finding| finding.to_string()).collect(),
            Err(other) => vec![other.to_string()],
        }
    }

    #[test]
    fn the_catalog_of_this_release_is_valid() {
        let catalog = Catalog::load().unwrap();
        let request = catalog.find("request").unwrap();
        assert_eq!((request.kind, request.hosts.web), (Kind::Task, Support::Carried));
        assert_eq!(catalog.declared.get("createGridAd"), Some(&Kind::Sync));
        assert!(catalog.objects.iter().any(|object| object.name == "FileSystemManager"));
        assert!(!catalog.declared.contains_key("request"), "what a family describes is not declared again");
        assert!(!catalog.declared.contains_key("offThemeChange"), "nor is the `off` of a described event");
    }

    #[test]
    fn a_family_fills_in_what_an_entry_leaves_out() {
        let catalog = parse("[[api]]\nname = 'onServed'\nkind = 'event'\nsummary = 'Served.'\n").unwrap();
        let api = catalog.find("onServed").unwrap();
        assert_eq!(api.off.as_deref(), Some("offServed"));
        assert_eq!(api.hosts.headless, Support::Declared);
    }

    #[test]
    fn a_shape_includes_what_stands_before_it() {
        let catalog = parse(
            "[[shape]]\nname = 'Small'\nfields = [{ name = 'salt', type = 'number', summary = 'Salt.' }]\n\
             [[shape]]\nname = 'Large'\nincludes = ['Small']\nfields = []\n\
             [[api]]\nname = 'taste'\nkind = 'call'\nsummary = 'Tastes.'\nshape = 'Large'\n",
        );
        assert_eq!(catalog.unwrap().find("taste").unwrap().results[0].types(), [ValueType::Number]);
    }

    #[test]
    fn an_unknown_shape_is_named() {
        assert_eq!(
            findings("[[api]]\nname = 'taste'\nkind = 'call'\nsummary = 'Tastes.'\nshape = 'Nothing'\n"),
            ["dish.toml: taste names the shape Nothing, which the file does not define"]
        );
    }

    #[test]
    fn contradictions_are_all_named() {
        let entries = "[[api]]\nname = 'serve'\nkind = 'sync'\ngesture = true\nsummary = 'Serves.'\nparameters = [\n\
                       { name = 'guest', type = 'person', summary = 'Guest.' },\n\
                       { name = 'count', type = 'number', required = true, default = 'two', summary = 'no sentence' },\n]\n\
                       [[api]]\nname = 'serve'\nkind = 'task'\nsummary = 'Serves.'\nnames = { xx = 'other' }\n";
        assert_eq!(
            findings(entries),
            [
                "  serve: is synchronous, so it can't wait for the proof of a gesture",
                "  serve.guest: has the unknown type `person`",
                "  serve.count: has a summary that is not a sentence",
                "  serve.count: is required and has a default",
                "  serve.count: has the value \"two\", which is of another type",
                "  serve: has a required argument after an optional one",
                "  serve: is described twice",
                "  serve: has task methods if and only if it is a task",
                "  serve: is named in the unknown dialect `xx`",
            ]
        );
    }
}
