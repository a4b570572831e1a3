//! Scripts inside templates (WXS): files of their own and inline.
//!
//! They are plain scripts that may require each other. What they require is written as an absolute path with its
//! extension, so that it does not matter from where it is loaded; a syntax error is found here, because one would take
//! down every template that is loaded with it.

use std::ops::Range;
use std::sync::Arc;

use glass_easel_template_compiler::TmplGroup;
use oxc::allocator::Allocator;
use oxc::ast::ast;
use oxc::ast_visit::{Visit, walk};
use oxc::parser::{ParseOptions, Parser};
use oxc::span::{GetSpan, SourceType};

use super::{CompiledTemplate, TemplateReference, reserved, runtime, spaces};
use crate::diagnostic::{Diagnostic, catalog};
use crate::edits::{Edits, Piece};
use crate::nesting;
use crate::project::paths;
use crate::script::{quoted, syntax_findings};

/// A compiled template script file.
#[derive(Debug)]
pub struct CompiledScript {
    pub script: Option<String>,
    /// Files it requires.
    pub requires: Vec<TemplateReference>,
    pub findings: Vec<Diagnostic>,
}

/// Compiles a template script file. `key` is its path without extension, `path` with it.
pub fn compile(path: &str, key: &str, file: &str, source: &Arc<str>) -> CompiledScript {
    let body = read(path, file, source);
    let script = (!body.findings.iter().any(Diagnostic::is_error)).then(|| runtime::wrap_script(path, key, &body.text));
    CompiledScript { script, requires: body.requires, findings: body.findings }
}

/// Checks and rewrites the inline scripts of a template.
pub fn prepare_inline(
    group: &mut TmplGroup,
    path: &str,
    file: &str,
    source: &Arc<str>,
    compiled: &mut CompiledTemplate,
    findings: &mut Vec<Diagnostic>,
) {
    let names: Vec<String> = match group.inline_script_module_names(path) {
        Ok(names) => names.map(str::to_owned).collect(),
        Err(_) => return,
    };
    for name in names {
        let Ok(content) = group.inline_script_content(path, &name) else { continue };
        if !is_module_name(&name) {
            // The template compiler writes it into a text as it stands.
            findings.push(catalog::template_module_name(file, &name));
            continue;
        }
        let content: Arc<str> = spaces::restore(content).into();
        let body = read(path, file, &content);
        // The parser hands over a copy of the text; the same text in the file is the place to show.
        let start = source.find(&*content).unwrap_or(0);
        let moved = |range: &Range<usize>| range.start + start..range.end + start;
        findings.extend(body.findings.into_iter().map(|finding| {
            let range = finding.span.as_ref().map(moved);
            range.map_or(finding.clone(), |range| finding.at(source, range))
        }));
        compiled.scripts.extend(
            body.requires
                .iter()
                .map(|reference| TemplateReference { path: reference.path.clone(), span: moved(&reference.span) }),
        );
        // A newline at the end keeps a comment on the last line from taking the closing brace with it.
        let text = format!("{}\n", body.text);
        // The module was listed a moment ago, so it is there to be set.
        let _ = group.set_inline_script_content(path, &name, &text);
    }
}

fn is_module_name(name: &str) -> bool {
    name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '$'))
}

/// Name of the helper that stands for `.constructor`.
const KIND: &str = "_mezzeKind";
/// Asked of nothing, it fails as the member would.
const KIND_FUNCTION: &str = "function(v){return v==null?v.constructor:Object.prototype.toString.call(v).slice(8,-1)}";

struct Body {
    text: String,
    requires: Vec<TemplateReference>,
    findings: Vec<Diagnostic>,
}

