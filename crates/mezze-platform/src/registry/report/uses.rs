//! What the scripts use against what the manifest declares: permissions and data, APIs that no host knows, origins.
//!
//! Told by the text of the compiled scripts, strings and comments left out, so what is put together at run time is not
//! seen; the audit runs the app and the host's gate has the last word.

use std::collections::{BTreeMap, BTreeSet};

use mezze_api::Catalog;
use mezze_host::audit::{Address, read_script};
use mezze_host::permission::{ApiUse, script_uses, undeclared_uses, unused_declarations};
use mezze_model::{Manifest, OriginUse};
use mezze_package::Package;

use super::{Finding, Severity};

/// More names than this are a bundler's work, not an author's.
const MOST: usize = 100;
/// A script that is larger was made by a tool and says little.
const LARGEST_SCRIPT: usize = 4 << 20;
/// Addresses that name a vocabulary; nothing is ever fetched from them.
const VOCABULARIES: [&str; 2] = ["http://www.w3.org", "https://www.w3.org"];

/// What the text of the scripts says.
pub(super) struct Uses {
    pub(super) findings: Vec<Finding>,
    /// Members of the API object that no host knows.
    pub(super) unknown_apis: Vec<String>,
}

/// Reads every script of a package.
pub(super) fn check(manifest: &Manifest, package: &Package) -> Uses {
    // A catalog that can't be read is found by its own tests; here it only means that nothing can be said.
    let Ok(catalog) = Catalog::load() else {
        return Uses { findings: Vec::new(), unknown_apis: Vec::new() };
    };
    let mut uses: Vec<ApiUse> = Vec::new();
    let mut addresses: Vec<(String, Address)> = Vec::new();
    for (path, text) in texts(package, is_script) {
        let script = read_script(path, text);
        uses.extend(script_uses(manifest.mezze.namespace.as_str(), path, &script.code));
        addresses.extend(script.addresses.into_iter().map(|address| (path.to_owned(), address)));
    }
    let unknown = unknown(&catalog, &uses);
    let mentions = |word: &str| {
        texts(package, |path| is_script(path) || path.starts_with("template/")).any(|(_, text)| text.contains(word))
    };
    let mut findings = undeclared(manifest, &catalog, &uses);
    findings.extend(unused_declarations(manifest, &catalog, &uses, &mentions).iter().map(|name| unused(name)));
    findings.extend(unknown.iter().map(|one| {
        let message = format!(
            "No host knows `{}`; the call will fail. Correct the name, or ask `canIUse` before calling it.",
            one.api
        );
        placed(Finding::new("unknown-api", Severity::Note, message), one.place.as_deref())
    }));
    findings.extend(undeclared_origins(manifest, &addresses));
    Uses { findings, unknown_apis: unknown.into_iter().map(|one| one.api).collect() }
}

