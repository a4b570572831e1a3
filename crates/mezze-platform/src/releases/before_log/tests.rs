//! A platform that released before it had a log tells of it at its next start, once.

use mezze_package::log::LogEntry;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use super::tell_of_earlier_releases;
use crate::examination::examine_all;
use crate::log::told_of;
use crate::testing::device::Device;
use crate::testing::{PackageFixture, TestPlatform, on_each_database};

on_each_database!(
    what_users_had_is_told_of_once,
    a_release_without_trail_or_list_is_told_of,
    keys_are_told_of_too,
    damage_keeps_no_other_from_being_told_of
);

const FORGET_LOG: [&str; 2] = ["DELETE FROM log_entries", "DELETE FROM log_nodes"];
/// As the first schema left it.
const FORGET_TRAIL: [&str; 2] = ["DELETE FROM audit_entries", "DELETE FROM release_listings"];

async fn run(platform: &TestPlatform, statements: &[&str]) {
    for statement in statements {
        platform.services.database.read().execute_unprepared(statement).await.expect("it runs");
    }
}

fn app(name: &str, version: &str, code: u64) -> PackageFixture {
    PackageFixture { app_id: format!("org.example.{name}"), ..PackageFixture::version(version, code) }
}

async fn released(platform: &TestPlatform, package: &PackageFixture) -> String {
    let made = platform.submit(package, json!({"release": true})).await.json();
    platform.work().await;
    made["id"].as_str().expect("an id").to_owned()
}

/// Kinds and versions of what the log tells of an app.
async fn told(platform: &TestPlatform, name: &str) -> Vec<String> {
    let app = format!("org.example.{name}").parse().expect("an app id");
    let entries = told_of(platform.services.database.read(), &app).await.expect("the log can be read");
    entries
        .iter()
        .map(|entry| match entry {
            LogEntry::Release { version, .. } => version.to_string(),
            LogEntry::Withdrawal { version, .. } => format!("-{version}"),
            LogEntry::Key { vouched, .. } => format!("key {vouched}"),
            LogEntry::KeyRevocation { .. } => "-key".to_owned(),
        })
        .collect()
}

async fn findings(platform: &TestPlatform) -> Vec<String> {
    examine_all(&platform.services).await.expect("it can be examined").findings
}

async fn launch(platform: &TestPlatform, name: &str) -> serde_json::Value {
    let mut browser = platform.signed_in().await;
    let device_id = Device::new(1).register(&mut browser).await;
    let path = format!("/api/v1/miniapps/org.example.{name}/launch");
    browser.post(&path, &json!({"device_id": device_id})).await.json()
}

async fn what_users_had_is_told_of_once(platform: TestPlatform) {
    let first = released(&platform, &app("menu", "1.0.0", 1)).await;
    released(&platform, &app("menu", "1.0.1", 2)).await;
    assert_eq!(platform.act(&first, json!({"action": "roll_back"})).await.status, 200);
    let gone = released(&platform, &app("gone", "1.0.0", 1)).await;
    let withdraw = json!({"action": "withdraw", "reason": "It was a mistake."});
    assert_eq!(platform.act(&gone, withdraw).await.status, 200);
    // Never released: nothing is told of it.
    platform.submit(&app("menu", "1.0.2", 3), json!({})).await;
    platform.work().await;
    run(&platform, &FORGET_LOG).await;
    assert!(launch(&platform, "menu").await["log"].is_null());

    assert_eq!(tell_of_earlier_releases(&platform.services).await, Ok(3));
    assert_eq!(told(&platform, "menu").await, ["1.0.1", "1.0.0", "1.0.0"], "what users have now comes last");
    assert_eq!(told(&platform, "gone").await, ["1.0.0", "-1.0.0"]);
    assert_eq!(findings(&platform).await, [""; 0]);
    assert_eq!(launch(&platform, "menu").await["log"]["index"], json!(4));
    assert_eq!(tell_of_earlier_releases(&platform.services).await, Ok(0));
    released(&platform, &app("menu", "1.0.3", 4)).await;
    assert_eq!(tell_of_earlier_releases(&platform.services).await, Ok(0));
    assert_eq!(findings(&platform).await, [""; 0]);
}

async fn a_release_without_trail_or_list_is_told_of(platform: TestPlatform) {
    let first = released(&platform, &app("menu", "1.0.0", 1)).await;
    released(&platform, &app("menu", "1.0.1", 2)).await;
    run(&platform, &[FORGET_LOG, FORGET_TRAIL].concat()).await;
    assert_eq!(tell_of_earlier_releases(&platform.services).await, Ok(2));
    assert_eq!(told(&platform, "menu").await, ["1.0.0", "1.0.1"]);
    assert_eq!(findings(&platform).await, [""; 0]);
    // Going back tells of it once more, and that is as often as it took place.
    assert_eq!(platform.act(&first, json!({"action": "roll_back"})).await.status, 200);
    assert_eq!(told(&platform, "menu").await, ["1.0.0", "1.0.1", "1.0.0"]);
    assert_eq!(findings(&platform).await, [""; 0]);
}

async fn keys_are_told_of_too(platform: TestPlatform) {
    released(&platform, &app("menu", "1.0.0", 1)).await;
    let developer = app("menu", "1.0.0", 1).developer_key().public();
    let other = PackageFixture { developer: 9, ..app("menu", "1.0.1", 2) };
    let statement = format!(
        "INSERT INTO app_keys (app_id, public_key, state, label, vouched_by_key, created_at) VALUES \
         ('org.example.menu', '{}', 'active', '', '{developer}', 1)",
        other.developer_key().public()
    );
    run(&platform, &[&statement]).await;
    released(&platform, &other).await;
    let revoke = format!("UPDATE app_keys SET state = 'revoked' WHERE public_key = '{developer}'");
    run(&platform, &FORGET_LOG).await;
    run(&platform, &[&revoke]).await;
    assert_eq!(tell_of_earlier_releases(&platform.services).await, Ok(2));
    assert_eq!(told(&platform, "menu").await, ["1.0.0", "key rotation", "1.0.1", "-key"]);
}

async fn damage_keeps_no_other_from_being_told_of(platform: TestPlatform) {
    released(&platform, &app("menu", "1.0.0", 1)).await;
    released(&platform, &app("other", "1.0.0", 1)).await;
    run(&platform, &[FORGET_LOG, FORGET_TRAIL].concat()).await;
    run(&platform, &["UPDATE releases SET wrapped_content_key = NULL WHERE app_id = 'org.example.menu'"]).await;
    assert_eq!(tell_of_earlier_releases(&platform.services).await, Ok(1));
    assert_eq!((told(&platform, "menu").await.len(), told(&platform, "other").await.len()), (0, 1));
}
