//! One walk over a script: what it requires, which names it takes from its surroundings, and every edit that makes
//! it a CommonJS module.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use oxc::allocator::Allocator;
use oxc::ast::ast;
use oxc::ast_visit::{Visit, walk};
use oxc::parser::{ParseOptions, Parser};
use oxc::semantic::{Scoping, SemanticBuilder, SymbolId};
use oxc::span::{GetSpan, SourceType, Span};
use oxc::syntax::scope::ScopeFlags;
use oxc_regular_expression::{LiteralParser, Options as RegularExpressionOptions};

use super::prologue::{Prologue, quoted};
use super::source_map::{LineMap, TokenMap};
use super::{ComponentOptions, ComputedRequire, Dependency, Script, names, parse, statements};
use crate::config;
use crate::diagnostic::{Diagnostic, catalog};
use crate::edits::{Edits, Piece};
use crate::nesting;
use mezze_model::app_config::Namespace;

/// Reads JavaScript. `original` is the developer's text and the way back to it, where `text` was generated from it.
pub fn analyze(file: &str, text: &Arc<str>, namespace: Namespace, original: Option<(&Arc<str>, TokenMap)>) -> Script {
    if let Some(place) = nesting::too_deep_script(text) {
        return Script::failed(vec![catalog::nested_too_deep(file).at(text, place)]);
    }
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, SourceType::unambiguous()).with_options(options).parse();
    let mut findings = parse::findings(file, text, parsed.diagnostics);
    let semantic = SemanticBuilder::new_compiler().build(&parsed.program);
    if findings.is_empty() {
        findings = parse::findings(file, text, semantic.diagnostics);
    }
    if !findings.is_empty() {
        return Script::failed(findings);
    }
    let scoping = semantic.semantic.into_scoping();
    let mut walker = Walker::new(file, text, &scoping, namespace, &parsed.program);
    if parsed.module_record.has_module_syntax {
        statements::rewrite(&mut walker, &parsed.program);
    }
    walker.visit_program(&parsed.program);
    walker.finish(&parsed.program, parsed.module_record.has_module_syntax, original)
}

/// What a reference to an imported name becomes.
#[derive(Debug, Clone)]
pub struct Imported {
    /// For example `_m0.add`.
    pub expression: String,
}

pub struct Walker<'a> {
    pub file: &'a str,
    pub text: &'a Arc<str>,
    pub scoping: &'a Scoping,
    pub edits: Edits,
    pub prologue: Prologue,
    pub imports: HashMap<SymbolId, Imported>,
    pub dependencies: Vec<Dependency>,
    pub findings: Vec<Diagnostic>,
    namespace: Namespace,
    computed: Vec<ComputedRequire>,
    /// Packages that a bundle inside this module asks its own `require` for.
    bundled: BTreeSet<String>,
    options: ComponentOptions,
    bound: BTreeSet<&'static str>,
    /// Scope members that this module assigns to: used through the scope object, so that all modules see it.
    assigned: HashSet<&'static str>,
    scope_name: &'static str,
    /// Starts of statements before which a `;` may be put.
    statement_starts: HashSet<u32>,
    try_depth: usize,
    function_depth: usize,
}

impl<'a> Walker<'a> {
    fn new(
        file: &'a str,
        text: &'a Arc<str>,
        scoping: &'a Scoping,
        namespace: Namespace,
        program: &ast::Program<'_>,
    ) -> Self {
        let own_dollar = scoping.symbol_names().any(|name| name == names::SCOPE)
            || scoping.root_unresolved_references().keys().any(|name| *name == names::SCOPE);
        let mut walker = Self {
            file,
            text,
            scoping,
            edits: Edits::default(),
            prologue: Prologue::new(text),
            imports: HashMap::new(),
            dependencies: Vec::new(),
            findings: Vec::new(),
            namespace,
            computed: Vec::new(),
            bundled: BTreeSet::new(),
            options: ComponentOptions::default(),
            bound: BTreeSet::new(),
            assigned: HashSet::new(),
            scope_name: if own_dollar { names::OTHER_SCOPE } else { names::SCOPE },
            statement_starts: HashSet::new(),
            try_depth: 0,
            function_depth: 0,
        };
        walker.find_assigned_members();
        if let Some(hashbang) = &program.hashbang {
            walker.edits.insert(hashbang.span.start as usize, "//");
        }
        walker
    }

    fn find_assigned_members(&mut self) {
        for (name, references) in self.scoping.root_unresolved_references() {
            let Some(member) = names::scope_member(name.as_str(), self.namespace) else { continue };
            if references.iter().any(|id| self.scoping.get_reference(*id).is_write()) {
                self.assigned.insert(member);
            }
        }
    }

