//! What a person sees of the commands that act on a platform. The platform here gives fixed answers; what it was asked
//! is checked beside what is said.

#[path = "support/stub.rs"]
mod stub;
mod support;

use insta::assert_snapshot;
use serde_json::{Value, json};
use stub::{Answer, StubPlatform};
use support::Desk;

const RELEASES: &str = "GET /api/v1/apps/org.example.menu/releases?limit=200";

fn release(id: &str, version: &str, state: &str, more: Value) -> Value {
    let mut value = json!({
        "id": id, "app_id": "org.example.menu", "name": "Menu", "version": version, "version_code": 1, "state": state,
        "state_reason": null, "share": null, "released_at": null, "notes": null, "submitted_digest": "d1", "revision": 1,
    });
    for (member, given) in more.as_object().into_iter().flatten() {
        value[member] = given.clone();
    }
    value
}

fn history() -> Value {
    json!({"items": [
        release("r4", "2.0.0", "approved", json!({})),
        release("r3", "1.2.0", "released", json!({"released_at": 300})),
        release("r2", "1.1.0", "superseded", json!({"released_at": 200})),
        release("r1", "1.0.0", "withdrawn", json!({"released_at": 100, "state_reason": "Wrong prices.\nSee the notice."})),
        release("r0", "0.9.0", "rejected", json!({"state_reason": "The reason for the camera is missing."})),
    ]})
}

/// What the command says, with the platform's address taken out.
fn see(desk: &Desk, platform: &StubPlatform, arguments: &[&str]) -> String {
    desk.write("token", "secret-token\n");
    let mut all = arguments.to_vec();
    all.extend(["--platform", &platform.url, "--token-file", "token"]);
    desk.see(&all).replace(&platform.url, "[PLATFORM]")
}

/// Runs a command against these answers; gives what it says and what the platform was asked.
fn said(answers: Vec<Answer>, arguments: &[&str]) -> String {
    let platform = StubPlatform::start(answers);
    let text = see(&Desk::new(), &platform, arguments);
    format!("{text}\n--- asked\n{}", platform.asked().join("\n"))
}

#[test]
fn status() {
    assert_snapshot!(said(vec![(RELEASES, 200, history())], &["status", "org.example.menu"]));
    assert_snapshot!(
        "status_of_nothing",
        said(vec![(RELEASES, 200, json!({"items": []}))], &["status", "org.example.menu"])
    );
    assert_snapshot!(
        "status_for_tools",
        said(vec![(RELEASES, 200, history())], &["status", "org.example.menu", "--json"])
    );
}

#[test]
fn release_to_all_and_to_a_share() {
    let done = |state, more| ("POST /api/v1/releases/r4/acts", 200, release("r4", "2.0.0", state, more));
    let answers = vec![(RELEASES, 200, history()), done("released", json!({}))];
    assert_snapshot!("release", said(answers.clone(), &["release", "org.example.menu"]));
    let answers = vec![(RELEASES, 200, history()), done("staged", json!({"share": 1.0}))];
    assert_snapshot!("release_to_a_share", said(answers, &["release", "org.example.menu", "--share", "1"]));
}

#[test]
fn release_of_nothing_and_of_what_the_platform_refuses() {
    let released = json!({"items": [release("r3", "1.2.0", "released", json!({}))]});
    assert_snapshot!("release_of_nothing", said(vec![(RELEASES, 200, released)], &["release", "org.example.menu"]));
    let unknown = said(vec![(RELEASES, 200, history())], &["release", "org.example.menu", "--release", "9.9.9"]);
    assert_snapshot!("release_of_an_unknown_version", unknown);
    let problem = json!({
        "type": "urn:mezze:problem:share-shrinks", "title": "The share only grows", "status": 409,
        "detail": "50 % of the users have it already.", "hint": "Withdraw it, or give it to more.",
    });
    let answers = vec![(RELEASES, 200, history()), ("POST /api/v1/releases/r4/acts", 409, problem)];
    assert_snapshot!("release_refused", said(answers, &["release", "org.example.menu", "--share", "1"]));
}

#[test]
fn rollback() {
    let back = ("POST /api/v1/releases/r2/acts", 200, release("r2", "1.1.0", "released", json!({})));
    assert_snapshot!(said(vec![(RELEASES, 200, history()), back], &["rollback", "org.example.menu"]));
    let first = json!({"items": [release("r3", "1.2.0", "released", json!({"released_at": 300}))]});
    assert_snapshot!("rollback_from_the_first", said(vec![(RELEASES, 200, first)], &["rollback", "org.example.menu"]));
}

