//! Answers of several devices, through the router, on each database.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::testing::platform::NOW;
use crate::testing::{Answer, Browser, TestPlatform, on_each_database};

on_each_database!(
    the_newer_answer_counts_wherever_it_was_given,
    answers_belong_to_one_user_app_and_signer,
    many_devices_at_once_lose_nothing,
);

const PATH: &str = "/api/v1/miniapps/org.example.menu/grants";
const MILLISECONDS: i64 = NOW * 1000;

async fn put(browser: &mut Browser, path: &str, grants: Value) -> Answer {
    let body = json!({"grants": grants}).to_string();
    browser.send(Method::PUT, path, &[("content-type", "application/json")], Body::from(body)).await
}

fn grant(permission: &str, state: &str, before: i64) -> Value {
    json!({"permission": permission, "state": state, "signer": "KEY-A", "changed_at": MILLISECONDS - before})
}

fn states(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let grants = answer.json()["grants"].as_array().cloned().unwrap_or_default();
    grants.iter().map(|grant| (text(&grant["permission"]), text(&grant["state"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

async fn the_newer_answer_counts_wherever_it_was_given(platform: TestPlatform) {
    let mut phone = platform.signed_in().await;
    let mut desk = platform.signed_in().await;
    put(&mut phone, PATH, json!([grant("scope.camera", "granted", 5_000)])).await;
    // An older answer that arrives later, from a device that was offline, changes nothing …
    let answer = put(&mut desk, PATH, json!([grant("scope.camera", "refused", 9_000)])).await;
    assert_eq!(states(&answer), pairs(&[("scope.camera", "granted")]));
    // … a newer one does, also one that takes the answer back.
    let answer =
        put(&mut desk, PATH, json!([grant("scope.camera", "ask", 1_000), grant("data.location", "granted", 0)])).await;
    let expected = pairs(&[("data.location", "granted"), ("scope.camera", "ask")]);
    assert_eq!(states(&answer), expected);
    assert_eq!(states(&phone.get(PATH).await), expected);
    // At the same moment the answer that gives less counts.
    let answer = put(&mut phone, PATH, json!([grant("data.location", "refused", 0)])).await;
    assert_eq!(states(&answer)[0].1, "refused");
    let answer = put(&mut phone, PATH, json!([grant("data.location", "granted", 0)])).await;
    assert_eq!(states(&answer)[0].1, "refused");
    // A person who thinks again within the same second is heard.
    platform.clock.advance_milliseconds(400);
    let answer = put(&mut phone, PATH, json!([grant("data.location", "granted", -300)])).await;
    assert_eq!(states(&answer)[0].1, "granted");
    // A clock that runs ahead does not make an answer last for ever.
    put(&mut phone, PATH, json!([grant("scope.record", "granted", -86_400_000)])).await;
    platform.clock.advance(1);
    let answer = put(&mut desk, PATH, json!([grant("scope.record", "refused", -1_400)])).await;
    assert!(states(&answer).contains(&("scope.record".to_owned(), "refused".to_owned())));
}

async fn answers_belong_to_one_user_app_and_signer(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    put(&mut browser, PATH, json!([grant("scope.camera", "granted", 0)])).await;
    let other_signer = json!([{"permission": "scope.camera", "state": "refused", "signer": "KEY-B", "changed_at": 1}]);
    assert_eq!(states(&put(&mut browser, PATH, other_signer).await).len(), 2);
    assert!(states(&browser.get("/api/v1/miniapps/org.example.other/grants").await).is_empty());
    let all = browser.get("/api/v1/grants").await.json();
    assert_eq!(all[0]["app_id"], "org.example.menu");
    assert_eq!(all[0]["grants"].as_array().map(Vec::len), Some(2));

    let mut stranger = platform.browser();
    stranger.get(PATH).await.problem(401, "not-signed-in");
    put(&mut stranger, PATH, json!([])).await.problem(401, "not-signed-in");
    for wrong in [
        json!([grant("camera", "granted", 0)]),
        json!([grant("scope.a b", "granted", 0)]),
        json!([{"permission": "scope.camera", "state": "granted", "signer": "", "changed_at": 1}]),
        json!([{"permission": "scope.camera", "state": "once", "signer": "KEY-A", "changed_at": 1}]),
    ] {
        assert!(matches!(put(&mut browser, PATH, wrong).await.status, 400 | 422));
    }
    let many: Vec<Value> = (0..201).map(|index| grant(&format!("data.x{index}"), "granted", 0)).collect();
    put(&mut browser, PATH, json!(many)).await.problem(400, "bad-request");
}

async fn many_devices_at_once_lose_nothing(platform: TestPlatform) {
    let browser = platform.signed_in().await;
    let each = (0..6).map(|index| {
        let mut device = browser.clone();
        async move { put(&mut device, PATH, json!([grant(&format!("data.x{index}"), "granted", 0)])).await.status }
    });
    assert_eq!(futures::future::join_all(each).await, [200; 6]);
    assert_eq!(states(&platform.signed_in().await.get(PATH).await).len(), 6);
}
