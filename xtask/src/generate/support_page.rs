//! `docs/reference/support.md`: how much of each family every host carries out, and `docs/reference/errors.md`.

use super::Output;
use super::reference_pages::NOTE;
use mezze_api::{Api, Catalog, Hosts, Support};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

type Select = fn(&Hosts) -> Support;

/// The hosts in the order of the columns.
const HOSTS: [Select; 3] = [|hosts| hosts.web, |hosts| hosts.headless, |hosts| hosts.desktop];

pub fn generate(catalog: &Catalog) -> Vec<Output> {
    vec![
        Output { path: "docs/reference/support.md".to_owned(), text: support(catalog) },
        Output { path: "docs/reference/errors.md".to_owned(), text: errors(catalog) },
    ]
}

fn support(catalog: &Catalog) -> String {
    let mut text = format!(
        "{NOTE}# What each host carries out\n\nAPIs and, after the plus sign, methods of the objects that they give. What a \
         host does not carry out fails there with `NAME:fail not supported on this host`; it never hangs.\n\n\
         | family | described | web | headless | desktop |\n|---|---|---|---|---|\n"
    );
    let (apis, methods) = (all_apis(catalog, None), all_methods(catalog, None));
    let _ = writeln!(text, "| **all** | {} |{}", figure(apis.len(), methods.len()), cells(&apis, &methods));
    for family in &catalog.families {
        let (apis, methods) = (all_apis(catalog, Some(&family.name)), all_methods(catalog, Some(&family.name)));
        let described = figure(apis.len(), methods.len());
        let _ =
            writeln!(text, "| [{}](api/{}.md) | {described} |{}", family.title, family.name, cells(&apis, &methods));
    }
    let carried = catalog.components.iter().filter(|component| component.web == Support::Carried);
    let attributes: usize = catalog.components.iter().map(|component| component.attributes.len()).sum();
    let events: usize = catalog.components.iter().map(|component| component.events.len()).sum();
    let on_the_web: usize = catalog.components.iter().map(|component| component.attributes_on_the_web().count()).sum();
    let sent: usize = catalog.components.iter().map(|component| component.events_on_the_web().count()).sum();
    let _ = writeln!(
        text,
        "\n| [components](components/README.md) | described | web |\n|---|---|---|\n| tags | {} | {} |\n| attributes | \
         {attributes} | {on_the_web} |\n| events | {events} | {sent} |",
        catalog.components.len(),
        carried.count(),
    );
    text.push_str(&conditions(catalog));
    text
}

/// What the web host carries out where the browser has it, by what that is.
fn conditions(catalog: &Catalog) -> String {
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (family, api) in
        all_apis(catalog, None).into_iter().chain(all_methods(catalog, None)).map(|api| (&api.family, api))
    {
        if let Some(needs) = api.needs.as_deref().filter(|_| api.hosts.web == Support::Carried) {
            groups.entry(needs).or_default().insert(family);
        }
    }
    let mut text =
        "\nSome of what the web host carries out depends on the browser; where that lacks it, an app gets the \
                    original's failure of a device without it.\n\n| on the web it needs | families |\n|---|---|\n"
            .to_owned();
    for (needs, families) in groups {
        let links: Vec<String> = families.into_iter().map(|family| format!("[{family}](api/{family}.md)")).collect();
        let _ = writeln!(text, "| {needs} | {} |", links.join(", "));
    }
    text
}

fn all_apis<'a>(catalog: &'a Catalog, family: Option<&str>) -> Vec<&'a Api> {
    catalog.apis.iter().filter(|api| family.is_none_or(|family| api.family == family)).collect()
}

fn all_methods<'a>(catalog: &'a Catalog, family: Option<&str>) -> Vec<&'a Api> {
    let methods = catalog.objects.iter().flat_map(|object| &object.methods);
    methods.filter(|method| family.is_none_or(|family| method.family == family)).collect()
}

fn cells(apis: &[&Api], methods: &[&Api]) -> String {
    let mut text = String::new();
    for select in HOSTS {
        let count = |all: &[&Api]| all.iter().filter(|api| select(&api.hosts) == Support::Carried).count();
        let _ = write!(text, " {} |", figure(count(apis), count(methods)));
    }
    text
}

fn figure(apis: usize, methods: usize) -> String {
    if methods == 0 { apis.to_string() } else { format!("{apis} + {methods}") }
}

fn errors(catalog: &Catalog) -> String {
    let mut text = format!(
        "{NOTE}# Errors\n\nEvery failure has `errMsg`: `NAME:fail REASON`. Where the original numbers it, the failure \
         carries the number too, as `errno`, or as `errCode` where an API had one before.\n"
    );
    for group in &catalog.errors {
        let _ = writeln!(text, "\n## {}: `{}`\n\n| number | text |\n|---|---|", group.title, group.field);
        for error in &group.errors {
            let _ = writeln!(text, "| {} | {} |", error.number, error.text.replace('|', "\\|"));
        }
    }
    text
}
