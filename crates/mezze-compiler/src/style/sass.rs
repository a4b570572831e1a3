//! Sass by grass, reading the project's own files.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use grass::{Fs, Options, OutputStyle};

use crate::diagnostic::{Diagnostic, catalog};
use crate::project::{Sources, paths};

/// Compiles one Sass file to CSS; adds what it uses to `dependencies`.
pub fn compile(
    path: &str,
    source: &Arc<str>,
    sources: &Sources,
    dependencies: &mut Vec<(String, u64)>,
) -> Result<String, Diagnostic> {
    let files = ProjectFiles { sources, read: Mutex::default() };
    let folder = PathBuf::from(paths::folder(path));
    let options = Options::default()
        .fs(&files)
        .load_path(&folder)
        .load_path("miniprogram_npm")
        .style(OutputStyle::Expanded)
        .quiet(true)
        .input_syntax(if paths::extension(path) == "sass" { grass::InputSyntax::Sass } else { grass::InputSyntax::Scss });
    let result = grass::from_string(keep_style_imports(source), &options);
    if let Ok(read) = files.read.into_inner() {
        dependencies.extend(read.into_iter().filter_map(|path| sources.read(&path).map(|source| (path, source.hash))));
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
        let finding = catalog::sass(path, &message);
        match place {
            Some((line, column)) => finding.at_position(source, line, column, 1),
            None => finding,
        }
    })
}

/// Imports of plain style sheets are left for us to inline: `@import "a.wxss"` becomes `@import url("a.wxss")`.
fn keep_style_imports(source: &str) -> String {
    let mut output = String::with_capacity(source.len() + 16);
    for line in source.split_inclusive('\n') {
        let rest = line.trim_start();
        let quoted = rest.strip_prefix("@import").map(str::trim).map(|rest| rest.trim_end_matches(';').trim());
        match quoted {
            Some(quoted) if quoted.len() > 2 && quoted[..quoted.len() - 1].ends_with(".wxss") && !quoted.starts_with("url") => {
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
    read: Mutex<Vec<String>>,
}

impl ProjectFiles<'_> {
    fn relative(path: &Path) -> String {
        paths::resolve("", &path.to_string_lossy())
    }
}

impl Fs for ProjectFiles<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        let folder = format!("{}/", Self::relative(path));
        self.sources.files().range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.sources.exists(&Self::relative(path))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let relative = Self::relative(path);
        let source = self.sources.read(&relative).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        if let Ok(mut read) = self.read.lock() {
            read.push(relative);
        }
        Ok(source.text.as_bytes().to_vec())
    }
}
