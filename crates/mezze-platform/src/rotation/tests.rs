//! The master key is replaced under a platform that keeps everything that it had.

use axum::http::Method;
use mezze_package::log::checkpoint::parse_verifier_key;
use mezze_package::{KeyChange, PublicKey, key_changes_lead};
use serde_json::{Value, json};

use super::{OlderKey, RotationCause, finish_rotation, key_store, rotate_key};
use crate::examination::examine_all;
use crate::keys::{KeyFailure, KeyPurpose};
use crate::registry::Registry;
use crate::testing::device::Device;
use crate::testing::{PackageFixture, TestPlatform};
use crate::{PlatformOptions, StartFailure};

/// The platform started anew in the folder of `before`.
async fn again(before: &TestPlatform) -> TestPlatform {
    let data = before.folder.path().to_owned();
    TestPlatform::with(|options| options.data = data).await
}

fn options(platform: &TestPlatform) -> PlatformOptions {
    PlatformOptions { data: platform.folder.path().to_owned(), ..platform.services.options.clone() }
}

/// Another key for `purpose`; the older one is nowhere any more, or kept until the rotation is finished.
async fn rotated(platform: &TestPlatform, purpose: KeyPurpose, cause: RotationCause) -> Result<OlderKey, StartFailure> {
    rotate_key(options(platform), purpose, cause).await
}

