//! Which hosts carry out what an app uses.

use mezze_api::{Api, Catalog, Support};
use serde::Serialize;

use super::package::Inspection;
use super::visit::Visit;

/// APIs of an app that not every host carries out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SupportReport {
    /// Names of APIs that the code uses.
    pub apis: usize,
    pub gaps: Vec<HostSupport>,
}

/// One API.
#[derive(Debug, Clone, Serialize)]
pub struct HostSupport {
    pub api: String,
    pub known: bool,
    pub web: bool,
    pub headless: bool,
    pub desktop: bool,
    /// It was called while pages were visited.
    pub called: bool,
}

impl HostSupport {
    /// No host carries it out.
    pub fn nowhere(&self) -> bool {
        !self.web && !self.desktop
    }
}

pub fn report(inspection: &Inspection, visits: &[Visit], catalog: &Catalog, namespace: &str) -> SupportReport {
    let gaps = inspection.apis.keys().filter_map(|name| gap(name, visits, catalog, namespace)).collect();
    SupportReport { apis: inspection.apis.len(), gaps }
}

fn gap(name: &str, visits: &[Visit], catalog: &Catalog, namespace: &str) -> Option<HostSupport> {
    let called = |own: &str| {
        visits
            .iter()
            .any(|visit| visit.observations.calls.contains_key(own) || visit.observations.unsupported.contains(own))
    };
    // `canIUse` is the runtime's own; `cloud` and the like are namespaces.
    let off_of = |api: &Api| api.off.as_deref() == Some(name);
    let renamed = |api: &&Api| api.names.get(namespace).is_some_and(|other| other == name);
    let api = catalog
        .find(name)
        .or_else(|| catalog.apis.iter().find(renamed))
        .or_else(|| catalog.apis.iter().find(|api| off_of(api)));
    let Some(api) = api else {
        let known = catalog.declared.contains_key(name);
        return Some(HostSupport {
            api: name.to_owned(),
            known,
            web: false,
            headless: false,
            desktop: false,
            called: called(name),
        });
    };
    let carried = |support: Support| support == Support::Carried;
    let support = HostSupport {
        api: name.to_owned(),
        known: true,
        web: carried(api.hosts.web),
        headless: carried(api.hosts.headless),
        desktop: carried(api.hosts.desktop),
        called: called(&api.name),
    };
    // That the headless host answers less is no concern of an app's maker.
    (!support.web || !support.desktop).then_some(support)
}
