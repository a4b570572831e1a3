//! Updates, through the router.

use mezze_model::Digest;
use mezze_package::{Limits, Package, Trust, apply_delta, unseal};
use serde_json::{Value, json};

use super::super::parts::layout;
use super::{SealedPackage, offered, part};
use crate::registry::Registry;
use crate::testing::device::Device;
use crate::testing::{Browser, PackageFixture, TestPlatform, on_each_database};

const LAUNCH: &str = "/api/v1/miniapps/org.example.menu/launch";

on_each_database!(
    an_update_leads_to_the_release_and_is_made_once,
    what_is_not_known_or_not_worth_it_is_fetched_whole,
    a_release_with_subpackages_comes_in_parts,
    what_everybody_asks_for_at_once_is_made_once,
);

/// A version whose icon, which makes up most of it, stays the same.
fn version(name: &str, code: u64, script: &str) -> PackageFixture {
    let mut fixture = PackageFixture::version(name, code);
    let noise = (0..2000_u32).flat_map(|number| *Digest::of(&number.to_be_bytes()).as_bytes());
    fixture.icon.1.extend(noise);
    fixture.script = script.to_owned();
    fixture
}

async fn launch(browser: &mut Browser, device_id: &str, cached: &str) -> Value {
    let answer = browser.post(LAUNCH, &json!({"device_id": device_id, "cached_digest": cached})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn an_update_leads_to_the_release_and_is_made_once(platform: TestPlatform) {
    let first = version("1.0.0", 1, "Page({})");
    let older = platform.publish(&first).await;
    let mut browser = platform.signed_in().await;
    let device = Device::new(1);
    let device_id = device.register(&mut browser).await;
    let current = launch(&mut browser, &device_id, "").await;
    assert!(current.get("delta").is_none(), "{current}");
    platform.publish(&version("1.1.0", 2, "Page({ data: { dishes: 12 } })")).await;

    let update = launch(&mut browser, &device_id, &older.digest).await;
    let delta = &update["delta"];
    assert_eq!(delta["from"], json!(older.digest));
    let (small, whole) = (delta["sealed"]["size"].as_u64(), update["sealed"]["size"].as_u64());
    assert!(small < whole.map(|whole| whole / 10), "{small:?} of {whole:?}");
    let sealed = browser.get(delta["sealed"]["url"].as_str().expect("a url")).await;
    assert_eq!(json!(Digest::of(&sealed.body)), delta["sealed"]["digest"]);
    assert!(sealed.header("cache-control").contains("immutable"));
    let mut keyed = update.clone();
    keyed["key"] = delta["key"].clone();
    let key = device.open_key(&keyed).expect("the key is for this device");
    let bytes = unseal(&sealed.body, &key).expect("the key opens the update");
    let base = Package::read(&first.bytes(), &Limits::default()).expect("a package");
    let content =
        |digest: &Digest| base.files().find(|(_, file)| file.sha256() == digest).map(|(_, file)| file.bytes().to_vec());
    let platform_key = platform.services.keys.countersigning.public();
    let trust = Trust::developers([first.developer_key().public()]).platforms([platform_key]);
    let files = apply_delta(&bytes, &content, &trust, &Limits::default()).expect("the release is put together");
    assert_eq!(files.manifest().version.name.as_str(), "1.1.0");

    let again = launch(&mut browser, &device_id, &older.digest).await;
    assert_eq!(again["delta"]["sealed"], delta["sealed"], "it was kept");
}

async fn what_is_not_known_or_not_worth_it_is_fetched_whole(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    let device_id = Device::new(1).register(&mut browser).await;
    let older = platform.publish(&PackageFixture::version("1.0.0", 1)).await;
    let newer = platform.publish(&PackageFixture::version("1.1.0", 2)).await;
    let unknown = Digest::of(b"another package").to_string();
    for cached in [older.digest.as_str(), unknown.as_str(), "no digest", ""] {
        let answer = launch(&mut browser, &device_id, cached).await;
        assert_eq!((answer["version"].as_str(), answer.get("delta")), (Some("1.1.0"), None), "{cached}");
        assert!(answer["sealed"]["size"].as_u64() > Some(0));
    }
    assert_eq!(launch(&mut browser, &device_id, &newer.digest).await["state"], "current");
}

/// Files of updates that the platform keeps: each one that is made has a name of its own, as its key is random.
async fn made(platform: &TestPlatform) -> usize {
    platform.services.blobs.list("deltas").await.expect("the store answers").len()
}

async fn what_everybody_asks_for_at_once_is_made_once(platform: TestPlatform) {
    let subpackages = json!({"subpackages": [{"root": "pages/index", "pages": ["pages/index/index"]}]});
    let first = version("1.0.0", 1, "Page({})");
    let second = version("1.1.0", 2, "Page({ data: { dishes: 12 } })");
    let older = platform.publish(&PackageFixture { mezze: subpackages.clone(), ..first }).await;
    let newer = platform.publish(&PackageFixture { mezze: subpackages, ..second }).await;
    let services = &platform.services;
    let release = |digest: String| async move {
        let found = Registry(services).released_package("org.example.menu", &digest).await;
        found.expect("the database answers").expect("it was released")
    };
    let (older, newer) = (release(older.digest).await, release(newer.digest).await);
    let package = |release| SealedPackage::of(release).expect("it is sealed");

    let parts = layout(&newer).expect("a manifest").expect("subpackages").for_page("");
    let asked = (0..20).map(|_| async { part(services, &parts, &package(&newer)).await });
    let answers = futures::future::join_all(asked).await;
    assert_eq!(made(&platform).await, 1);
    let digests: Vec<_> = answers.into_iter().map(|part| part.expect("it is made").expect("it is offered")).collect();
    assert!(digests.iter().all(|part| *part == digests[0]));

    let asked = (0..20).map(|_| async { offered(services, Some(package(&older)), &package(&newer)).await });
    let answers = futures::future::join_all(asked).await;
    assert_eq!(made(&platform).await, 2);
    assert!(answers.into_iter().all(|update| update.is_ok_and(|update| update.is_some())));

    // Packages that are being taken in hold nobody up.
    let _taken = services.publishing.acquire_many(2).await.expect("two turns");
    let back = offered(services, Some(package(&newer)), &package(&older)).await.expect("an answer");
    assert!(back.is_none());
    let alone = layout(&newer).expect("a manifest").expect("subpackages").by_root("").expect("the main package");
    assert!(part(services, &alone, &package(&newer)).await.expect("it is made").is_some());
}

async fn a_release_with_subpackages_comes_in_parts(platform: TestPlatform) {
    let mut fixture = version("1.0.0", 1, "Page({})");
    fixture.mezze = json!({"subpackages": [{"root": "pages/index", "pages": ["pages/index/index"]}]});
    let published = platform.publish(&fixture).await;
    let mut browser = platform.signed_in().await;
    let device = Device::new(1);
    let device_id = device.register(&mut browser).await;
    assert!(
        launch(&mut browser, &device_id, "").await.get("part").is_none(),
        "the host did not say that it takes parts"
    );
    let answer = browser.post(LAUNCH, &json!({"device_id": device_id, "page": ""})).await.json();
    assert_eq!(answer["part"]["roots"], json!(["", "pages/index"]));

    let path = "/api/v1/miniapps/org.example.menu/parts";
    let request = |root: &str, digest: &str| json!({"version": "1.0.0", "package_digest": digest, "root": root, "device_id": device_id});
    let part = browser.post(path, &request("pages/index", &published.digest)).await.json();
    let sealed = browser.get(part["sealed"]["url"].as_str().expect("a url")).await;
    let mut keyed = answer.clone();
    keyed["key"] = part["key"].clone();
    let key = device.open_key(&keyed).expect("the key is for this device");
    let bytes = unseal(&sealed.body, &key).expect("the key opens the part");
    let contents = Package::read(&bytes, &Limits::default()).expect("a container").files().count();
    assert_eq!(contents, 2 + 3, "list and statements; manifest, configuration and the page's script, not the icon");

    browser.post(path, &request("nowhere", &published.digest)).await.problem(404, "not-found");
    browser.post(path, &request("", &Digest::of(b"other").to_string())).await.problem(404, "not-found");
    platform.browser().post(path, &request("", &published.digest)).await.problem(401, "not-signed-in");
    let foreign = json!({"version": "1.0.0", "package_digest": published.digest, "root": "", "device_id": "0000"});
    browser.post(path, &foreign).await.problem(403, "unknown-device");
}
