//! All templates that pages and components reach, with what they import and the scripts they use.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{Cache, Kept, OutputFile};
use crate::diagnostic::{Diagnostic, catalog};
use crate::project::{SourceText, Sources, paths};
use crate::template::scripts::{self, CompiledScript};
use crate::template::{self, CompiledTemplate, TemplateReference};

/// Compiled templates and template scripts by path without extension.
#[derive(Debug, Default)]
pub struct Templates {
    pub templates: BTreeMap<String, Kept<CompiledTemplate>>,
    pub scripts: BTreeMap<String, (String, Kept<CompiledScript>)>,
}

/// Compiles the templates of `entries` (paths that have one) and all they name.
pub fn compile(
    entries: Vec<String>,
    extensions: &crate::dialect::Extensions,
    sources: &Sources,
    cache: &mut Cache,
    findings: &mut Vec<Diagnostic>,
) -> Templates {
    let mut all = Templates::default();
    let mut wave = entries;
    let mut script_wave = Vec::new();
    while !wave.is_empty() {
        for (path, kept) in compile_wave(&wave, extensions, sources, cache) {
            findings.extend(kept.value.findings.iter().cloned());
            script_wave.extend(kept.value.scripts.iter().map(|reference| (path.clone(), reference.clone())));
            all.templates.insert(path, kept);
        }
        let mut next = BTreeSet::new();
        let mut missing = BTreeSet::new();
        for path in &wave {
            let Some(kept) = all.templates.get(path) else { continue };
            for reference in &kept.value.templates {
                if all.templates.contains_key(&reference.path) {
                    continue;
                }
                if find(&reference.path, extensions.template, sources).is_some() {
                    next.insert(reference.path.clone());
                } else {
                    findings.push(place_reference(
                        path,
                        extensions.template,
                        sources,
                        reference,
                        catalog::missing_template,
                    ));
                    missing.insert(reference.path.clone());
                }
            }
        }
        // An empty template stands in, so that what includes it can still be drawn.
        let empty = SourceText { text: "".into(), hash: 0 };
        all.templates.extend(missing.into_iter().map(|path| (path.clone(), compile_one(&path, &path, &empty))));
        wave = next.into_iter().collect();
    }
    compile_scripts(script_wave, extensions, sources, cache, &mut all, findings);
    find_cycles(&all, extensions.template, sources, findings);
    all
}

/// The file of a path, with the first extension that there is.
pub fn find(path: &str, extensions: &[&str], sources: &Sources) -> Option<String> {
    extensions.iter().map(|extension| format!("{path}.{extension}")).find(|file| sources.exists(file))
}

fn place_reference(
    from: &str,
    extensions: &[&str],
    sources: &Sources,
    reference: &TemplateReference,
    finding: fn(&str, &str) -> Diagnostic,
) -> Diagnostic {
    let file = find(from, extensions, sources).unwrap_or_else(|| from.to_owned());
    let finding = finding(&sources.display(&file), &reference.path);
    match sources.read(&file) {
        Some(source) => finding.at(&source.text, reference.span.clone()),
        None => finding,
    }
}

fn compile_wave(
    wave: &[String],
    extensions: &crate::dialect::Extensions,
    sources: &Sources,
    cache: &mut Cache,
) -> Vec<(String, Kept<CompiledTemplate>)> {
    let kept = &cache.templates;
    let compiled: Vec<(String, Kept<CompiledTemplate>, bool)> = wave
        .par_iter()
        .filter_map(|path| {
            let file = find(path, extensions.template, sources)?;
            let source = sources.read(&file)?;
            if let Some(kept) = kept.get(path).filter(|kept| kept.hash == source.hash) {
                return Some((path.clone(), kept.clone(), true));
            }
            Some((path.clone(), compile_one(path, &sources.display(&file), &source), false))
        })
        .collect();
    cache.reused += compiled.iter().filter(|(_, _, reused)| *reused).count();
    let fresh = compiled.iter().filter(|(_, _, reused)| !reused);
    cache.templates.extend(fresh.map(|(path, kept, _)| (path.clone(), kept.clone())));
    compiled.into_iter().map(|(path, kept, _)| (path, kept)).collect()
}

