//! From a project to the files of a package, whole or only what changed.

mod assemble;
mod assets;
mod cache;
mod components;
mod manifest;
mod scripts;
mod styles;
mod templates;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mezze_model::{AppConfig, Manifest};
use mezze_package::{CompressedEntry, Limits, PackageBuilder, PackageError};

use crate::diagnostic::Diagnostic;
use crate::project::{Project, Sources};
use crate::script::LineMap;
use cache::Cache;

/// How to compile.
#[derive(Debug, Clone, Default)]
pub struct CompileOptions {
    /// Any origin is allowed, source maps are made, files are stored without compression.
    pub development: bool,
    /// Instead of what the project says.
    pub app_id: Option<String>,
    pub version: Option<String>,
    /// Whole number that orders releases; from the version's digits where it is left out (`1.2.3` is 1002003).
    pub version_code: Option<u64>,
    pub limits: Limits,
}

/// Compiles one project again and again, keeping what did not change.
#[derive(Debug)]
pub struct Compiler {
    options: CompileOptions,
    state: Option<State>,
}

#[derive(Debug)]
struct State {
    project: Project,
    sources: Sources,
    cache: Cache,
}

/// What came out of a compilation.
#[derive(Debug)]
pub struct Build {
    /// Files of the package by path, `manifest.json` and `config/app.json` among them.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Nothing where the project has no usable configuration.
    pub config: Option<AppConfig>,
    pub manifest: Option<Manifest>,
    /// By file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Source maps by script file (`script/PATH.js`); development only.
    pub source_maps: BTreeMap<String, Arc<str>>,
    pub stats: BuildStats,
    origins: BTreeMap<String, Origin>,
    stored: bool,
    limits: Limits,
}

/// Where a package file came from.
#[derive(Debug, Clone)]
struct Origin {
    /// Name of the developer's file.
    file: String,
    lines: LineMap,
}

/// A place in the developer's own file; line and column count from 1.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OriginalPosition {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// Figures of one compilation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct BuildStats {
    pub pages: usize,
    pub components: usize,
    pub modules: usize,
    pub templates: usize,
    pub styles: usize,
    pub assets: usize,
    /// Scripts, templates and styles that were taken from the last compilation as they were.
    pub reused: usize,
    #[serde(rename = "elapsed_seconds", serialize_with = "seconds")]
    pub elapsed: Duration,
}

fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

impl Compiler {
    pub fn new(options: CompileOptions) -> Self {
        Self { options, state: None }
    }

    /// Compiles a project. What was compiled before is used again where its files did not change.
    pub fn compile(&mut self, project: &Project) -> Build {
        let previous = self.state.take().filter(|state| state.project.root() == project.root());
        let (sources, cache) = match previous {
            Some(state) => (Some(state.sources), state.cache),
            None => (None, Cache::default()),
        };
        let sources = Sources::scan(project, sources);
        self.run(State { project: project.clone(), sources, cache })
    }

    /// Compiles the same project again after files were changed, added or deleted; all others are taken as they were.
    /// Paths are absolute or relative to the project folder.
    pub fn recompile(&mut self, changed: &[PathBuf]) -> Build {
        let Some(mut state) = self.state.take() else {
            return Build::failed(Vec::new(), &self.options);
        };
        if state.sources.refresh(changed) {
            state.cache.files_came_or_went();
        }
        self.run(state)
    }

    fn run(&mut self, mut state: State) -> Build {
        let options = &self.options;
        let build = crate::nesting::on_a_large_stack(|| {
            assemble::assemble(&state.project, &state.sources, &mut state.cache, options)
        });
        self.state = Some(state);
        build
    }
}

impl Build {
    fn failed(diagnostics: Vec<Diagnostic>, options: &CompileOptions) -> Self {
        Self {
            files: BTreeMap::new(),
            config: None,
            manifest: None,
            diagnostics,
            source_maps: BTreeMap::new(),
            stats: BuildStats::default(),
            origins: BTreeMap::new(),
            stored: options.development,
            limits: options.limits.clone(),
        }
    }

    /// True where the build must not be shipped.
    pub fn has_errors(&self) -> bool {
        self.config.is_none() || self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The package (`.ma`), not signed: deterministic for the same sources and options.
    ///
    /// # Errors
    /// A file's name can't be in a package, or the package is over its limits.
    pub fn package(&self) -> Result<Vec<u8>, PackageError> {
        let mut builder = PackageBuilder::new();
        for (path, bytes) in &self.files {
            let entry = if self.stored { CompressedEntry::stored(bytes) } else { CompressedEntry::smaller(bytes) };
            builder.add_entry(path, entry);
        }
        builder.finish()
    }

    /// Limits that the build was made for.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The developer's own place for one in a package file (`script/pages/a.js`, line and column from 1).
    pub fn original_position(&self, file: &str, line: u32, column: u32) -> Option<OriginalPosition> {
        let origin = self.origins.get(file)?;
        let (line, column) = origin.lines.original_position(line, column)?;
        Some(OriginalPosition { file: origin.file.clone(), line, column })
    }
}
