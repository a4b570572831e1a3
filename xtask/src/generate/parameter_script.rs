//! Parameters of an API as TypeScript data: what the runtime checks and fills in.

use mezze_api::Field;
use serde_json::{Map, Value, json};

/// `{ name: 'url', types: ['string'], required: true }`
pub fn parameter(field: &Field) -> String {
    let mut members = Map::new();
    members.insert("name".to_owned(), json!(field.name));
    let types: Vec<&str> = field.types().iter().map(|kind| kind.name()).collect();
    members.insert("types".to_owned(), json!(types));
    if field.required {
        members.insert("required".to_owned(), json!(true));
    }
    if let Some(default) = &field.default {
        members.insert("default".to_owned(), value(default));
    }
    if !field.values.is_empty() {
        let values: Vec<Value> = field.values.iter().map(value).collect();
        members.insert("values".to_owned(), Value::Array(values));
    }
    if !field.item_values.is_empty() {
        let values: Vec<Value> = field.item_values.iter().map(value).collect();
        members.insert("itemValues".to_owned(), Value::Array(values));
    }
    for (name, bound) in [("min", field.min), ("max", field.max)] {
        if let Some(bound) = bound {
            members.insert(name.to_owned(), json!(bound));
        }
    }
    literal(&Value::Object(members))
}

fn value(value: &toml::Value) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// JSON as a TypeScript literal: bare member names, single quotes.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name}: {}", literal(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        other => other.to_string(),
    }
}