fn compile_one(path: &str, file: &str, source: &SourceText) -> Kept<CompiledTemplate> {
    let mut value = template::compile(path, file, &source.text);
    let file = value.script.take().map(OutputFile::new);
    Kept { hash: source.hash, value: Arc::new(value), file }
}

/// Template scripts, with those that they require. Each is asked for by a file and a reference in it.
fn compile_scripts(
    mut wave: Vec<(String, TemplateReference)>,
    extensions: &crate::dialect::Extensions,
    sources: &Sources,
    cache: &mut Cache,
    all: &mut Templates,
    findings: &mut Vec<Diagnostic>,
) {
    let mut from_template = true;
    while !wave.is_empty() {
        let mut next = Vec::new();
        for (from, reference) in wave {
            if all.scripts.contains_key(&reference.path) {
                continue;
            }
            let Some(path) = find(&reference.path, extensions.template_script, sources) else {
                let from_extensions = if from_template { extensions.template } else { extensions.template_script };
                findings.push(place_reference(
                    &from,
                    from_extensions,
                    sources,
                    &reference,
                    catalog::missing_template_script,
                ));
                all.scripts.insert(reference.path.clone(), stand_in(&reference.path, extensions));
                continue;
            };
            let Some(source) = sources.read(&path) else { continue };
            let kept = cache.template_scripts.get(&path).filter(|kept| kept.hash == source.hash).cloned();
            let kept = kept.unwrap_or_else(|| {
                let mut value = scripts::compile(&path, &reference.path, &sources.display(&path), &source.text);
                let file = value.script.take().map(OutputFile::new);
                Kept { hash: source.hash, value: Arc::new(value), file }
            });
            cache.template_scripts.insert(path.clone(), kept.clone());
            findings.extend(kept.value.findings.iter().cloned());
            next.extend(kept.value.requires.iter().map(|inner| (reference.path.clone(), inner.clone())));
            all.scripts.insert(reference.path.clone(), (path, kept));
        }
        wave = next;
        from_template = false;
    }
}

/// An empty script in place of one that is not there: templates that use it are drawn all the same.
fn stand_in(path: &str, extensions: &crate::dialect::Extensions) -> (String, Kept<CompiledScript>) {
    let extension = extensions.template_script.first().copied().unwrap_or_default();
    let file = format!("{path}.{extension}");
    let mut value = scripts::compile(&file, path, &file, &"".into());
    let output = value.script.take().map(OutputFile::new);
    (file, Kept { hash: 0, value: Arc::new(value), file: output })
}

/// A template that includes itself, directly or through others, would never end.
fn find_cycles(all: &Templates, extensions: &[&str], sources: &Sources, findings: &mut Vec<Diagnostic>) {
    let mut done = HashSet::new();
    for path in all.templates.keys() {
        let mut open: Vec<(&str, usize)> = vec![(path, 0)];
        while let Some((current, next)) = open.last().copied() {
            let references = all.templates.get(current).map(|kept| kept.value.templates.as_slice()).unwrap_or_default();
            let Some(reference) = references.get(next).filter(|_| !done.contains(current)) else {
                done.insert(current.to_owned());
                open.pop();
                continue;
            };
            if let Some(last) = open.last_mut() {
                last.1 += 1;
            }
            let start = open.iter().position(|(path, _)| *path == reference.path);
            if let Some(start) = start {
                let cycle = open[start..].iter().map(|(path, _)| *path).chain([reference.path.as_str()]);
                let cycle: Vec<String> = cycle.map(|path| paths::file_name(path).to_owned()).collect();
                let placed = place_reference(current, extensions, sources, reference, catalog::missing_template);
                let finding = catalog::circular_template(&placed.file, &cycle);
                findings.push(match (&placed.source, placed.span) {
                    (Some(source), Some(span)) => finding.at(source, span),
                    _ => finding,
                });
            } else if !done.contains(&reference.path) {
                open.push((&reference.path, 0));
            }
        }
    }
}
