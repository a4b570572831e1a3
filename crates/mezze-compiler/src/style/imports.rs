//! Style sheets with what they import.

use std::ops::Range;
use std::sync::Arc;

use super::{CompiledStyle, StyleOptions, data_attributes, sass, transform};
use crate::diagnostic::catalog;
use crate::edits::Piece;
use crate::nesting;
use crate::project::{Sources, paths};
use crate::script::resolve::unalias;

/// Compiles the style sheet at `entry`, which exists.
pub fn compile(entry: &str, options: &StyleOptions, sources: &Sources, aliases: &[(String, String)]) -> CompiledStyle {
    let style = CompiledStyle::default();
    let mut compilation = Compilation { options, sources, aliases, style, open: Vec::new() };
    let mut css = String::new();
    compilation.expand(entry, &mut css);
    compilation.style.styled_data = data_attributes(&css).map(str::to_owned).collect();
    compilation.style.css = css;
    compilation.style
}

/// Stray braces of one file that are told.
const MOST_STRAY_BRACES: usize = 100;

struct Compilation<'a> {
    options: &'a StyleOptions,
    sources: &'a Sources,
    aliases: &'a [(String, String)],
    style: CompiledStyle,
    /// Files that are being expanded, outermost first.
    open: Vec<String>,
}

impl Compilation<'_> {
    fn expand(&mut self, path: &str, output: &mut String) {
        let Some(source) = self.sources.read(path) else { return };
        self.style.dependencies.push((path.to_owned(), source.hash));
        let file = self.sources.display(path);
        if let Some(place) = nesting::too_deep_brackets(&source.text) {
            self.style.findings.push(catalog::nested_too_deep(&file).at(&source.text, place));
            return;
        }
        let text = match paths::extension(path) {
            "scss" | "sass" | "less" => {
                match sass::compile(path, &source.text, self.sources, &mut self.style.dependencies) {
                    Ok(css) => Arc::from(css),
                    Err(problem) => {
                        self.style.findings.push(problem);
                        return;
                    }
                }
            }
            _ => source.text,
        };
        self.open.push(path.to_owned());
        self.expand_text(path, &file, &text, output);
        self.open.pop();
    }

    fn expand_text(&mut self, path: &str, file: &str, text: &Arc<str>, output: &mut String) {
        let mut found = transform::walk(text, self.options);
        self.style.uses_host |= found.uses_host;
        for (index, offset) in std::mem::take(&mut found.stray_braces).iter().enumerate() {
            if index < MOST_STRAY_BRACES {
                self.style.findings.push(catalog::stray_brace(file).at(text, *offset..offset + 1));
            }
            found.edits.replace(*offset..offset + 1, "");
        }
        for (range, url) in std::mem::take(&mut found.urls) {
            if let Some(resolved) = self.resolve_url(path, file, text, &range, &url) {
                found.edits.replace(range, format!("url({})", quoted(&resolved)));
            }
        }
        let mut expanded = Vec::new();
        for import in &found.imports {
            let mut inner = String::new();
            if is_remote(&import.written) {
                self.style.findings.push(catalog::remote_style(file, &import.written).at(text, import.range.clone()));
            } else {
                self.import(path, file, text, import, &mut inner);
            }
            if !import.condition.is_empty() && !inner.is_empty() {
                inner = format!("@media {}{{{inner}}}", import.condition);
            }
            found.edits.replace_with(import.range.clone(), vec![Piece::Specifier(expanded.len())]);
            expanded.push(inner);
        }
        found.edits.finish().apply(text, output, |piece| match piece {
            Piece::Specifier(number) => expanded.get(*number).cloned().unwrap_or_default(),
            _ => String::new(),
        });
        if !output.is_empty() && !output.ends_with('\n') {
            output.push('\n');
        }
    }

    fn import(&mut self, path: &str, file: &str, text: &Arc<str>, import: &transform::Import, output: &mut String) {
        let Some(target) = self.resolve_import(path, &import.written) else {
            let finding = catalog::missing_style(file, &import.written).at(text, import.range.clone());
            self.style.findings.push(finding);
            return;
        };
        if self.open.contains(&target) {
            let cycle: Vec<String> = self.open.iter().chain([&target]).map(|path| self.sources.display(path)).collect();
            self.style.findings.push(catalog::circular_style(file, &cycle).at(text, import.range.clone()));
            return;
        }
        self.expand(&target, output);
    }

    /// A relative or absolute path, with or without its extension; then a path from the root; then a package.
    fn resolve_import(&self, from: &str, written: &str) -> Option<String> {
        let written = written.trim();
        let aliased = unalias(self.aliases, written);
        let written = aliased.as_deref().unwrap_or(written);
        let bases = [
            paths::resolve(paths::folder(from), written),
            paths::resolve("", written),
            paths::resolve("miniprogram_npm", written),
        ];
        bases.into_iter().find_map(|base| {
            let with_extension = ["wxss", "css", "scss"].map(|extension| format!("{base}.{extension}"));
            std::iter::once(base).chain(with_extension).find(|candidate| self.sources.exists(candidate))
        })
    }

    /// Package path of a `url()`; `None` where it stays as it is.
    fn resolve_url(
        &mut self,
        from: &str,
        file: &str,
        text: &Arc<str>,
        range: &Range<usize>,
        url: &str,
    ) -> Option<String> {
        let url = url.trim();
        if url.is_empty() || url.starts_with('#') || is_remote(url) {
            return None;
        }
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let path = paths::resolve(paths::folder(from), &url[..end]);
        if !self.sources.exists(&path) {
            self.style.findings.push(catalog::missing_file(file, &path).at(text, range.clone()));
        }
        Some(format!("/{path}{}", &url[end..]))
    }
}

/// True for what names a place outside the project: a scheme, or `//host`.
fn is_remote(url: &str) -> bool {
    let scheme = url.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    scheme || url.starts_with("//")
}

/// A CSS string.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\a "),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::is_remote;

    #[test]
    fn schemes_and_hosts_are_remote() {
        assert!(is_remote("data:image/png;base64,AA"));
        assert!(is_remote("//example.org/a.css"));
        assert!(is_remote("https://example.org/a.css"));
        assert!(!is_remote("../a.wxss"));
    }
}
