//! The master key is replaced under a platform that keeps everything that it had.

use serde_json::json;

use super::{finish_rotation, key_store, rotate_master_key};
use crate::StartFailure;
use crate::examination::examine_all;
use crate::keys::{KeyFailure, KeyPurpose};
use crate::registry::Registry;
use crate::testing::device::Device;
use crate::testing::{PackageFixture, TestPlatform};

/// The platform started anew in the folder of `before`.
async fn again(before: &TestPlatform) -> TestPlatform {
    let data = before.folder.path().to_owned();
    TestPlatform::with(|options| options.data = data).await
}

async fn launches(platform: &TestPlatform) {
    let mut browser = platform.signed_in().await;
    let device = Device::new(1);
    let device_id = device.register(&mut browser).await;
    let request = json!({"device_id": device_id});
    let launch = browser.post("/api/v1/miniapps/org.example.menu/launch", &request).await.json();
    let sealed = browser.get(launch["sealed"]["url"].as_str().expect("an address")).await;
    let key = device.open_key(&launch).expect("the key is for this device");
    mezze_package::unseal(&sealed.body, &key).expect("the key opens the file");
}

#[tokio::test]
async fn a_platform_keeps_everything_when_its_master_key_is_replaced() {
    let old = TestPlatform::on_sqlite().await;
    for (version, code) in [("1.0.0", 1), ("1.0.1", 2)] {
        old.submit(&PackageFixture::version(version, code), json!({"release": true})).await;
        old.work().await;
    }
    let part = PackageFixture::version("1.0.2", 3).bytes();
    let upload = old.upload(&part, 300).await;
    let mut options = old.services.options.clone();
    options.data = old.folder.path().to_owned();

    rotate_master_key(&options).expect("a new key");
    let failure = rotate_master_key(&options).expect_err("one at a time");
    assert!(matches!(failure, StartFailure::Key(KeyFailure::Rotating { .. })), "{failure}");
    let older = key_store(&options).older(KeyPurpose::ContentKeys).expect("it is there").expect("a key");
    assert_eq!(older.0, old.services.keys.content_keys.current.0);

    // A node that was not started again goes on with the key that it has, and the new one opens what it wraps.
    let new = again(&old).await;
    old.submit(&PackageFixture { app_id: "org.example.late".to_owned(), ..PackageFixture::default() }, json!({})).await;
    assert_ne!(new.services.keys.content_keys.current.0, older.0);
    launches(&new).await;
    assert_eq!(examine_all(&new.services).await.expect("an answer").findings, [""; 0]);
    assert_eq!(Registry(&new.services).rewrap().await, Ok(3));
    assert_eq!(Registry(&new.services).rewrap().await, Ok(0));
    launches(&new).await;

    // The upload was begun under the older key: that is kept until the upload is used.
    assert!(finish_rotation(options.clone()).await.expect("it can be asked") > 0);
    let made = new.develop(axum::http::Method::POST, "/api/v1/releases", &json!({"upload": upload})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(finish_rotation(options).await.expect("it can be asked"), 0);
    let last = TestPlatform::with(|options| options.data = old.folder.path().to_owned()).await;
    assert!(last.services.keys.content_keys.older.is_none());
    launches(&last).await;
    last.work().await;
    assert_eq!(examine_all(&last.services).await.expect("an answer").findings, [""; 0]);
}

#[tokio::test]
async fn a_new_countersigning_key_signs_what_comes_and_leaves_what_is_there() {
    let old = TestPlatform::on_sqlite().await;
    old.publish(&PackageFixture::default()).await;
    std::fs::remove_file(old.folder.path().join("keys/countersigning.key")).expect("the folder is ours");
    let new = again(&old).await;
    launches(&new).await;
    let other = PackageFixture { app_id: "org.example.other".to_owned(), ..PackageFixture::default() };
    new.publish(&other).await;
    let mut browser = new.signed_in().await;
    let device_id = Device::new(1).register(&mut browser).await;
    let mut signers = Vec::new();
    for app in ["menu", "other"] {
        let path = format!("/api/v1/miniapps/org.example.{app}/launch");
        let launch = browser.post(&path, &json!({"device_id": device_id})).await.json();
        signers.push(launch["signers"]["platform"].as_str().expect("a key").to_owned());
    }
    assert_eq!(signers[0], old.services.keys.countersigning.public().to_string());
    assert_eq!(signers[1], new.services.keys.countersigning.public().to_string());
    assert_ne!(signers[0], signers[1]);
}