fn read(path: &str, file: &str, source: &Arc<str>) -> Body {
    if let Some(place) = nesting::too_deep_script(source) {
        let findings = vec![catalog::nested_too_deep(file).at(source, place)];
        return Body { text: String::new(), requires: vec![], findings };
    }
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parse = |text| Parser::new(&allocator, text, SourceType::script()).with_options(options).parse();
    let mut parsed = parse(source);
    let renamed: Option<Arc<str>> = (!parsed.diagnostics.is_empty()).then(|| reserved::rename(source)).flatten();
    // What is wrong beside the names is told of the developer's own text.
    if let Some(renamed) = &renamed {
        let again = parse(renamed);
        if again.diagnostics.is_empty() {
            parsed = again;
        }
    }
    let source = renamed.as_ref().filter(|_| parsed.diagnostics.is_empty()).unwrap_or(source);
    let findings = syntax_findings(file, source, parsed.diagnostics);
    if !findings.is_empty() {
        return Body { text: String::new(), requires: vec![], findings };
    }
    let folder = paths::folder(path);
    let mut visitor =
        Requires { folder, source, edits: Edits::default(), requires: vec![], computed: vec![], asks_kind: false };
    visitor.visit_program(&parsed.program);
    let mut text = String::with_capacity(source.len());
    if visitor.asks_kind {
        text.push_str(&format!("var {KIND}={KIND_FUNCTION};"));
    }
    visitor.edits.finish().apply(source, &mut text, |_: &Piece| String::new());
    let findings =
        visitor.computed.into_iter().map(|range| catalog::computed_template_require(file).at(source, range)).collect();
    Body { text, requires: visitor.requires, findings }
}

struct Requires<'a> {
    folder: &'a str,
    source: &'a str,
    edits: Edits,
    requires: Vec<TemplateReference>,
    computed: Vec<Range<usize>>,
    asks_kind: bool,
}

/// What may follow a backslash in a text without its being dropped by the language.
const KNOWN_ESCAPES: &str = "nrtfvux\\'\"\r\n\u{2028}\u{2029}";

impl Requires<'_> {
    /// `getRegExp('\d+')` means digits, as in the original host: the language would drop the backslash, so it is doubled.
    fn keep_backslashes(&mut self, literal: &ast::StringLiteral<'_>) {
        let start = literal.span.start as usize;
        let mut characters = self.source[start..literal.span.end as usize].char_indices();
        while let Some((at, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            let Some((_, escaped)) = characters.next() else { break };
            if !KNOWN_ESCAPES.contains(escaped) {
                self.edits.insert(start + at, "\\".to_owned());
            }
        }
    }
}

impl<'a> Visit<'a> for Requires<'_> {
    /// In template scripts `value.constructor` is a text: `"Array"`, `"Object"`, `"Number"`, …
    fn visit_static_member_expression(&mut self, member: &ast::StaticMemberExpression<'a>) {
        if member.property.name == "constructor" {
            let object = member.object.span();
            self.edits.insert(object.start as usize, format!("{KIND}("));
            self.edits.replace(object.end as usize..member.span.end as usize, ")");
            self.asks_kind = true;
        }
        walk::walk_static_member_expression(self, member);
    }

    /// What is assigned to stays a member: a call can't be assigned to.
    fn visit_simple_assignment_target(&mut self, target: &ast::SimpleAssignmentTarget<'a>) {
        match target {
            ast::SimpleAssignmentTarget::StaticMemberExpression(member) => self.visit_expression(&member.object),
            _ => walk::walk_simple_assignment_target(self, target),
        }
    }

    fn visit_call_expression(&mut self, call: &ast::CallExpression<'a>) {
        if let ast::Expression::Identifier(name) = &call.callee
            && name.name == "require"
            && let Some(argument) = call.arguments.first().and_then(ast::Argument::as_expression)
        {
            let span = argument.span();
            let range = span.start as usize..span.end as usize;
            match argument {
                ast::Expression::StringLiteral(literal) => {
                    let path = paths::resolve(self.folder, &literal.value);
                    let path = path.strip_suffix(".wxs").unwrap_or(&path).to_owned();
                    self.edits.replace(range.clone(), quoted(&format!("/{path}.wxs")));
                    self.requires.push(TemplateReference { path, span: range });
                }
                _ => self.computed.push(range),
            }
        }
        if let ast::Expression::Identifier(name) = &call.callee
            && name.name == "getRegExp"
            && let Some(ast::Argument::StringLiteral(pattern)) = call.arguments.first()
        {
            self.keep_backslashes(pattern);
        }
        walk::walk_call_expression(self, call);
    }
}
