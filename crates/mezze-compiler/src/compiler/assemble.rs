//! The steps of one compilation, in order, and the files that come out.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Instant;

use mezze_model::AppConfig;
use mezze_model::app_config::{
    CodePackage, ComponentConfig, PageConfig, Renderer, ScriptFile, StyleIsolation, TemplateFile,
};
use mezze_model::{AppId, VersionName};

use super::cache::{Cache, KeptStyle};
use super::components::{self, Components, Linked};
use super::scripts::{self, LinkedScript};
use super::templates::{self, Templates};
use super::{Build, CompileOptions, Origin, assets, manifest, styles};
use crate::config;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::{Application, Extensions};
use crate::project::{Project, Sources, paths};
use crate::script::resolve::Resolver;
use crate::script::wrap;
use crate::style::{self, StyleOptions};
use crate::template::runtime;

/// Path of the app's own script and style sheet.
const APP: &str = "app";

pub fn assemble(project: &Project, sources: &Sources, cache: &mut Cache, options: &CompileOptions) -> Build {
    let started = Instant::now();
    cache.reused = 0;
    let mut findings = Vec::new();
    let dialect = project.dialect();
    let Some(mut application) = dialect.read_application(project, sources, &mut findings) else {
        return Build::failed(sorted(findings), options);
    };
    if !override_identity(&mut application.config, options, &mut findings) {
        return Build::failed(sorted(findings), options);
    }
    let extensions = dialect.extensions();
    let components = components::link(&application, dialect, sources, cache, &mut findings);
    let with_template = |path: &&String| templates::find(path, extensions.template, sources).is_some();
    let entries: Vec<String> = components.linked.keys().filter(with_template).cloned().collect();
    let templates = templates::compile(entries, &extensions, sources, cache, &mut findings);
    let scripts = compile_scripts(&application, &components, &extensions, sources, cache, &mut findings);
    let mut assembly = Assembly { sources, extensions, application, components, templates, scripts, options };
    assembly.report_missing_components(&mut findings);
    let styles = assembly.compile_styles(cache, &mut findings);
    let mut build = assembly.write(&styles, cache, &mut findings);
    build.diagnostics = sorted(findings);
    build.stats.reused = cache.reused;
    build.stats.elapsed = started.elapsed();
    build
}

fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    findings.dedup();
    findings
}

/// Applies what the caller says instead of the project.
fn override_identity(config: &mut AppConfig, options: &CompileOptions, findings: &mut Vec<Diagnostic>) -> bool {
    let app_id = options.app_id.as_deref().map(AppId::parse).transpose();
    let version = options.version.as_deref().map(VersionName::parse).transpose();
    match (app_id, version) {
        (Ok(app_id), Ok(version)) => {
            config.app_id = app_id.unwrap_or_else(|| config.app_id.clone());
            config.version = version.unwrap_or_else(|| config.version.clone());
            true
        }
        (app_id, version) => {
            let problems = [app_id.err().map(|error| error.to_string()), version.err().map(|error| error.to_string())];
            findings
                .extend(problems.into_iter().flatten().map(|problem| catalog::invalid_identity("options", &problem)));
            false
        }
    }
}

fn without_extension(file: &str) -> String {
    file.rsplit_once('.').map_or(file, |(path, _)| path).to_owned()
}

fn compile_scripts(
    application: &Application,
    components: &Components,
    extensions: &Extensions,
    sources: &Sources,
    cache: &mut Cache,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, LinkedScript> {
    let named = application.entry_scripts.iter().chain(components.linked.keys());
    let mut entries: Vec<String> = named.filter_map(|path| templates::find(path, extensions.script, sources)).collect();
    for folder in &application.script_folders {
        let start = format!("{folder}/");
        let files = sources.files().range(start.clone()..).take_while(|file| file.starts_with(&start));
        entries.extend(
            files
                .filter(|file| extensions.script.contains(&paths::extension(file)) && !file.ends_with(".d.ts"))
                .cloned(),
        );
    }
    let resolver = Resolver { sources, aliases: &application.aliases, extensions: extensions.script };
    scripts::compile(entries, resolver, application.config.namespace, cache, findings)
}

struct Assembly<'a> {
    sources: &'a Sources,
    extensions: Extensions,
    application: Application,
    components: Components,
    templates: Templates,
    scripts: BTreeMap<String, LinkedScript>,
    options: &'a CompileOptions,
}

