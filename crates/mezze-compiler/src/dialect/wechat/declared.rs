//! What an app declares about its user: from `app.json` (`permission`, `requiredPrivateInfos`,
//! `requiredBackgroundModes`) and from `mezze.json` (`permissions`, `data`), whose words count.
//!
//! ```json
//! "permissions": {"scope.camera": {"reason": {"en": "To scan", "zh": "用于扫码"}, "required": true}},
//! "data": {"location": {"purpose": "To show tables near you", "retention": "Not kept"}}
//! ```

use std::collections::BTreeMap;

use mezze_model::manifest::{DataUse, LocalisedText, PermissionRequest};
use serde_json::Value;

use super::{identity, values};
use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};

/// Scopes behind the APIs that `requiredPrivateInfos` names.
const PRIVATE: &[(&str, &[&str])] = &[
    ("getLocation", &["scope.userLocation"]),
    ("onLocationChange", &["scope.userLocation"]),
    ("startLocationUpdate", &["scope.userLocation"]),
    ("startLocationUpdateBackground", &["scope.userLocation", "scope.userLocationBackground"]),
    ("chooseLocation", &["scope.userLocation"]),
    ("choosePoi", &["scope.userLocation"]),
    ("getFuzzyLocation", &["scope.userFuzzyLocation"]),
    ("chooseAddress", &["scope.address"]),
];
/// Scopes behind background modes.
const BACKGROUND: &[(&str, &str)] =
    &[("location", "scope.userLocationBackground"), ("bluetooth", "scope.bluetoothBackground")];
/// The user picks each time what the app gets, so there is nothing to give a reason for beforehand.
const PICKED: &[&str] = &["scope.address", "scope.invoice", "scope.invoiceTitle"];

struct Declared {
    reason: Option<LocalisedText>,
    required: bool,
    /// File and path of the declaration.
    place: (bool, Vec<String>),
}

/// Required and optional permissions, each by name.
pub fn permissions(
    application: &JsonFile,
    own: &JsonFile,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<PermissionRequest>, Vec<PermissionRequest>) {
    let mut declared = BTreeMap::new();
    from_application(application, &mut declared);
    from_own(own, &mut declared, findings);
    // The background scope is asked for with the words of the one in front where it has none of its own.
    let front = declared.get("scope.userLocation").and_then(|one| one.reason.clone());
    if let Some(background) = declared.get_mut("scope.userLocationBackground") {
        background.reason = background.reason.take().or(front);
    }
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for (name, Declared { reason, required: is_required, place: (in_own, path) }) in declared {
        if reason.is_none() && !PICKED.contains(&name.as_str()) {
            let file = if in_own { own } else { application };
            let steps: Vec<&str> = path.iter().map(String::as_str).collect();
            findings.push(file.place(catalog::permission_without_reason(&file.file, &name), &steps));
        }
        let list = if is_required { &mut required } else { &mut optional };
        list.push(PermissionRequest { name, reason });
    }
    (required, optional)
}

fn from_application(file: &JsonFile, declared: &mut BTreeMap<String, Declared>) {
    for (name, value) in file.object("permission").into_iter().flatten() {
        let reason = value.get("desc").and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let place = (false, vec!["permission".to_owned(), name.clone()]);
        declared.insert(name.clone(), Declared { reason: reason.map(LocalisedText::from), required: false, place });
    }
    let mut add = |member: &str, scope: &str| {
        let place = (false, vec![member.to_owned()]);
        declared.entry(scope.to_owned()).or_insert(Declared { reason: None, required: false, place });
    };
    for name in values::strings(file.value.get("requiredPrivateInfos")) {
        let scopes = PRIVATE.iter().find(|(api, _)| *api == name).map_or(&[][..], |(_, scopes)| scopes);
        scopes.iter().for_each(|scope| add("requiredPrivateInfos", scope));
    }
    for name in values::strings(file.value.get("requiredBackgroundModes")) {
        if let Some((_, scope)) = BACKGROUND.iter().find(|(mode, _)| *mode == name) {
            add("requiredBackgroundModes", scope);
        }
    }
}

fn from_own(file: &JsonFile, declared: &mut BTreeMap<String, Declared>, findings: &mut Vec<Diagnostic>) {
    for (name, value) in file.object("permissions").into_iter().flatten() {
        let detailed =
            value.as_object().filter(|members| members.contains_key("reason") || members.contains_key("required"));
        let (reason, required) = match detailed {
            Some(members) => (members.get("reason"), members.get("required").is_some_and(values::boolean)),
            None => (Some(value), false),
        };
        match text(reason) {
            Ok(reason) => {
                let known = declared.get(name).and_then(|one| one.reason.clone());
                let place = (true, vec!["permissions".to_owned(), name.clone()]);
                declared.insert(name.clone(), Declared { reason: reason.or(known), required, place });
            }
            Err(()) => {
                findings.push(file.place(catalog::invalid_permission(identity::FILE, name), &["permissions", name]));
            }
        }
    }
}

/// The data agreement.
pub fn data(file: &JsonFile, findings: &mut Vec<Diagnostic>) -> Vec<DataUse> {
    let mut uses = Vec::new();
    for (category, value) in file.object("data").into_iter().flatten() {
        match (text(value.get("purpose")), text(value.get("retention"))) {
            (Ok(Some(purpose)), Ok(Some(retention))) => {
                uses.push(DataUse { category: category.clone(), purpose, retention });
            }
            _ => findings.push(file.place(catalog::invalid_data_use(identity::FILE, category), &["data", category])),
        }
    }
    uses
}

/// A text, or none where it is blank or left out.
fn text(value: Option<&Value>) -> Result<Option<LocalisedText>, ()> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(None) };
    let text: LocalisedText = serde_json::from_value(value.clone()).map_err(|_| ())?;
    Ok(Some(text).filter(|text| !text.is_blank()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> JsonFile {
        JsonFile::parse(name, &text.into()).unwrap()
    }

    #[test]
    fn reasons_come_from_both_files_and_ours_count() {
        let application = file(
            "app.json",
            r#"{"permission": {"scope.userLocation": {"desc": "from app.json"}, "scope.record": {"desc": "to sing"}},
                "requiredPrivateInfos": ["getLocation", "chooseAddress"], "requiredBackgroundModes": ["audio", "location"]}"#,
        );
        let own = file(
            "mezze.json",
            r#"{"permissions": {"scope.userLocation": {"en": "near", "zh": "附近"},
                "scope.camera": {"reason": "to scan", "required": true}}}"#,
        );
        let mut findings = Vec::new();
        let (required, optional) = permissions(&application, &own, &mut findings);
        let names = |list: &[PermissionRequest]| list.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&required), ["scope.camera"]);
        assert_eq!(
            names(&optional),
            ["scope.address", "scope.record", "scope.userLocation", "scope.userLocationBackground"]
        );
        assert_eq!(optional[2].reason.as_ref().unwrap().in_language("zh"), "附近");
        assert_eq!(optional[3].reason, optional[2].reason);
        assert!(findings.is_empty(), "{findings:?}");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let application = file("app.json", r#"{"requiredPrivateInfos": ["getFuzzyLocation"]}"#);
        let own =
            file("mezze.json", r#"{"permissions": {"scope.camera": 3}, "data": {"location": {"purpose": "near"}}}"#);
        let mut findings = Vec::new();
        let (required, optional) = permissions(&application, &own, &mut findings);
        assert_eq!((required.len(), optional.len()), (0, 1));
        assert!(data(&own, &mut findings).is_empty());
        let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["config/permission", "config/permission-reason", "config/data"]);
    }
}
