//! Configuration files as apps write them: JSON with comments, trailing commas and single quotes.

use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast, parse_to_serde_value};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, catalog};

/// A parsed configuration file that still knows where its members stand.
#[derive(Debug, Clone)]
pub struct JsonFile {
    /// Name for a person.
    pub file: String,
    pub source: Arc<str>,
    pub value: Map<String, Value>,
}

impl JsonFile {
    /// Parses an object; an empty file counts as an empty object.
    pub fn parse(file: &str, source: &Arc<str>) -> Result<Self, Box<Diagnostic>> {
        if let Some(place) = crate::nesting::too_deep_brackets(source) {
            return Err(Box::new(catalog::nested_too_deep(file).at(source, place)));
        }
        let parsed = parse_to_serde_value::<Option<Value>>(source, &ParseOptions::default()).map_err(|error| {
            let range = error.range();
            catalog::json_syntax(file, &error.kind().to_string()).at(source, range.start..range.end)
        })?;
        let value = match parsed.flatten_value() {
            Value::Object(members) => members,
            Value::Null => Map::new(),
            _ => return Err(Box::new(catalog::json_not_an_object(file).at(source, 0..source.len().min(1)))),
        };
        Ok(Self { file: file.to_owned(), source: Arc::clone(source), value })
    }

    /// An empty file of that name, for what is not there.
    pub fn empty(file: &str) -> Self {
        Self { file: file.to_owned(), source: Arc::from(""), value: Map::new() }
    }

    /// Byte range of the value at a path of member names and indices (`["pages", "3"]`).
    pub fn span(&self, path: &[&str]) -> Range<usize> {
        let parsed = parse_to_ast(&self.source, &CollectOptions::default(), &ParseOptions::default());
        let Some(root) = parsed.ok().and_then(|result| result.value) else { return 0..0 };
        let mut node = &root;
        for step in path {
            let next = match node {
                Node::Object(object) => object.get(step).map(|property| &property.value),
                Node::Array(array) => step.parse::<usize>().ok().and_then(|index| array.elements.get(index)),
                _ => None,
            };
            let Some(next) = next else { break };
            node = next;
        }
        let range = node.range();
        range.start..range.end
    }

    /// Places a finding at a member.
    pub fn place(&self, diagnostic: Diagnostic, path: &[&str]) -> Diagnostic {
        if self.source.is_empty() {
            return diagnostic;
        }
        diagnostic.at(&self.source, self.span(path))
    }

    pub fn string(&self, name: &str) -> Option<&str> {
        self.value.get(name)?.as_str()
    }

    pub fn boolean(&self, name: &str) -> Option<bool> {
        self.value.get(name)?.as_bool()
    }

    pub fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.value.get(name)?.as_object()
    }
}

trait FlattenValue {
    fn flatten_value(self) -> Value;
}

impl FlattenValue for Option<Value> {
    fn flatten_value(self) -> Value {
        self.unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    #[test]
    fn comments_and_trailing_commas_are_tolerated() {
        let source: Arc<str> = "{\n // pages\n 'pages': ['a', /* b */ 'c',],\n}".into();
        let file = JsonFile::parse("app.json", &source).unwrap();
        assert_eq!(file.value["pages"], serde_json::json!(["a", "c"]));
        assert_eq!(&source[file.span(&["pages", "1"])], "'c'");
    }

    #[test]
    fn a_broken_file_is_placed() {
        let source: Arc<str> = "{\n  \"pages\": [\n}".into();
        let problem = JsonFile::parse("app.json", &source).unwrap_err();
        assert_eq!((problem.code, problem.line), ("json/syntax", 3));
    }
}
