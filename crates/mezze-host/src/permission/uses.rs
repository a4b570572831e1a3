//! What an app uses and does not declare. The audit calls this with the APIs that it saw in the code or during a run,
//! the platform's check with those it finds in a package, both before a release.

use std::fmt;

use mezze_api::Catalog;
use mezze_model::Manifest;

use super::scopes::{SCOPES, is_open_category, scope_facts};

/// An API that an app uses, by its name in the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiUse {
    pub api: String,
    /// Where, for a person: `pages/index/index.js:12`.
    pub place: Option<String>,
}

/// A permission or a category of data that is used and not declared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct UndeclaredUse {
    /// A scope, or `data.` and a category.
    pub permission: String,
    pub api: String,
    pub place: Option<String>,
}

impl UndeclaredUse {
    /// What its maker has to add.
    #[must_use]
    pub fn hint(&self) -> String {
        match self.permission.strip_prefix("data.") {
            Some(category) => {
                format!(r#"add to mezze.json: "data": {{"{category}": {{"purpose": "…", "retention": "…"}}}}"#)
            }
            None => format!(
                r#"add to app.json: "permission": {{"{0}": {{"desc": "why"}}}}, or to mezze.json: "permissions": {{"{0}": "why"}}"#,
                self.permission
            ),
        }
    }
}

impl fmt::Display for UndeclaredUse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} needs {}, which the app does not declare", self.api, self.permission)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(formatter, " ({place})"))
    }
}

/// The APIs that a script names as members of its API object, each once with its first line: `wx.getLocation` in
/// `pages/index.js` is `getLocation` at `pages/index.js:3`. Reads text, not meaning: what only a comment names counts
/// too, what is put together at run time does not. A check before a release wants it so; the host's gate has the
/// last word.
#[must_use]
pub fn script_uses(namespace: &str, file: &str, script: &str) -> Vec<ApiUse> {
    let mut found: Vec<ApiUse> = Vec::new();
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
    for (index, line) in script.lines().enumerate() {
        for (at, _) in line.match_indices(namespace) {
            let before = line[..at].chars().next_back();
            if before.is_some_and(|character| is_part(character) || character == '.') {
                continue;
            }
            let Some(rest) = line[at + namespace.len()..].strip_prefix('.') else { continue };
            let name: String = rest.chars().take_while(|character| is_part(*character)).collect();
            if !name.is_empty() && !found.iter().any(|known| known.api == name) {
                found.push(ApiUse { api: name, place: Some(format!("{file}:{}", index + 1)) });
            }
        }
    }
    found
}

/// Every use that is not declared, each permission once, with the first place that needs it.
#[must_use]
pub fn undeclared_uses(manifest: &Manifest, catalog: &Catalog, uses: &[ApiUse]) -> Vec<UndeclaredUse> {
    let mut found: Vec<UndeclaredUse> = Vec::new();
    for used in uses {
        let Some(api) = catalog.find(&used.api) else { continue };
        let permission = match (&api.scope, &api.data_category) {
            (Some(scope), _) => (!manifest.declares_permission(scope)).then(|| scope.clone()),
            (None, Some(category)) if !is_open_category(category) => {
                manifest.data_use(category).is_none().then(|| format!("data.{category}"))
            }
            _ => None,
        };
        let Some(permission) = permission else { continue };
        if !found.iter().any(|known| known.permission == permission) {
            found.push(UndeclaredUse { permission, api: used.api.clone(), place: used.place.clone() });
        }
    }
    found.sort();
    found
}

/// What an app declares and, as far as its files say, does not use: scopes that no API it names needs, categories of
/// data likewise. `mentions` says whether a word stands anywhere in the app's scripts and templates: components ask for
/// permissions too, and `authorize` names them.
#[must_use]
pub fn unused_declarations(
    manifest: &Manifest,
    catalog: &Catalog,
    uses: &[ApiUse],
    mentions: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let used: Vec<_> = uses.iter().filter_map(|one| catalog.find(&one.api)).collect();
    let scope_is_used = |name: &str| {
        used.iter().any(|api| api.scope.as_deref() == Some(name))
            || mentions(name)
            || component_words(name).iter().any(|word| mentions(word))
    };
    let category_is_used = |category: &str| {
        let by_scope = |scope: &str| scope_facts(scope).is_some_and(|facts| facts.category == category);
        is_open_category(category)
            || used
                .iter()
                .any(|api| api.data_category.as_deref() == Some(category) || api.scope.as_deref().is_some_and(by_scope))
            || SCOPES.iter().any(|facts| facts.category == category && scope_is_used(facts.name))
            || category_words(category).iter().any(|word| mentions(word))
    };
    let scopes = manifest.declared_permissions().map(|declared| declared.request.name.as_str());
    // Names that are not this platform's are for other hosts.
    let scopes = scopes.filter(|name| scope_facts(name).is_some() && !scope_is_used(name)).map(ToOwned::to_owned);
    let known = |category: &&str| {
        SCOPES.iter().any(|facts| facts.category == *category)
            || catalog.apis.iter().any(|api| api.data_category.as_deref() == Some(*category))
    };
    let categories = manifest.mezze.data.iter().map(|data| data.category.as_str()).filter(known);
    let categories = categories.filter(|category| !category_is_used(category)).map(super::decide::data_name);
    scopes.chain(categories).collect()
}

/// What in a template asks for a scope.
fn component_words(scope: &str) -> &'static [&'static str] {
    match scope {
        "scope.camera" => &["\"camera\"", "\"live-pusher\"", "\"voip-room\""],
        "scope.record" => &["\"live-pusher\"", "\"voip-room\""],
        "scope.userLocation" => &["show-location", "showLocation"],
        "scope.userLocationBackground" => &["startLocationUpdateBackground"],
        "scope.bluetoothBackground" => &["openBluetoothAdapter"],
        _ => &[],
    }
}

/// What in a template gives data of a category.
fn category_words(category: &str) -> &'static [&'static str] {
    match category {
        "phone" => &["getPhoneNumber", "getRealtimePhoneNumber"],
        "profile" => &["getUserInfo", "chooseAvatar", "open-data", "nickname"],
        "file" | "media" | "album" => &["choose", "upload"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::script_uses;

    #[test]
    fn members_of_the_api_object_are_uses() {
        let script = "const a = 1;\nwx.getLocation({}); wx.showToast({}); wx.getLocation({});\nfoo.wx.login(); _wx.x(); wxs.y(); wx.$z";
        let uses = script_uses("wx", "app.js", script);
        let names: Vec<_> =
            uses.iter().map(|one| (one.api.as_str(), one.place.as_deref().unwrap_or_default())).collect();
        assert_eq!(names, [("getLocation", "app.js:2"), ("showToast", "app.js:2"), ("$z", "app.js:3")]);
    }
}
