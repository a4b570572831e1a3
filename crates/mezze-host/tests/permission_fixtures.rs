//! The decisions of `tests/fixtures/permission`, a folder for each policy; the web shell answers the same.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::PathBuf;

use mezze_host::permission::scopes::{OPEN_CATEGORIES, SCOPES};
use mezze_host::permission::{
    Decision, Declarations, Grant, Moment, PlatformAct, Policy, PolicySubject, Prompt, Question, decide, permit,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Case {
    name: String,
    declared: Declarations,
    grants: Vec<Grant>,
    moment: Moment,
    question: Question,
    expected: Value,
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/permission")
}

fn as_json(decision: &Decision) -> Value {
    match decision {
        Decision::Allowed(granted) => json!({"decision": "allowed", "by": granted.by()}),
        Decision::Ask(Prompt::Scope { permission }) => {
            json!({"decision": "ask", "kind": "scope", "permission": permission})
        }
        Decision::Ask(Prompt::Privacy { categories }) => {
            json!({"decision": "ask", "kind": "privacy", "categories": categories})
        }
        Decision::Refused(refusal) => {
            let mut value = json!({"decision": "refused", "rule": refusal.rule, "reason": refusal.reason});
            if let Some(errno) = refusal.errno {
                value["errno"] = errno.into();
            }
            if let Some(policy) = &refusal.policy {
                value["policy"] = policy.as_str().into();
            }
            value
        }
    }
}

#[derive(Deserialize)]
struct ActsCase {
    name: String,
    subject: PolicySubject,
    /// The rule that forbids, by act.
    forbidden: std::collections::BTreeMap<String, String>,
}

#[test]
fn acts_of_the_platform_are_decided_as_their_fixture_says() {
    let mut seen = 0;
    for folder in fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(bytes) = fs::read(folder.join("acts.json")) else { continue };
        let policy = Policy::from_json(&fs::read(folder.join("policy.json")).unwrap()).unwrap();
        for case in serde_json::from_slice::<Vec<ActsCase>>(&bytes).unwrap() {
            for act in PlatformAct::ALL {
                let forbidden = permit(&policy, &case.subject, act).err().map(|rule| rule.id.clone());
                let name = act.name().trim_start_matches("app.");
                assert_eq!(forbidden.as_ref(), case.forbidden.get(name), "{}: {}, {name}", folder.display(), case.name);
                seen += 1;
            }
        }
    }
    assert!(seen >= 24, "only {seen} decisions were found");
}

#[test]
fn every_case_is_decided_as_its_fixture_says() {
    let mut seen = 0;
    for folder in fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let policy = Policy::from_json(&fs::read(folder.join("policy.json")).unwrap()).unwrap();
        let cases: Vec<Case> = serde_json::from_slice(&fs::read(folder.join("cases.json")).unwrap()).unwrap();
        for case in cases {
            let decision = decide(&case.declared, &policy, &case.grants, &case.moment, &case.question);
            assert_eq!(as_json(&decision), case.expected, "{}: {}", folder.display(), case.name);
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} cases were found");
}

#[test]
fn the_table_of_scopes_is_the_shells() {
    let fixture: Value = serde_json::from_slice(&fs::read(fixtures().join("scopes.json")).unwrap()).unwrap();
    let table: serde_json::Map<String, Value> = SCOPES
        .iter()
        .map(|facts| {
            let value = json!({"category": facts.category, "asks": facts.asks, "declaredIn": facts.declared_in});
            (facts.name.to_owned(), value)
        })
        .collect();
    assert_eq!(fixture["scopes"], Value::Object(table));
    assert_eq!(fixture["open"], json!(OPEN_CATEGORIES));
}

#[test]
fn a_use_that_is_not_declared_is_found() {
    use mezze_host::permission::{ApiUse, undeclared_uses};

    let manifest = json!({
        "app_id": "org.example.menu", "name": "Menu", "icons": [], "version": {"code": 1, "name": "1.0.0"},
        "platform_version": {"min_code": 1}, "pages": ["pages/index/index"],
        "mezze": {"format": 1, "namespace": "wx", "entry_page": "pages/index/index",
            "permissions": [{"name": "scope.camera", "reason": "To scan"}]},
    });
    let manifest = mezze_model::Manifest::from_json(manifest.to_string().as_bytes()).unwrap();
    let catalog = mezze_api::Catalog::load().unwrap();
    let used = |api: &str| ApiUse { api: api.to_owned(), place: Some(format!("app.js: {api}")) };
    let uses: Vec<ApiUse> =
        ["getLocation", "getLocation", "showToast", "request", "getClipboardData", "nothing"].map(used).into();
    let found = undeclared_uses(&manifest, &catalog, &uses);
    let names: Vec<&str> = found.iter().map(|one| one.permission.as_str()).collect();
    assert_eq!(names, ["data.clipboard", "scope.userLocation"]);
    assert_eq!(
        found[1].to_string(),
        "getLocation needs scope.userLocation, which the app does not declare (app.js: getLocation)"
    );
    assert!(found[0].hint().contains("\"data\""));
}
