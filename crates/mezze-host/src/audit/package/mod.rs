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
    /// UTF-16 units before every [`BLOCK`]th byte: a script may be one line of a megabyte.
    units: Vec<usize>,
}

/// Bytes that are counted one by one for a position.
const BLOCK: usize = 512;

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
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += units_in(block);
            Some(here)
        });
        let units = blocks.collect();
        Self { name, file, root, text, lexed, lines, units }
    }

    /// The place of an offset.
    pub fn position(&self, offset: usize) -> PackagePosition {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.units_before(offset).saturating_sub(self.units_before(start)) + 1;
        PackagePosition { file: self.file.clone(), line: small(line), column: small(column) }
    }

    fn units_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).map_or(0, units_in);
        self.units.get(block).copied().unwrap_or_default() + rest
    }

    /// The string whose text begins at an offset.
    pub fn string_at(&self, offset: usize) -> Option<&str> {
        let found = self.lexed.strings.binary_search_by_key(&offset, |range| range.start).ok()?;
        self.text.get(self.lexed.strings.get(found)?.clone())
    }

    pub fn strings(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.lexed.strings.iter().filter_map(|range| Some((range.clone(), self.text.get(range.clone())?)))
    }
}

/// A script without what is only written in it, and the remote addresses that are: for a check that runs nothing.
#[derive(Debug)]
pub struct ScriptText {
    /// Comments and strings blanked; lines are the script's own.
    pub code: String,
    pub addresses: Vec<Address>,
}

/// A string of a script that is a remote address as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Scheme, host and port.
    pub origin: String,
    /// From 1.
    pub line: u32,
}

/// Reads one script.
#[must_use]
pub fn read_script(file: &str, text: &str) -> ScriptText {
    let modules = [Module::new(String::new(), file.to_owned(), file.to_owned(), text.to_owned())];
    let urls = usage::urls(&modules).into_iter();
    let addresses = urls.filter_map(|found| {
        Some(Address { origin: super::origins::origin_of(&found.url)?, line: found.position.line })
    });
    let addresses = addresses.collect();
    let [module] = modules;
    ScriptText { code: module.lexed.code, addresses }
}

/// UTF-16 units whose first byte is among these bytes of a UTF-8 text.
fn units_in(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

/// Line and column of an offset, from 1.
pub fn position_in(file: &str, text: &str, offset: usize) -> PackagePosition {
    let before = text.get(..offset).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
    let column = before[start..].encode_utf16().count() + 1;
    PackagePosition { file: file.to_owned(), line: small(line), column: small(column) }
}

/// Reads one script for everything that is looked for in scripts, for the fuzz targets; answers the number of secrets.
pub(crate) fn secrets_in(script: &str) -> usize {
    let modules = [Module::new(String::new(), "a.js".to_owned(), "script/a.js".to_owned(), script.to_owned())];
    assert_eq!(modules[0].lexed.code.len(), script.len(), "what is blanked keeps its place");
    assert!(modules[0].strings().count() == modules[0].lexed.strings.len(), "strings lie between letters");
    assert!(modules[0].lexed.strings.is_sorted_by_key(|range| range.start), "strings stand in order");
    let _ = (usage::apis(&modules, "wx"), usage::urls(&modules));
    let mut found = Vec::new();
    secrets::in_script(&modules[0], &mut found);
    found.len()
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

#[cfg(test)]
mod tests {
    use super::{Inspection, position_in};

    #[test]
    fn a_place_in_a_long_line_is_counted_in_utf16_units() {
        let text = format!("'a'\n{}'b'", "é\u{1F958}x".repeat(700));
        let inspection = Inspection::of_script("a.js", &text);
        let module = &inspection.modules[0];
        for offset in [0, 3, 4, 4 + 7, 4 + 7 * 80, text.len() - 3] {
            assert_eq!(module.position(offset), position_in(&module.file, &text, offset), "{offset}");
        }
        assert_eq!(module.position(text.len() - 3).column, 700 * 4 + 1);
        assert_eq!(
            (module.string_at(1), module.string_at(text.len() - 2), module.string_at(2)),
            (Some("a"), Some("b"), None)
        );
    }

    #[test]
    fn many_secrets_on_one_line_take_no_longer_than_their_number() {
        let script = "apikey='aB3dE5gH7jK9mN1pQ',".repeat(20_000);
        assert_eq!(super::secrets_in(&script), 100);
    }
}
