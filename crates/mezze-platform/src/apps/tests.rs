//! Reserving, look-alikes and signing keys, over HTTP.

use axum::http::Method;
use mezze_package::SigningKey;
use serde_json::json;

use crate::encoding::base64url;
use crate::testing::device::Device;
use crate::testing::{PackageFixture, TestPlatform, on_each_database};

on_each_database!(names_that_look_alike_are_refused, keys_are_rotated_and_revoked);

async fn names_that_look_alike_are_refused(platform: TestPlatform) {
    let first = json!({"app_id": "org.example.pay", "name": "PayPal", "category": "finance"});
    assert_eq!(platform.develop(Method::POST, "/api/v1/apps", &first).await.status, 201);
    let mut mallory = platform.person("mallory").await;
    let made = mallory.post("/api/v1/organisations", &json!({"name": "Mallory Ltd"})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    for name in ["P\u{430}yPal", "paypaI", "Pay Pal"] {
        let disguised = json!({"app_id": "org.evil.pay", "name": name});
        let told = mallory.post("/api/v1/apps", &disguised).await.problem(409, "name-taken");
        assert!(told.contains("org.example.pay"), "{told}");
    }
    let taken = json!({"app_id": "ORG.example.Pay", "name": "Other"});
    mallory.post("/api/v1/apps", &taken).await.problem(409, "id-taken");
    let odd = json!({"app_id": "org.evil.pay", "name": "Fine", "category": "scams"});
    mallory.post("/api/v1/apps", &odd).await.problem(400, "bad-request");
    // The same organisation may name two mini apps alike.
    let second = json!({"app_id": "org.example.pay2", "name": "Paypal"});
    assert_eq!(platform.develop(Method::POST, "/api/v1/apps", &second).await.status, 201);
}

async fn keys_are_rotated_and_revoked(platform: TestPlatform) {
    platform.submit(&PackageFixture::default(), json!({"release": true})).await;
    platform.work().await;
    assert_eq!(platform.browser().get("/api/v1/miniapps/org.example.menu").await.status, 200);
    let (old, new) = (PackageFixture::default().developer_key(), SigningKey::from_seed([2; 32]));
    let next = PackageFixture { developer: 2, ..PackageFixture::version("2.0.0", 2) };
    platform.submit(&next, json!({})).await.problem(403, "wrong-signer");
    let keys = "/api/v1/apps/org.example.menu/keys";
    let key = new.public().to_string();
    platform.develop(Method::POST, keys, &json!({"public_key": key})).await.problem(403, "vouch-missing");
    let vouch = |signer: &SigningKey, app: &str| {
        let message = format!("mezze key vouch v1\n{app}\n{key}");
        json!({
            "public_key": key, "label": "laptop", "vouched_by": old.public().to_string(),
            "signature": base64url(&signer.sign_message(message.as_bytes())),
        })
    };
    let forged = vouch(&new, "org.example.menu");
    platform.develop(Method::POST, keys, &forged).await.problem(403, "vouch-refused");
    let elsewhere = vouch(&old, "org.example.other");
    platform.develop(Method::POST, keys, &elsewhere).await.problem(403, "vouch-refused");
    let good = vouch(&old, "org.example.menu");
    assert_eq!(platform.develop(Method::POST, keys, &good).await.status, 201);
    platform.develop(Method::POST, keys, &good).await.problem(409, "key-known");
    let revoke = json!({"public_key": old.public().to_string(), "reason": "The laptop was stolen."});
    let path = format!("{keys}/revoke");
    assert_eq!(platform.develop(Method::POST, &path, &revoke).await.json()["state"], "revoked");
    let mut user = platform.signed_in().await;
    let launch = user.post("/api/v1/miniapps/org.example.menu/launch", &json!({})).await;
    assert!(launch.problem(410, "key-revoked").contains("stolen"));
    platform.submit(&PackageFixture::version("1.1.0", 2), json!({})).await.problem(403, "revoked-signer");
    assert_eq!(platform.submit(&next, json!({"release": true})).await.status, 201);
    platform.work().await;
    // A device is given what the old key signed, so that it need not take the platform's word for it.
    let asked = json!({"device_id": Device::new(1).register(&mut user).await});
    let lineage = user.post("/api/v1/miniapps/org.example.menu/launch", &asked).await.json()["lineage"].clone();
    assert_eq!(lineage, json!([{"key": key, "vouched_by": old.public().to_string(), "signature": good["signature"]}]));
    let last = json!({"public_key": key, "reason": "x"});
    platform.develop(Method::POST, &path, &last).await.problem(409, "last-key");
}
