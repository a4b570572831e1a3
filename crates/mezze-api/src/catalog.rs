//! Reads the catalog's files into [`Catalog`]: families' defaults filled in, shapes put in place, everything checked.

use crate::components::read_components;
use crate::families::{COMPONENTS, DECLARED, ERRORS, FAMILIES};
use crate::model::{Api, Arguments, Carrier, Component, ErrorGroup, Field, Hosts, Kind, ObjectType, ValueType};
use crate::validate::{Finding, validate};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why the catalog can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogFailure {
    #[error("{file} is not a catalog file: {source}")]
    Syntax {
        file: String,
        #[source]
        source: Box<toml::de::Error>,
    },
    #[error("{file}: {api} names the shape {shape}, which the file does not define")]
    UnknownShape { file: String, api: String, shape: String },
    #[error("the catalog contradicts itself:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid(Vec<Finding>),
}

/// A family: a page of the reference.
#[derive(Debug, Clone)]
pub struct Family {
    pub name: String,
    pub title: String,
    pub summary: String,
}

/// Every API, once.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub families: Vec<Family>,
    /// In the order of the files.
    pub apis: Vec<Api>,
    /// Managers, contexts, tasks, in the order of the files.
    pub objects: Vec<ObjectType>,
    /// Names and kinds of what is known and carried out nowhere.
    pub declared: BTreeMap<String, Kind>,
    /// Numbers that failures carry.
    pub errors: Vec<ErrorGroup>,
    pub component_groups: Vec<ComponentGroup>,
    /// The built-in components, in the order of the files.
    pub components: Vec<Component>,
}

/// A group of components: a page of the reference.
#[derive(Debug, Clone)]
pub struct ComponentGroup {
    pub name: String,
    pub title: String,
    pub summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorFile {
    #[serde(default)]
    group: Vec<ErrorGroup>,
}

/// The texts that a catalog is read from.
#[derive(Default, Clone, Copy)]
pub(crate) struct Files<'a> {
    pub families: &'a [(&'a str, &'a str)],
    pub declared: &'a str,
    pub errors: &'a str,
    pub components: &'a [(&'a str, &'a str)],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyFile {
    family: String,
    title: String,
    summary: String,
    carrier: Carrier,
    hosts: Hosts,
    needs: Option<String>,
    data_category: Option<String>,
    #[serde(default)]
    api: Vec<ApiEntry>,
    #[serde(default)]
    object: Vec<ObjectEntry>,
    #[serde(default)]
    shape: Vec<ShapeEntry>,
}

/// An object whose methods fill more than one file is continued in another under the same name, without a summary.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ObjectEntry {
    name: String,
    summary: Option<String>,
    carrier: Option<Carrier>,
    hosts: Option<Hosts>,
    needs: Option<String>,
    #[serde(default)]
    properties: Vec<Field>,
    #[serde(default)]
    method: Vec<ApiEntry>,
}

