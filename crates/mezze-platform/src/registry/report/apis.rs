//! Members of the API object that scripts use and that no host knows: typing errors, and APIs that are newer than the
//! catalog. Told by the text of the compiled scripts (`wx.name`), so a computed member is not seen.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use mezze_api::Catalog;
use mezze_package::Package;
use regex::Regex;

/// More names than this are a bundler's work, not an author's.
const MOST: usize = 200;

static KNOWN: LazyLock<Option<HashSet<String>>> = LazyLock::new(|| {
    let catalog = Catalog::load().ok()?;
    let mut names: HashSet<String> = catalog.declared.keys().cloned().collect();
    for api in &catalog.apis {
        names.insert(api.name.clone());
        names.extend(api.off.clone());
        names.extend(api.names.values().cloned());
    }
    Some(names)
});

pub(super) fn unknown(namespace: &str, package: &Package) -> Vec<String> {
    // A catalog that can't be read is found by its own tests; here it only means that nothing can be said.
    let (Some(known), Ok(pattern)) =
        (KNOWN.as_ref(), Regex::new(&format!(r"(?:^|[^\w$.]){namespace}\.([A-Za-z_$][\w$]*)")))
    else {
        return Vec::new();
    };
    let mut unknown = BTreeSet::new();
    for (path, file) in package.files() {
        let Some(text) = std::str::from_utf8(file.bytes()).ok().filter(|_| is_script(path.as_str())) else {
            continue;
        };
        for found in pattern.captures_iter(text) {
            let name = &found[1];
            // Namespaces of their own, such as `wx.cloud.callFunction`, are known by their first part.
            let is_known = known.contains(name) || known.iter().any(|api| belongs_to(api, name));
            if !is_known && unknown.len() < MOST {
                unknown.insert(name.to_owned());
            }
        }
    }
    unknown.into_iter().collect()
}

fn belongs_to(api: &str, name: &str) -> bool {
    api.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}

fn is_script(path: &str) -> bool {
    path.starts_with("script/") && path.ends_with(".js")
}
