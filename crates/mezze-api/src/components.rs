//! Reads `catalog/components/*.toml`: a file a group, the state on the web filled in.

use crate::catalog::{CatalogFailure, ComponentGroup, read};
use crate::model::{Attribute, Component, ComponentEvent, Support, carried};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    group: String,
    title: String,
    summary: String,
    component: Vec<ComponentEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComponentEntry {
    tag: String,
    summary: String,
    #[serde(default = "carried")]
    web: Support,
    #[serde(default)]
    attributes: Vec<Attribute>,
    /// Names without `bind`.
    #[serde(default)]
    events: Vec<String>,
    /// Names of events that the web host does not send.
    #[serde(default)]
    declared_events: Vec<String>,
}

pub(crate) fn read_components(files: &[(&str, &str)]) -> Result<(Vec<ComponentGroup>, Vec<Component>), CatalogFailure> {
    let mut groups = Vec::new();
    let mut components = Vec::new();
    for (file, text) in files {
        let group: GroupFile = read(file, text)?;
        components.extend(group.component.into_iter().map(|entry| component(entry, &group.group)));
        groups.push(ComponentGroup { name: group.group, title: group.title, summary: group.summary });
    }
    Ok((groups, components))
}

fn component(entry: ComponentEntry, group: &str) -> Component {
    let event = |web| move |name| ComponentEvent { name, web };
    Component {
        tag: entry.tag,
        group: group.to_owned(),
        summary: entry.summary,
        web: entry.web,
        attributes: entry.attributes,
        events: entry
            .events
            .into_iter()
            .map(event(Support::Carried))
            .chain(entry.declared_events.into_iter().map(event(Support::Declared)))
            .collect(),
    }
}
