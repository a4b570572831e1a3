//! `mezze build [DIR]`: compiles a project into a package.

use super::sign;
use crate::failure::Failure;
use crate::host_libraries;
use crate::key_ring::KeyRing;
use crate::terminal::{Terminal, size};
use mezze_compiler::{Build, CompileOptions, Compiler, Diagnostic, Project, Severity};
use mezze_model::AppConfig;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// The project: the folder of project.config.json or app.json
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Where to write the package; ID-VERSION.ma in the current folder where it is not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// App id, in place of the project's own
    #[arg(long, value_name = "ID")]
    app_id: Option<String>,
    /// Version, in place of the project's own
    #[arg(long)]
    release: Option<String>,
    /// Sign the package, with the named key or the default one
    #[arg(long, value_name = "KEY", num_args = 0..=1, default_missing_value = crate::key_ring::DEFAULT_KEY)]
    sign: Option<String>,
    /// Print one JSON object: the package, or why there is none, and every diagnostic
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'build> {
    ok: bool,
    file: Option<String>,
    bytes: Option<u64>,
    app_id: Option<String>,
    version: Option<String>,
    errors: usize,
    warnings: usize,
    milliseconds: u128,
    diagnostics: &'build [Diagnostic],
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    let project = open(&arguments.folder)?;
    let progress = terminal.progress("compiling");
    let options = CompileOptions {
        development: false,
        app_id: arguments.app_id.clone(),
        version: arguments.release.clone(),
        ..CompileOptions::default()
    };
    let build = Compiler::new(options).compile(&project);
    drop(progress);

    if !arguments.json {
        show_diagnostics(&build, terminal);
    }
    let config = build.config.as_ref().filter(|_| !build.has_errors());
    let Some(config) = config else {
        if arguments.json {
            terminal.json(&report(&build, None));
        }
        return Err(refused(&build));
    };
    let mut bytes = build.package().map_err(|error| Failure::plain(error.to_string()))?;
    if let Some(name) = &arguments.sign {
        let ring = KeyRing::open()?;
        let key = if name == crate::key_ring::DEFAULT_KEY { ring.load_or_create(name)? } else { ring.load(name)? };
        bytes = sign::sign_bytes(&bytes, &key)?;
    }
    let output = arguments.output.unwrap_or_else(|| default_output(config));
    sign::write_whole(&output, &bytes)?;
    if arguments.json {
        terminal.json(&report(&build, Some((&output, bytes.len() as u64))));
    } else {
        terminal.result(&summary(&build, config, &output, bytes.len() as u64));
        if arguments.sign.is_none() {
            terminal.hint(&format!("run `mezze sign {}` before you publish it", output.display()));
        }
    }
    Ok(())
}

/// Opens a project, with the compiler's own words where it can't.
pub fn open(folder: &Path) -> Result<Project, Failure> {
    let project = Project::open(folder).map_err(|error| {
        let help = miette::Diagnostic::help(&error).map(|help| help.to_string());
        Failure { message: error.to_string(), hint: help }
    })?;
    Ok(match host_libraries::folder() {
        Some(folder) => project.with_host_libraries(folder),
        None => project,
    })
}

/// Every warning and error, warnings first, so that what stopped the build stands last.
pub fn show_diagnostics(build: &Build, terminal: Terminal) {
    for severity in [Severity::Warning, Severity::Error] {
        for diagnostic in build.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity) {
            terminal.diagnostic(&miette::Report::new(diagnostic.clone()));
        }
    }
}

/// `2 errors and 1 warning`, or nothing.
pub fn count_text(build: &Build) -> String {
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .into_iter()
        .filter_map(|(severity, word)| match count(build, severity) {
            0 => None,
            1 => Some(format!("1 {word}")),
            more => Some(format!("{more} {word}s")),
        })
        .collect();
    parts.join(" and ")
}

fn count(build: &Build, severity: Severity) -> usize {
    build.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

fn refused(build: &Build) -> Failure {
    Failure::new(
        format!("nothing was written: the project has {}", count_text(build)),
        "correct what is listed above and build again",
    )
}

fn default_output(config: &AppConfig) -> PathBuf {
    PathBuf::from(format!("{}-{}.ma", config.app_id, config.version))
}

fn summary(build: &Build, config: &AppConfig, output: &Path, bytes: u64) -> String {
    let pages = config.pages.len();
    let warnings = count(build, Severity::Warning);
    let mut text = format!(
        "Built {} {} into {}: {}, {pages} {}, {} ms",
        config.app_id,
        config.version,
        output.display(),
        size(bytes),
        if pages == 1 { "page" } else { "pages" },
        build.stats.elapsed.as_millis(),
    );
    if warnings > 0 {
        text.push_str(&format!(", {}", count_text(build)));
    }
    text
}

fn report<'build>(build: &'build Build, written: Option<(&Path, u64)>) -> Report<'build> {
    Report {
        ok: written.is_some(),
        file: written.map(|(file, _)| file.display().to_string()),
        bytes: written.map(|(_, bytes)| bytes),
        app_id: build.config.as_ref().map(|config| config.app_id.to_string()),
        version: build.config.as_ref().map(|config| config.version.to_string()),
        errors: count(build, Severity::Error),
        warnings: count(build, Severity::Warning),
        milliseconds: build.stats.elapsed.as_millis(),
        diagnostics: &build.diagnostics,
    }
}
