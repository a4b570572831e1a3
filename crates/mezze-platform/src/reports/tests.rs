//! Reports from the user's sheet to their end, through the router, on each database.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::testing::{Answer, Browser, PackageFixture, TestPlatform, on_each_database};

on_each_database!(
    a_report_goes_from_open_to_resolved_and_its_sender_reads_what_came_of_it,
    two_of_the_staff_do_not_step_on_each_other,
    what_is_said_to_have_been_done_was_done,
    developers_never_learn_who_reported,
    reports_are_of_what_one_could_run_and_have_limits,
    lists_come_in_pages_by_state_and_app,
);

const APP: &str = "org.example.menu";
const SEND: &str = "/api/v1/miniapps/org.example.menu/reports";

fn fraud(text: &str) -> Value {
    json!({"version": "1.0.0", "page": "pages/pay/index", "reason": "fraud", "text": text})
}

/// Sends a report and gives its id.
async fn sent(browser: &mut Browser, report: &Value) -> String {
    let answer = browser.post(SEND, report).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().expect("an id").to_owned()
}

async fn act(browser: &mut Browser, id: &str, act: Value) -> Answer {
    browser.post(&format!("/api/v1/reports/{id}/acts"), &act).await
}

async fn act_if(browser: &mut Browser, id: &str, tag: &str, act: Value) -> Answer {
    let headers = [("content-type", "application/json"), ("if-match", tag)];
    browser.send(Method::POST, &format!("/api/v1/reports/{id}/acts"), &headers, Body::from(act.to_string())).await
}

fn resolve(outcome: &str) -> Value {
    json!({"action": "resolve", "outcome": outcome, "note": "Looked at it.", "answer": "Thank you for telling us."})
}

async fn a_report_goes_from_open_to_resolved_and_its_sender_reads_what_came_of_it(platform: TestPlatform) {
    platform.publish(&PackageFixture::default()).await;
    let mut uma = platform.person("uma").await;
    let mut report = fraud("  It took money twice.  ");
    report["contact"] = json!("uma@example.org");
    let id = sent(&mut uma, &report).await;
    // The same again, from a hand that tapped twice or a network that lost the answer.
    let again = uma.post(SEND, &report).await;
    assert_eq!((again.status, again.json()["id"].as_str()), (200, Some(id.as_str())));

    let mut sue = platform.staff("sue", "support").await;
    let path = format!("/api/v1/reports/{id}");
    let seen = sue.get(&path).await;
    assert_eq!(seen.header("etag"), "\"r0\"");
    let seen = seen.json();
    for (member, value) in [
        ("state", "open"),
        ("app_id", APP),
        ("version", "1.0.0"),
        ("page", "pages/pay/index"),
        ("reason", "fraud"),
        ("text", "It took money twice."),
        ("contact", "uma@example.org"),
        ("reporter_name", "uma"),
        ("release_state", "released"),
    ] {
        assert_eq!(seen[member], value, "{member} of {seen}");
    }
    assert!(seen["release_id"].is_string() && seen["others_waiting"] == 0, "{seen}");

    act(&mut sue, &id, resolve("no_action")).await.problem(409, "wrong-report-state");
    let taken = act(&mut sue, &id, json!({"action": "take"})).await.json();
    assert_eq!((&taken["state"], &taken["handler_name"]), (&json!("taken"), &json!("sue")));
    assert_eq!(uma.get("/api/v1/me/reports").await.json()["items"][0]["state"], "taken");
    act(&mut sue, &id, json!({"action": "resolve", "outcome": "no_action", "note": " "}))
        .await
        .problem(400, "bad-request");
    let done = act(&mut sue, &id, resolve("no_action")).await;
    assert_eq!((done.header("etag"), &done.json()["state"]), ("\"r2\"", &json!("resolved")));

    let own = uma.get("/api/v1/me/reports").await.json()["items"][0].clone();
    assert_eq!((&own["outcome"], &own["answer"]), (&json!("no_action"), &json!("Thank you for telling us.")));
    for hidden in ["note", "handler_id", "handler_name"] {
        assert!(own[hidden].is_null(), "{hidden} is for the staff: {own}");
    }
    assert_eq!(platform.person("other").await.get("/api/v1/me/reports").await.json()["items"], json!([]));
    // Once it is decided, the same complaint is a new report.
    assert_ne!(sent(&mut uma, &report).await, id);

    let opened = act(&mut sue, &id, json!({"action": "reopen"})).await.json();
    assert_eq!(
        (&opened["state"], &opened["outcome"], &opened["answer"]),
        (&json!("taken"), &Value::Null, &Value::Null)
    );
    let trail = platform.staff("ada", "admin").await.get(&format!("/api/v1/audit?subject_id={id}")).await.json();
    let acts: Vec<&str> =
        trail["items"].as_array().into_iter().flatten().filter_map(|one| one["action"].as_str()).collect();
    assert_eq!(acts, ["report.reopen", "report.resolve", "report.take", "report.send"]);
}