    /// Notes a module that is named by a literal; answers its number.
    pub fn depend(&mut self, literal: &ast::StringLiteral<'_>) -> usize {
        self.depend_on(literal.value.to_string(), literal.span)
    }

    fn depend_on(&mut self, written: String, span: Span) -> usize {
        let guarded = self.try_depth > 0;
        self.dependencies.push(Dependency { written, span: Some(range(span)), guarded });
        self.dependencies.len() - 1
    }

    /// Text that stands for a reference, where it is not what the source says.
    fn replacement(&mut self, identifier: &ast::IdentifierReference<'_>) -> Option<String> {
        let reference = self.scoping.get_reference(identifier.reference_id.get()?);
        if let Some(symbol) = reference.symbol_id() {
            return self.imports.get(&symbol).map(|imported| imported.expression.clone());
        }
        let member = names::scope_member(identifier.name.as_str(), self.namespace)?;
        if self.assigned.contains(member) {
            return Some(format!("{}.{member}", self.scope_name));
        }
        self.bound.insert(member);
        None
    }

    fn is_free(&self, identifier: &ast::IdentifierReference<'_>) -> bool {
        let reference = identifier.reference_id.get().map(|id| self.scoping.get_reference(id));
        reference.is_some_and(|reference| reference.symbol_id().is_none())
    }

    /// A called name loses its module as `this`; `;` keeps the parenthesis from joining the line before.
    fn call_replacement(&self, start: u32, expression: &str) -> String {
        let separator = if self.statement_starts.contains(&start) { ";" } else { "" };
        format!("{separator}(0,{expression})")
    }

    /// `require('name')` where `require` is a bundle's own. What the bundle does not hold it asks the module's `require`
    /// for, by a name that only it knows.
    fn bundled_require(&mut self, call: &ast::CallExpression<'_>) {
        if let ast::Expression::Identifier(name) = &call.callee
            && name.name == "require"
            && !self.is_free(name)
            && let Some(ast::Argument::StringLiteral(literal)) = call.arguments.first()
            && !literal.value.starts_with(['.', '/'])
        {
            self.bundled.insert(literal.value.to_string());
        }
    }

    /// `require(…)` and `require.async(…)`: answers true where it was one.
    fn require_call(&mut self, call: &ast::CallExpression<'_>) -> bool {
        let is_require = match &call.callee {
            ast::Expression::Identifier(name) => name.name == "require" && self.is_free(name),
            ast::Expression::StaticMemberExpression(member) => {
                member.property.name == "async"
                    && matches!(&member.object, ast::Expression::Identifier(name) if name.name == "require" && self.is_free(name))
            }
            _ => false,
        };
        let Some(argument) = call.arguments.first().and_then(ast::Argument::as_expression).filter(|_| is_require)
        else {
            return false;
        };
        match literal_text(argument) {
            Some(written) => {
                let dependency = self.depend_on(written, argument.span());
                self.edits.replace_with(range(argument.span()), vec![Piece::Specifier(dependency)]);
            }
            None => self.computed_require(argument),
        }
        true
    }

    fn computed_require(&mut self, argument: &ast::Expression<'_>) {
        self.begin_computed(argument);
        self.edits.insert(argument.span().end as usize, ")");
    }

    /// Opens the helper's call around a name that is known at run time only; whoever asks closes it.
    fn begin_computed(&mut self, argument: &ast::Expression<'_>) {
        self.computed.push(ComputedRequire { prefix: leading_text(argument), span: Some(range(argument.span())) });
        let helper = self.prologue.computed();
        self.edits.insert(argument.span().start as usize, format!("{helper}("));
    }

    fn component_options(&mut self, value: &ast::Expression<'_>) {
        let ast::Expression::ObjectExpression(object) = value else { return };
        for property in &object.properties {
            let ast::ObjectPropertyKind::ObjectProperty(property) = property else { continue };
            let Some(name) = property.key.static_name() else { continue };
            match (name.as_ref(), &property.value) {
                ("styleIsolation", ast::Expression::StringLiteral(text)) => {
                    self.options.style_isolation = config::style_isolation(&text.value);
                }
                ("addGlobalClass", ast::Expression::BooleanLiteral(truth)) => {
                    self.options.add_global_class = Some(truth.value)
                }
                ("virtualHost", ast::Expression::BooleanLiteral(truth)) => {
                    self.options.virtual_host = Some(truth.value)
                }
                _ => {}
            }
        }
    }

