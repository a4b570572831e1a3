//! Which components a page uses, directly and through others.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::cache::{Cache, Kept};
use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::{Application, ComponentDeclaration, ComponentReference, Dialect};
use crate::project::{Sources, paths};
use crate::script::resolve::unalias;

/// A page or component with its references resolved.
#[derive(Debug)]
pub struct Linked {
    pub declaration: ComponentDeclaration,
    /// Tag to component path.
    pub using: BTreeMap<String, String>,
    pub generics: BTreeMap<String, Option<String>>,
    /// References that lead nowhere; whether that matters is known when the template is.
    pub missing: Vec<Missing>,
    pub is_page: bool,
}

/// A reference to a component that is not there.
#[derive(Debug)]
pub struct Missing {
    pub tag: String,
    pub finding: Diagnostic,
}

/// Pages and components of an app by path, and its global components by tag.
#[derive(Debug, Default)]
pub struct Components {
    pub linked: BTreeMap<String, Linked>,
    pub global: BTreeMap<String, String>,
}

/// Follows the references from the pages and the global list.
pub fn link(
    application: &Application,
    dialect: &dyn Dialect,
    sources: &Sources,
    cache: &mut Cache,
    findings: &mut Vec<Diagnostic>,
) -> Components {
    let mut linker = Linker {
        application,
        dialect,
        sources,
        cache,
        findings,
        queue: VecDeque::new(),
        components: Components::default(),
    };
    for reference in &application.global_components {
        match linker.resolve("", &application.file, reference) {
            Ok(path) => {
                linker.queue.push_back((path.clone(), false));
                linker.components.global.insert(reference.tag.clone(), path);
            }
            Err(missing) => linker.findings.push(missing.finding),
        }
    }
    let mut empty: Vec<&str> = Vec::new();
    for page in &application.pages {
        if linker.is_there(&page.path) {
            linker.queue.push_back((page.path.clone(), true));
            continue;
        }
        let file = &application.file.file;
        let finding = match linker.empty_package_of(&page.path) {
            // Its folder is not here at all: said once, and the rest of the app is built.
            Some(root) if empty.contains(&root) => continue,
            Some(root) => {
                empty.push(root);
                catalog::empty_subpackage(file, root)
            }
            None => catalog::missing_page(file, &page.path),
        };
        let place: Vec<&str> = page.place.iter().map(String::as_str).collect();
        linker.findings.push(application.file.place(finding, &place));
    }
    for path in &application.host_components {
        if linker.is_there(path) {
            linker.queue.push_back((path.clone(), false));
        }
    }
    while let Some((path, is_page)) = linker.queue.pop_front() {
        linker.visit(path, is_page);
    }
    linker.components
}

struct Linker<'a> {
    application: &'a Application,
    dialect: &'a dyn Dialect,
    sources: &'a Sources,
    cache: &'a mut Cache,
    findings: &'a mut Vec<Diagnostic>,
    queue: VecDeque<(String, bool)>,
    components: Components,
}

