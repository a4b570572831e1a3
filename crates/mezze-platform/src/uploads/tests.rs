//! Uploads over HTTP: broken off and taken up again, twice at once, of other bytes than announced.

use axum::body::Body;
use axum::http::Method;
use mezze_model::Digest;
use serde_json::{Value, json};

use crate::testing::{Answer, PackageFixture, TestPlatform, on_each_database};

on_each_database!(
    an_upload_goes_on_where_it_broke_off,
    two_parts_at_once_are_one,
    other_bytes_than_announced_are_refused,
    uploads_rest_for_a_day,
);

async fn part(platform: &TestPlatform, id: &str, offset: usize, bytes: &[u8]) -> Answer {
    let (token, at) = (format!("Bearer {}", platform.token()), offset.to_string());
    let headers = [("authorization", token.as_str()), ("origin", ""), ("upload-offset", at.as_str())];
    let path = format!("/api/v1/uploads/{id}");
    platform.browser().send(Method::PATCH, &path, &headers, Body::from(bytes.to_vec())).await
}

async fn open(platform: &TestPlatform, bytes: &[u8]) -> Answer {
    let request = json!({"size": bytes.len(), "sha256": Digest::of(bytes).to_string()});
    platform.develop(Method::POST, "/api/v1/uploads", &request).await
}

async fn an_upload_goes_on_where_it_broke_off(platform: TestPlatform) {
    let bytes = PackageFixture::default().bytes();
    let opened = open(&platform, &bytes).await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    let id = opened.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(opened.header("location"), format!("/api/v1/uploads/{id}"));
    assert_eq!(part(&platform, &id, 0, &bytes[..500]).await.header("upload-offset"), "500");
    part(&platform, &id, 0, &bytes[..500]).await.problem(409, "wrong-offset");
    part(&platform, &id, 600, &bytes[600..]).await.problem(409, "wrong-offset");
    part(&platform, &id, 500, &[0; 100_000]).await.problem(400, "bad-request");
    // After a break the same announcement finds it again.
    let again = open(&platform, &bytes).await;
    assert_eq!((again.status, again.json()["offset"].as_i64()), (200, Some(500)));
    let early = platform.develop(Method::POST, "/api/v1/releases", &json!({"upload": id})).await;
    early.problem(409, "upload-open");
    assert_eq!(part(&platform, &id, 500, &bytes[500..]).await.json()["state"], "complete");
    // What lies in the blob store opens for nobody.
    let folder = platform.folder.path().join("blobs/uploads");
    for file in std::fs::read_dir(folder).expect("there are parts").flatten() {
        let kept = std::fs::read(file.path()).expect("it can be read");
        assert!(!kept.windows(8).any(|window| bytes.windows(8).next() == Some(window)), "a part is in the clear");
    }
    let made = platform.develop(Method::POST, "/api/v1/releases", &json!({"upload": id})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let used = platform.develop(Method::GET, &format!("/api/v1/uploads/{id}"), &Value::Null).await.json();
    assert_eq!((used["state"].as_str(), &used["release_id"]), (Some("used"), &made.json()["id"]));
    let again = platform.develop(Method::POST, "/api/v1/releases", &json!({"upload": id})).await;
    assert_eq!((again.status, &again.json()["id"]), (200, &made.json()["id"]));
}

async fn two_parts_at_once_are_one(platform: TestPlatform) {
    let bytes = PackageFixture::default().bytes();
    let id = open(&platform, &bytes).await.json()["id"].as_str().expect("an id").to_owned();
    let (one, other) = tokio::join!(part(&platform, &id, 0, &bytes[..400]), part(&platform, &id, 0, &bytes[..700]));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let offset = open(&platform, &bytes).await.json()["offset"].as_u64().expect("an offset");
    let offset = usize::try_from(offset).expect("it is small");
    assert_eq!(part(&platform, &id, offset, &bytes[offset..]).await.json()["state"], "complete");
}

async fn other_bytes_than_announced_are_refused(platform: TestPlatform) {
    let bytes = PackageFixture::default().bytes();
    let id = open(&platform, &bytes).await.json()["id"].as_str().expect("an id").to_owned();
    let mut other = bytes.clone();
    other[10] ^= 1;
    part(&platform, &id, 0, &other).await.problem(422, "digest-mismatch");
    assert_eq!(part(&platform, &id, 0, &bytes).await.json()["state"], "complete");
    let mut stranger = platform.signed_in().await;
    stranger.get(&format!("/api/v1/uploads/{id}")).await.problem(403, "not-a-developer");
    let request = json!({"size": 31 * 1024 * 1024, "sha256": "0".repeat(64)});
    platform.develop(Method::POST, "/api/v1/uploads", &request).await.problem(413, "package-too-large");
}

async fn uploads_rest_for_a_day(platform: TestPlatform) {
    let bytes = PackageFixture::default().bytes();
    let id = open(&platform, &bytes).await.json()["id"].as_str().expect("an id").to_owned();
    platform.clock.advance(24 * 60 * 60);
    part(&platform, &id, 0, &bytes).await.problem(404, "unknown-upload");
    assert_eq!(open(&platform, &bytes).await.status, 201);
}
