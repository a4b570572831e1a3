//! Publishing, through the router: what is accepted, what is refused and why, and that nothing half-done stays.

use axum::body::Body;
use axum::http::Method;
use mezze_package::{Limits, countersign};
use serde_json::json;

use crate::review::{Review, ReviewFailure, Submission, Verdict};
use crate::testing::{Answer, PackageFixture, TestPlatform, on_each_database, package::PNG};

on_each_database!(
    a_package_is_released,
    the_same_package_again_changes_nothing,
    versions_only_go_up,
    an_id_belongs_to_its_first_developer,
    two_uploads_of_one_version_at_once_release_one,
    many_uploads_at_once_all_arrive,
    only_developers_upload,
    a_release_that_fails_leaves_nothing,
);

async fn upload(platform: &TestPlatform, bytes: Vec<u8>) -> Answer {
    let token = format!("Bearer {}", platform.token());
    let headers = [("authorization", token.as_str()), ("origin", ""), ("content-type", "application/miniapp-pkg+zip")];
    platform.browser().send(Method::POST, "/api/v1/packages", &headers, Body::from(bytes)).await
}

fn blobs(platform: &TestPlatform) -> Vec<String> {
    let folder = platform.folder.path().join("blobs/sealed");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

async fn a_package_is_released(platform: TestPlatform) {
    let answer = upload(&platform, PackageFixture::default().bytes()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let published = answer.json();
    assert_eq!(published["app_id"], "org.example.menu");
    assert_eq!((published["version"].as_str(), published["state"].as_str()), (Some("1.0.0"), Some("released")));
    let mut browser = platform.browser();
    let list = browser.get("/api/v1/miniapps").await.json();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    let app = &list[0];
    assert_eq!((app["name"].as_str(), app["publisher"].as_str()), (Some("Menu"), Some("Example Kitchen")));
    assert_eq!((app["category"].as_str(), app["suggested_reason"].as_str()), (Some("food"), Some("new")));
    let details = browser.get("/api/v1/miniapps/ORG.example.Menu").await.json();
    assert_eq!(details["releases"][0]["digest"], published["digest"]);
    assert_eq!(details["releases"][0]["released_at"], platform.now());
    browser.get("/api/v1/miniapps/org.example.other").await.problem(404, "unknown-app");
    browser.get("/api/v1/miniapps/a%2Fb").await.problem(400, "bad-request");
}

async fn the_same_package_again_changes_nothing(platform: TestPlatform) {
    let bytes = PackageFixture::default().bytes();
    let first = upload(&platform, bytes.clone()).await.json();
    let again = upload(&platform, bytes).await;
    assert_eq!((again.status, again.json()), (200, first));
    assert_eq!(blobs(&platform).len(), 1);
}

async fn versions_only_go_up(platform: TestPlatform) {
    assert_eq!(upload(&platform, PackageFixture::version("1.1.0", 11).bytes()).await.status, 201);
    let changed = PackageFixture { script: "Page({a:1})".to_owned(), ..PackageFixture::version("1.1.0", 12) };
    let detail = upload(&platform, changed.bytes()).await.problem(409, "version-taken");
    assert!(detail.contains("org.example.menu 1.1.0"), "{detail}");
    for code in [10, 11] {
        let detail =
            upload(&platform, PackageFixture::version("1.2.0", code).bytes()).await.problem(409, "version-not-newer");
        assert!(detail.contains("greater than 11"), "{detail}");
    }
    assert_eq!(upload(&platform, PackageFixture::version("1.2.0", 12).bytes()).await.status, 201);
    let details = platform.browser().get("/api/v1/miniapps/org.example.menu").await.json();
    let versions: Vec<_> =
        details["releases"].as_array().into_iter().flatten().map(|release| &release["version"]).collect();
    assert_eq!(versions, [&json!("1.2.0"), &json!("1.1.0")]);
    assert_eq!(details["version"], "1.2.0");
    assert_eq!(blobs(&platform).len(), 2, "what was refused left a file");
}

async fn an_id_belongs_to_its_first_developer(platform: TestPlatform) {
    let first = PackageFixture::default();
    upload(&platform, first.bytes()).await;
    let stranger = PackageFixture { developer: 2, ..PackageFixture::version("2.0.0", 2) };
    let detail = upload(&platform, stranger.bytes()).await.problem(403, "wrong-signer");
    for key in [first.developer_key(), stranger.developer_key()] {
        assert!(detail.contains(&key.public().to_string()), "{detail}");
    }
    // Upper case is the same id.
    let disguised = PackageFixture { app_id: "Org.Example.MENU".to_owned(), ..stranger.clone() };
    upload(&platform, disguised.bytes()).await.problem(403, "wrong-signer");
    let own = PackageFixture { app_id: "org.example.own".to_owned(), ..stranger };
    assert_eq!(upload(&platform, own.bytes()).await.status, 201);
}

async fn two_uploads_of_one_version_at_once_release_one(platform: TestPlatform) {
    let one = PackageFixture { script: "Page({a:1})".to_owned(), ..PackageFixture::default() }.bytes();
    let other = PackageFixture { script: "Page({a:2})".to_owned(), ..PackageFixture::default() }.bytes();
    let (one, other) = tokio::join!(upload(&platform, one), upload(&platform, other));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text(), other.text());
    assert_eq!(blobs(&platform).len(), 1, "the loser left a file");
}

async fn many_uploads_at_once_all_arrive(platform: TestPlatform) {
    let uploads = (0..12).map(|number| {
        let fixture = PackageFixture { app_id: format!("org.example.app{number}"), ..PackageFixture::default() };
        let platform = &platform;
        async move { upload(platform, fixture.bytes()).await }
    });
    for answer in futures::future::join_all(uploads).await {
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    assert_eq!(platform.browser().get("/api/v1/miniapps").await.json().as_array().map(Vec::len), Some(12));
}

async fn only_developers_upload(platform: TestPlatform) {
    let bytes = PackageFixture::default().bytes();
    let mut nobody = platform.browser();
    nobody.send(Method::POST, "/api/v1/packages", &[], Body::from(bytes.clone())).await.problem(401, "not-signed-in");
    let mut demo = platform.signed_in().await;
    demo.send(Method::POST, "/api/v1/packages", &[], Body::from(bytes.clone())).await.problem(403, "not-a-developer");
    let headers = [("authorization", "Bearer mezze_wrong")];
    nobody.send(Method::POST, "/api/v1/packages", &headers, Body::from(bytes)).await.problem(401, "unknown-token");
    assert!(blobs(&platform).is_empty());
}

async fn a_release_that_fails_leaves_nothing(platform: TestPlatform) {
    // The blob store can't take the file, as on a full disk.
    let sealed = platform.folder.path().join("blobs/sealed");
    std::fs::write(&sealed, b"not a folder").expect("the folder is ours");
    upload(&platform, PackageFixture::default().bytes()).await.problem(500, "internal");
    assert_eq!(platform.browser().get("/api/v1/miniapps").await.json(), json!([]));
    std::fs::remove_file(&sealed).expect("the file is ours");
    assert_eq!(upload(&platform, PackageFixture::default().bytes()).await.status, 201);
}

#[tokio::test]
async fn a_flipped_byte_anywhere_is_refused() {
    let platform = TestPlatform::on_sqlite().await;
    let bytes = PackageFixture::default().bytes();
    for position in (0..bytes.len()).step_by(bytes.len() / 23) {
        let mut damaged = bytes.clone();
        damaged[position] ^= 0x10;
        let answer = upload(&platform, damaged).await;
        assert_eq!(answer.status, 422, "byte {position}: {}", answer.text());
    }
    assert!(blobs(&platform).is_empty());
}

#[tokio::test]
async fn what_is_no_package_of_a_developer_is_refused_clearly() {
    let platform = TestPlatform::on_sqlite().await;
    let fixture = PackageFixture::default();
    upload(&platform, b"hello".to_vec()).await.problem(422, "package-refused");
    upload(&platform, Vec::new()).await.problem(422, "package-refused");
    let detail = upload(&platform, fixture.unsigned()).await.problem(422, "package-unsigned");
    assert!(detail.contains("mezze sign"), "{detail}");
    let key = mezze_package::SigningKey::from_seed([9; 32]);
    let signed_twice = countersign(&fixture.bytes(), &key, 1, &Limits::default()).expect("a package");
    upload(&platform, signed_twice).await.problem(422, "already-countersigned");
    for member in ["appId", "version", "entryPage"] {
        let lying = PackageFixture { config: json!({ member: "other" }), ..fixture.clone() };
        upload(&platform, lying.bytes()).await.problem(422, "config-mismatch");
    }
    let open = PackageFixture { config: json!({"origins": {"request": ["https://a.example"]}}), ..fixture.clone() };
    upload(&platform, open.bytes()).await.problem(422, "config-mismatch");
}

#[tokio::test]
async fn development_builds_stay_with_their_developer() {
    let build = PackageFixture { development: true, ..PackageFixture::default() }.declaring("request", "*");
    let platform = TestPlatform::on_sqlite().await;
    upload(&platform, build.bytes()).await.problem(422, "development-build");
    let development = TestPlatform::in_development().await;
    assert_eq!(upload(&development, build.bytes()).await.status, 201);
}

#[tokio::test]
async fn a_package_over_a_limit_is_refused_before_it_is_read() {
    let platform = TestPlatform::with(|options| options.limits.package.container_bytes = 1_000).await;
    upload(&platform, vec![0; 1_001]).await.problem(413, "package-too-large");
    let platform = TestPlatform::with(|options| options.limits.package.main_package_bytes = 100).await;
    let detail = upload(&platform, PackageFixture::default().bytes()).await.problem(413, "package-too-large");
    assert!(detail.contains("main package"), "{detail}");
}

#[tokio::test]
async fn pictures_are_raster_and_do_nothing() {
    let platform = TestPlatform::on_sqlite().await;
    platform.publish(&PackageFixture::default()).await;
    let mut browser = platform.browser();
    let url = browser.get("/api/v1/miniapps").await.json()[0]["icon_url"].as_str().expect("an icon").to_owned();
    let icon = browser.get(&url).await;
    assert_eq!((icon.status, icon.header("content-type"), &icon.body[..]), (200, "image/png", PNG));
    assert_eq!(icon.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(icon.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(icon.header("x-content-type-options"), "nosniff");
    let tag = icon.header("etag").to_owned();
    assert_eq!(browser.get_with(&url, &[("if-none-match", &tag)]).await.status, 304);
    assert_eq!(browser.get("/api/v1/miniapps/org.example.menu/icon").await.header("cache-control"), "no-cache");
    let drawn = PackageFixture {
        app_id: "org.example.svg".to_owned(),
        icon: ("file/icon.svg".to_owned(), b"<svg onload='alert(1)'/>".to_vec()),
        ..PackageFixture::default()
    };
    platform.publish(&drawn).await;
    browser.get("/api/v1/miniapps/org.example.svg/icon").await.problem(404, "not-found");
}

#[tokio::test]
async fn in_development_a_version_is_replaced() {
    let platform = TestPlatform::in_development().await;
    let build = |script: &str| PackageFixture { script: script.to_owned(), ..PackageFixture::default() };
    let mut digests = Vec::new();
    for script in ["Page({a:1})", "Page({a:2})", "Page({a:3})", "Page({a:4})"] {
        digests.push(platform.publish(&build(script)).await.digest);
    }
    digests.dedup();
    assert_eq!(digests.len(), 4);
    let details = platform.browser().get("/api/v1/miniapps/org.example.menu").await.json();
    assert_eq!(details["releases"].as_array().map(Vec::len), Some(1));
    assert_eq!(details["releases"][0]["digest"].as_str(), digests.last().map(String::as_str));
    assert_eq!(blobs(&platform).len(), 2, "the one before is kept for whoever fetches it, older ones are not");
    // Another key may not take the id over here either.
    let stranger = PackageFixture { developer: 2, ..build("Page({})") };
    upload(&platform, stranger.bytes()).await.problem(403, "wrong-signer");
}

struct Strict(Verdict);

#[async_trait::async_trait]
impl Review for Strict {
    async fn decide(&self, submission: &Submission<'_>) -> Result<Verdict, ReviewFailure> {
        assert!(submission.is_first);
        Ok(self.0.clone())
    }
}

#[tokio::test]
async fn a_review_holds_and_refuses() {
    let refusing = Verdict::Refuse { reason: "The name is taken from another brand.".to_owned() };
    let platform = TestPlatform::with(|options| options.review = std::sync::Arc::new(Strict(refusing))).await;
    let detail = upload(&platform, PackageFixture::default().bytes()).await.problem(422, "review-refused");
    assert!(detail.contains("another brand"), "{detail}");
    assert!(blobs(&platform).is_empty());

    let platform = TestPlatform::with(|options| options.review = std::sync::Arc::new(Strict(Verdict::Hold))).await;
    let held = upload(&platform, PackageFixture::default().bytes()).await;
    assert_eq!((held.status, held.json()["state"].as_str()), (201, Some("in_review")));
    let mut browser = platform.signed_in().await;
    assert_eq!(browser.get("/api/v1/miniapps").await.json(), json!([]));
    browser.get("/api/v1/miniapps/org.example.menu").await.problem(404, "unknown-app");
    let launch = browser.post("/api/v1/miniapps/org.example.menu/launch", &json!({"version": "1.0.0"})).await;
    launch.problem(404, "unknown-version");
    let sealed = blobs(&platform).pop().expect("the package is kept");
    browser.get(&format!("/api/v1/sealed/{sealed}")).await.problem(404, "not-found");
}

#[tokio::test]
async fn files_without_a_release_are_swept_and_others_stay() {
    let platform = TestPlatform::on_sqlite().await;
    platform.publish(&PackageFixture::default()).await;
    let kept = blobs(&platform);
    let folder = platform.folder.path().join("blobs/sealed");
    // As a kill between the file and the transaction leaves it, some time ago and just now.
    std::fs::write(folder.join("0a".repeat(32)), b"old").expect("the folder is ours");
    std::fs::write(folder.join("0b".repeat(32)), b"new").expect("the folder is ours");
    let two_hours_ago = std::time::Duration::from_secs(2 * 60 * 60);
    for name in [&kept[0], &"0a".repeat(32)] {
        let file = std::fs::File::options().write(true).open(folder.join(name)).expect("the file is there");
        let modified = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
        file.set_modified(modified - two_hours_ago).expect("the file is ours");
    }
    assert_eq!(super::Registry(&platform.services).sweep().await, Ok(1));
    let mut left = blobs(&platform);
    left.sort();
    let mut expected = vec![kept[0].clone(), "0b".repeat(32)];
    expected.sort();
    assert_eq!(left, expected);
}