#[test]
fn withdraw() {
    let more = json!({"state_reason": "Wrong prices."});
    let gone = ("POST /api/v1/releases/r3/acts", 200, release("r3", "1.2.0", "withdrawn", more));
    let arguments = ["withdraw", "org.example.menu", "--reason", "Wrong prices."];
    assert_snapshot!(said(vec![(RELEASES, 200, history()), gone], &arguments));
    assert_snapshot!("withdraw_without_a_reason", said(vec![], &["withdraw", "org.example.menu"]));
}

fn checklist() -> Value {
    json!([
        {"point": "runs", "text": "I opened it and went through its pages.", "ticked": true},
        {"point": "permissions", "text": "Every permission is needed.", "ticked": false},
    ])
}

fn item(reviewer: Option<&str>) -> Value {
    let row = release("r4", "2.0.0", "in_review", json!({"notes": "Prices by weight."}));
    json!({"release": row, "reviewer_id": null, "reviewer_name": reviewer, "lease_until": null, "checklist": checklist()})
}

#[test]
fn review_list() {
    let queue = json!({"items": [item(None), item(Some("Rita"))]});
    assert_snapshot!(said(vec![("GET /api/v1/reviews?limit=200", 200, queue)], &["review", "list"]));
    let empty = json!({"items": []});
    assert_snapshot!(
        "review_list_of_nothing",
        said(vec![("GET /api/v1/reviews?limit=200", 200, empty)], &["review", "list"])
    );
}

#[test]
fn review_show() {
    let report = json!({"outcome": "passed", "findings": [
        {"rule": "undeclared-permission", "severity": "warning", "message": "`getLocation` needs `scope.userLocation`.",
         "file": "script/pages/a.js", "line": 3},
        {"rule": "unused-declaration", "severity": "note", "message": "`scope.camera` is declared.", "file": "manifest.json"},
    ]});
    let talk = json!([
        {"author_name": "Rita", "side": "reviewer", "kind": "question", "text": "Why the camera?", "internal": false},
        {"author_name": "Rita", "side": "reviewer", "kind": "comment", "text": "Looks\u{1b}[31m fine", "internal": true},
    ]);
    let answers = vec![
        ("GET /api/v1/reviews/r4", 200, item(Some("Rita"))),
        ("GET /api/v1/releases/r4/report", 200, report),
        ("GET /api/v1/releases/r4/comments", 200, talk),
    ];
    assert_snapshot!(said(answers, &["review", "show", "r4"]));
}

#[test]
fn review_claim_and_leave() {
    let answers = vec![
        ("PUT /api/v1/reviews/r4/claim", 200, item(Some("Rita"))),
        ("DELETE /api/v1/reviews/r4/claim", 204, Value::Null),
    ];
    assert_snapshot!("review_claim", said(answers.clone(), &["review", "claim", "r4"]));
    assert_snapshot!("review_leave", said(answers, &["review", "claim", "r4", "--leave"]));
}

#[test]
fn review_approve() {
    let answers = vec![
        ("GET /api/v1/reviews/r4", 200, item(Some("Rita"))),
        ("PUT /api/v1/reviews/r4/checklist", 200, checklist()),
        ("POST /api/v1/releases/r4/acts", 200, release("r4", "2.0.0", "approved", json!({}))),
    ];
    assert_snapshot!(said(answers.clone(), &["review", "approve", "r4", "--tick", "all"]));
    assert_snapshot!(
        "review_approve_a_point",
        said(answers.clone(), &["review", "approve", "r4", "--tick", "permissions"])
    );
    assert_snapshot!("review_approve_an_unknown_point", said(answers, &["review", "approve", "r4", "--tick", "taste"]));
    assert_snapshot!("review_approve_unlooked", said(vec![], &["review", "approve", "r4"]));
}

#[test]
fn review_reject_and_ask() {
    let answers = vec![
        ("POST /api/v1/releases/r4/acts", 200, release("r4", "2.0.0", "rejected", json!({}))),
        (
            "POST /api/v1/releases/r4/comments",
            201,
            json!({"author_name": "Rita", "side": "reviewer", "kind": "question", "text": "Why?", "internal": false}),
        ),
    ];
    assert_snapshot!(
        "review_reject",
        said(answers.clone(), &["review", "reject", "r4", "--reason", "No reason for the camera."])
    );
    assert_snapshot!("review_ask", said(answers, &["review", "ask", "r4", "Why?"]));
}

