//! Scripts: ES modules, CommonJS and TypeScript to one wrapped CommonJS module each.
//!
//! Input: `import {add} from './math'\nexport const two = add(1, 1)`
//!
//! Output, as `docs/architecture/package-layout.md` describes it:
//! ```js
//! __mezze__.module("a.js",function(require,module,exports,$){"use strict";…var _m0=require("math.js");
//! ;
//! const two = (0,_m0.add)(1, 1)
//! });
//! ```
//! A module is analysed once for each state of its text ([`analyze`]); paths are filled in when it is linked
//! ([`wrap`]). Edits keep the lines of the text, so that a position is the developer's own plus the wrapper's line.

mod names;
mod parse;
mod prologue;
pub use parse::findings as syntax_findings;
pub use prologue::quoted;
pub mod resolve;
pub mod source_map;
mod statements;
mod typescript;
mod walk;
pub mod wrap;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::edits::{Edits, Piece};
use mezze_model::app_config::{Namespace, StyleIsolation};

pub use source_map::LineMap;

/// What is known of a script from its text alone.
#[derive(Debug)]
pub struct Script {
    /// JavaScript: the source itself, or what TypeScript became.
    text: Arc<str>,
    edits: Edits,
    prologue: Vec<Piece>,
    strict: bool,
    /// The body stands in a block, because it declares a name that the wrapper's function takes as a parameter.
    in_block: bool,
    /// Name of the wrapper's fourth parameter.
    scope_name: &'static str,
    /// Names to bind from the scope object.
    bound: Vec<&'static str>,
    pub dependencies: Vec<Dependency>,
    /// Folders, as written before the varying part, from which something is required by a computed name.
    pub computed: Vec<ComputedRequire>,
    pub options: ComponentOptions,
    pub line_map: LineMap,
    pub findings: Vec<Diagnostic>,
}

/// A module named by a literal.
#[derive(Debug, Clone)]
pub struct Dependency {
    pub written: String,
    /// Place in the developer's text; `None` where only the transformed text has it.
    pub span: Option<Range<usize>>,
    /// Inside `try`: the app is prepared for its absence.
    pub guarded: bool,
}

/// `require(expression)`
#[derive(Debug, Clone)]
pub struct ComputedRequire {
    /// What the name begins with, for example `./lang/`; empty where nothing is known.
    pub prefix: String,
    pub span: Option<Range<usize>>,
}

/// Members of `options` in a call of `Component`, as far as they are literals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ComponentOptions {
    pub style_isolation: Option<StyleIsolation>,
    pub add_global_class: Option<bool>,
    pub virtual_host: Option<bool>,
}

/// Reads one script. `file` is its name for a person.
pub fn analyze(path: &str, file: &str, source: &Arc<str>, namespace: Namespace) -> Script {
    match crate::project::paths::extension(path) {
        "json" => json_module(file, source),
        "ts" | "mts" | "cts" => typescript::analyze(path, file, source, namespace),
        _ => walk::analyze(file, source, namespace, None),
    }
}

/// A JSON file becomes a module that exports its value.
fn json_module(file: &str, source: &Arc<str>) -> Script {
    let mut script = Script::failed(Vec::new());
    if let Some(place) = crate::nesting::too_deep_brackets(source) {
        script.findings.push(crate::diagnostic::catalog::nested_too_deep(file).at(source, place));
        return script;
    }
    match jsonc_parser::parse_to_serde_value::<Option<serde_json::Value>>(
        source,
        &jsonc_parser::ParseOptions::default(),
    ) {
        Ok(value) => script.text = format!("module.exports={}", value.unwrap_or_default()).into(),
        Err(error) => {
            let range = error.range();
            let finding = crate::diagnostic::catalog::json_syntax(file, &error.kind().to_string());
            script.findings.push(finding.at(source, range.start..range.end));
        }
    }
    script
}

impl Script {
    /// A script that can't be used; its module throws nothing and exports nothing.
    fn failed(findings: Vec<Diagnostic>) -> Self {
        Self {
            text: "".into(),
            edits: Edits::default(),
            prologue: Vec::new(),
            strict: false,
            in_block: false,
            scope_name: names::SCOPE,
            bound: Vec::new(),
            dependencies: Vec::new(),
            computed: Vec::new(),
            options: ComponentOptions::default(),
            line_map: LineMap::Shifted,
            findings,
        }
    }
}
