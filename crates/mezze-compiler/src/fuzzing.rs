//! The compiler's readers one by one, without a project: what the targets in `fuzz/` call.
//!
//! Each takes a text and answers what it became, or nothing where it has errors.

use std::sync::Arc;

use mezze_model::app_config::Namespace;
use oxc::allocator::Allocator;
use oxc::parser::Parser;
use oxc::span::SourceType;

use crate::diagnostic::Diagnostic;
use crate::nesting::on_a_large_stack;
use crate::{script, style, template};

/// A template, with its inline scripts.
pub fn template(text: &str) -> Option<String> {
    let compiled = on_a_large_stack(|| template::compile("pages/a", "pages/a.wxml", &text.into()));
    check_places(text, &compiled.findings);
    compiled.script
}

/// A template script file.
pub fn template_script(text: &str) -> Option<String> {
    let compiled = on_a_large_stack(|| template::scripts::compile("a.wxs", "a", "a.wxs", &text.into()));
    check_places(text, &compiled.findings);
    compiled.script
}

/// A script, wrapped; `file` says by its extension how it is written.
pub fn script(file: &str, text: &str) -> Option<String> {
    let script = on_a_large_stack(|| script::analyze(file, file, &text.into(), Namespace::Wx));
    check_places(text, &script.findings);
    let fine = !script.findings.iter().any(Diagnostic::is_error);
    fine.then(|| script::wrap::wrap(&script, &script::wrap::module_name(file), &[]))
}

/// A style sheet of a component, imports left out.
pub fn style(text: &str) -> String {
    let options = style::StyleOptions { scope: Some("scope".to_owned()), host_class: "host".to_owned() };
    on_a_large_stack(|| style::scoped(&text.into(), &options))
}

/// A Less file as SCSS.
pub fn less(text: &str) -> Option<String> {
    style::less_to_scss(text)
}

/// True where a script has no errors of syntax.
pub fn is_script(text: &str) -> bool {
    on_a_large_stack(|| {
        let allocator = Allocator::default();
        Parser::new(&allocator, text, SourceType::script()).parse().diagnostics.is_empty()
    })
}

/// Findings are shown beside the text, so they lie in it, between letters.
fn check_places(text: &str, findings: &[Diagnostic]) {
    let text: Arc<str> = text.into();
    for finding in findings {
        if let Some(span) = &finding.span {
            assert!(text.get(span.clone()).is_some(), "`{}` lies at {span:?}, outside of the text", finding.code);
        }
    }
}