/// What an entry is when it does not say so itself.
struct Defaults<'a> {
    file: &'a str,
    family: &'a str,
    carrier: Carrier,
    hosts: Hosts,
    needs: Option<&'a str>,
    data_category: Option<&'a str>,
    shapes: &'a BTreeMap<String, Vec<Field>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShapeEntry {
    name: String,
    #[serde(default)]
    includes: Vec<String>,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Off {
    None(bool),
    Named(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiEntry {
    name: String,
    kind: Kind,
    summary: String,
    carrier: Option<Carrier>,
    hosts: Option<Hosts>,
    needs: Option<String>,
    takes: Option<Arguments>,
    #[serde(default)]
    parameters: Vec<Field>,
    #[serde(default)]
    results: Vec<Field>,
    shape: Option<String>,
    returns: Option<ValueType>,
    object: Option<String>,
    #[serde(default)]
    task_methods: Vec<String>,
    scope: Option<String>,
    data_category: Option<String>,
    #[serde(default)]
    gesture: bool,
    event: Option<String>,
    off: Option<Off>,
    #[serde(default)]
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclaredFile {
    call: Vec<String>,
    sync: Vec<String>,
    event: Vec<String>,
    task: Vec<String>,
    value: Vec<String>,
}

impl Catalog {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// [`CatalogFailure`] says which file or entry is wrong; a test keeps that from reaching a release.
    pub fn load() -> Result<Self, CatalogFailure> {
        Self::parse(Files { families: FAMILIES, declared: DECLARED, errors: ERRORS, components: COMPONENTS })
    }

    pub(crate) fn parse(files: Files<'_>) -> Result<Self, CatalogFailure> {
        let errors: ErrorFile = read("errors.toml", files.errors)?;
        let (component_groups, components) = read_components(files.components)?;
        let mut catalog = Self {
            families: Vec::new(),
            apis: Vec::new(),
            objects: Vec::new(),
            declared: parse_declared(files.declared)?,
            errors: errors.group,
            component_groups,
            components,
        };
        for (file, text) in files.families {
            let family: FamilyFile = read(file, text)?;
            catalog.add_family(file, family)?;
        }
        for api in &catalog.apis {
            catalog.declared.remove(&api.name);
            if let Some(off) = &api.off {
                catalog.declared.remove(off);
            }
        }
        let findings = validate(&catalog);
        if findings.is_empty() { Ok(catalog) } else { Err(CatalogFailure::Invalid(findings)) }
    }

    /// The API of that name in our own spelling.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.name == name)
    }

    /// The object of that name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&ObjectType> {
        self.objects.iter().find(|object| object.name == name)
    }

    fn add_family(&mut self, file: &str, family: FamilyFile) -> Result<(), CatalogFailure> {
        let shapes = resolve_shapes(&family.shape);
        let defaults = Defaults {
            file,
            family: &family.family,
            carrier: family.carrier,
            hosts: family.hosts,
            needs: family.needs.as_deref(),
            data_category: family.data_category.as_deref(),
            shapes: &shapes,
        };
        for entry in family.api {
            self.apis.push(describe(entry, &defaults)?);
        }
        for entry in family.object {
            self.add_object(entry, &defaults)?;
        }
        self.families.push(Family { name: family.family, title: family.title, summary: family.summary });
        Ok(())
    }

    fn add_object(&mut self, entry: ObjectEntry, family: &Defaults<'_>) -> Result<(), CatalogFailure> {
        let defaults = Defaults {
            carrier: entry.carrier.unwrap_or(family.carrier),
            hosts: entry.hosts.unwrap_or(family.hosts),
            needs: entry.needs.as_deref().or(family.needs),
            ..*family
        };
        let methods: Vec<Api> =
            entry.method.into_iter().map(|method| describe(method, &defaults)).collect::<Result<_, _>>()?;
        let known = self.objects.iter_mut().find(|object| object.name == entry.name);
        match (known, entry.summary) {
            (Some(known), summary) if known.summary.is_empty() || summary.is_none() => {
                if let Some(summary) = summary {
                    known.summary = summary;
                    family.family.clone_into(&mut known.family);
                }
                known.properties.extend(entry.properties);
                known.methods.extend(methods);
            }
            (_, summary) => self.objects.push(ObjectType {
                name: entry.name,
                family: family.family.to_owned(),
                summary: summary.unwrap_or_default(),
                properties: entry.properties,
                methods,
            }),
        }
        Ok(())
    }
}

/// An API as its entry and the family's defaults say.
fn describe(entry: ApiEntry, defaults: &Defaults<'_>) -> Result<Api, CatalogFailure> {
    let mut results = entry.results;
    if let Some(name) = entry.shape {
        let Some(fields) = defaults.shapes.get(&name) else {
            return Err(CatalogFailure::UnknownShape { file: defaults.file.to_owned(), api: entry.name, shape: name });
        };
        results.extend(fields.iter().cloned());
    }
    Ok(Api {
        off: off_name(&entry.name, entry.kind, entry.off),
        name: entry.name,
        family: defaults.family.to_owned(),
        kind: entry.kind,
        carrier: entry.carrier.unwrap_or(defaults.carrier),
        hosts: entry.hosts.unwrap_or(defaults.hosts),
        needs: entry.needs.or_else(|| defaults.needs.map(str::to_owned)),
        takes: entry.takes.unwrap_or(default_arguments(entry.kind)),
        summary: entry.summary,
        parameters: entry.parameters,
        results,
        returns: entry.returns,
        object: entry.object,
        task_methods: entry.task_methods,
        scope: entry.scope,
        data_category: entry.data_category.or_else(|| defaults.data_category.map(str::to_owned)),
        gesture: entry.gesture,
        event: entry.event,
        names: entry.names,
    })
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, CatalogFailure> {
    toml::from_str(text).map_err(|source| CatalogFailure::Syntax { file: file.to_owned(), source: Box::new(source) })
}

fn parse_declared(text: &str) -> Result<BTreeMap<String, Kind>, CatalogFailure> {
    let file: DeclaredFile = read("declared.toml", text)?;
    let lists = [
        (Kind::Call, file.call),
        (Kind::Sync, file.sync),
        (Kind::Event, file.event),
        (Kind::Task, file.task),
        (Kind::Value, file.value),
    ];
    Ok(lists.into_iter().flat_map(|(kind, names)| names.into_iter().map(move |name| (name, kind))).collect())
}

/// Shapes by name, the ones they include put first. A shape may include only shapes that stand before it.
fn resolve_shapes(entries: &[ShapeEntry]) -> BTreeMap<String, Vec<Field>> {
    let mut shapes: BTreeMap<String, Vec<Field>> = BTreeMap::new();
    for entry in entries {
        let mut fields: Vec<Field> =
            entry.includes.iter().filter_map(|name| shapes.get(name)).flatten().cloned().collect();
        fields.extend(entry.fields.iter().cloned());
        shapes.insert(entry.name.clone(), fields);
    }
    shapes
}

fn default_arguments(kind: Kind) -> Arguments {
    match kind {
        Kind::Call | Kind::Task => Arguments::Object,
        Kind::Sync | Kind::Value => Arguments::Positional,
        Kind::Event => Arguments::Callback,
    }
}

/// `onThemeChange` is taken away by `offThemeChange`, unless the entry says otherwise.
fn off_name(name: &str, kind: Kind, off: Option<Off>) -> Option<String> {
    match off {
        Some(Off::Named(named)) => Some(named),
        Some(Off::None(false)) => None,
        Some(Off::None(true)) | None if kind == Kind::Event => name.strip_prefix("on").map(|rest| format!("off{rest}")),
        _ => None,
    }
}