async fn two_of_the_staff_do_not_step_on_each_other(platform: TestPlatform) {
    platform.publish(&PackageFixture::default()).await;
    let id = sent(&mut platform.person("uma").await, &fraud("It took money twice.")).await;
    let (mut rita, mut sue) = (platform.staff("rita", "reviewer").await, platform.staff("sue", "support").await);
    let take = json!({"action": "take"});
    assert_eq!(act_if(&mut rita, &id, "\"r0\"", take.clone()).await.status, 200);
    act_if(&mut sue, &id, "\"r0\"", take.clone()).await.problem(412, "changed-since");
    act(&mut sue, &id, take.clone()).await.problem(409, "report-taken");
    act(&mut sue, &id, json!({"action": "leave"})).await.problem(409, "report-taken");
    act(&mut sue, &id, resolve("no_action")).await.problem(409, "report-taken");
    // Whoever is ill holds nobody up.
    let over = act(&mut sue, &id, json!({"action": "take", "over": true})).await.json();
    assert_eq!(over["handler_name"], "sue");
    act(&mut rita, &id, resolve("no_action")).await.problem(409, "report-taken");
    let left = act(&mut sue, &id, json!({"action": "leave"})).await.json();
    assert_eq!((&left["state"], &left["handler_id"]), (&json!("open"), &Value::Null));
    // Two at the same moment: one of them has it.
    let (mut first, mut second) = (rita.clone(), sue.clone());
    let both = futures::join!(act(&mut first, &id, take.clone()), act(&mut second, &id, take));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

async fn what_is_said_to_have_been_done_was_done(platform: TestPlatform) {
    platform.publish(&PackageFixture::default()).await;
    let id = sent(&mut platform.person("uma").await, &fraud("It took money twice.")).await;
    let mut ada = platform.staff("ada", "admin").await;
    act(&mut ada, &id, json!({"action": "take"})).await;
    act(&mut ada, &id, resolve("app_withdrawn")).await.problem(409, "not-withdrawn");
    act(&mut ada, &id, resolve("publisher_warned")).await.problem(400, "bad-request");
    let mut warning_without_cause = resolve("no_action");
    warning_without_cause["warning"] = json!("Mend it.");
    act(&mut ada, &id, warning_without_cause).await.problem(400, "bad-request");
    let release = ada.get(&format!("/api/v1/reports/{id}")).await.json()["release_id"].clone();
    let withdraw = json!({"action": "withdraw", "reason": "It took money twice."});
    let acts = format!("/api/v1/releases/{}/acts", release.as_str().expect("an id"));
    assert_eq!(ada.post(&acts, &withdraw).await.status, 200);
    let done = act(&mut ada, &id, resolve("app_withdrawn")).await.json();
    assert_eq!((&done["outcome"], &done["release_state"]), (&json!("app_withdrawn"), &json!("withdrawn")));
}

async fn developers_never_learn_who_reported(platform: TestPlatform) {
    platform.submit(&PackageFixture::default(), json!({"submit": true})).await;
    platform.work().await;
    let released = platform.develop(Method::GET, &format!("/api/v1/apps/{APP}/releases"), &Value::Null).await.json();
    let release = released["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(platform.act(&release, json!({"action": "release"})).await.status, 200);
    let mut uma = platform.person("uma").await;
    let id = sent(&mut uma, &fraud("It took money twice.")).await;
    let mut sue = platform.staff("sue", "support").await;
    act(&mut sue, &id, json!({"action": "take"})).await;
    let mut warned = resolve("publisher_warned");
    warned["warning"] = json!("Charge once, and pay back what was charged twice.");
    assert_eq!(act(&mut sue, &id, warned).await.status, 200);

    let warnings = platform.develop(Method::GET, &format!("/api/v1/apps/{APP}/warnings"), &Value::Null).await;
    let text = warnings.text();
    assert_eq!(warnings.json()["items"][0]["text"], "Charge once, and pay back what was charged twice.");
    let reporter = uma.get("/api/v1/me").await.json()["id"].as_str().expect("an id").to_owned();
    for secret in ["uma", reporter.as_str(), id.as_str(), "It took money twice"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let trail = platform.develop(Method::GET, &format!("/api/v1/audit?app_id={APP}"), &Value::Null).await.text();
    assert!(trail.contains("app.warn"), "{trail}");
    for secret in ["uma", reporter.as_str(), id.as_str(), "report."] {
        assert!(!trail.contains(secret), "{secret} in {trail}");
    }
    // Also not where a developer is of the staff, and not in what the staff reads of the trail.
    let developer = platform.develop(Method::GET, "/api/v1/me", &Value::Null).await;
    platform.develop(Method::GET, "/api/v1/reports", &Value::Null).await.problem(403, "not-allowed");
    assert_eq!(developer.status, 401, "a token is no session: {}", developer.text());
    make_staff(&platform).await;
    let list = platform.develop(Method::GET, "/api/v1/reports", &Value::Null).await;
    assert_eq!((list.status, &list.json()["items"]), (200, &json!([])), "{}", list.text());
    platform.develop(Method::GET, &format!("/api/v1/reports/{id}"), &Value::Null).await.problem(404, "not-found");
    let all = platform.develop(Method::GET, "/api/v1/audit", &Value::Null).await.text();
    assert!(all.contains("report.send") && !all.contains(reporter.as_str()), "{all}");
    platform.develop(Method::GET, "/api/v1/me/reports", &Value::Null).await.problem(401, "not-signed-in");
}

/// Gives the first developer a duty on the operator's side.
async fn make_staff(platform: &TestPlatform) {
    let apps = platform.develop(Method::GET, "/api/v1/audit?app_id=org.example.menu", &Value::Null).await.json();
    let entries = apps["items"].as_array().cloned().unwrap_or_default();
    let developer = entries.iter().find(|entry| entry["actor"] == "developer").expect("an act of the developer");
    let id = developer["actor_id"].as_str().expect("an id");
    let path = format!("/api/v1/staff/{id}/reviewer");
    let mut admin = platform.staff("greta", "admin").await;
    let answer = admin.send(Method::PUT, &path, &[], Body::empty()).await;
    assert!(answer.status < 300, "{}", answer.text());
}

async fn reports_are_of_what_one_could_run_and_have_limits(platform: TestPlatform) {
    platform.publish(&PackageFixture::default()).await;
    platform.browser().post(SEND, &fraud("x")).await.problem(401, "not-signed-in");
    let mut uma = platform.person("uma").await;
    let nowhere = "/api/v1/miniapps/org.example.nothing/reports";
    uma.post(nowhere, &fraud("x")).await.problem(404, "unknown-app");
    let with = |name: &str, value: Value| {
        let mut report = fraud("x");
        report[name] = value;
        report
    };
    uma.post(SEND, &with("version", json!("9.9.9"))).await.problem(404, "unknown-version");
    for (name, value) in [
        ("text", json!("x".repeat(1_001))),
        ("contact", json!("x".repeat(201))),
        ("page", json!("x".repeat(257))),
        ("version", json!("a b")),
    ] {
        uma.post(SEND, &with(name, value)).await.problem(400, "bad-request");
    }
    uma.post(SEND, &json!({"version": "1.0.0", "reason": "other", "text": " "})).await.problem(400, "bad-request");
    uma.post(SEND, &with("reason", json!("boring"))).await.problem(422, "bad-request");
    for number in 0..10 {
        sent(&mut uma, &fraud(&format!("number {number}"))).await;
    }
    let refused = uma.post(SEND, &fraud("one more")).await;
    assert!(refused.problem(429, "too-often").contains("reports"), "{}", refused.text());
    assert!(!refused.header("retry-after").is_empty());
    // Others have their own, and a day later there is more.
    sent(&mut platform.person("vera").await, &fraud("one more")).await;
    platform.clock.advance(3 * 60 * 60);
    sent(&mut uma, &fraud("one more")).await;
    // Nobody handles their own.
    let mut own = platform.staff("rita", "reviewer").await;
    let id = sent(&mut own, &fraud("mine")).await;
    act(&mut own, &id, json!({"action": "take"})).await.problem(403, "own-report");
}

async fn lists_come_in_pages_by_state_and_app(platform: TestPlatform) {
    platform.publish(&PackageFixture::default()).await;
    let mut uma = platform.person("uma").await;
    let mut ids = Vec::new();
    for number in 0..5 {
        platform.clock.advance(i64::from(number % 2));
        ids.push(sent(&mut uma, &fraud(&format!("number {number}"))).await);
    }
    platform.staff("fay", "finance").await.get("/api/v1/reports").await.problem(403, "not-allowed");
    uma.get("/api/v1/reports").await.problem(403, "not-allowed");
    let mut sue = platform.staff("sue", "support").await;
    act(&mut sue, &ids[4], json!({"action": "take"})).await;
    for (query, expected) in [
        ("", vec![0, 1, 2, 3, 4]),
        ("&state=open", vec![0, 1, 2, 3]),
        ("&state=taken", vec![4]),
        ("&state=resolved", vec![]),
        ("&app_id=ORG.example.menu", vec![0, 1, 2, 3, 4]),
        ("&app_id=org.example.other", vec![]),
    ] {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = sue.get(&format!("/api/v1/reports?limit=2{query}{after}")).await.json();
            let items = page["items"].as_array().cloned().unwrap_or_default();
            seen.extend(
                items
                    .iter()
                    .map(|item| (item["created_at"].as_i64(), item["id"].as_str().unwrap_or_default().to_owned())),
            );
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        let times: Vec<_> = seen.iter().map(|(at, _)| *at).collect();
        let oldest_first = query.contains("open") || query.contains("taken");
        assert!(if oldest_first { times.is_sorted() } else { times.iter().rev().is_sorted() }, "{query}: {times:?}");
        let mut found: Vec<String> = seen.into_iter().map(|(_, id)| id).collect();
        let mut wanted: Vec<String> = expected.into_iter().map(|index: usize| ids[index].clone()).collect();
        found.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{query}");
    }
    sue.get("/api/v1/reports?state=lost").await.problem(400, "bad-request");
    let mut pages = Vec::new();
    let first = uma.get("/api/v1/me/reports?limit=3").await.json();
    pages.extend(first["items"].as_array().cloned().unwrap_or_default());
    let next = first["next"].as_str().expect("another page");
    pages.extend(
        uma.get(&format!("/api/v1/me/reports?after={next}")).await.json()["items"]
            .as_array()
            .cloned()
            .unwrap_or_default(),
    );
    assert_eq!(pages.len(), 5);
}
