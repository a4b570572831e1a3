//! The same on a folder and on a bucket; and a platform whose files are in a bucket.

use bytes::Bytes;
use futures::TryStreamExt as _;
use serde_json::json;

use super::Blobs;
use crate::http::ByteRange;
use crate::registry::Registry;
use crate::testing::bucket::Bucket;
use crate::testing::device::Device;
use crate::testing::{PackageFixture, TestPlatform};

#[tokio::test]
async fn a_folder_keeps_files() {
    let folder = tempfile::tempdir().expect("no temporary folder");
    keeps_files(Blobs::open(None, folder.path(), true).expect("a folder")).await;
}

#[tokio::test]
async fn a_bucket_keeps_files() {
    let Some(bucket) = Bucket::fresh("files").await else { return };
    keeps_files(bucket.blobs("some/prefix")).await;
    let other = bucket.blobs("");
    other.put("sealed/other", Bytes::from_static(b"of another platform")).await.expect("it is kept");
    assert_eq!(bucket.blobs("some/prefix").list("sealed").await.expect("a list").len(), 0);
}

async fn keeps_files(blobs: Blobs) {
    blobs.ping().await.expect("it answers");
    assert_eq!(blobs.list("sealed").await.expect("a list"), []);
    let content = Bytes::from((0..200_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>());
    for _ in 0..2 {
        blobs.put("sealed/one", content.clone()).await.expect("it is kept");
    }
    blobs.put("icons/two", Bytes::new()).await.expect("it is kept");
    assert_eq!(blobs.get("sealed/one").await.expect("it is there"), content);
    assert_eq!(blobs.get("icons/two").await.expect("it is there"), Bytes::new());
    let range = Some(ByteRange { start: 70_000, end: 70_010 });
    let part = blobs.stream("sealed/one", range).await.expect("it is there");
    let part: Vec<Bytes> = part.try_collect().await.expect("it is read");
    assert_eq!(part.concat(), content[70_000..70_010]);
    let listed = blobs.list("sealed").await.expect("a list");
    assert_eq!(listed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["one"]);
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    assert!((listed[0].1 - now).abs() < 600, "{listed:?}");
    for _ in 0..2 {
        blobs.delete("sealed/one").await.expect("it is gone");
    }
    assert!(blobs.get("sealed/one").await.is_err());
}

#[tokio::test]
async fn a_platform_lives_in_a_bucket() {
    let Some(bucket) = Bucket::fresh("platform").await else { return };
    let platform = TestPlatform::with_services(|_| {}, |services| services.blobs = bucket.blobs("mezze")).await;
    for (version, code) in [("1.0.0", 1), ("1.0.1", 2)] {
        platform.submit(&PackageFixture::version(version, code), json!({"release": true})).await;
        assert_eq!(platform.work().await, 1);
    }
    let mut browser = platform.signed_in().await;
    let device = Device::new(1);
    let device_id = device.register(&mut browser).await;
    let launch =
        browser.post("/api/v1/miniapps/org.example.menu/launch", &json!({"device_id": device_id})).await.json();
    assert_eq!(launch["version"], "1.0.1");
    let url = launch["sealed"]["url"].as_str().expect("an address");
    let sealed = browser.get(url).await;
    assert_eq!(json!(mezze_model::Digest::of(&sealed.body)), launch["sealed"]["digest"]);
    let key = device.open_key(&launch).expect("the key is for this device");
    mezze_package::unseal(&sealed.body, &key).expect("the key opens the file");
    let part = browser.get_with(url, &[("range", "bytes=5-14")]).await;
    assert_eq!((part.status, &part.body[..]), (206, &sealed.body[5..15]));
    assert_eq!(Registry(&platform.services).sweep_at_start().await, Ok(0), "nobody knows who else uses a bucket");
    assert_eq!(crate::examination::examine_all(&platform.services).await.expect("an answer").findings, [""; 0]);
}
