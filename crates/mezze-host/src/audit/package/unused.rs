//! What is in the package and nothing names.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem::Finder;

use super::Inspection;
use crate::headless::AppFiles;

/// Files and components that nothing uses, pages that nothing leads to.
#[derive(Debug, Clone, Default)]
pub struct Unused {
    /// Path in the project, with its size.
    pub files: BTreeMap<String, u64>,
    /// By page or component: tags that it declares and never draws.
    pub components: BTreeMap<String, BTreeSet<String>>,
    pub pages: Vec<String>,
}

/// A file that is smaller is not worth a word.
const SMALLEST_FILE: usize = 1024;
/// Files that hosts or tools read by their name.
const KNOWN: [&str; 5] = ["sitemap.json", "project.config.json", "theme.json", "ext.json", "package.json"];

pub fn find(files: &AppFiles, inspection: &Inspection) -> Unused {
    Unused {
        files: unused_files(files, inspection),
        components: unused_components(files, inspection),
        pages: unreachable_pages(files, inspection),
    }
}

/// A file counts as named where its name without folders stands in any text; one that is put together
/// (`icon_${name}.png`) counts where what stands before the varying part does.
fn unused_files(files: &AppFiles, inspection: &Inspection) -> BTreeMap<String, u64> {
    let others: Vec<&[u8]> = files
        .iter()
        .filter(|(path, _)| path.starts_with("style/") || path.starts_with("config/") || is_text(path))
        .map(|(_, bytes)| bytes)
        .collect();
    let named = |word: &str| {
        let finder = Finder::new(word);
        inspection.mentions(word) || others.iter().any(|text| finder.find(text).is_some())
    };
    files
        .iter()
        .filter_map(|(path, bytes)| {
            let project_path = path.strip_prefix("file/")?;
            let name = project_path.rsplit('/').next()?;
            if bytes.len() < SMALLEST_FILE || KNOWN.contains(&name) || named(name) {
                return None;
            }
            let stem: String = name.chars().take_while(|letter| !letter.is_ascii_digit() && *letter != '.').collect();
            let folder = project_path.rsplit('/').nth(1).unwrap_or_default();
            let put_together = stem.len() >= 3 && named(&stem) || !folder.is_empty() && named(&format!("{folder}/"));
            (!put_together).then(|| (project_path.to_owned(), bytes.len() as u64))
        })
        .collect()
}

fn is_text(path: &str) -> bool {
    path.starts_with("file/") && [".json", ".wxs", ".css", ".wxss"].iter().any(|ending| path.ends_with(ending))
}

fn unused_components(files: &AppFiles, inspection: &Inspection) -> BTreeMap<String, BTreeSet<String>> {
    let config = &files.config;
    let pages = config.pages.iter().map(|(path, page)| (path, &page.component));
    let mut unused = BTreeMap::new();
    for (path, component) in pages.chain(config.components.iter()) {
        let Some(template) = inspection.templates.get(path) else { continue };
        // Other templates that it imports may draw them, and generics name them in attributes.
        let tags = inspection.components.tags.get(path);
        let drawn = |tag: &String| {
            tags.is_some_and(|tags| tags.contains(tag))
                || template.contains(&format!("\"{tag}\""))
                || imports_others(template)
        };
        let idle: BTreeSet<String> = component
            .using_components
            .keys()
            .filter(|tag| !drawn(tag) && !component.component_placeholder.values().any(|other| other == *tag))
            .cloned()
            .collect();
        if !idle.is_empty() {
            unused.insert(path.clone(), idle);
        }
    }
    unused
}

/// Compiled templates reach what they import through the list of groups.
fn imports_others(template: &str) -> bool {
    template.matches("G[\"").count() > 1
}

/// A page that no script, template or tab names by its last two parts, and that is not the first.
fn unreachable_pages(files: &AppFiles, inspection: &Inspection) -> Vec<String> {
    let config = &files.config;
    let in_tabs = |path: &str| config.tab_bar.iter().flat_map(|bar| &bar.list).any(|item| item.page_path == path);
    let named = |path: &str| {
        let parts: Vec<&str> = path.rsplit('/').take(2).collect();
        match parts.as_slice() {
            // `../detail/detail`, and addresses put together of a name that comes twice: `/pages/${name}/${name}`.
            [last, folder] if last == folder => inspection.mentions(last),
            [last, folder] if *last == "index" => inspection.mentions(folder),
            [last, folder] => inspection.mentions(&format!("{folder}/{last}")) || inspection.mentions(last),
            _ => inspection.mentions(path),
        }
    };
    config.pages.keys().filter(|path| **path != config.entry_page && !in_tabs(path) && !named(path)).cloned().collect()
}
