//! What is fuzzed of the compiler: the files of a project. Used by the targets and, with fixed mutations, by
//! `crates/mezze-compiler/tests/mutations.rs`.

use mezze_compiler::{CompileOptions, Compiler, JsonFile, Limits, Project, fuzzing};
use mezze_package::Package;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// What a template becomes is a script, whatever its texts hold.
pub fn template(bytes: &[u8]) {
    if let Some(script) = fuzzing::template(&text(bytes)) {
        assert!(fuzzing::is_script(&script), "not a script: {script}");
    }
}

/// So is a template script.
pub fn template_script(bytes: &[u8]) {
    if let Some(script) = fuzzing::template_script(&text(bytes)) {
        assert!(fuzzing::is_script(&script), "not a script: {script}");
    }
}

/// A wrapped module is one script. The first byte says how it is written.
pub fn script(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let file = ["a.js", "a.ts", "a.json"][usize::from(kind % 3)];
    if let Some(script) = fuzzing::script(file, &text(rest)) {
        assert!(fuzzing::is_script(&script), "not a script: {script}");
    }
}

/// A style sheet is edited, not understood: any text is taken. The first byte says whether it is Less.
pub fn style(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if kind % 2 == 0 {
        let _ = fuzzing::style(&text(rest));
    } else {
        let _ = fuzzing::less(&text(rest));
    }
}

/// Files of a project, each after a line `=== NAME`. What compiles without errors is a right package.
pub fn project(bytes: &[u8]) {
    let text = text(bytes);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for part in text.split("=== ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        if let Ok(file) = JsonFile::parse(name, &Arc::from(content)) {
            let members: Vec<&str> = file.value.keys().map(String::as_str).collect();
            assert!(members.iter().all(|member| content.get(file.span(&[member])).is_some()));
        }
        write(folder.path(), name, content);
    }
    let Ok(project) = Project::open(folder.path()) else { return };
    let build = Compiler::new(CompileOptions::default()).compile(&project);
    if build.has_errors() {
        return;
    }
    let package = build.package().expect("a build without errors has a package");
    let package = Package::read(&package, &Limits::default()).expect("a build without errors is a right package");
    assert!(package.manifest().is_ok() && package.app_config().is_ok());
}

/// Names that could lead out of the folder, or that the file system does not take, are left out.
fn write(folder: &Path, name: &str, content: &str) {
    let fine = |part: &str| !part.is_empty() && part.len() < 64 && part != ".." && part != "." && !part.contains('\0');
    if name.split('/').all(fine) && name.split('/').count() < 8 {
        let path = folder.join(name);
        // A file may stand where a folder is wanted: then there is no such file.
        let _ = path.parent().map(std::fs::create_dir_all);
        let _ = std::fs::write(path, content);
    }
}
