//! `app.json` and the files it points to.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use mezze_model::app_config::{
    CodePackage, ComponentStyle, Namespace, NetworkTimeout, PermissionReason, PluginConfig, PreloadNetwork,
    PreloadRule, Themes,
};
use mezze_model::{AppConfig, Origins};
use serde_json::{Map, Value};

use super::{identity, plugins, settings, tab_bar, values};
use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::{Application, DeclaredPage, IgnoreRule};
use crate::project::{Project, Sources, paths};

const CUSTOM_TAB_BAR: &str = "custom-tab-bar/index";
/// What `useExtendedLib.weui` adds to every page.
const WEUI_STYLES: &str = "miniprogram_npm/weui-miniprogram/weui-wxss/dist/style/weui.wxss";

pub fn read(project: &Project, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Option<Application> {
    let settings = settings::read(project.root(), findings);
    let name = sources.display("app.json");
    let Some(source) = sources.read("app.json") else {
        findings.push(catalog::no_application(&name));
        return None;
    };
    let file = match JsonFile::parse(&name, &source.text) {
        Ok(file) => file,
        Err(problem) => {
            findings.push(*problem);
            return None;
        }
    };
    let (mut packages, mut pages) = (vec![main_package()], Vec::new());
    declare_pages(&file, "pages", "", &file.value, &mut pages, findings);
    let entries = declare_subpackages(&file, &mut packages, &mut pages, findings);
    if pages.is_empty() {
        findings.push(file.place(catalog::no_pages(&file.file), &["pages"]));
        return None;
    }
    for page in &pages {
        let package = packages.iter_mut().find(|package| package.root == page.package);
        package.into_iter().for_each(|package| package.pages.push(page.path.clone()));
    }
    let plugins = plugins::read(&file, sources, findings);
    declare_plugin_pages(&plugins, &mut pages);
    let found = identity::read(project, &settings, &file, findings)?;
    let preload_rule = preload_rule(&file, &packages);
    let config = AppConfig {
        format: AppConfig::FORMAT,
        app_id: found.app_id,
        version: found.version,
        pages: IndexMap::new(),
        components: BTreeMap::new(),
        global_components: BTreeMap::new(),
        namespace: Namespace::Wx,
        entry_page: entry_page(&file, &pages, findings),
        window: values::window(&file, &["window"], findings),
        tab_bar: tab_bar::read(&file, &pages, sources, findings),
        packages,
        preload_rule,
        network_timeout: network_timeout(&file),
        permission: permission(&file),
        required_private_infos: values::strings(file.value.get("requiredPrivateInfos")),
        required_background_modes: values::strings(file.value.get("requiredBackgroundModes")),
        themes: themes(&file, sources, findings),
        dark_mode: file.value.get("darkmode").is_some_and(values::boolean),
        component_style: if file.string("style") == Some("v2") { ComponentStyle::V2 } else { ComponentStyle::V1 },
        styled_data: Vec::new(),
        ext: ext(sources, findings),
        origins: plugins.values().filter_map(|plugin| plugin.origins.as_ref()).fold(found.origins, Origins::with),
        plugins,
    };
    check_sitemap(&file, sources, findings);
    let custom_tab_bar = has_own_tab_bar(&file, &config, sources, findings);
    let mut entry_scripts = vec!["app".to_owned()];
    entry_scripts.extend(entries);
    for plugin in config.plugins.values() {
        entry_scripts.extend(plugin.main.clone().into_iter().chain(plugin.export.clone()));
    }
    Some(Application {
        global_components: values::component_references(&file, "usingComponents", findings),
        host_components: custom_tab_bar.then(|| CUSTOM_TAB_BAR.to_owned()).into_iter().collect(),
        aliases: values::string_map(file.value.get("resolveAlias")).into_iter().collect(),
        entry_scripts,
        script_folders: worker_folder(&file).into_iter().collect(),
        library_styles: library_styles(&file, sources, findings),
        identity: found.identity,
        renderer: values::renderer(&file.value),
        layout: values::layout(&file.value),
        ignored: ignored(settings, project),
        config,
        pages,
        file,
    })
}

/// A tab bar of the app's own counts where it is there; an app that announces one and has none has no tab bar.
fn has_own_tab_bar(file: &JsonFile, config: &AppConfig, sources: &Sources, findings: &mut Vec<Diagnostic>) -> bool {
    let exists = ["json", "wxml"].iter().any(|extension| sources.exists(&format!("{CUSTOM_TAB_BAR}.{extension}")));
    if !exists && config.tab_bar.as_ref().is_some_and(|tab_bar| tab_bar.custom) {
        findings.push(file.place(catalog::missing_tab_bar(&file.file, CUSTOM_TAB_BAR), &["tabBar", "custom"]));
    }
    exists
}

/// `useExtendedLib`: the original host brings these libraries along. WeUI's style sheet counts for the whole app.
fn library_styles(file: &JsonFile, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    // `true`, or a version such as `latest`; the host has one.
    let asked = |wanted: &Value| wanted.as_bool().unwrap_or_else(|| wanted.is_string());
    if !file.value.get("useExtendedLib").and_then(|list| list.get("weui")).is_some_and(asked) {
        return vec![];
    }
    if sources.exists(WEUI_STYLES) {
        return vec![WEUI_STYLES.to_owned()];
    }
    let finding = catalog::library_not_here(&file.file, "weui", "weui-miniprogram");
    findings.push(file.place(finding, &["useExtendedLib", "weui"]));
    vec![]
}

fn main_package() -> CodePackage {
    CodePackage {
        root: String::new(),
        name: String::new(),
        independent: false,
        pages: vec![],
        scripts: vec![],
        templates: vec![],
    }
}

/// Adds the pages of a list; `place` is where the list stands in the file.
fn declare_pages(
    file: &JsonFile,
    place: &str,
    root: &str,
    holder: &Map<String, Value>,
    pages: &mut Vec<DeclaredPage>,
    findings: &mut Vec<Diagnostic>,
) {
    for (index, page) in holder.get("pages").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let place: Vec<String> = place.split('.').map(str::to_owned).chain([index.to_string()]).collect();
        let steps: Vec<&str> = place.iter().map(String::as_str).collect();
        // The newer form of a page is an object.
        let Some(written) = page.as_str().or_else(|| page.get("path").and_then(Value::as_str)) else {
            findings.push(file.place(catalog::page_path_not_text(&file.file), &steps));
            continue;
        };
        let path = paths::join(root, &paths::resolve("", written));
        let path = path.strip_suffix(".wxml").or_else(|| path.strip_suffix(".js")).unwrap_or(&path).to_owned();
        if pages.iter().any(|page| page.path == path) {
            findings.push(file.place(catalog::page_twice(&file.file, &path), &steps));
            continue;
        }
        pages.push(DeclaredPage { path, package: root.to_owned(), place, renderer: values::renderer(holder) });
    }
}