impl Assembly<'_> {
    /// Tags in the template of a path and in all that it imports or includes.
    fn used_tags(&self, path: &str) -> HashSet<String> {
        let mut tags = HashSet::new();
        let mut seen = HashSet::new();
        let mut open = vec![path];
        while let Some(path) = open.pop() {
            let Some(kept) = self.templates.templates.get(path).filter(|_| seen.insert(path)) else { continue };
            tags.extend(kept.value.tags.iter().cloned());
            open.extend(kept.value.templates.iter().map(|reference| reference.path.as_str()));
        }
        tags
    }

    /// A component that is not there matters where its tag is used.
    fn report_missing_components(&self, findings: &mut Vec<Diagnostic>) {
        for (path, linked) in &self.components.linked {
            if linked.missing.is_empty() {
                continue;
            }
            let tags = self.used_tags(path);
            let used = linked.missing.iter().filter(|missing| tags.contains(&missing.tag));
            findings.extend(used.map(|missing| missing.finding.clone()));
        }
    }

    fn script_of(&self, path: &str) -> Option<&LinkedScript> {
        self.scripts.get(&format!("{path}.js"))
    }

    /// Style isolation as JSON says it, else the script, else the default.
    fn isolation(&self, path: &str, linked: &Linked) -> StyleIsolation {
        let options = self.script_of(path).map(|script| script.script.options.clone()).unwrap_or_default();
        let declaration = &linked.declaration;
        if let Some(isolation) = declaration.style_isolation.or(options.style_isolation) {
            return isolation;
        }
        if linked.is_page || !declaration.component {
            return StyleIsolation::Shared;
        }
        let global = declaration.add_global_class.or(options.add_global_class).unwrap_or(false);
        if global { StyleIsolation::ApplyShared } else { StyleIsolation::Isolated }
    }

    /// Nothing where only the default would say it: `options` may be made by a function in another file, and then the
    /// script says at run time whether the app's styles reach in (`addGlobalClass`).
    fn known_isolation(&self, path: &str, linked: &Linked) -> Option<StyleIsolation> {
        let written = linked.declaration.style_isolation.is_some()
            || self.script_of(path).is_some_and(|script| script.script.options.style_isolation.is_some());
        let isolation = self.isolation(path, linked);
        (written || isolation != StyleIsolation::Isolated).then_some(isolation)
    }

    fn scope(&self, path: &str, linked: &Linked) -> Option<String> {
        (!config::is_shared(self.isolation(path, linked))).then(|| style::scope_name(path))
    }

    fn compile_styles(&self, cache: &mut Cache, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, KeptStyle> {
        let app = templates::find(APP, self.extensions.style, self.sources).map(|file| styles::Entry {
            path: APP.to_owned(),
            file,
            options: StyleOptions { scope: None, host_class: style::host_class(APP) },
        });
        let libraries = self.application.library_styles.iter().map(|file| styles::Entry {
            path: without_extension(file),
            file: file.clone(),
            options: StyleOptions { scope: None, host_class: style::host_class(file) },
        });
        let entries = self.components.linked.iter().filter_map(|(path, linked)| {
            let file = templates::find(path, self.extensions.style, self.sources)?;
            let options = StyleOptions { scope: self.scope(path, linked), host_class: style::host_class(path) };
            Some(styles::Entry { path: path.clone(), file, options })
        });
        styles::compile(
            libraries.chain(app).chain(entries).collect(),
            self.sources,
            &self.application.aliases,
            cache,
            findings,
        )
    }

    /// Root of the code package that a path belongs to: the longest that it starts with.
    fn package_of(&self, path: &str) -> &str {
        let packages = self.application.config.packages.iter().map(|package| package.root.as_str());
        let holds =
            |root: &&str| !root.is_empty() && path.strip_prefix(*root).is_some_and(|rest| rest.starts_with('/'));
        packages.filter(holds).max_by_key(|root| root.len()).unwrap_or("")
    }

    fn component_config(&self, path: &str, linked: &Linked, styles: &BTreeMap<String, KeptStyle>) -> ComponentConfig {
        let declaration = &linked.declaration;
        let options = self.script_of(path).map(|script| script.script.options.clone()).unwrap_or_default();
        ComponentConfig {
            package: self.package_of(path).to_owned(),
            using_components: linked.using.clone(),
            component_generics: linked.generics.clone(),
            component_placeholder: declaration.placeholder.iter().cloned().collect(),
            component: declaration.component || !linked.is_page,
            style_isolation: self.known_isolation(path, linked),
            add_global_class: declaration.add_global_class.or(options.add_global_class),
            virtual_host: declaration.virtual_host.or(options.virtual_host),
            pure_data_pattern: declaration.pure_data_pattern.clone(),
            style_scope: self.scope(path, linked),
            host_class: styles.get(path).filter(|style| style.style.uses_host).map(|_| style::host_class(path)),
            has_script: self.script_of(path).is_some(),
            has_template: self.templates.templates.contains_key(path),
        }
    }

    fn write(
        &mut self,
        styles: &BTreeMap<String, KeptStyle>,
        cache: &mut Cache,
        findings: &mut Vec<Diagnostic>,
    ) -> Build {
        let mut build = Build::failed(Vec::new(), self.options);
        self.fill_config(styles);
        self.write_scripts(&mut build);
        self.write_templates(&mut build);
        for (path, style) in styles {
            build.files.insert(format!("style/{path}.css"), Arc::clone(&style.file.bytes));
        }
        let is_source = |path: &str| self.is_source(path);
        let libraries: BTreeSet<String> =
            self.components.linked.keys().filter_map(|path| self.sources.library_of(path)).collect();
        let request = assets::Request {
            libraries: &libraries,
            sources: self.sources,
            ignored: &self.application.ignored,
            is_source: &is_source,
            limit: self.options.limits.container_bytes,
            configuration: self.application.file.file.clone(),
        };
        let files = assets::collect(&request, cache, findings);
        build.stats.assets = files.len();
        build.files.extend(files);
        if self.options.development {
            self.application.config.origins = self.application.config.origins.relaxed();
        }
        let config = self.application.config.clone();
        let file = &self.application.file.file;
        let manifest = manifest::make(&config, &self.application.identity, self.options, self.sources, file, findings);
        match (serde_json::to_vec(&config), manifest.to_json()) {
            (Ok(config), Ok(manifest)) => {
                build.files.insert(mezze_model::app_config::APP_CONFIG_PATH.to_owned(), config.into());
                build.files.insert(mezze_model::manifest::MANIFEST_PATH.to_owned(), manifest.into());
            }
            (config, manifest) => {
                let error = config.err().or(manifest.err()).map(|error| error.to_string()).unwrap_or_default();
                findings.push(catalog::unwritable_configuration(file, &error));
            }
        }
        for path in build.files.keys() {
            if let Err(error) = mezze_model::PackagePath::parse(path) {
                findings.push(catalog::unpackable_name(path, &error.to_string()));
            }
        }
        build.stats.pages = config.pages.len();
        build.stats.components = config.components.len();
        build.stats.modules = self.scripts.len();
        build.stats.templates = self.templates.templates.len();
        build.stats.styles = styles.len();
        build.config = Some(config);
        build.manifest = Some(manifest);
        build
    }

    fn fill_config(&mut self, styles: &BTreeMap<String, KeptStyle>) {
        let mut pages = indexmap::IndexMap::new();
        let tags: styles::UsedTags =
            self.components.linked.keys().map(|path| (path.clone(), self.used_tags(path))).collect();
        let tabs = self.application.config.tab_bar.as_ref().filter(|tab_bar| tab_bar.custom);
        let is_tab = |page: &str| tabs.is_some_and(|tabs| tabs.list.iter().any(|tab| tab.page_path == page));
        for page in &self.application.pages {
            let Some(linked) = self.components.linked.get(&page.path) else { continue };
            let isolated = self.isolation(&page.path, linked) == StyleIsolation::PageIsolated;
            let libraries = self.application.library_styles.iter().map(|file| without_extension(file));
            let app = libraries.chain([APP.to_owned()]).filter(|_| !isolated);
            // The host draws the app's own tab bar on every page that a tab leads to.
            let beside = if is_tab(&page.path) { self.application.host_components.as_slice() } else { &[] };
            let cascade = app.chain(styles::cascade(&page.path, beside, &self.components, &tags));
            let files =
                cascade.filter(|path| styles.contains_key(path)).map(|path| format!("style/{path}.css")).collect();
            let component = self.component_config(&page.path, linked, styles);
            let renderer = linked.declaration.renderer.or(page.renderer).or(self.application.renderer);
            let skyline = renderer == Some(Renderer::Skyline);
            let (layout, general) = (linked.declaration.layout, self.application.layout);
            pages.insert(
                page.path.clone(),
                PageConfig {
                    component,
                    window: linked.declaration.window.clone(),
                    renderer,
                    default_display_block: skyline.then_some(layout.display_block.or(general.display_block)).flatten(),
                    default_content_box: skyline.then_some(layout.content_box.or(general.content_box)).flatten(),
                    styles: files,
                },
            );
        }
        let used_as_component: BTreeSet<&String> = self
            .components
            .linked
            .values()
            .flat_map(|linked| linked.using.values().chain(linked.generics.values().flatten()))
            .chain(self.components.global.values())
            .chain(&self.application.host_components)
            .collect();
        let components = self
            .components
            .linked
            .iter()
            .filter(|(path, linked)| !linked.is_page || used_as_component.contains(path))
            .map(|(path, linked)| {
                (path.clone(), ComponentConfig { component: true, ..self.component_config(path, linked, styles) })
            })
            .collect();
        let config = &mut self.application.config;
        config.pages = pages;
        config.components = components;
        let styled: BTreeSet<&String> = styles.values().flat_map(|kept| &kept.style.styled_data).collect();
        config.styled_data = styled.into_iter().cloned().collect();
        config.global_components = self.components.global.clone();
        let known = &config.pages;
        config.packages.iter_mut().for_each(|package| package.pages.retain(|page| known.contains_key(page)));
        if !known.contains_key(&config.entry_page) {
            config.entry_page = known.keys().next().cloned().unwrap_or_default();
        }
    }

    fn package_mut(&mut self, path: &str) -> Option<&mut CodePackage> {
        let root = self.package_of(path).to_owned();
        self.application.config.packages.iter_mut().find(|package| package.root == root)
    }

    fn write_scripts(&mut self, build: &mut Build) {
        let listed: Vec<(String, ScriptFile)> = self
            .scripts
            .iter()
            .map(|(module, script)| {
                let file = wrap::file_name(module);
                build.files.insert(file.clone(), Arc::clone(&script.file.bytes));
                let name = self.sources.display(&script.path);
                if self.options.development
                    && let Some(source) = self.sources.read(&script.path)
                {
                    let map = script.script.line_map.to_json(&file, &name, &source.text, script.file.lines);
                    build.source_maps.insert(file.clone(), map.into());
                }
                build.origins.insert(file.clone(), Origin { file: name, lines: script.script.line_map.clone() });
                (module.clone(), ScriptFile { file, module: module.clone(), lines: script.file.lines })
            })
            .collect();
        for (module, file) in listed {
            if let Some(package) = self.package_mut(&module) {
                package.scripts.push(file);
            }
        }
    }

    /// Template scripts come before templates, because a template reads its scripts as it is defined.
    fn write_templates(&mut self, build: &mut Build) {
        let text = runtime::runtime_script();
        let lines = text.bytes().filter(|byte| *byte == b'\n').count() as u32;
        build.files.insert(runtime::RUNTIME_FILE.to_owned(), text.into_bytes().into());
        for package in &mut self.application.config.packages {
            if package.root.is_empty() || package.independent {
                package.templates.push(TemplateFile { file: runtime::RUNTIME_FILE.to_owned(), lines });
            }
        }
        let scripts =
            self.templates.scripts.values().filter_map(|(path, kept)| Some((path.clone(), kept.file.clone()?)));
        let templates =
            self.templates.templates.iter().filter_map(|(path, kept)| Some((path.clone(), kept.file.clone()?)));
        let all: Vec<_> = scripts.chain(templates).collect();
        for (path, output) in all {
            let file = runtime::file_name(&path);
            build.files.insert(file.clone(), output.bytes);
            if let Some(package) = self.package_mut(&path) {
                package.templates.push(TemplateFile { file, lines: output.lines });
            }
        }
    }

    /// True for the JSON of a page or component, which is in the configuration already.
    fn is_source(&self, path: &str) -> bool {
        let Some(stem) = path.strip_suffix(".json") else { return false };
        let mut beside = self.extensions.template.iter().chain(self.extensions.script);
        beside.any(|extension| self.sources.exists(&format!("{stem}.{extension}")))
    }
}
