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
        let module = Module {
            name: name.to_owned(),
            file: format!("script/{name}"),
            root: String::new(),
            text: text.to_owned(),
            lexed: lexer::lex(text),
        };
        Self { modules: vec![module], ..Self::default() }
    }

    /// Text of a module.
    pub fn script_text(&self, module: &str) -> Option<&str> {
        self.modules.iter().find(|candidate| candidate.name == module).map(|module| module.text.as_str())
    }

    /// Whether any script, template or style holds that word.
    pub fn mentions(&self, word: &str) -> bool {
        self.modules.iter().any(|module| module.text.contains(word))
            || self.templates.values().any(|template| template.contains(word))
    }
}

impl Module {
    /// The place of an offset.
    pub fn position(&self, offset: usize) -> PackagePosition {
        position_in(&self.file, &self.text, offset)
    }

    pub fn strings(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.lexed.strings.iter().filter_map(|range| Some((range.clone(), self.text.get(range.clone())?)))
    }
}

/// Line and column of an offset, from 1.
pub fn position_in(file: &str, text: &str, offset: usize) -> PackagePosition {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.encode_utf16().count()) + 1;
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    PackagePosition { file: file.to_owned(), line: number(line), column: number(column) }
}

fn modules(files: &AppFiles) -> Vec<Module> {
    let scripts = files.config.packages.iter().flat_map(|package| {
        package.scripts.iter().map(move |script| (package.root.clone(), script.module.clone(), script.file.clone()))
    });
    scripts
        .filter_map(|(root, name, file)| {
            let bytes = files.get(&file).filter(|bytes| bytes.len() <= LARGEST_SCRIPT)?;
            let text = String::from_utf8_lossy(bytes).into_owned();
            let lexed = lexer::lex(&text);
            Some(Module { name, file, root, text, lexed })
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