/// Adds the subpackages and their pages; answers the entry scripts that they name.
fn declare_subpackages(
    file: &JsonFile,
    packages: &mut Vec<CodePackage>,
    pages: &mut Vec<DeclaredPage>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut entries = Vec::new();
    for member in ["subPackages", "subpackages"] {
        for (index, package) in file.value.get(member).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let index = index.to_string();
            let Some(package) = package.as_object() else { continue };
            let root = paths::resolve("", package.get("root").and_then(Value::as_str).unwrap_or_default());
            if root.is_empty() {
                findings.push(file.place(catalog::subpackage_without_root(&file.file), &[member, &index]));
                continue;
            }
            declare_pages(file, &format!("{member}.{index}.pages"), &root, package, pages, findings);
            if let Some(entry) = package.get("entry").and_then(Value::as_str) {
                let entry = paths::join(&root, &paths::resolve("", entry));
                entries.push(paths::without_extension(&entry).to_owned());
            }
            packages.push(CodePackage {
                name: package.get("name").and_then(Value::as_str).unwrap_or(&root).to_owned(),
                independent: package.get("independent").is_some_and(values::boolean),
                root,
                ..main_package()
            });
        }
    }
    entries
}

/// A plugin's pages are the app's, at their place in the plugin.
fn declare_plugin_pages(plugins: &BTreeMap<String, PluginConfig>, pages: &mut Vec<DeclaredPage>) {
    for (name, plugin) in plugins {
        let place = vec!["plugins".to_owned(), name.clone()];
        let own = plugin.pages.values().map(|path| DeclaredPage {
            path: path.clone(),
            package: String::new(),
            place: place.clone(),
            renderer: None,
        });
        pages.extend(own);
    }
}

fn entry_page(file: &JsonFile, pages: &[DeclaredPage], findings: &mut Vec<Diagnostic>) -> String {
    let first = pages.first().map(|page| page.path.clone()).unwrap_or_default();
    let Some(written) = file.string("entryPagePath") else { return first };
    let path = paths::resolve("", written);
    if pages.iter().any(|page| page.path == path) {
        return path;
    }
    findings.push(file.place(catalog::entry_is_not_a_page(&file.file, written), &["entryPagePath"]));
    first
}

