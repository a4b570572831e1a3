//! Style sheets of the app, its pages and its components, and the order in which a page gets them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{Cache, KeptStyle, OutputFile};
use super::components::Components;
use crate::diagnostic::Diagnostic;
use crate::project::Sources;
use crate::style::{self, StyleOptions};

/// A style sheet to compile: the path it belongs to and the file.
#[derive(Debug)]
pub struct Entry {
    pub path: String,
    pub file: String,
    pub options: StyleOptions,
}

/// Compiles style sheets; those that come out empty are left out. Answers them by the path they belong to.
pub fn compile(
    entries: Vec<Entry>,
    sources: &Sources,
    aliases: &[(String, String)],
    cache: &mut Cache,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, KeptStyle> {
    let kept = &cache.styles;
    let compiled: Vec<(Entry, KeptStyle, bool)> = entries
        .into_par_iter()
        .map(|entry| {
            if let Some(kept) = kept.get(&entry.file).filter(|kept| is_current(kept, &entry.options, sources)) {
                return (entry, kept.clone(), true);
            }
            let mut compiled = style::compile(&entry.file, &entry.options, sources, aliases);
            let file = OutputFile::new(std::mem::take(&mut compiled.css));
            let kept = KeptStyle { options: entry.options.clone(), style: Arc::new(compiled), file };
            (entry, kept, false)
        })
        .collect();
    let mut styles = BTreeMap::new();
    for (entry, kept, reused) in compiled {
        cache.reused += usize::from(reused);
        findings.extend(kept.style.findings.iter().cloned());
        cache.styles.insert(entry.file, kept.clone());
        if kept.file.bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
            styles.insert(entry.path, kept);
        }
    }
    styles
}

fn is_current(kept: &KeptStyle, options: &StyleOptions, sources: &Sources) -> bool {
    kept.options == *options
        && kept
            .style
            .dependencies
            .iter()
            .all(|(path, hash)| sources.read(path).is_some_and(|source| source.hash == *hash))
}

/// Tags in the templates of each page and component.
pub type UsedTags = HashMap<String, HashSet<String>>;

/// Paths whose style sheets a page needs besides the app's, its own last: components before those that use them.
/// `beside` are components that the host draws on the page.
pub fn cascade(page: &str, beside: &[String], components: &Components, used_tags: &UsedTags) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    for path in beside.iter().map(String::as_str).chain([page]) {
        visit(path, components, used_tags, &mut seen, &mut order);
    }
    order
}

fn visit(
    path: &str,
    components: &Components,
    used_tags: &UsedTags,
    seen: &mut HashSet<String>,
    order: &mut Vec<String>,
) {
    if !seen.insert(path.to_owned()) {
        return;
    }
    if let Some(linked) = components.linked.get(path) {
        // A global component counts where it is used; what a component lists itself is taken at its word.
        let global = components.global.iter().filter(|(tag, _)| {
            !linked.using.contains_key(*tag) && used_tags.get(path).is_some_and(|tags| tags.contains(*tag))
        });
        let generics = linked.generics.values().flatten();
        for target in global.map(|(_, target)| target).chain(linked.using.values()).chain(generics) {
            visit(target, components, used_tags, seen, order);
        }
    }
    order.push(path.to_owned());
}
