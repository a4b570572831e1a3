//! Which APIs, components and addresses the code names, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use mezze_api::{Catalog, Support};
use regex::Regex;

use super::Module;
use crate::headless::{AppFiles, PackagePosition};

/// Uses of each API, by name.
pub type ApiUses = BTreeMap<String, Vec<PackagePosition>>;

/// Components by tag, with the templates that use them.
#[derive(Debug, Default)]
pub struct ComponentUses {
    pub built_in: BTreeMap<String, BTreeSet<String>>,
    /// Built in, and carried out by no host.
    pub nowhere: BTreeMap<String, BTreeSet<String>>,
    /// Neither built in nor declared.
    pub unknown: BTreeMap<String, BTreeSet<String>>,
    /// Tags in each template.
    pub tags: BTreeMap<String, BTreeSet<String>>,
}

/// An address in a string of a script.
#[derive(Debug, Clone)]
pub struct UrlUse {
    pub url: String,
    pub position: PackagePosition,
}

/// Places of one API that are kept.
const MOST_PLACES: usize = 20;

/// Names that apps put on the namespace themselves are not its APIs: `wx.x = …` makes one.
pub fn apis(modules: &[Module], namespace: &str) -> ApiUses {
    let namespace = regex::escape(namespace);
    let Ok(used) = Regex::new(&format!(r"(?:^|[^\w$.]){namespace}\s*\??\.\s*([A-Za-z_$][\w$]*)(\s*=[^=>])?")) else {
        return ApiUses::new();
    };
    let mut uses = ApiUses::new();
    let mut own = BTreeSet::new();
    for module in modules {
        for found in used.captures_iter(&module.lexed.code) {
            let Some(name) = found.get(1) else { continue };
            if found.get(2).is_some() {
                own.insert(name.as_str().to_owned());
                continue;
            }
            let places = uses.entry(name.as_str().to_owned()).or_default();
            if places.len() < MOST_PLACES {
                places.push(module.position(name.start()));
            }
        }
    }
    uses.retain(|name, _| !own.contains(name));
    uses
}

#[expect(clippy::expect_used, reason = "patterns of our own; a test runs them")]
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\bE\("([A-Za-z][\w-]*)""#).expect("regex"));

/// The elements of a scene of xr-frame, together with those that an app registers there: all of them are one gap.
const SCENE: &str = "xr-scene";
const OF_SCENE: &str = "xr-";

pub fn components(files: &AppFiles, templates: &BTreeMap<String, String>, catalog: &Catalog) -> ComponentUses {
    let built_in: BTreeMap<&str, Support> =
        catalog.components.iter().map(|component| (component.tag.as_str(), component.web)).collect();
    let mut uses = ComponentUses::default();
    for (path, text) in templates {
        let tags: BTreeSet<String> =
            TAG.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect();
        let declared = declared_in(files, path);
        for tag in &tags {
            if declared.contains(tag.as_str()) || files.config.global_components.contains_key(tag) {
                continue;
            }
            if let Some(support) = built_in.get(tag.as_str()) {
                uses.built_in.entry(tag.clone()).or_default().insert(path.clone());
                if *support != Support::Carried {
                    uses.nowhere.entry(tag.clone()).or_default().insert(path.clone());
                }
            } else if tag.starts_with(OF_SCENE) {
                uses.nowhere.entry(SCENE.to_owned()).or_default().insert(path.clone());
            } else if is_component(files, path) && tag.contains('-') {
                // Other names are HTML that hosts draw as boxes; the compiler has said so.
                uses.unknown.entry(tag.clone()).or_default().insert(path.clone());
            }
        }
        uses.tags.insert(path.clone(), tags);
    }
    uses
}

fn declared_in<'a>(files: &'a AppFiles, path: &str) -> BTreeSet<&'a str> {
    let config = &files.config;
    let component = config.pages.get(path).map(|page| &page.component).or_else(|| config.components.get(path));
    component
        .map(|component| {
            component.using_components.keys().chain(component.component_generics.keys()).map(String::as_str).collect()
        })
        .unwrap_or_default()
}

/// A template that others include has no declarations of its own: they count.
fn is_component(files: &AppFiles, path: &str) -> bool {
    files.config.pages.contains_key(path) || files.config.components.contains_key(path)
}

#[expect(clippy::expect_used, reason = "patterns of our own; a test runs them")]
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:https?|wss?)://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#][^\s]*)?$").expect("regex")
});

pub fn urls(modules: &[Module]) -> Vec<UrlUse> {
    let mut urls = Vec::new();
    for module in modules {
        for (range, text) in module.strings() {
            if ADDRESS.is_match(text) {
                urls.push(UrlUse { url: text.to_owned(), position: module.position(range.start) });
            }
        }
    }
    urls
}

#[cfg(test)]
mod tests {
    use super::{apis, urls};
    use crate::audit::package::Inspection;

    #[test]
    fn names_in_comments_and_own_additions_are_no_apis() {
        let text = "wx.login(); a.wx.no; // wx.comment\nwx.mine = 1; wx.mine(); if (wx.env == 1) 'wx.text'";
        let inspection = Inspection::of_script("a.js", text);
        let found = apis(&inspection.modules, "wx");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["env", "login"]);
        assert_eq!(found["env"].first().map(|place| (place.line, place.column)), Some((2, 32)));
    }

    #[test]
    fn addresses_are_found_in_strings() {
        let text =
            "const a = 'https://api.example.org/x?y'; `http://b.example.org`; 'see https://no'; // https://c.org";
        let inspection = Inspection::of_script("a.js", text);
        let found: Vec<String> = urls(&inspection.modules).into_iter().map(|found| found.url).collect();
        assert_eq!(found, ["https://api.example.org/x?y", "http://b.example.org"]);
    }
}
