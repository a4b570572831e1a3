//! `plugins` of `app.json`, and `plugin.json` of a plugin that is developed beside the app.

use std::collections::BTreeMap;

use mezze_model::Origins;
use mezze_model::app_config::PluginConfig;
use serde_json::{Map, Value};

use super::identity;
use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};
use crate::project::{Sources, paths};

/// The plugins that the app declares and that are here, by the name it gives them.
///
/// A plugin that only its own host keeps is reported and left out: its components are drawn empty, and requiring it
/// fails where the app does that.
pub fn read(file: &JsonFile, sources: &Sources, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, PluginConfig> {
    let declared = declarations(file);
    let local = local(&declared);
    let mut plugins = BTreeMap::new();
    let manifest_path = paths::join(paths::PLUGIN_ROOT, "plugin.json");
    let manifest = sources.read(&manifest_path).and_then(|source| {
        JsonFile::parse(&sources.display(&manifest_path), &source.text).map_err(|problem| findings.push(*problem)).ok()
    });
    for (name, place, declaration) in &declared {
        let steps: Vec<&str> = place.iter().map(String::as_str).collect();
        match manifest.as_ref().filter(|_| local == Some(name.as_str())) {
            Some(manifest) => {
                let origins = origins(sources, findings);
                plugins.insert(name.clone(), PluginConfig { origins, ..plugin(declaration, manifest) });
            }
            None => findings.push(file.place(catalog::foreign_plugin(&file.file, name), &steps)),
        }
    }
    plugins
}

type Declaration<'a> = (String, Vec<String>, &'a Map<String, Value>);

/// Declarations of the app and of its subpackages.
fn declarations(file: &JsonFile) -> Vec<Declaration<'_>> {
    let own =
        file.object("plugins").into_iter().flatten().map(|(name, value)| (vec!["plugins".to_owned()], name, value));
    let packages = ["subPackages", "subpackages"].into_iter().flat_map(|member| {
        let list = file.value.get(member).and_then(Value::as_array).into_iter().flatten().enumerate();
        list.flat_map(move |(index, package)| {
            let plugins = package.get("plugins").and_then(Value::as_object).into_iter().flatten();
            plugins.map(move |(name, value)| {
                (vec![member.to_owned(), index.to_string(), "plugins".to_owned()], name, value)
            })
        })
    });
    own.chain(packages)
        .filter_map(|(mut place, name, value)| {
            place.push(name.clone());
            Some((name.clone(), place, value.as_object()?))
        })
        .collect()
}

/// Which of them is developed beside the app: the one that says so by its version, or the only one.
fn local<'a>(declared: &'a [Declaration<'_>]) -> Option<&'a str> {
    let in_development = |(_, _, declaration): &&Declaration<'_>| {
        declaration.get("version").and_then(Value::as_str).is_some_and(|version| version.starts_with("dev"))
    };
    let only = || declared.first().filter(|_| declared.len() == 1);
    declared.iter().find(in_development).or_else(only).map(|(name, _, _)| name.as_str())
}

/// What the plugin's own code may reach, by the `mezze.json` in its folder.
fn origins(sources: &Sources, findings: &mut Vec<Diagnostic>) -> Option<Origins> {
    let path = paths::join(paths::PLUGIN_ROOT, "mezze.json");
    let source = sources.read(&path)?;
    match JsonFile::parse(&sources.display(&path), &source.text) {
        Ok(file) => file.object("origins").is_some().then(|| identity::origins(&file, findings)),
        Err(problem) => {
            findings.push(*problem);
            None
        }
    }
}

fn plugin(declaration: &Map<String, Value>, manifest: &JsonFile) -> PluginConfig {
    let inside = |written: &str| paths::without_extension(&paths::resolve(paths::PLUGIN_ROOT, written)).to_owned();
    let paths_of = |member: &str| {
        let members = manifest.object(member).into_iter().flatten();
        members.filter_map(|(name, path)| Some((name.clone(), inside(path.as_str()?)))).collect()
    };
    let export = declaration.get("export").and_then(Value::as_str);
    PluginConfig {
        root: paths::PLUGIN_ROOT.to_owned(),
        provider: declaration.get("provider").and_then(Value::as_str).unwrap_or_default().to_owned(),
        main: manifest.string("main").map(inside),
        pages: paths_of("pages"),
        components: paths_of("publicComponents"),
        origins: None,
        export: export.map(|path| paths::without_extension(&paths::resolve("", path)).to_owned()),
    }
}
