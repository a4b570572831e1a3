//! Parsing with oxc, and its findings as ours.

use std::sync::Arc;

use oxc::diagnostics::Diagnostics;

use crate::diagnostic::{Diagnostic, catalog};

/// Errors of one file that are told; finding their places takes time, and nobody reads more.
const MOST: usize = 100;

/// Turns the parser's errors into findings; later ones on the same line say little and are left out.
pub fn findings(file: &str, source: &Arc<str>, diagnostics: Diagnostics) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    for problem in diagnostics.into_iter().take(MOST) {
        let mut finding = catalog::script_syntax(file, &problem.message);
        if let Some(help) = &problem.help {
            finding = finding.hint(help.to_string());
        }
        if let Some(label) = problem.labels.first() {
            let start = label.offset() as usize;
            finding = finding.at(source, start..start + label.len() as usize);
        }
        if !findings.iter().any(|other| other.line == finding.line) {
            findings.push(finding);
        }
    }
    findings
}