    fn finish(
        mut self,
        program: &ast::Program<'_>,
        is_module: bool,
        original: Option<(&Arc<str>, TokenMap)>,
    ) -> Script {
        let strict = is_module || program.directives.iter().any(|directive| directive.is_use_strict());
        let root = self.scoping.root_scope_id();
        let lexical = |name: &str| {
            self.scoping.iter_bindings_in(root).any(|symbol| {
                self.scoping.symbol_name(symbol) == name
                    && !self.scoping.symbol_flags(symbol).is_function_scoped_declaration()
            })
        };
        if self.prologue.is_computing() {
            for written in std::mem::take(&mut self.bundled) {
                self.dependencies.push(Dependency { written: written.clone(), span: None, guarded: true });
                self.prologue.know(written, self.dependencies.len() - 1);
            }
        }
        let in_block = names::PARAMETERS.iter().any(|name| lexical(name));
        let line_map = self.line_map(original);
        Script {
            text: Arc::clone(self.text),
            edits: std::mem::take(&mut self.edits).finish(),
            prologue: self.prologue.finish(),
            strict,
            in_block,
            scope_name: self.scope_name,
            bound: self.bound.into_iter().collect(),
            dependencies: self.dependencies,
            computed: self.computed,
            options: self.options,
            line_map,
            findings: self.findings,
        }
    }

    /// Brings places in generated text back to the developer's own.
    fn line_map(&mut self, original: Option<(&Arc<str>, TokenMap)>) -> LineMap {
        let Some((source, map)) = original else { return LineMap::Shifted };
        let back = |span: &mut Option<Range<usize>>| {
            *span = span.take().and_then(|span| map.original_range(self.text, source, span));
        };
        self.dependencies.iter_mut().for_each(|dependency| back(&mut dependency.span));
        self.computed.iter_mut().for_each(|computed| back(&mut computed.span));
        for finding in &mut self.findings {
            if let Some(range) = finding.span.take().and_then(|span| map.original_range(self.text, source, span)) {
                *finding = finding.clone().at(source, range);
            }
        }
        LineMap::Tokens(map)
    }
}

