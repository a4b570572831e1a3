//! Two nodes on one PostgreSQL and one bucket are one platform.

use std::path::Path;

use serde_json::{Value, json};

use crate::clock::{SystemRandomness, random_identifier};
use crate::examination::examine_all;
use crate::testing::bucket::Bucket;
use crate::testing::device::Device;
use crate::testing::{PackageFixture, TestPlatform, postgres};

struct Nodes {
    one: TestPlatform,
    two: TestPlatform,
}

impl Nodes {
    /// None where PostgreSQL is not installed. The files are in a bucket where there is one, else in one folder.
    async fn start(bucket: &str) -> Option<Self> {
        let name = format!("mezze_{}", random_identifier(&SystemRandomness));
        let url = postgres::fresh_database(&name).await?;
        let bucket = Bucket::fresh(bucket).await;
        let one = node(&url, bucket.as_ref(), None, None).await;
        let folder = one.folder.path();
        let two = node(&url, bucket.as_ref(), Some(&folder.join("keys")), Some(&folder.join("blobs"))).await;
        Some(Self { one, two })
    }
}

/// A node with a data folder of its own; the keys are the operator's to hand to each.
async fn node(url: &str, bucket: Option<&Bucket>, keys: Option<&Path>, blobs: Option<&Path>) -> TestPlatform {
    let set = |options: &mut crate::PlatformOptions| {
        options.database_url = Some(url.to_owned());
        options.blobs_url = blobs.map(|folder| format!("file://{}", folder.display()));
        if let Some(keys) = keys {
            super::create_private_folder(&options.data.join("keys")).expect("a folder");
            for entry in std::fs::read_dir(keys).expect("the keys") {
                let path = entry.expect("a key").path();
                std::fs::copy(&path, options.data.join("keys").join(path.file_name().expect("a name")))
                    .expect("a copy");
            }
        }
    };
    TestPlatform::with_services(set, |services| {
        if let Some(bucket) = bucket {
            services.blobs = bucket.blobs("");
        }
    })
    .await
}

async fn launch(node: &TestPlatform, app: &str, seed: u8) -> (u16, Value) {
    let mut browser = node.signed_in().await;
    let device_id = Device::new(seed).register(&mut browser).await;
    let answer = browser.post(&format!("/api/v1/miniapps/{app}/launch"), &json!({"device_id": device_id})).await;
    (answer.status, answer.json())
}

async fn checkpoint(node: &TestPlatform) -> String {
    node.browser().get("/log/checkpoint").await.text()
}

#[tokio::test]
async fn what_one_node_takes_in_the_other_gives_out() {
    let Some(Nodes { one, two }) = Nodes::start("two-nodes").await else { return };
    let made = one.submit(&PackageFixture::default(), json!({"submit": true})).await.json();
    let id = made["id"].as_str().expect("an id");
    assert_eq!(two.work().await, 1, "the other node checks it");
    assert_eq!(one.work().await, 0);
    assert_eq!(one.release(id).await["state"], "approved");
    assert_eq!(two.act(id, json!({"action": "stage", "percent": 50})).await.status, 200);
    assert_eq!(one.act(id, json!({"action": "release"})).await.status, 200);

    let (from_one, from_two) = (launch(&one, "org.example.menu", 1).await, launch(&two, "org.example.menu", 1).await);
    assert_eq!((from_one.0, from_two.0), (200, 200), "{} {}", from_one.1, from_two.1);
    for member in ["package_digest", "sealed", "signers"] {
        assert_eq!(from_one.1[member], from_two.1[member], "{member}");
    }
    let sealed = from_one.1["sealed"]["url"].as_str().expect("an address");
    assert_eq!(one.browser().get(sealed).await.body, two.browser().get(sealed).await.body);
    assert_eq!(checkpoint(&one).await, checkpoint(&two).await);

    // A session of one node is one of the other, and so is what a device proved.
    let mut browser = one.signed_in().await;
    let cookie = browser.cookie_header();
    let me = two.browser().get_with("/api/v1/me", &[("cookie", cookie.as_str())]).await;
    assert_eq!(me.json()["id"], browser.get("/api/v1/me").await.json()["id"]);

    assert_eq!(two.act(id, json!({"action": "withdraw", "reason": "It was a mistake."})).await.status, 200);
    assert_eq!(launch(&one, "org.example.menu", 1).await.0, 410);
    assert_eq!(checkpoint(&one).await, checkpoint(&two).await);
    assert_eq!(examine_all(&one.services).await.expect("an answer").findings, [""; 0]);
}

#[tokio::test]
async fn both_work_and_each_job_is_done_once() {
    const APPS: usize = 10;
    let Some(Nodes { one, two }) = Nodes::start("two-workers").await else { return };
    let mut ids = Vec::new();
    for number in 0..APPS {
        let app_id = format!("org.example.app{number}");
        let fixture = PackageFixture { app_id, ..PackageFixture::default() };
        let node = if number % 2 == 0 { &one } else { &two };
        let made = node.submit(&fixture, json!({"release": true})).await.json();
        ids.push(made["id"].as_str().expect("an id").to_owned());
    }
    let (by_one, by_two) = tokio::join!(one.work(), two.work());
    assert_eq!(by_one + by_two, APPS, "{by_one} and {by_two}");
    assert!(by_one > 0 && by_two > 0, "{by_one} and {by_two}");
    for id in &ids {
        assert_eq!(two.release(id).await["state"], "released");
        let path = format!("/api/v1/apps/{}/releases", two.release(id).await["app_id"].as_str().expect("an app"));
        let list = one.develop(axum::http::Method::GET, &path, &Value::Null).await.json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    }
    // Each release is in the tree once: the examination compares the tree with the trail of what was done.
    let (from_one, from_two) = (examine_all(&one.services).await, examine_all(&two.services).await);
    let (from_one, from_two) = (from_one.expect("an answer"), from_two.expect("an answer"));
    assert_eq!((from_one.findings, from_one.log_entries), (Vec::new(), APPS));
    assert_eq!(from_one.log_root, from_two.log_root);
    assert_eq!(checkpoint(&one).await, checkpoint(&two).await);
}

#[tokio::test]
async fn acts_on_both_at_once_keep_one_tree() {
    let Some(Nodes { one, two }) = Nodes::start("two-actors").await else { return };
    let mut ids = Vec::new();
    for number in 0..6 {
        let app_id = format!("org.example.app{number}");
        let made =
            one.submit(&PackageFixture { app_id, ..PackageFixture::default() }, json!({"submit": true})).await.json();
        ids.push(made["id"].as_str().expect("an id").to_owned());
    }
    one.work().await;
    let release = |node: &TestPlatform, id: &str| {
        let (node, id) = (node.router.clone(), id.to_owned());
        let token = format!("Bearer {}", one.token());
        async move {
            let headers = [("authorization", token.as_str()), ("origin", ""), ("content-type", "application/json")];
            let body = axum::body::Body::from(json!({"action": "release"}).to_string());
            let path = format!("/api/v1/releases/{id}/acts");
            crate::testing::Browser::new(node).send(axum::http::Method::POST, &path, &headers, body).await.status
        }
    };
    let acts = ids.iter().enumerate().map(|(number, id)| release(if number % 2 == 0 { &one } else { &two }, id));
    let statuses = futures::future::join_all(acts).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    let examination = examine_all(&two.services).await.expect("an answer");
    assert_eq!((examination.findings, examination.log_entries), (Vec::new(), ids.len()));
    assert_eq!(checkpoint(&one).await, checkpoint(&two).await);
}
