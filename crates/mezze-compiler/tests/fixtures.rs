//! Every folder below `fixtures/` is a case: `input/` is a project, the snapshot beside it is what comes out.
//!
//! A new case is a folder, not code: put a project into `fixtures/NAME/input`, run
//! `INSTA_UPDATE=always cargo test -p mezze-compiler --test fixtures`, and read the snapshot before committing it.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use mezze_compiler::{Build, CompileOptions, Compiler, Diagnostic, Project};

#[test]
fn every_fixture_compiles_as_its_snapshot_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 10, "the fixtures are there");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for case in cases {
        settings.set_snapshot_path(&case);
        let project = Project::open(&case.join("input")).unwrap();
        let build = Compiler::new(CompileOptions::default()).compile(&project);
        settings.bind(|| insta::assert_snapshot!("output", describe(&build)));
    }
}

fn describe(build: &Build) -> String {
    let mut text = String::new();
    for diagnostic in &build.diagnostics {
        describe_diagnostic(&mut text, diagnostic);
    }
    for (path, bytes) in &build.files {
        let contents = match path.split('/').next() {
            Some("script" | "style") => String::from_utf8_lossy(bytes).into_owned(),
            Some("template") if !path.ends_with("_runtime.js") => String::from_utf8_lossy(bytes).into_owned(),
            Some("config" | "manifest.json") => pretty(bytes),
            _ => continue,
        };
        writeln!(text, "── {path}\n{}", contents.trim_end()).unwrap();
    }
    let copied: Vec<&str> = build.files.keys().map(String::as_str).filter(|path| path.starts_with("file/")).collect();
    writeln!(text, "── copied: {}", copied.join(", ")).unwrap();
    text
}

fn describe_diagnostic(text: &mut String, diagnostic: &Diagnostic) {
    let severity = if diagnostic.is_error() { "error" } else { "warning" };
    let Diagnostic { file, line, column, code, message, .. } = diagnostic;
    writeln!(text, "{severity} {code} {file}:{line}:{column}\n  {message}").unwrap();
    if let Some(hint) = &diagnostic.hint {
        writeln!(text, "  hint: {hint}").unwrap();
    }
    if let (Some(source), Some(span)) = (&diagnostic.source, &diagnostic.span) {
        writeln!(text, "  at: {:?}", &source[span.clone()]).unwrap();
    }
}

fn pretty(bytes: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}