impl<'a> Visit<'a> for Walker<'_> {
    fn visit_statements(&mut self, statements: &oxc::allocator::Vec<'a, ast::Statement<'a>>) {
        self.statement_starts.extend(statements.iter().map(|statement| statement.span().start));
        walk::walk_statements(self, statements);
    }

    fn visit_identifier_reference(&mut self, identifier: &ast::IdentifierReference<'a>) {
        if let Some(text) = self.replacement(identifier) {
            self.edits.replace(range(identifier.span), text);
        }
    }

    fn visit_call_expression(&mut self, call: &ast::CallExpression<'a>) {
        if self.require_call(call) {
            for argument in call.arguments.iter().skip(1) {
                self.visit_argument(argument);
            }
            if let Some(argument) = call.arguments.first()
                && argument.as_expression().is_some_and(|argument| literal_text(argument).is_none())
            {
                self.visit_argument(argument);
            }
            return;
        }
        self.bundled_require(call);
        if let ast::Expression::Identifier(name) = &call.callee
            && let Some(text) = self.replacement(name)
        {
            let text = self.call_replacement(name.span.start, &text);
            self.edits.replace(range(name.span), text);
            call.arguments.iter().for_each(|argument| self.visit_argument(argument));
            return;
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_tagged_template_expression(&mut self, tagged: &ast::TaggedTemplateExpression<'a>) {
        if let ast::Expression::Identifier(name) = &tagged.tag
            && let Some(text) = self.replacement(name)
        {
            let text = self.call_replacement(name.span.start, &text);
            self.edits.replace(range(name.span), text);
            self.visit_template_literal(&tagged.quasi);
            return;
        }
        walk::walk_tagged_template_expression(self, tagged);
    }

    fn visit_object_property(&mut self, property: &ast::ObjectProperty<'a>) {
        if property.key.static_name().is_some_and(|name| name == "options") {
            self.component_options(&property.value);
        }
        if property.shorthand
            && let ast::Expression::Identifier(name) = &property.value
        {
            if let Some(text) = self.replacement(name) {
                self.edits.replace(range(name.span), format!("{}:{text}", name.name));
            }
            return;
        }
        walk::walk_object_property(self, property);
    }

    fn visit_assignment_target_property_identifier(&mut self, target: &ast::AssignmentTargetPropertyIdentifier<'a>) {
        if let Some(text) = self.replacement(&target.binding) {
            self.edits.replace(range(target.binding.span), format!("{}:{text}", target.binding.name));
        }
        if let Some(default) = &target.init {
            self.visit_expression(default);
        }
    }

    fn visit_property_definition(&mut self, property: &ast::PropertyDefinition<'a>) {
        if property.key.static_name().is_some_and(|name| name == "options")
            && let Some(value) = &property.value
        {
            self.component_options(value);
        }
        walk::walk_property_definition(self, property);
    }

    fn visit_assignment_expression(&mut self, assignment: &ast::AssignmentExpression<'a>) {
        if let ast::AssignmentTarget::StaticMemberExpression(member) = &assignment.left
            && member.property.name == "options"
            && matches!(member.object, ast::Expression::ThisExpression(_))
        {
            self.component_options(&assignment.right);
        }
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_try_statement(&mut self, statement: &ast::TryStatement<'a>) {
        self.try_depth += 1;
        self.visit_block_statement(&statement.block);
        self.try_depth -= 1;
        if let Some(handler) = &statement.handler {
            self.visit_catch_clause(handler);
        }
        if let Some(finalizer) = &statement.finalizer {
            self.visit_block_statement(finalizer);
        }
    }

    fn visit_import_expression(&mut self, import: &ast::ImportExpression<'a>) {
        let helper = self.prologue.namespace();
        let start = import.span.start as usize;
        let source = range(import.source.span());
        let closing = match literal_text(&import.source) {
            Some(written) => {
                let dependency = self.depend_on(written, import.source.span());
                self.edits.replace(start..source.start, "require.async(");
                self.edits.replace_with(source.clone(), vec![Piece::Specifier(dependency)]);
                ")"
            }
            None => {
                self.edits.replace(start..source.start, "require.async(");
                self.begin_computed(&import.source);
                self.visit_expression(&import.source);
                "))"
            }
        };
        self.edits.replace(source.end..import.span.end as usize, format!("{closing}.then({helper})"));
    }

    /// An expression that no engine takes is an error when its module runs, as the original host has it; written as a
    /// literal it would take down every module that is loaded with it.
    fn visit_reg_exp_literal(&mut self, literal: &ast::RegExpLiteral<'a>) {
        let range = range(literal.span);
        let raw = &self.text[range.clone()];
        let Some(end) = raw.rfind('/').filter(|end| *end > 0) else { return };
        let (pattern, flags) = (&raw[1..end], &raw[end + 1..]);
        let allocator = Allocator::default();
        let parsed = LiteralParser::new(&allocator, pattern, Some(flags), RegularExpressionOptions::default()).parse();
        if let Err(problem) = parsed {
            self.findings.push(catalog::regular_expression(self.file, &problem.message).at(self.text, range.clone()));
            let constructed = format!("new RegExp({},{})", quoted(pattern), quoted(flags));
            self.edits.replace(range, constructed);
        }
    }

    fn visit_import_meta(&mut self, meta: &ast::ImportMeta) {
        self.findings.push(catalog::import_meta(self.file).at(self.text, range(meta.span)));
    }

    fn visit_await_expression(&mut self, expression: &ast::AwaitExpression<'a>) {
        if self.function_depth == 0 {
            self.findings.push(catalog::top_level_await(self.file).at(self.text, range(expression.span)));
        }
        walk::walk_await_expression(self, expression);
    }

    fn visit_function(&mut self, function: &ast::Function<'a>, flags: ScopeFlags) {
        self.function_depth += 1;
        walk::walk_function(self, function, flags);
        self.function_depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, function: &ast::ArrowFunctionExpression<'a>) {
        self.function_depth += 1;
        walk::walk_arrow_function_expression(self, function);
        self.function_depth -= 1;
    }
}

/// Text of a string literal or of a template without expressions.
fn literal_text(expression: &ast::Expression<'_>) -> Option<String> {
    match expression {
        ast::Expression::StringLiteral(literal) => Some(literal.value.to_string()),
        ast::Expression::TemplateLiteral(template) if template.expressions.is_empty() => {
            template.quasis.first().and_then(|quasi| quasi.value.cooked.as_ref()).map(ToString::to_string)
        }
        _ => None,
    }
}

/// Text that a computed name begins with.
fn leading_text(expression: &ast::Expression<'_>) -> String {
    match expression {
        ast::Expression::BinaryExpression(binary) => leading_text(&binary.left),
        ast::Expression::TemplateLiteral(template) => {
            template.quasis.first().map(|quasi| quasi.value.raw.to_string()).unwrap_or_default()
        }
        other => literal_text(other).unwrap_or_default(),
    }
}

pub fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