/// What keeps the platform from starting in the folder of `before`.
async fn refused(before: &TestPlatform) -> String {
    let (_stop, stopping) = tokio::sync::watch::channel(false);
    match crate::start::assemble(options(before), stopping).await {
        Ok(_) => panic!("it starts"),
        Err(failure) => failure.to_string(),
    }
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

    let rotate = || rotate_key(options.clone(), KeyPurpose::ContentKeys, RotationCause::Habit);
    assert_eq!(rotate().await.expect("a new key"), OlderKey::Kept);
    let failure = rotate().await.expect_err("one at a time");
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
    assert!(finish_rotation(options.clone(), KeyPurpose::ContentKeys).await.expect("it can be asked") > 0);
    let made = new.develop(Method::POST, "/api/v1/releases", &json!({"upload": upload})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(finish_rotation(options, KeyPurpose::ContentKeys).await.expect("it can be asked"), 0);
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
    rotated(&old, KeyPurpose::Countersigning, RotationCause::Leaked).await.expect("a new key");
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

async fn launch(platform: &TestPlatform) -> Value {
    let mut browser = platform.signed_in().await;
    let device_id = Device::new(1).register(&mut browser).await;
    let path = "/api/v1/miniapps/org.example.menu/launch";
    browser.post(path, &json!({"device_id": device_id})).await.json()
}

fn key_of(answer: &Value) -> PublicKey {
    match answer["verifier_key"].as_str() {
        Some(text) => parse_verifier_key(text).expect("a key").1,
        None => answer["key"].as_str().expect("a key").parse().expect("a key"),
    }
}

fn changes(answer: &Value) -> Vec<KeyChange> {
    let changes = answer.get("changes").cloned().unwrap_or_else(|| json!([]));
    serde_json::from_value(changes).expect("words of keys")
}

#[tokio::test]
async fn a_key_that_devices_remember_vouches_for_the_next() {
    for (purpose, path) in [(KeyPurpose::Log, "/api/v1/log"), (KeyPurpose::Revocations, "/api/v1/revocations")] {
        let old = TestPlatform::on_sqlite().await;
        old.publish(&PackageFixture::default()).await;
        let first = old.browser().get(path).await.json();
        assert_eq!(changes(&first), []);
        assert_eq!(rotated(&old, purpose, RotationCause::Habit).await.expect("a new key"), OlderKey::Gone);
        assert_eq!(rotated(&old, purpose, RotationCause::Leaked).await.expect("another"), OlderKey::Gone);
        let new = again(&old).await;
        let last = new.browser().get(path).await.json();
        assert_ne!(key_of(&last), key_of(&first));
        assert_eq!(changes(&last).len(), 2);
        assert!(key_changes_lead(purpose.name(), &key_of(&first), &key_of(&last), &changes(&last)));
        assert!(!key_changes_lead(purpose.name(), &key_of(&last), &key_of(&first), &changes(&last)));
        if purpose == KeyPurpose::Log {
            let launch = launch(&new).await;
            assert_eq!(launch["log"]["changes"], last["changes"]);
            assert_eq!((&first["size"], &first["root"]), (&last["size"], &last["root"]), "the log goes on");
        }
        assert_eq!(again(&old).await.browser().get(path).await.json()["changes"], last["changes"]);
    }
}

#[tokio::test]
async fn a_rotation_that_was_broken_off_is_gone_on_with() {
    let old = TestPlatform::on_sqlite().await;
    let first = old.browser().get("/api/v1/log").await.json();
    key_store(&options(&old)).replace(KeyPurpose::Log).expect("killed here");
    let new = again(&old).await;
    let last = new.browser().get("/api/v1/log").await.json();
    assert!(key_changes_lead("log", &key_of(&first), &key_of(&last), &changes(&last)));
    assert!(key_store(&options(&old)).older(KeyPurpose::Log).expect("readable").is_some());
    assert_eq!(finish_rotation(options(&old), KeyPurpose::Log).await.expect("it is finished"), 0);
    assert!(key_store(&options(&old)).older(KeyPurpose::Log).expect("readable").is_none());
}

#[tokio::test]
async fn what_a_replaced_key_made_holds_until_it_is_over_or_the_key_leaked() {
    let old = TestPlatform::on_sqlite().await;
    old.publish(&PackageFixture::default()).await;
    let launch = launch(&old).await;
    let ticket = launch["gate"]["ticket"].as_str().expect("a ticket").to_owned();
    let keys = "/.well-known/mezze-app-keys.json";
    let before = old.browser().get(keys).await.json();
    let knows = async |platform: &TestPlatform| {
        let holder = crate::gate::ticket_holder(&platform.services, &ticket, &user_id(platform).await).await;
        holder.is_ok()
    };
    for purpose in [KeyPurpose::Gate, KeyPurpose::DeviceChallenges, KeyPurpose::AppStatements] {
        assert_eq!(rotated(&old, purpose, RotationCause::Habit).await.expect("a new key"), OlderKey::Kept);
    }
    let new = again(&old).await;
    assert!(knows(&new).await);
    let after = new.browser().get(keys).await.json();
    assert_eq!(after["keys"][1], before["keys"][0], "what was signed a moment ago can be checked");
    assert_ne!(after["keys"][0], before["keys"][0]);
    for purpose in [KeyPurpose::Gate, KeyPurpose::DeviceChallenges, KeyPurpose::AppStatements] {
        assert_eq!(finish_rotation(options(&old), purpose).await.expect("it is finished"), 0);
    }
    let last = again(&old).await;
    assert!(!knows(&last).await);
    assert_eq!(last.browser().get(keys).await.json()["keys"].as_array().map(Vec::len), Some(1));
    launches(&last).await;
    assert_eq!(rotated(&old, KeyPurpose::Gate, RotationCause::Leaked).await.expect("a new key"), OlderKey::Gone);
    assert!(key_store(&options(&old)).older(KeyPurpose::Gate).expect("readable").is_none());
}

#[tokio::test]
async fn a_lost_key_is_noticed_before_it_harms() {
    for purpose in [KeyPurpose::ContentKeys, KeyPurpose::Identity, KeyPurpose::Log, KeyPurpose::Revocations] {
        let old = TestPlatform::on_sqlite().await;
        let file = old.folder.path().join(format!("keys/{}.key", purpose.name()));
        let kept = std::fs::read(&file).expect("the key");
        std::fs::remove_file(&file).expect("the folder is ours");
        let told = refused(&old).await;
        assert!(told.contains(&format!("mezze rotate {} --lost", purpose.name())), "{told}");
        std::fs::remove_file(&file).expect("a new one was made");
        std::fs::write(&file, &kept).expect("it is put back");
        private(&file);
        again(&old).await;

        std::fs::remove_file(&file).expect("the folder is ours");
        refused(&old).await;
        assert_eq!(rotated(&old, purpose, RotationCause::Lost).await.expect("it is given up"), OlderKey::Gone);
        again(&old).await;
    }
    let old = TestPlatform::on_sqlite().await;
    std::fs::remove_file(old.folder.path().join("keys/trial.key")).expect("the folder is ours");
    again(&old).await;
    let failure = rotated(&old, KeyPurpose::Trial, RotationCause::Lost).await.expect_err("nothing is to be done");
    assert!(failure.to_string().contains("needs nothing"), "{failure}");
}

#[tokio::test]
async fn names_of_users_change_only_where_their_key_leaked() {
    let old = TestPlatform::on_sqlite().await;
    let failure = rotated(&old, KeyPurpose::Identity, RotationCause::Habit).await.expect_err("never as a habit");
    assert!(failure.to_string().contains("mezze rotate identity --leaked"), "{failure}");
    assert_eq!(again(&old).await.services.keys.identity.0, old.services.keys.identity.0);
    rotated(&old, KeyPurpose::Identity, RotationCause::Leaked).await.expect("a new key");
    assert_ne!(again(&old).await.services.keys.identity.0, old.services.keys.identity.0);
}

fn private(file: &std::path::Path) {
    #[cfg(unix)]
    std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("the folder is ours");
}

async fn user_id(platform: &TestPlatform) -> String {
    let mut browser = platform.signed_in().await;
    browser.get("/api/v1/me").await.json()["id"].as_str().expect("an id").to_owned()
}
