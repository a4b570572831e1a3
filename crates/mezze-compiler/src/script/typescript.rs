//! TypeScript: types taken off by oxc, then treated as any other script.

use std::path::Path;
use std::sync::Arc;

use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{TransformOptions, Transformer};

use super::source_map::TokenMap;
use super::{Script, parse, walk};
use crate::diagnostic::catalog;
use crate::nesting;
use mezze_model::app_config::Namespace;

pub fn analyze(path: &str, file: &str, source: &Arc<str>, namespace: Namespace) -> Script {
    if let Some(place) = nesting::too_deep_script(source) {
        return Script::failed(vec![catalog::nested_too_deep(file).at(source, place)]);
    }
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::ts()).parse();
    let mut findings = parse::findings(file, source, parsed.diagnostics);
    if !findings.is_empty() {
        return Script::failed(findings);
    }
    let mut program = parsed.program;
    let semantic = SemanticBuilder::new_compiler().with_enum_eval(true).build(&program);
    findings = parse::findings(file, source, semantic.diagnostics);
    if !findings.is_empty() {
        return Script::failed(findings);
    }
    let scoping = semantic.semantic.into_scoping();
    let transformed = Transformer::new(&allocator, Path::new(path), &TransformOptions::default())
        .build_with_scoping(scoping, &mut program);
    findings = parse::findings(file, source, transformed.diagnostics);
    if !findings.is_empty() {
        return Script::failed(findings);
    }
    let options = CodegenOptions { source_map_path: Some(path.into()), ..CodegenOptions::default() };
    let printed = Codegen::new().with_options(options).with_source_text(source).build(&program);
    let map = printed.map.as_ref().map(TokenMap::new);
    walk::analyze(file, &printed.code.into(), namespace, Some((source, map.unwrap_or_default())))
}
