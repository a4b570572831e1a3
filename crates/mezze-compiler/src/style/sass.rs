//! Sass by grass, reading the project's own files; Less translated to it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use grass::{Fs, Options, OutputStyle};

use super::less;
use crate::diagnostic::{Diagnostic, catalog};
use crate::project::{Sources, paths};

/// Compiles one Sass or Less file to CSS; adds what it uses to `dependencies`.
pub fn compile(
    path: &str,
    source: &Arc<str>,
    sources: &Sources,
    dependencies: &mut Vec<(String, u64)>,
) -> Result<String, Diagnostic> {
    let from_less = paths::extension(path) == "less";
    let files = ProjectFiles { sources, from_less, read: Mutex::default(), refused: Mutex::default() };
    let folder = PathBuf::from(paths::folder(path));
    let options = Options::default()
        .fs(&files)
        .load_path(&folder)
        .load_path("miniprogram_npm")
        .style(OutputStyle::Expanded)
        .quiet(true)
        .input_syntax(if paths::extension(path) == "sass" {
            grass::InputSyntax::Sass
        } else {
            grass::InputSyntax::Scss
        });
    // By its path, not its text: an import that says its extension is looked for beside the file that names it only.
    let result = grass::from_path(path, &options);
    if let Ok(read) = files.read.into_inner() {
        let imported = read.into_iter().filter(|imported| imported != path);
        dependencies.extend(imported.filter_map(|path| sources.read(&path).map(|source| (path, source.hash))));
    }
    if let Some(finding) = files.refused.into_inner().ok().and_then(|refused| refused.into_iter().next()) {
        return Err(finding);
    }
    result.map_err(|error| {
        let text = error.to_string();
        // grass prints the message, then a picture of the place: `  ./file:LINE:COLUMN`.
        let message = text.lines().next().unwrap_or_default().trim_start_matches("Error: ").to_owned();
        let place = text.lines().rev().find_map(|line| {
            let mut parts = line.rsplitn(3, ':');
            let column: u32 = parts.next()?.trim().parse().ok()?;
            let line: u32 = parts.next()?.trim().parse().ok()?;
            Some((line, column))
        });
        let file = sources.display(path);
        let here = text.lines().rev().any(|line| line.contains(&format!("{path}:")));
        let written = place.and_then(|(line, _)| missing_import(&message, source.lines().nth(line as usize - 1)?));
        let finding = match written.filter(|_| here) {
            Some(written) => catalog::missing_sass_import(&file, written),
            None if here => catalog::sass(&file, &message),
            // In a file that this one imports: the picture's last line names it.
            None => {
                let name = text.lines().next_back().unwrap_or_default().trim().trim_start_matches("./");
                catalog::sass(&file, &format!("{message} ({name})"))
            }
        };
        match place.filter(|_| here) {
            Some((line, column)) => finding.at_position(source, line, column, 1),
            None => finding,
        }
    })
}

/// What the import on a line names, where the message says that it is not there.
fn missing_import<'a>(message: &str, line: &'a str) -> Option<&'a str> {
    let rest = line.trim().strip_prefix("@import").or_else(|| line.trim().strip_prefix("@use"))?;
    let quoted = rest.trim_start_matches(|letter| !matches!(letter, '"' | '\''));
    let named = quoted.trim_end().trim_end_matches(';').trim_matches(['"', '\'']);
    message.contains("find stylesheet").then_some(named)
}

/// Imports of plain style sheets are left for us to inline: `@import "a.wxss"` becomes `@import url("a.wxss")`.
fn keep_style_imports(source: &str) -> String {
    let mut output = String::with_capacity(source.len() + 16);
    for line in source.split_inclusive('\n') {
        let rest = line.trim_start();
        let quoted = rest.strip_prefix("@import").map(str::trim).map(|rest| rest.trim_end_matches(';').trim());
        match quoted {
            Some(quoted)
                if quoted.len() > 2 && quoted[..quoted.len() - 1].ends_with(".wxss") && !quoted.starts_with("url") =>
            {
                output.push_str(&line.replace(quoted, &format!("url({quoted})")));
            }
            _ => output.push_str(line),
        }
    }
    output
}

/// The project's tree as grass sees it.
#[derive(Debug)]
struct ProjectFiles<'a> {
    sources: &'a Sources,
    /// Less files import Less files, which answer to the names they would have as SCSS.
    from_less: bool,
    read: Mutex<Vec<String>>,
    /// Files that could not be translated: grass does not survive an error of reading.
    refused: Mutex<Vec<Diagnostic>>,
}

impl ProjectFiles<'_> {
    fn relative(path: &Path) -> String {
        paths::resolve("", &path.to_string_lossy())
    }

    fn refuse(&self, finding: Diagnostic) {
        if let Ok(mut refused) = self.refused.lock() {
            refused.push(finding);
        }
    }

    /// The file that grass means.
    fn file(&self, path: &Path) -> Option<String> {
        let relative = Self::relative(path);
        let less = relative.strip_suffix(".scss").filter(|_| self.from_less).map(|stem| format!("{stem}.less"));
        less.into_iter().chain([relative]).find(|path| self.sources.exists(path))
    }
}

impl Fs for ProjectFiles<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        let folder = format!("{}/", Self::relative(path));
        self.sources.files().range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.file(path).is_some()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = self.file(path).and_then(|name| self.sources.read(&name).map(|source| (name, source)));
        let Some((relative, source)) = found else { return Ok(Vec::new()) };
        let text = match paths::extension(&relative) {
            "less" => less::to_scss(&source.text).unwrap_or_else(|error| {
                self.refuse(
                    catalog::less(&self.sources.display(&relative), error.problem).at(&source.text, error.range),
                );
                String::new()
            }),
            _ => keep_style_imports(&source.text),
        };
        if let Ok(mut read) = self.read.lock() {
            read.push(relative);
        }
        Ok(text.into())
    }
}