fn report(state: &str, more: Value) -> Value {
    let mut value = json!({
        "id": "p1", "app_id": "org.example.menu", "app_name": "Menu", "version": "1.2.0", "page": "pages/pay/index",
        "reason": "too_much_data", "text": "It asks\u{1b}[31m twice.", "contact": null, "reporter_name": "Uma", "state": state,
        "handler_name": null, "outcome": null, "note": null, "answer": null,
    });
    for (member, given) in more.as_object().into_iter().flatten() {
        value[member] = given.clone();
    }
    value
}

#[test]
fn reports_list_and_show() {
    let first = json!({"items": [report("open", json!({}))], "next": "more"});
    let second = json!({"items": [report("taken", json!({"handler_name": "Sue"}))], "next": null});
    let answers = vec![
        ("GET /api/v1/reports?limit=200&app_id=org.example.menu", 200, first),
        ("GET /api/v1/reports?limit=200&app_id=org.example.menu&after=more", 200, second),
    ];
    let list = ["reports", "list", "--state", "any", "--app", "org.example.menu"];
    assert_snapshot!("reports_list", said(answers, &list));
    let none = json!({"items": [], "next": null});
    assert_snapshot!(
        "reports_list_of_nothing",
        said(vec![("GET /api/v1/reports?limit=200&state=open", 200, none)], &["reports", "list"])
    );
    let more = json!({"contact": "uma@example.org", "release_id": "r3", "release_state": "released"});
    let shown = vec![("GET /api/v1/reports/p1", 200, report("open", more))];
    assert_snapshot!("reports_show", said(shown, &["reports", "show", "p1"]));
}

#[test]
fn reports_take_and_resolve() {
    let acts = "POST /api/v1/reports/p1/acts";
    let taken = vec![(acts, 200, report("taken", json!({"handler_name": "Sue"})))];
    assert_snapshot!("reports_take", said(taken, &["reports", "take", "p1", "--over"]));
    let warned = vec![(acts, 200, report("resolved", json!({"handler_name": "Sue", "outcome": "publisher_warned"})))];
    let resolve = ["reports", "resolve", "p1", "--outcome", "publisher-warned", "--note", "It asks twice."];
    assert_snapshot!("reports_resolve_without_a_warning", said(vec![], &resolve));
    let with_warning = [&resolve[..], &["--warning", "Ask once."]].concat();
    assert_snapshot!("reports_resolve", said(warned, &with_warning));
}

#[test]
fn keys_vouch() {
    let desk = Desk::new();
    desk.succeed(&["keys", "new", "old"]);
    desk.succeed(&["keys", "new", "fresh"]);
    let public = |name: &str| {
        let shown: Value = serde_json::from_str(&desk.succeed(&["keys", "show", name, "--json"])).unwrap_or_default();
        shown["public_key"].as_str().unwrap_or_default().to_owned()
    };
    let added = json!({"public_key": public("fresh"), "state": "active", "label": "", "vouched_by_key": public("old")});
    let platform = StubPlatform::start(vec![("POST /api/v1/apps/org.example.menu/keys", 201, added)]);
    assert_snapshot!(see(&desk, &platform, &["keys", "vouch", "org.example.menu", "fresh", "--by", "old"]));
    let asked = platform.asked().join("\n");
    let body: Value =
        asked.split_once('{').and_then(|(_, body)| serde_json::from_str(&format!("{{{body}")).ok()).unwrap_or_default();
    assert_eq!(
        (body["public_key"].as_str(), body["vouched_by"].as_str()),
        (Some(public("fresh").as_str()), Some(public("old").as_str()))
    );
    let signature = body["signature"].as_str().unwrap_or_default();
    assert!(signed(&public("old"), &public("fresh"), signature), "{asked}");
    assert_snapshot!(
        "keys_vouch_for_itself",
        see(&desk, &platform, &["keys", "vouch", "org.example.menu", "old", "--by", "old"])
    );
    assert_snapshot!(
        "keys_vouch_unknown",
        see(&desk, &platform, &["keys", "vouch", "org.example.menu", "none", "--by", "old"])
    );
}

/// As the platform checks it (`apps/keys.rs`).
fn signed(old: &str, new: &str, signature: &str) -> bool {
    use base64::Engine as _;
    let signature = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    let Ok(signature) = <[u8; 64]>::try_from(signature) else { return false };
    let Ok(old) = old.parse::<mezze_package::PublicKey>() else { return false };
    old.verifies_message(format!("mezze key vouch v1\norg.example.menu\n{new}").as_bytes(), &signature)
}