fn texts(package: &Package, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (&str, &str)> {
    package.files().filter_map(move |(path, file)| {
        let bytes = Some(file.bytes()).filter(|bytes| wanted(path.as_str()) && bytes.len() <= LARGEST_SCRIPT)?;
        Some((path.as_str(), std::str::from_utf8(bytes).ok()?))
    })
}

fn is_script(path: &str) -> bool {
    path.starts_with("script/") && path.ends_with(".js")
}

fn undeclared(manifest: &Manifest, catalog: &Catalog, uses: &[ApiUse]) -> Vec<Finding> {
    let found = undeclared_uses(manifest, catalog, uses);
    let finding = |one: &mezze_host::permission::UndeclaredUse| {
        let message = format!(
            "`{}` needs `{}`, which the mini app does not declare; the call will fail. To declare it, {}.",
            one.api,
            one.permission,
            one.hint()
        );
        placed(Finding::new("undeclared-permission", Severity::Warning, message), one.place.as_deref())
    };
    found.iter().map(finding).collect()
}

fn unused(name: &str) -> Finding {
    let message = format!(
        "`{name}` is declared and nothing in the mini app seems to use it. Remove the declaration: users are asked for \
         what is needed, and reviewers weigh what is declared."
    );
    Finding::new("unused-declaration", Severity::Note, message).at("manifest.json", None)
}

/// Each unknown name once, with its first place.
fn unknown(catalog: &Catalog, uses: &[ApiUse]) -> Vec<ApiUse> {
    let mut known: BTreeSet<&str> = catalog.declared.keys().map(String::as_str).collect();
    for api in &catalog.apis {
        known.extend([api.name.as_str()].into_iter().chain(api.off.as_deref()));
        known.extend(api.names.values().map(String::as_str));
    }
    // Namespaces of their own, such as `wx.cloud.callFunction`, are known by their first part.
    known.extend(known.clone().into_iter().filter_map(|name| name.split_once('.')).map(|(first, _)| first));
    let mut found: BTreeMap<&str, &ApiUse> = BTreeMap::new();
    for one in uses.iter().filter(|one| !known.contains(one.api.as_str())) {
        found.entry(&one.api).or_insert(one);
    }
    found.into_values().take(MOST).cloned().collect()
}

/// Addresses in strings whose origin is declared for no use at all, each origin once.
fn undeclared_origins(manifest: &Manifest, addresses: &[(String, Address)]) -> Vec<Finding> {
    let declared: BTreeSet<String> = OriginUse::ALL
        .into_iter()
        .flat_map(|origin_use| manifest.mezze.origins.for_use(origin_use))
        .map(ToString::to_string)
        .collect();
    let mut seen = BTreeSet::new();
    let strange = addresses.iter().filter(|one| {
        let (_, address) = *one;
        let origin = address.origin.as_str();
        !declared.contains(origin) && !VOCABULARIES.contains(&origin) && seen.insert(origin)
    });
    let finding = |(file, address): &(String, Address)| {
        let origin = &address.origin;
        let message = match origin.split_once("://") {
            Some(("http" | "ws", rest)) => format!(
                "`{origin}` is not encrypted and can never be reached. Use `https://{rest}` or `wss://{rest}`, and declare it."
            ),
            _ => format!(
                "`{origin}` is not among the declared origins; requests to it are refused. Add it to `origins` in \
                 mezze.json under what it is used for, or remove the address."
            ),
        };
        Finding::new("undeclared-origin", Severity::Note, message).at(file, Some(address.line))
    };
    strange.take(MOST).map(finding).collect()
}

/// `FILE:LINE` as it is written by `script_uses`.
fn placed(finding: Finding, place: Option<&str>) -> Finding {
    match place.and_then(|place| place.rsplit_once(':')) {
        Some((file, line)) => finding.at(file, line.parse().ok()),
        None => finding,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use mezze_package::{Limits, Trust, VerifiedPackage};
    use serde_json::json;

    use super::*;
    use crate::testing::PackageFixture;

    fn findings(fixture: &PackageFixture) -> Vec<(String, Severity, String)> {
        let verified = VerifiedPackage::verify(&fixture.bytes(), &Trust::any_developer(), &Limits::default()).unwrap();
        let place = |finding: &Finding| {
            let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line} {}", finding.file.as_deref().unwrap_or_default(), finding.message)
        };
        let uses = check(verified.manifest(), verified.package());
        uses.findings.iter().map(|finding| (finding.rule.clone(), finding.severity, place(finding))).collect()
    }

    fn one(rule: &str, found: &[(String, Severity, String)]) -> (Severity, String) {
        let mut of_rule = found.iter().filter(|(known, ..)| known == rule);
        let (_, severity, text) = of_rule.next().unwrap_or_else(|| panic!("no {rule} in {found:?}"));
        assert!(of_rule.next().is_none(), "{rule} twice: {found:?}");
        (*severity, text.clone())
    }

    #[test]
    fn what_is_used_and_not_declared_is_told_with_place_and_remedy() {
        let script = "Page({})\n// wx.chooseAddress\nwx.getLocation({})\nwx.getLocatoin({})\nconst a = 'wx.startRecord', \
                      b = \"https://api.example.org/x\", c = 'http://www.w3.org/2000/svg', d = 'https://declared.example.org/'";
        let fixture = PackageFixture { script: script.to_owned(), ..PackageFixture::default() };
        let found = findings(&fixture.declaring("request", "https://declared.example.org"));
        assert_eq!(found.len(), 3, "{found:?}");
        let (severity, text) = one("undeclared-permission", &found);
        assert_eq!(severity, Severity::Warning);
        assert!(text.starts_with("script/pages/index/index.js:3 `getLocation` needs `scope.userLocation`"), "{text}");
        assert!(text.contains("add to app.json"), "{text}");
        let (severity, text) = one("unknown-api", &found);
        assert_eq!(severity, Severity::Note);
        assert!(text.starts_with("script/pages/index/index.js:4 No host knows `getLocatoin`"), "{text}");
        let (_, text) = one("undeclared-origin", &found);
        assert!(text.starts_with("script/pages/index/index.js:5 `https://api.example.org` is not among"), "{text}");
    }

    #[test]
    fn what_is_declared_and_not_used_is_told() {
        let mezze = json!({
            "permissions": [
                {"name": "scope.userLocation", "reason": "near you"}, {"name": "scope.camera", "reason": "to scan"},
                {"name": "scope.record", "reason": "notes"}, {"name": "vendor.other", "reason": "elsewhere"},
            ],
            "data": [
                {"category": "location", "purpose": "near you", "retention": "not kept"},
                {"category": "clipboard", "purpose": "codes", "retention": "not kept"},
                {"category": "identity", "purpose": "orders", "retention": "a year"},
            ],
        });
        let script = "wx.getLocation({}); wx.authorize({ scope: 'scope.record' }); wx.startRecord({})";
        let fixture = PackageFixture { script: script.to_owned(), mezze, ..PackageFixture::default() };
        let found = findings(&fixture);
        let unused: Vec<&str> = found
            .iter()
            .filter(|(rule, ..)| rule == "unused-declaration")
            .filter_map(|(.., text)| text.split('`').nth(1))
            .collect();
        assert_eq!(unused, ["scope.camera", "data.clipboard"], "{found:?}");
        assert!(found.iter().all(|(rule, ..)| rule != "undeclared-permission"), "{found:?}");
    }

    #[test]
    fn plain_http_can_never_be_reached() {
        let script = "wx.request({ url: 'http://api.example.org/x' })".to_owned();
        let found = findings(&PackageFixture { script, ..PackageFixture::default() });
        let (_, text) = one("undeclared-origin", &found);
        assert!(text.contains("not encrypted") && text.contains("`https://api.example.org`"), "{text}");
    }
}