impl<'a> Linker<'a> {
    /// The subpackage of a page, where no file of that subpackage is there.
    fn empty_package_of(&self, page: &str) -> Option<&'a str> {
        let inside = |path: &str, root: &str| path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        let roots = self.application.config.packages.iter().map(|package| package.root.as_str());
        let root = roots.filter(|root| !root.is_empty()).find(|root| inside(page, root))?;
        let is_empty = !self.sources.files().iter().any(|file| inside(file, root));
        is_empty.then_some(root)
    }

    fn is_there(&self, path: &str) -> bool {
        let extensions = self.dialect.extensions();
        let mut candidates = extensions.template.iter().chain(extensions.script);
        candidates.any(|extension| self.sources.exists(&format!("{path}.{extension}")))
    }

    fn visit(&mut self, path: String, is_page: bool) {
        if let Some(linked) = self.components.linked.get_mut(&path) {
            linked.is_page |= is_page;
            return;
        }
        let file = self.read_json(&format!("{path}.json"));
        let declaration = self.dialect.read_component(file, self.findings);
        let mut linked =
            Linked { using: BTreeMap::new(), generics: BTreeMap::new(), missing: vec![], is_page, declaration };
        for reference in linked.declaration.using.clone() {
            match self.resolve(&path, &linked.declaration.file, &reference) {
                Ok(target) => {
                    self.queue.push_back((target.clone(), false));
                    linked.using.insert(reference.tag, target);
                }
                Err(missing) => linked.missing.push(*missing),
            }
        }
        for (name, default) in linked.declaration.generics.clone() {
            let target =
                default.and_then(|reference| match self.resolve(&path, &linked.declaration.file, &reference) {
                    Ok(target) => Some(target),
                    Err(missing) => {
                        linked.missing.push(*missing);
                        None
                    }
                });
            self.queue.extend(target.clone().map(|target| (target, false)));
            linked.generics.insert(name, target);
        }
        self.components.linked.insert(path, linked);
    }

    fn read_json(&mut self, path: &str) -> JsonFile {
        let Some(source) = self.sources.read(path) else { return JsonFile::empty(path) };
        let kept = self.cache.json.get(path).filter(|kept| kept.hash == source.hash).cloned();
        let kept = kept.unwrap_or_else(|| {
            let parsed = JsonFile::parse(&self.sources.display(path), &source.text);
            let kept = Kept { hash: source.hash, value: Arc::new(parsed), file: None };
            self.cache.json.insert(path.to_owned(), kept.clone());
            kept
        });
        match &*kept.value {
            Ok(file) => file.clone(),
            Err(problem) => {
                self.findings.push((**problem).clone());
                JsonFile::empty(path)
            }
        }
    }

    /// Path of the component that a reference means.
    fn resolve(&self, from: &str, file: &JsonFile, reference: &ComponentReference) -> Result<String, Box<Missing>> {
        let written = reference.written.trim();
        let aliased = unalias(&self.application.aliases, written);
        let path = aliased.as_deref().unwrap_or(written);
        let place: Vec<&str> = reference.place.iter().map(String::as_str).collect();
        let fail = |finding: Diagnostic| {
            Box::new(Missing { tag: reference.tag.clone(), finding: file.place(finding, &place) })
        };
        if let Some(path) = self.plugin_component(path) {
            return Ok(path);
        }
        if path.contains("://") {
            return Err(fail(catalog::foreign_component(&file.file, &reference.tag, written)));
        }
        let folder = paths::folder(from);
        let found = self.component(&paths::resolve(folder, path)).or_else(|| {
            let bare = !path.starts_with(['.', '/']);
            bare.then(|| self.package_component(folder, path).or_else(|| self.component(&paths::resolve("", path))))
                .flatten()
        });
        found.ok_or_else(|| {
            let is_package = !path.starts_with(['.', '/']);
            fail(catalog::missing_component(&file.file, &reference.tag, written, is_package))
        })
    }

    /// `plugin://NAME/COMPONENT`, where the plugin is here and offers it.
    fn plugin_component(&self, written: &str) -> Option<String> {
        let (name, component) = written.strip_prefix("plugin://")?.split_once('/')?;
        self.component(self.application.config.plugins.get(name)?.components.get(component)?)
    }

    /// The component itself, or the index of a folder.
    fn component(&self, path: &str) -> Option<String> {
        let path = path.strip_suffix(".json").or_else(|| path.strip_suffix(".js")).unwrap_or(path);
        let index = paths::join(path, "index");
        if self.is_there(path) { Some(path.to_owned()) } else { self.is_there(&index).then_some(index) }
    }

    fn package_component(&self, folder: &str, written: &str) -> Option<String> {
        let mut base = folder;
        loop {
            let path = paths::join(&paths::join(base, "miniprogram_npm"), written);
            if let Some(found) = self.component(&path) {
                return Some(found);
            }
            if base.is_empty() {
                return None;
            }
            base = paths::folder(base);
        }
    }
}
