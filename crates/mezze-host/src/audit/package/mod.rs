//! What the files of a package say without being run.

mod images;
mod lexer;
mod secrets;
mod sizes;
mod styles;
mod unused;
mod usage;

use std::collections::BTreeMap;
use std::ops::Range;

use mezze_api::Catalog;

use crate::headless::{AppFiles, PackagePosition};
use lexer::Lexed;
use memchr::memmem::Finder;

pub use images::LargeImage;
pub use secrets::{Certainty, Secret};
pub use sizes::{CodePackageSize, DuplicateModule, FileSize, SizeReport};
pub use styles::StyleFacts;
pub use unused::Unused;
pub use usage::{ApiUses, ComponentUses, UrlUse};

/// A module of the app.
#[derive(Debug)]
pub struct Module {
    /// Name as `require` knows it.
    pub name: String,
    /// File in the package.
    pub file: String,
    /// Root of its code package.
    pub root: String,
    pub text: String,
    pub lexed: Lexed,
    /// Offsets that lines start at.
    lines: Vec<usize>,
}

/// The package as text, and what was found in it.
#[derive(Debug, Default)]
pub struct Inspection {
    pub modules: Vec<Module>,
    /// Compiled templates by path without extension.
    pub templates: BTreeMap<String, String>,
    pub apis: ApiUses,
    pub components: ComponentUses,
    pub urls: Vec<UrlUse>,
    pub secrets: Vec<Secret>,
    pub styles: StyleFacts,
    pub images: Vec<LargeImage>,
    pub unused: Unused,
}

/// A script that is larger was made by a tool; reading it byte by byte would take long and tell little.
const LARGEST_SCRIPT: usize = 4 << 20;

impl Inspection {
    pub fn of(files: &AppFiles, catalog: &Catalog) -> Self {
        let mut inspection = Self { modules: modules(files), templates: templates(files), ..Self::default() };
        inspection.apis = usage::apis(&inspection.modules, files.config.namespace.as_str());
        inspection.components = usage::components(files, &inspection.templates, catalog);
        inspection.urls = usage::urls(&inspection.modules);
        inspection.secrets = secrets::find(files, &inspection.modules);
        inspection.styles = styles::read(files, &inspection);
        inspection.images = images::find(files);
        inspection.unused = unused::find(files, &inspection);
        inspection
    }

    /// Of one script alone, for tests.
    #[cfg(test)]
    pub fn of_script(name: &str, text: &str) -> Self {
        let module = Module::new(String::new(), name.to_owned(), format!("script/{name}"), text.to_owned());
        Self { modules: vec![module], ..Self::default() }
    }

    /// Text of a module.
    pub fn script_text(&self, module: &str) -> Option<&str> {
        self.modules.iter().find(|candidate| candidate.name == module).map(|module| module.text.as_str())
    }

    /// Whether any script or template holds that word.
    pub fn mentions(&self, word: &str) -> bool {
        let finder = Finder::new(word);
        self.modules.iter().any(|module| finder.find(module.text.as_bytes()).is_some())
            || self.templates.values().any(|template| finder.find(template.as_bytes()).is_some())
    }
}

impl Module {
    fn new(root: String, name: String, file: String, text: String) -> Self {
        let lexed = lexer::lex(&text);
        let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { name, file, root, text, lexed, lines }
    }

    /// The place of an offset.
    pub fn position(&self, offset: usize) -> PackagePosition {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |before| before.encode_utf16().count()) + 1;
        PackagePosition { file: self.file.clone(), line: small(line), column: small(column) }
    }

    pub fn strings(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.lexed.strings.iter().filter_map(|range| Some((range.clone(), self.text.get(range.clone())?)))
    }
}

/// Line and column of an offset, from 1.
pub fn position_in(file: &str, text: &str, offset: usize) -> PackagePosition {
    let before = text.get(..offset).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
    let column = before[start..].encode_utf16().count() + 1;
    PackagePosition { file: file.to_owned(), line: small(line), column: small(column) }
}

fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn modules(files: &AppFiles) -> Vec<Module> {
    let scripts = files.config.packages.iter().flat_map(|package| {
        package.scripts.iter().map(move |script| (package.root.clone(), script.module.clone(), script.file.clone()))
    });
    scripts
        .filter_map(|(root, name, file)| {
            let bytes = files.get(&file).filter(|bytes| bytes.len() <= LARGEST_SCRIPT)?;
            Some(Module::new(root, name, file, String::from_utf8_lossy(bytes).into_owned()))
        })
        .collect()
}

fn templates(files: &AppFiles) -> BTreeMap<String, String> {
    files
        .iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("template/")?.strip_suffix(".js")?;
            (name != "_runtime").then(|| (name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        })
        .collect()
}
