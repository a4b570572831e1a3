//! Import and export statements.
//!
//! Imports become `require` calls in the prologue, in source order, and every use of an imported name becomes a
//! member of the module object, so that it follows the exporting module. Exports become getters, set before anything
//! is required, so that modules that need each other see what the other has so far.

use oxc::ast::ast;
use oxc::span::GetSpan;

use super::walk::{Imported, Walker, range};

pub fn rewrite(walker: &mut Walker<'_>, program: &ast::Program<'_>) {
    for statement in &program.body {
        match statement {
            ast::Statement::ImportDeclaration(import) => rewrite_import(walker, import),
            ast::Statement::ExportFromDeclaration(export) => rewrite_export_from(walker, export),
            ast::Statement::ExportAllDeclaration(export) => rewrite_export_all(walker, export),
            _ => {}
        }
    }
    // After all imports, because an exported name may be an imported one.
    for statement in &program.body {
        match statement {
            ast::Statement::ExportDeclaration(export) => rewrite_declaration(walker, export),
            ast::Statement::ExportNamedDeclaration(export) => rewrite_names(walker, export),
            ast::Statement::ExportDefaultDeclaration(export) => rewrite_default(walker, export),
            _ => {}
        }
    }
}

/// Takes a statement out; `;` keeps the lines around it apart.
fn remove(walker: &mut Walker<'_>, span: oxc::span::Span) {
    walker.edits.replace_keeping_lines(walker.text, range(span), ";");
}

fn rewrite_import(walker: &mut Walker<'_>, import: &ast::ImportDeclaration<'_>) {
    remove(walker, import.span);
    let dependency = walker.depend(&import.source);
    let specifiers = import.specifiers.as_ref().map(|specifiers| specifiers.as_slice()).unwrap_or_default();
    if specifiers.is_empty() {
        walker.prologue.require_only(dependency);
        return;
    }
    let variable = walker.prologue.require(dependency);
    for specifier in specifiers {
        let (local, expression) = match specifier {
            ast::ImportDeclarationSpecifier::ImportSpecifier(named) => {
                (&named.local, member(walker, &variable, &named.imported))
            }
            ast::ImportDeclarationSpecifier::ImportDefaultSpecifier(default) => {
                (&default.local, walker.prologue.default_of(&variable))
            }
            ast::ImportDeclarationSpecifier::ImportNamespaceSpecifier(all) => {
                (&all.local, walker.prologue.namespace_of(&variable))
            }
        };
        if let Some(symbol) = local.symbol_id.get() {
            walker.imports.insert(symbol, Imported { expression });
        }
    }
}

/// Expression for an export of a loaded module.
fn member(walker: &mut Walker<'_>, variable: &str, name: &ast::ModuleExportName<'_>) -> String {
    let text = name.name();
    if text == "default" {
        return walker.prologue.default_of(variable);
    }
    match name {
        ast::ModuleExportName::StringLiteral(literal) => {
            format!("{variable}[{}]", super::prologue::quoted(&literal.value))
        }
        _ => format!("{variable}.{text}"),
    }
}

fn rewrite_export_from(walker: &mut Walker<'_>, export: &ast::ExportFromDeclaration<'_>) {
    remove(walker, export.span);
    let dependency = walker.depend(&export.source);
    let variable = walker.prologue.require(dependency);
    for specifier in &export.specifiers {
        let expression = member(walker, &variable, &specifier.local);
        walker.prologue.export(&specifier.exported.name(), &expression);
    }
}

fn rewrite_export_all(walker: &mut Walker<'_>, export: &ast::ExportAllDeclaration<'_>) {
    remove(walker, export.span);
    let dependency = walker.depend(&export.source);
    let variable = walker.prologue.require(dependency);
    match &export.exported {
        Some(name) => {
            let namespace = walker.prologue.namespace_of(&variable);
            walker.prologue.export(&name.name(), &namespace);
        }
        None => walker.prologue.star(&variable),
    }
}

/// `export const a = 1, {b} = c`
fn rewrite_declaration(walker: &mut Walker<'_>, export: &ast::ExportDeclaration<'_>) {
    let start = export.span.start as usize;
    let declaration = export.declaration.span().start as usize;
    walker.edits.replace_keeping_lines(walker.text, start..declaration, "");
    walker.prologue.is_exporting();
    let mut names = Vec::new();
    match &export.declaration {
        ast::Declaration::VariableDeclaration(variables) => {
            for declarator in &variables.declarations {
                names.extend(declarator.id.get_binding_identifiers().iter().map(|name| name.name.to_string()));
            }
        }
        ast::Declaration::FunctionDeclaration(function) => names.extend(function.name().map(|name| name.to_string())),
        ast::Declaration::ClassDeclaration(class) => names.extend(class.name().map(|name| name.to_string())),
        _ => {}
    }
    for name in names {
        walker.prologue.export(&name, &name);
    }
}

/// `export {a, b as c}`
fn rewrite_names(walker: &mut Walker<'_>, export: &ast::ExportNamedDeclaration<'_>) {
    remove(walker, export.span);
    walker.prologue.is_exporting();
    for specifier in &export.specifiers {
        let local = match &specifier.local {
            ast::ModuleExportName::IdentifierReference(name) => {
                let reference = name.reference_id.get().map(|id| walker.scoping.get_reference(id));
                let symbol = reference.and_then(|reference| reference.symbol_id());
                symbol.and_then(|symbol| walker.imports.get(&symbol)).map(|imported| imported.expression.clone())
            }
            _ => None,
        };
        let expression = local.unwrap_or_else(|| specifier.local.name().to_string());
        walker.prologue.export(&specifier.exported.name(), &expression);
    }
}

fn rewrite_default(walker: &mut Walker<'_>, export: &ast::ExportDefaultDeclaration<'_>) {
    let start = export.span.start as usize;
    let declaration = range(export.declaration.span());
    walker.prologue.is_exporting();
    match &export.declaration {
        ast::ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
            walker.edits.replace_keeping_lines(walker.text, start..declaration.start, "");
            match function.name() {
                Some(name) => walker.prologue.export("default", &name),
                None => {
                    let name = walker.prologue.default_name();
                    walker.edits.insert(function.params.span.start as usize, format!(" {name}"));
                    walker.prologue.export("default", &name);
                }
            }
        }
        ast::ExportDefaultDeclarationKind::ClassDeclaration(class) if class.id.is_some() => {
            walker.edits.replace_keeping_lines(walker.text, start..declaration.start, "");
            let name = class.name().map(|name| name.to_string()).unwrap_or_default();
            walker.prologue.export("default", &name);
        }
        ast::ExportDefaultDeclarationKind::ClassDeclaration(_) => {
            walker.edits.replace_keeping_lines(walker.text, start..declaration.start, "exports.default=");
            walker.edits.insert(declaration.end, ";");
        }
        _ => walker.edits.replace_keeping_lines(walker.text, start..declaration.start, "exports.default="),
    }
}
