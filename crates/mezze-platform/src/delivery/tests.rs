//! Launching and fetching, as a host does it.

use mezze_model::Digest;
use mezze_package::{Limits, Trust, VerifiedPackage, unseal};
use serde_json::json;

use crate::testing::device::Device;
use crate::testing::{Browser, PackageFixture, TestPlatform, on_each_database};

const LAUNCH: &str = "/api/v1/miniapps/org.example.menu/launch";

on_each_database!(
    a_signed_in_device_gets_the_release_and_its_key,
    a_key_is_for_one_device_and_user,
    versions_are_launched_by_name,
    every_release_has_a_key_of_its_own,
);

async fn device(browser: &mut Browser, seed: u8) -> (Device, String) {
    let device = Device::new(seed);
    let id = device.register(browser).await;
    (device, id)
}

async fn a_signed_in_device_gets_the_release_and_its_key(platform: TestPlatform) {
    let fixture = PackageFixture::default();
    let published = platform.publish(&fixture).await;
    let mut browser = platform.signed_in().await;
    let (device, device_id) = device(&mut browser, 1).await;
    let answer = browser.post(LAUNCH, &json!({"device_id": device_id})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let launch = answer.json();
    assert_eq!((launch["state"].as_str(), launch["development"].as_bool()), (Some("fetch"), Some(false)));
    assert_eq!(launch["package_digest"], json!(published.digest));
    assert_eq!(launch["signers"]["developer"], json!(fixture.developer_key().public().to_string()));

    let sealed = browser.get(launch["sealed"]["url"].as_str().expect("a url")).await;
    assert_eq!(json!(Digest::of(&sealed.body)), launch["sealed"]["digest"]);
    assert_eq!(json!(sealed.body.len()), launch["sealed"]["size"]);
    let needle = b"Page({})";
    assert!(!sealed.body.windows(needle.len()).any(|window| window == needle), "the file is in the clear");
    let key = device.open_key(&launch).expect("the key is for this device");
    let package = unseal(&sealed.body, &key).expect("the key opens the file");
    assert_eq!(json!(Digest::of(&package)), launch["package_digest"]);
    let platform_key = platform.services.keys.countersigning.public();
    let trust = Trust::developers([fixture.developer_key().public()]).platforms([platform_key]);
    assert_eq!(launch["signers"]["platform"], json!(platform_key.to_string()));
    VerifiedPackage::verify(&package, &trust, &Limits::default()).expect("both signatures hold");

    let cached = json!({"device_id": device_id, "cached_digest": launch["package_digest"]});
    let current = browser.post(LAUNCH, &cached).await.json();
    assert_eq!(current["state"], "current");
    assert!(current.get("key").is_none() && current.get("sealed").is_none(), "{current}");
    assert!(current["gate"]["expires"].as_i64().expect("a time") > platform.now());
}

async fn a_key_is_for_one_device_and_user(platform: TestPlatform) {
    platform.publish(&PackageFixture::default()).await;
    let mut browser = platform.signed_in().await;
    let (_, device_id) = device(&mut browser, 1).await;
    let launch = browser.post(LAUNCH, &json!({"device_id": device_id})).await.json();
    assert!(Device::new(2).open_key(&launch).is_none(), "another device opens the key");

    let mut nobody = platform.browser();
    nobody.post(LAUNCH, &json!({"device_id": device_id})).await.problem(401, "not-signed-in");
    browser.post(LAUNCH, &json!({"device_id": "0000"})).await.problem(403, "unknown-device");
    browser.post(LAUNCH, &json!({})).await.problem(403, "unknown-device");

    let account = crate::accounts::NewAccount {
        login: "ann".to_owned(),
        name: "Ann".to_owned(),
        role: crate::accounts::Role::User,
        password: Some("open sesame".to_owned()),
    };
    crate::accounts::Accounts(&platform.services).create(account).await.expect("the login is free");
    let mut ann = platform.browser();
    ann.post("/api/v1/session", &json!({"user": "ann", "password": "open sesame"})).await;
    ann.post(LAUNCH, &json!({"device_id": device_id})).await.problem(403, "unknown-device");
}

async fn versions_are_launched_by_name(platform: TestPlatform) {
    platform.publish(&PackageFixture::version("1.0.0", 1)).await;
    platform.publish(&PackageFixture::version("2.0.0-Beta", 2)).await;
    let mut browser = platform.signed_in().await;
    let (_, device_id) = device(&mut browser, 1).await;
    let mut launched = async |version: Option<&str>| {
        let request = json!({"device_id": device_id, "version": version});
        browser.post("/api/v1/miniapps/ORG.EXAMPLE.menu/launch", &request).await
    };
    assert_eq!(launched(None).await.json()["version"], "2.0.0-beta");
    assert_eq!(launched(Some("1.0.0")).await.json()["version"], "1.0.0");
    assert_eq!(launched(Some("2.0.0-BETA")).await.json()["version"], "2.0.0-beta");
    let detail = launched(Some("3.0.0")).await.problem(404, "unknown-version");
    assert!(detail.contains("3.0.0"), "{detail}");
    launched(Some("../x")).await.problem(400, "bad-request");
    let detail = browser.post("/api/v1/miniapps/org.example.none/launch", &json!({})).await.problem(404, "unknown-app");
    assert!(detail.contains("org.example.none"), "{detail}");
}

async fn every_release_has_a_key_of_its_own(platform: TestPlatform) {
    platform.publish(&PackageFixture::version("1.0.0", 1)).await;
    platform.publish(&PackageFixture::version("2.0.0", 2)).await;
    let mut browser = platform.signed_in().await;
    let (device, device_id) = device(&mut browser, 1).await;
    let mut keys = Vec::new();
    for version in ["1.0.0", "2.0.0"] {
        let launch = browser.post(LAUNCH, &json!({"device_id": device_id, "version": version})).await.json();
        keys.push(*device.open_key(&launch).expect("the key is for this device").as_bytes());
    }
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn sealed_files_are_kept_for_ever_and_come_in_parts() {
    let platform = TestPlatform::on_sqlite().await;
    platform.publish(&PackageFixture::default()).await;
    let mut browser = platform.signed_in().await;
    let (_, device_id) = device(&mut browser, 1).await;
    let launch = browser.post(LAUNCH, &json!({"device_id": device_id})).await.json();
    let url = launch["sealed"]["url"].as_str().expect("a url").to_owned();
    let whole = browser.get(&url).await;
    let size = whole.body.len();
    assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable, no-transform");
    assert_eq!((whole.header("accept-ranges"), whole.header("content-length")), ("bytes", size.to_string().as_str()));
    let tag = whole.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}\"", launch["sealed"]["digest"].as_str().expect("a digest")));

    let part = browser.get_with(&url, &[("range", "bytes=5-14")]).await;
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[5..15]));
    assert_eq!(part.header("content-range"), format!("bytes 5-14/{size}"));
    let tail = browser.get_with(&url, &[("range", "bytes=-7"), ("if-range", &tag)]).await;
    assert_eq!((tail.status, &tail.body[..]), (206, &whole.body[size - 7..]));
    let stale = browser.get_with(&url, &[("range", "bytes=-7"), ("if-range", "\"other\"")]).await;
    assert_eq!((stale.status, stale.body.len()), (200, size));
    let outside = browser.get_with(&url, &[("range", "bytes=9999999-")]).await;
    outside.problem(416, "range");
    assert_eq!(outside.header("content-range"), format!("bytes */{size}"));

    let unchanged = browser.get_with(&url, &[("if-none-match", &tag)]).await;
    assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
    assert_eq!(unchanged.header("etag"), tag);
    browser.get(&format!("/api/v1/sealed/{}", "0".repeat(64))).await.problem(404, "not-found");
    browser.get("/api/v1/sealed/..%2f..%2fkeys%2fgate.key").await.problem(400, "bad-request");
}
