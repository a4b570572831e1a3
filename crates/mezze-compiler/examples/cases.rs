//! Compiles every project below the folder that `MEZZE_CASES` names and prints a table.
//!
//! `MEZZE_CASES=/path cargo run --release -p mezze-compiler --example cases -- [--findings] [--out DIR] [NAME…]`
//! `--findings` prints what there is to say about each project, `--out` writes each package's files to a folder.
//! Names choose the projects whose path contains one of them.
#![expect(clippy::print_stdout, reason = "an example that reports on standard output")]

use std::path::{Path, PathBuf};

use mezze_compiler::{Build, CompileOptions, Compiler, Project};

/// How deep below the folder a project may lie.
const DEPTH: usize = 4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::var("MEZZE_CASES")?);
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let findings = take_flag(&mut arguments, "--findings");
    let out = arguments.iter().position(|argument| argument == "--out").and_then(|index| {
        let folder = arguments.get(index + 1).map(PathBuf::from);
        arguments.drain(index..(index + 2).min(arguments.len()));
        folder
    });
    let mut projects = Vec::new();
    find(&root, DEPTH, &mut projects);
    println!(
        "{:44} {:>5} {:>5} {:>5} {:>6} {:>6} {:>8} {:>8} {:>8}",
        "project", "pages", "comp", "mods", "errors", "warn", "cold ms", "again ms", "KB"
    );
    for path in projects {
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        if !arguments.is_empty() && !arguments.iter().any(|part| name.contains(part)) {
            continue;
        }
        match Project::open(&path) {
            Ok(project) => report(&name, &project, findings, out.as_deref())?,
            Err(error) => println!("{name:44} {error}"),
        }
    }
    Ok(())
}

fn take_flag(arguments: &mut Vec<String>, flag: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != flag);
    arguments.len() != before
}

fn find(folder: &Path, depth: usize, projects: &mut Vec<PathBuf>) {
    if ["project.config.json", "app.json"].iter().any(|name| folder.join(name).is_file()) {
        projects.push(folder.to_owned());
        return;
    }
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
        .unwrap_or_default();
    folders.sort();
    for inner in folders {
        let name = inner.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "node_modules" {
            find(&inner, depth, projects);
        }
    }
}

fn report(name: &str, project: &Project, findings: bool, out: Option<&Path>) -> Result<(), Box<dyn std::error::Error>> {
    let options = CompileOptions { development: true, ..CompileOptions::default() };
    let mut compiler = Compiler::new(options);
    let build = compiler.compile(project);
    let cold = build.stats.elapsed;
    let again = compiler.recompile(&[project.source_root().join("app.js")]).stats.elapsed;
    let errors = build.diagnostics.iter().filter(|finding| finding.is_error()).count();
    let size: usize = build.files.values().map(|bytes| bytes.len()).sum();
    println!(
        "{name:44} {:>5} {:>5} {:>5} {errors:>6} {:>6} {:>8.1} {:>8.1} {:>8}",
        build.stats.pages,
        build.stats.components,
        build.stats.modules,
        build.diagnostics.len() - errors,
        cold.as_secs_f64() * 1000.0,
        again.as_secs_f64() * 1000.0,
        size / 1024,
    );
    if findings {
        for finding in &build.diagnostics {
            println!(
                "  {} {}:{}:{} {} {}",
                if finding.is_error() { "E" } else { "w" },
                finding.file,
                finding.line,
                finding.column,
                finding.code,
                finding.message
            );
        }
    }
    if let Some(out) = out {
        write(&build, &out.join(name))?;
    }
    Ok(())
}

fn write(build: &Build, folder: &Path) -> std::io::Result<()> {
    for (path, bytes) in &build.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
