//! All scripts that the app, its pages and its components reach.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mezze_model::app_config::Namespace;
use rayon::prelude::*;

use super::cache::{Cache, Kept, Module, OutputFile};
use crate::diagnostic::{Diagnostic, catalog};
use crate::project::{Sources, paths};
use crate::script::resolve::Resolver;
use crate::script::{self, Script, wrap};

/// A module that goes into the package.
#[derive(Debug)]
pub struct LinkedScript {
    /// Path of its source.
    pub path: String,
    pub script: Arc<Script>,
    pub file: OutputFile,
}

/// Compiles the scripts at `entries` (source paths) and all they require. Answers them by module name.
pub fn compile(
    entries: Vec<String>,
    resolver: Resolver<'_>,
    namespace: Namespace,
    cache: &mut Cache,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, LinkedScript> {
    let mut analysed: BTreeMap<String, (Kept<Script>, Vec<Option<String>>)> = BTreeMap::new();
    let mut wave: BTreeSet<String> = entries.into_iter().collect();
    while !wave.is_empty() {
        let results = analyse_wave(&wave, resolver, namespace, cache);
        let mut next = BTreeSet::new();
        for (path, kept, resolved) in results {
            findings.extend(kept.value.findings.iter().cloned());
            report_missing(&path, &kept.value, &resolved, resolver.sources, findings);
            next.extend(resolved.iter().flatten().cloned());
            next.extend(computed(&path, &kept.value, resolver, findings));
            analysed.insert(path, (kept, resolved));
        }
        next.retain(|path| !analysed.contains_key(path));
        wave = next;
    }
    write(analysed, cache)
}

type Analysed = (String, Kept<Script>, Vec<Option<String>>);

fn analyse_wave(
    wave: &BTreeSet<String>,
    resolver: Resolver<'_>,
    namespace: Namespace,
    cache: &mut Cache,
) -> Vec<Analysed> {
    let kept = &cache.scripts;
    let results: Vec<(Analysed, bool)> = wave
        .par_iter()
        .filter_map(|path| {
            let source = resolver.sources.read(path)?;
            let known = kept.get(path).filter(|kept| kept.hash == source.hash).cloned();
            let reused = known.is_some();
            let kept = known.unwrap_or_else(|| {
                let script = script::analyze(path, &resolver.sources.display(path), &source.text, namespace);
                Kept { hash: source.hash, value: Arc::new(script), file: None }
            });
            let resolved =
                kept.value.dependencies.iter().map(|dependency| resolver.resolve(path, &dependency.written)).collect();
            Some(((path.clone(), kept, resolved), reused))
        })
        .collect();
    cache.reused += results.iter().filter(|(_, reused)| *reused).count();
    let fresh = results.iter().filter(|(_, reused)| !reused);
    cache.scripts.extend(fresh.map(|((path, kept, _), _)| (path.clone(), kept.clone())));
    results.into_iter().map(|(result, _)| result).collect()
}

fn report_missing(
    path: &str,
    script: &Script,
    resolved: &[Option<String>],
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) {
    for (dependency, resolved) in script.dependencies.iter().zip(resolved) {
        if resolved.is_some() {
            continue;
        }
        if dependency.guarded {
            // Inside `try`: the app is prepared for its absence.
            continue;
        }
        let is_package = !dependency.written.starts_with(['.', '/']);
        let mut finding = catalog::missing_module(&sources.display(path), &dependency.written, is_package);
        if let (Some(source), Some(span)) = (sources.read(path), &dependency.span) {
            finding = finding.at(&source.text, span.clone());
        }
        findings.push(finding);
    }
}

/// What npm brought can't be written otherwise by the developer: each package that the original tool built asks for what
/// it does not hold itself by a name that is known at run time only.
fn is_of_package(path: &str) -> bool {
    path.split('/').any(|segment| segment == "miniprogram_npm")
}

/// Where a module is named by an expression, all scripts of the folder it begins with may be meant.
fn computed(path: &str, script: &Script, resolver: Resolver<'_>, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let sources = resolver.sources;
    let mut included = Vec::new();
    for require in &script.computed {
        let prefix = require.prefix.rfind('/').map_or("./", |slash| &require.prefix[..=slash]);
        let folder = paths::resolve(paths::folder(path), prefix);
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let scripts =
            sources.files().range(start.clone()..).take_while(|file| file.starts_with(&start)).filter(|file| {
                // From the root everything would be meant: then only what stands beside the file is.
                let beside = !start.is_empty() || !file.contains('/');
                beside && resolver.extensions.contains(&paths::extension(file)) && !file.ends_with(".d.ts")
            });
        let before = included.len();
        included.extend(scripts.cloned());
        if is_of_package(path) {
            continue;
        }
        let shown = if folder.is_empty() { "." } else { &folder };
        let mut finding = catalog::computed_require(&sources.display(path), shown, included.len() - before);
        if let (Some(source), Some(span)) = (sources.read(path), &require.span) {
            finding = finding.at(&source.text, span.clone());
        }
        findings.push(finding);
    }
    included
}

fn write(
    analysed: BTreeMap<String, (Kept<Script>, Vec<Option<String>>)>,
    cache: &mut Cache,
) -> BTreeMap<String, LinkedScript> {
    let kept = &cache.modules;
    let linked: Vec<(String, LinkedScript, Option<Module>)> = analysed
        .into_par_iter()
        .map(|(path, (script, resolved))| {
            let module = wrap::module_name(&path);
            let resolved: Vec<Option<String>> =
                resolved.into_iter().map(|path| path.as_deref().map(wrap::module_name)).collect();
            let known = kept.get(&path).filter(|known| known.hash == script.hash && known.resolved == resolved);
            let file = known.map(|known| known.file.clone());
            let fresh = file.is_none();
            let file = file.unwrap_or_else(|| OutputFile::new(wrap::wrap(&script.value, &module, &resolved)));
            let kept = fresh.then(|| Module { hash: script.hash, resolved, file: file.clone() });
            (module, LinkedScript { path, script: script.value, file }, kept)
        })
        .collect();
    for (_, script, module) in &linked {
        if let Some(module) = module {
            cache.modules.insert(script.path.clone(), module.clone());
        }
    }
    linked.into_iter().map(|(module, script, _)| (module, script)).collect()
}