fn preload_rule(file: &JsonFile, known: &[CodePackage]) -> BTreeMap<String, PreloadRule> {
    let rules = file.object("preloadRule").into_iter().flatten();
    rules
        .map(|(page, rule)| {
            let network = if rule.get("network").and_then(Value::as_str) == Some("all") {
                PreloadNetwork::All
            } else {
                PreloadNetwork::Wifi
            };
            let packages = values::strings(rule.get("packages")).iter().map(|name| package_root(name, known)).collect();
            (paths::resolve("", page), PreloadRule { packages, network })
        })
        .collect()
}

/// Root of a package that is given by its root or its name; `__APP__` stands for the main package.
fn package_root(name: &str, known: &[CodePackage]) -> String {
    let root = if name == "__APP__" { String::new() } else { paths::resolve("", name) };
    let named = known.iter().find(|package| package.root == root || (package.name == name && !package.root.is_empty()));
    named.map_or(root, |package| package.root.clone())
}

fn network_timeout(file: &JsonFile) -> NetworkTimeout {
    let default = NetworkTimeout::default();
    let read = |name: &str, default: u32| {
        let written = file.object("networkTimeout").and_then(|all| all.get(name)?.as_u64());
        written.and_then(|milliseconds| u32::try_from(milliseconds).ok()).unwrap_or(default)
    };
    NetworkTimeout {
        request: read("request", default.request),
        connect_socket: read("connectSocket", default.connect_socket),
        upload_file: read("uploadFile", default.upload_file),
        download_file: read("downloadFile", default.download_file),
    }
}

fn permission(file: &JsonFile) -> BTreeMap<String, PermissionReason> {
    let scopes = file.object("permission").into_iter().flatten();
    scopes
        .map(|(scope, value)| {
            let desc = value.get("desc").and_then(Value::as_str).unwrap_or_default().to_owned();
            (scope.clone(), PermissionReason { desc })
        })
        .collect()
}

fn themes(file: &JsonFile, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Themes {
    let Some(location) = file.string("themeLocation") else { return Themes::default() };
    let path = paths::resolve("", location);
    let Some(theme) = read_json(&path, sources, findings) else {
        if !sources.exists(&path) {
            findings.push(file.place(catalog::missing_file(&file.file, &path), &["themeLocation"]));
        }
        return Themes::default();
    };
    Themes { light: values::string_map(theme.value.get("light")), dark: values::string_map(theme.value.get("dark")) }
}

/// `ext.json` is read only where it is switched on.
fn ext(sources: &Sources, findings: &mut Vec<Diagnostic>) -> Map<String, Value> {
    let Some(file) = read_json("ext.json", sources, findings) else { return Map::new() };
    if !file.value.get("extEnable").is_some_and(values::boolean) {
        return Map::new();
    }
    file.object("ext").cloned().unwrap_or_default()
}

fn check_sitemap(file: &JsonFile, sources: &Sources, findings: &mut Vec<Diagnostic>) {
    let Some(location) = file.string("sitemapLocation") else { return };
    let path = paths::resolve("", location);
    if sources.exists(&path) {
        // Parsed for its findings alone: the super app's crawler reads the rules from the package.
        read_json(&path, sources, findings);
    }
}

fn read_json(path: &str, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Option<JsonFile> {
    let source = sources.read(path)?;
    match JsonFile::parse(&sources.display(path), &source.text) {
        Ok(file) => Some(file),
        Err(problem) => {
            findings.push(*problem);
            None
        }
    }
}

/// `"workers": "workers"` or `"workers": {"path": "workers"}`.
fn worker_folder(file: &JsonFile) -> Option<String> {
    let workers = file.value.get("workers")?;
    let folder = workers.as_str().or_else(|| workers.get("path").and_then(Value::as_str))?;
    Some(paths::resolve("", folder)).filter(|folder| !folder.is_empty())
}

/// The developer's own rules, and the folders beside the app that its settings name.
fn ignored(settings: settings::Settings, project: &Project) -> Vec<IgnoreRule> {
    let mut rules = settings.ignored;
    // These are relative to the project folder; they matter only where that is the source root.
    if project.root() == project.source_root() {
        rules.extend(settings.outside.into_iter().map(IgnoreRule::Folder));
    }
    rules
}
