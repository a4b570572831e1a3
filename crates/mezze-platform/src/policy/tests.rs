//! What the operator forbids, through the router: what may not run is not handed out, what may not reach servers does
//! not, and nobody is told who the user is.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::body::Body;
use axum::http::Method;
use mezze_host::permission::Policy;
use serde_json::{Value, json};

use crate::encoding::base64url;
use crate::testing::device::Device;
use crate::testing::{Answer, Browser, PackageFixture, TestPlatform};

const MENU: &str = "/api/v1/miniapps/org.example.menu";

async fn platform(rules: Value) -> (TestPlatform, Browser, String) {
    let policy = Policy::from_json(json!({ "rules": rules }).to_string().as_bytes()).unwrap();
    let platform = TestPlatform::with(|options| options.permission_policy = policy).await;
    platform.publish(&PackageFixture::default().declaring("request", "https://api.example.org")).await;
    let mut browser = platform.signed_in().await;
    let device_id = Device::new(1).register(&mut browser).await;
    (platform, browser, device_id)
}

async fn launch(browser: &mut Browser, device_id: &str) -> Answer {
    browser.post(&format!("{MENU}/launch"), &json!({ "device_id": device_id })).await
}

async fn ask_gate(browser: &mut Browser, ticket: &str) -> Answer {
    let meta = json!({"use": "request", "method": "GET", "url": "https://undeclared.example.org/"});
    let meta = base64url(meta.to_string().as_bytes());
    let headers = [("mezze-gate-ticket", ticket), ("mezze-gate-meta", meta.as_str())];
    browser.send(Method::POST, "/gate/request", &headers, Body::empty()).await
}

#[tokio::test]
async fn what_may_not_run_is_not_handed_out() {
    let rules = json!([{
        "id": "recalled", "apps": ["org.example.*"], "permissions": ["app.run"], "effect": "forbid", "reason": "Recalled."
    }]);
    let (_platform, mut browser, device_id) = platform(rules).await;
    let answer = launch(&mut browser, &device_id).await;
    let text = answer.problem(403, "forbidden-by-operator");
    assert!(text.contains("rule `recalled`") && text.contains("Recalled. Ask the operator"), "{text}");
    assert!(!answer.text().contains("\"key\"") && !answer.text().contains("ticket"), "{}", answer.text());
    let code = browser.post(&format!("{MENU}/login-code"), &json!({})).await;
    code.problem(403, "forbidden-by-operator");
}

#[tokio::test]
async fn what_may_not_reach_servers_runs_and_reaches_none() {
    let rules =
        json!([{ "id": "offline", "categories": ["food"], "permissions": ["app.network"], "effect": "forbid" }]);
    let (_platform, mut browser, device_id) = platform(rules).await;
    let launched = launch(&mut browser, &device_id).await;
    assert_eq!(launched.status, 200, "{}", launched.text());
    let ticket = launched.json()["gate"]["ticket"].as_str().unwrap().to_owned();
    ask_gate(&mut browser, &ticket).await.problem(403, "forbidden-by-operator");
    assert_eq!(browser.post(&format!("{MENU}/login-code"), &json!({})).await.status, 200);
}

#[tokio::test]
async fn nobody_is_told_who_the_user_is_by_the_makers_own_name() {
    let rules = json!([{ "id": "no-logins", "publishers": ["Example Kitchen"], "permissions": ["app.login"], "effect": "forbid" }]);
    let (_platform, mut browser, device_id) = platform(rules).await;
    let code = browser.post(&format!("{MENU}/login-code"), &json!({})).await;
    code.problem(403, "forbidden-by-operator");
    let launched = launch(&mut browser, &device_id).await;
    assert_eq!(launched.status, 200, "{}", launched.text());
    let ticket = launched.json()["gate"]["ticket"].as_str().unwrap().to_owned();
    // The gate itself answers: it refuses for what the app declares, not for the operator.
    let refused = ask_gate(&mut browser, &ticket).await;
    assert!(refused.status != 200 && !refused.text().contains("forbidden-by-operator"), "{}", refused.text());
}

#[tokio::test]
async fn rules_for_others_and_for_permissions_change_nothing_here() {
    let rules = json!([
        { "id": "games", "categories": ["games"], "permissions": ["app.run"], "effect": "forbid" },
        { "id": "bare", "permissions": ["*"], "effect": "forbid" },
        { "id": "stranger", "publishers": ["KEY"], "permissions": ["app.login", "app.network"], "effect": "forbid" },
    ]);
    let (_platform, mut browser, device_id) = platform(rules).await;
    assert_eq!(launch(&mut browser, &device_id).await.status, 200);
    assert_eq!(browser.post(&format!("{MENU}/login-code"), &json!({})).await.status, 200);
}
