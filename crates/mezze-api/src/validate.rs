//! What must hold across the catalog and can't be said by its types.

use crate::catalog::Catalog;
use crate::model::{Api, Arguments, Field, Kind, Support, ValueType};
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
        check_api(api, &mut findings);
    }
    findings
}

fn check_api(api: &Api, findings: &mut Vec<Finding>) {
    let place = &api.name;
    if api.kind == Kind::Event && !api.name.starts_with("on") {
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
