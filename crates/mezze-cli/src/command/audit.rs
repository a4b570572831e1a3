//! `mezze audit [DIR|FILE.ma]`: opens every page without a browser and says what is wrong.
//!
//! Exit code: 0 where it passes, 1 where it does not (errors; warnings too with `--strict`), 2 where nothing could be
//! audited.

use super::build;
use crate::failure::Failure;
use crate::terminal::{Terminal, Tone};
use mezze_compiler::{Build, CompileOptions, Compiler, Diagnostic, Severity as CompilerSeverity};
use mezze_host::audit::{self, AuditInput, AuditOptions, BUILD, BUILD_WARNING, Finding, Kind, Place, Report, text};
use mezze_host::headless::{AppFiles, Budget, PackagePosition};
use mezze_package::{Limits, Package};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Arguments {
    /// The project's folder, or a package
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    target: PathBuf,
    /// Only this page
    #[arg(long, value_name = "PATH")]
    page: Option<String>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// List everything, not the first few of each
    #[arg(long)]
    full: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Pages visited side by side; as many as there are processors where it is not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Longest that a page may take before it is stopped
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=3600))]
    page_seconds: u64,
}

const PASSED: u8 = 0;
const NOT_PASSED: u8 = 1;
const NOT_AUDITED: u8 = 2;

pub fn run(arguments: &Arguments, terminal: Terminal) -> ExitCode {
    let code = match audited(arguments, terminal) {
        Ok(report) => {
            show(&report, arguments, terminal);
            if report.ok { PASSED } else { NOT_PASSED }
        }
        Err(failure) => {
            if arguments.json {
                terminal.json(&serde_json::json!({ "ok": false, "message": failure.message, "hint": failure.hint }));
            } else {
                terminal.failure(&failure);
            }
            NOT_AUDITED
        }
    };
    ExitCode::from(code)
}

fn show(report: &Report, arguments: &Arguments, terminal: Terminal) {
    if arguments.json {
        terminal.json(report);
        return;
    }
    let paint = |text: &str, tone: text::Tone| {
        let tone = match tone {
            text::Tone::Good => Tone::Good,
            text::Tone::Warning => Tone::Warning,
            text::Tone::Bad => Tone::Bad,
            text::Tone::Faint => Tone::Faint,
            text::Tone::Strong => Tone::Strong,
        };
        terminal.paint(text, tone)
    };
    let style = text::Style { paint: &paint, full: arguments.full };
    terminal.result(text::render(report, &style).trim_end());
}

fn audited(arguments: &Arguments, terminal: Terminal) -> Result<Report, Failure> {
    let defaults = AuditOptions::default();
    let options = AuditOptions {
        page: arguments.page.as_ref().map(|page| page.trim_start_matches('/').to_owned()),
        strict: arguments.strict,
        threads: arguments.threads.unwrap_or(defaults.threads),
        budget: Budget { time: Duration::from_secs(arguments.page_seconds), ..Budget::default() },
        ..defaults
    };
    let _progress = terminal.progress("visiting every page");
    if arguments.target.is_dir() {
        audit_project(&arguments.target, &options)
    } else {
        audit_package(&arguments.target, &options)
    }
}

fn audit_package(file: &Path, options: &AuditOptions) -> Result<Report, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::reading(file, &error))?;
    let refuse = |error: &dyn std::fmt::Display| {
        Failure::new(format!("{} is refused: {error}", file.display()), "build it again with `mezze build`")
    };
    let limits = Limits::default();
    let package = Package::read(&bytes, &limits).map_err(|error| refuse(&error))?;
    let files = AppFiles::of_package(&package).map_err(|error| refuse(&error))?;
    let stored_sizes = stored_sizes(&package, &files);
    let input = AuditInput { files: Arc::new(files), stored_sizes, limits, locate: None, findings: Vec::new() };
    audit_input(&input, options)
}

/// A project is compiled as for a release. One with errors is audited as far as it goes: what the compiler left out
/// is missing in the app too.
fn audit_project(folder: &Path, options: &AuditOptions) -> Result<Report, Failure> {
    let project = build::open(folder)?;
    let build = Compiler::new(CompileOptions::default()).compile(&project);
    let Some(config) = build.config.clone() else {
        let first = build.diagnostics.iter().find(|diagnostic| diagnostic.is_error());
        let reason = first.map_or_else(|| "it has no usable configuration".to_owned(), ToString::to_string);
        return Err(Failure::new(
            format!("{} can't be compiled: {reason}", folder.display()),
            "run `mezze build` to see what to correct",
        ));
    };
    let locate = |position: &PackagePosition| {
        let original = build.original_position(&position.file, position.line, position.column)?;
        Some(Place { file: original.file, line: Some(original.line), column: Some(original.column) })
    };
    let files = AppFiles::new(config, build.files.clone());
    let packed = build.package().ok().and_then(|bytes| Package::read(&bytes, build.limits()).ok());
    let input = AuditInput {
        stored_sizes: packed.map(|package| stored_sizes(&package, &files)).unwrap_or_default(),
        files: Arc::new(files),
        limits: build.limits().clone(),
        locate: Some(&locate),
        findings: compiler_findings(&build),
    };
    audit_input(&input, options)
}

fn audit_input(input: &AuditInput<'_>, options: &AuditOptions) -> Result<Report, Failure> {
    audit::audit(input, options).map_err(|error| match &error {
        audit::AuditFailure::UnknownPage(_) => {
            let pages: Vec<&str> = input.files.config.pages.keys().take(5).map(String::as_str).collect();
            Failure::new(error.to_string(), format!("it has {}", pages.join(", ")))
        }
        _ => Failure::plain(error.to_string()),
    })
}

/// Bytes of each code package as they are stored, by root.
pub fn stored_sizes(package: &Package, files: &AppFiles) -> Vec<(String, u64)> {
    let roots: Vec<&str> =
        files.config.packages.iter().map(|package| package.root.as_str()).filter(|root| !root.is_empty()).collect();
    package.code_package_sizes(&roots).into_iter().map(|(root, bytes)| (root.to_owned(), bytes)).collect()
}

fn compiler_findings(build: &Build) -> Vec<Finding> {
    build
        .diagnostics
        .iter()
        .filter_map(|diagnostic| Some((diagnostic, kind_of(diagnostic)?)))
        .map(|(diagnostic, kind)| {
            // 0 is the file as a whole.
            let number = |value: u32| Some(value).filter(|value| *value > 0);
            let (line, column) = (number(diagnostic.line), number(diagnostic.column));
            let place = Place { file: diagnostic.file.clone(), line, column };
            kind.finding(diagnostic.to_string()).at([place])
        })
        .collect()
}

/// Warnings count where something that the app names is not there: users miss it.
fn kind_of(diagnostic: &Diagnostic) -> Option<&'static Kind> {
    if diagnostic.severity == CompilerSeverity::Error {
        return Some(&BUILD);
    }
    let missing = diagnostic.code.split_once('/').is_some_and(|(_, name)| name.starts_with("missing-"));
    missing.then_some(&BUILD_WARNING)
}
