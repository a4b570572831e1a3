//! The reviewers' desk: several reviewers, leases, the talk, a rejection, running what is under review.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::testing::device::Device;
use crate::testing::{Answer, Browser, PackageFixture, TestPlatform, reviewed_on_each_database};

reviewed_on_each_database!(
    reviewers_do_not_step_on_each_other,
    a_rejection_says_why_and_is_talked_about,
    reviewers_and_testers_run_what_users_do_not_have,
);

async fn put(browser: &mut Browser, path: String, body: Value) -> Answer {
    browser.send(Method::PUT, &path, &[("content-type", "application/json")], Body::from(body.to_string())).await
}

async fn submitted(platform: &TestPlatform) -> String {
    let made = platform.submit(&PackageFixture::default(), json!({"submit": true})).await.json();
    platform.work().await;
    made["id"].as_str().expect("an id").to_owned()
}

async fn reviewers_do_not_step_on_each_other(platform: TestPlatform) {
    let id = submitted(&platform).await;
    let (mut rita, mut ralf) = (platform.staff("rita", "reviewer").await, platform.staff("ralf", "reviewer").await);
    let mut support = platform.staff("sue", "support").await;
    support.get("/api/v1/reviews").await.problem(403, "not-allowed");
    let queue = rita.get("/api/v1/reviews").await.json();
    assert_eq!((queue["items"][0]["release"]["id"].as_str(), &queue["next"]), (Some(id.as_str()), &Value::Null));
    let claim = format!("/api/v1/reviews/{id}/claim");
    assert_eq!(put(&mut rita, claim.clone(), json!({})).await.status, 200);
    put(&mut ralf, claim.clone(), json!({})).await.problem(409, "claimed");
    let seen = ralf.get(&format!("/api/v1/reviews/{id}")).await.json();
    assert_eq!((&seen["reviewer_name"], &seen["release"]["id"]), (&json!("rita"), &json!(id)));
    support.get(&format!("/api/v1/reviews/{id}")).await.problem(403, "not-allowed");
    let ticks = json!({"ticked": ["runs"]});
    put(&mut ralf, format!("/api/v1/reviews/{id}/checklist"), ticks.clone()).await.problem(409, "claimed");
    put(&mut rita, format!("/api/v1/reviews/{id}/checklist"), ticks).await;
    let release = platform.release(&id).await;
    let approve = json!({"action": "approve", "submitted_digest": release["submitted_digest"]});
    let acts = format!("/api/v1/releases/{id}/acts");
    ralf.post(&acts, &approve).await.problem(409, "claimed");
    rita.post(&acts, &approve).await.problem(409, "checklist-open");
    // A reviewer who goes home does not hold it up.
    platform.clock.advance(31 * 60);
    assert_eq!(put(&mut ralf, claim, json!({})).await.status, 200);
    rita.post(&acts, &approve).await.problem(409, "claimed");
}

async fn a_rejection_says_why_and_is_talked_about(platform: TestPlatform) {
    let id = submitted(&platform).await;
    let mut rita = platform.staff("rita", "reviewer").await;
    let comments = format!("/api/v1/releases/{id}/comments");
    let ask = json!({"text": "Why does it need the location?", "question": true});
    assert_eq!(rita.post(&comments, &ask).await.status, 201);
    assert_eq!(rita.post(&comments, &json!({"text": "Looks fishy", "internal": true})).await.status, 201);
    let answer = json!({"text": "To show the nearest kitchen."});
    assert_eq!(platform.develop(Method::POST, &comments, &answer).await.status, 201);
    platform
        .develop(Method::POST, &comments, &json!({"text": "x", "internal": true}))
        .await
        .problem(403, "not-allowed");
    put(&mut rita, format!("/api/v1/reviews/{id}/claim"), json!({})).await;
    let acts = format!("/api/v1/releases/{id}/acts");
    rita.post(&acts, &json!({"action": "reject", "reason": " "})).await.problem(400, "bad-request");
    let rejected = rita.post(&acts, &json!({"action": "reject", "reason": "The name is another brand's."})).await;
    assert_eq!(rejected.json()["state"], "rejected", "{}", rejected.text());
    let seen = platform.develop(Method::GET, &comments, &Value::Null).await.json();
    let texts: Vec<&str> = seen.as_array().into_iter().flatten().filter_map(|line| line["text"].as_str()).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    let authors = seen.as_array().into_iter().flatten().filter(|line| line["author_name"] == "rita").count();
    assert_eq!(authors, 2, "her question and her decision: {seen}");
    assert!(!texts.contains(&"Looks fishy"));
    assert!(texts.contains(&"The name is another brand's."));
    assert_eq!(rita.get(&comments).await.json().as_array().map(Vec::len), Some(4));
}

async fn reviewers_and_testers_run_what_users_do_not_have(platform: TestPlatform) {
    submitted(&platform).await;
    let launch = async |browser: &mut Browser, seed: u8| {
        let device = Device::new(seed).register(browser).await;
        let request = json!({"device_id": device, "version": "1.0.0"});
        browser.post("/api/v1/miniapps/org.example.menu/launch", &request).await
    };
    let mut rita = platform.staff("rita", "reviewer").await;
    let trial = launch(&mut rita, 1).await.json();
    assert_eq!(trial["trial"], true, "{trial}");
    // A host that trusts the platform's key does not take it.
    let own = platform.services.keys.countersigning.public().to_string();
    assert_ne!(trial["signers"]["platform"].as_str(), Some(own.as_str()));
    assert_eq!(rita.get(trial["sealed"]["url"].as_str().expect("a url")).await.status, 200);
    let mut tess = platform.person("tess").await;
    launch(&mut tess, 2).await.problem(404, "unknown-version");
    let link = json!({"uses": 1});
    let link = platform.develop(Method::POST, "/api/v1/apps/org.example.menu/test-links", &link).await.json();
    let code = json!({"code": link["code"]});
    let redeemed = tess.post("/api/v1/test-links/redeem", &code).await.json();
    assert_eq!((redeemed["app_id"].as_str(), redeemed["version"].as_str()), (Some("org.example.menu"), Some("1.0.0")));
    assert_eq!(launch(&mut tess, 2).await.json()["trial"], true);
    platform.person("other").await.post("/api/v1/test-links/redeem", &code).await.problem(404, "dead-link");
    let testers = platform.develop(Method::GET, "/api/v1/apps/org.example.menu/testers", &Value::Null).await.json();
    let id = testers["items"][0]["user_id"].as_str().expect("a tester").to_owned();
    let path = format!("/api/v1/apps/org.example.menu/testers/{id}");
    assert_eq!(platform.develop(Method::DELETE, &path, &Value::Null).await.status, 204);
    launch(&mut tess, 2).await.problem(404, "unknown-version");
}
