//! Templates: glass-easel's compiler around the dialect's text, one JavaScript file a template.
//!
//! Input: `<view wx:if="{{a}}">{{b}}</view>`. Output, as `docs/architecture/package-layout.md` describes it:
//! `__mezze__.template("pages/a/a",function(G,R,X,Y,Z,P,Q,D){G["pages/a/a"]=(()=>{…})()});`

mod binding_maps;
mod findings;
mod keys;
mod legacy;
mod places;
mod reserved;
pub mod runtime;
pub mod scripts;
mod spaces;
mod tags;
mod unquoted;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use glass_easel_template_compiler::TmplGroup;

use crate::diagnostic::{Diagnostic, catalog};
use crate::nesting;
use places::Places;

/// One compiled template.
#[derive(Debug)]
pub struct CompiledTemplate {
    /// The wrapped JavaScript, or nothing where the text could not be compiled.
    pub script: Option<String>,
    /// Templates it imports or includes.
    pub templates: Vec<TemplateReference>,
    /// Template script files it uses.
    pub scripts: Vec<TemplateReference>,
    /// Tags in it, for the components that a page needs.
    pub tags: BTreeSet<String>,
    pub findings: Vec<Diagnostic>,
}

/// A file that a template names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateReference {
    /// Path without extension.
    pub path: String,
    pub span: Range<usize>,
}

/// Compiles one template. `path` has no extension; `file` is its name for a person.
pub fn compile(path: &str, file: &str, source: &Arc<str>) -> CompiledTemplate {
    let mut compiled =
        CompiledTemplate { script: None, templates: vec![], scripts: vec![], tags: BTreeSet::new(), findings: vec![] };
    if let Some(place) = nesting::too_deep_template(source) {
        compiled.findings.push(catalog::nested_too_deep(file).at(source, place));
        return compiled;
    }
    let mut group = TmplGroup::new();
    let renamed = legacy::rename_attributes(source);
    let quoted = unquoted::quote(&renamed);
    let text = spaces::hide(&quoted.text);
    let places = Places::new(source, quoted.inserted);
    let mut findings: Vec<Diagnostic> =
        quoted.values.into_iter().map(|value| catalog::unquoted_attribute(file).at(source, value)).collect();
    findings.extend(findings::of_parser(file, source, &places, group.add_tmpl(path, &text)));
    if let Ok(tree) = group.get_tree_mut(path) {
        keys::tidy(&mut tree.content);
        tree.globals.sub_templates.iter_mut().for_each(|template| keys::tidy(&mut template.content));
    }
    if let Ok(tree) = group.get_tree(path) {
        let walked = tags::walk(tree, file, source, &places);
        compiled.templates = walked.templates;
        compiled.scripts = walked.scripts;
        compiled.tags = walked.tags;
        findings.extend(walked.findings);
    }
    scripts::prepare_inline(&mut group, path, file, source, &mut compiled, &mut findings);
    if !findings.iter().any(Diagnostic::is_error) {
        match group.get_tmpl_gen_object(path) {
            Ok(generated) => {
                let generated = spaces::restore(&generated);
                compiled.script = Some(runtime::wrap_template(path, &binding_maps::in_order(&generated)));
            }
            Err(error) => findings.push(catalog::template_failed(file, &error.message)),
        }
    }
    compiled.findings = findings;
    compiled
}
