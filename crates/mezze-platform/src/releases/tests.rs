//! The life of a release over HTTP, from the first part of the upload to the day it is withdrawn.

use axum::http::Method;
use serde_json::{Value, json};

use crate::testing::device::Device;
use crate::testing::{Browser, PackageFixture, TestPlatform, reviewed_on_each_database};

reviewed_on_each_database!(
    a_release_lives,
    a_share_of_users_gets_it_first,
    a_check_that_fails_says_why_and_the_version_is_mended,
    changes_that_were_not_seen_are_not_lost,
    it_is_released_at_its_time,
    a_draft_gets_its_package,
);

const CHECKLIST: [&str; 7] = ["runs", "identity", "permissions", "origins", "content", "report", "privacy"];

/// Takes a release through review.
async fn approve(reviewer: &mut Browser, release: &Value) {
    let id = release["id"].as_str().expect("an id");
    let send = async |reviewer: &mut Browser, path: String, body: Value| {
        let headers = [("content-type", "application/json")];
        let answer = reviewer.send(Method::PUT, &path, &headers, axum::body::Body::from(body.to_string())).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    };
    send(reviewer, format!("/api/v1/reviews/{id}/claim"), json!({})).await;
    send(reviewer, format!("/api/v1/reviews/{id}/checklist"), json!({"ticked": CHECKLIST})).await;
    let act = json!({"action": "approve", "submitted_digest": release["submitted_digest"]});
    let answer = reviewer.post(&format!("/api/v1/releases/{id}/acts"), &act).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn approved(platform: &TestPlatform, reviewer: &mut Browser, fixture: &PackageFixture) -> String {
    let made = platform.submit(fixture, json!({"submit": true})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    platform.work().await;
    approve(reviewer, &platform.release(&id).await).await;
    platform.work().await;
    id
}

async fn launched(browser: &mut Browser, device: &str, version: Option<&str>) -> crate::testing::Answer {
    let request = json!({"device_id": device, "version": version});
    browser.post("/api/v1/miniapps/org.example.menu/launch", &request).await
}

async fn a_release_lives(platform: TestPlatform) {
    let mut reviewer = platform.staff("rita", "reviewer").await;
    let made = platform.submit(&PackageFixture::default(), json!({"notes": "The first menu"})).await;
    assert_eq!((made.status, made.json()["state"].as_str()), (201, Some("uploaded")), "{}", made.text());
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(platform.work().await, 1);
    let checked = platform.release(&id).await;
    assert_eq!((checked["state"].as_str(), checked["notes"].as_str()), (Some("checked"), Some("The first menu")));
    let path = format!("/api/v1/releases/{id}/report");
    let report = platform.develop(Method::GET, &path, &Value::Null).await.json();
    assert_eq!((report["outcome"].as_str(), &report["package_digest"]), (Some("passed"), &checked["submitted_digest"]));
    assert_eq!(platform.act(&id, json!({"action": "submit"})).await.status, 200);
    // A developer can't approve, and nobody approves without claim, check list and the right bytes.
    let act = json!({"action": "approve", "submitted_digest": checked["submitted_digest"]});
    platform.act(&id, act.clone()).await.problem(403, "not-allowed");
    let path = format!("/api/v1/releases/{id}/acts");
    reviewer.post(&path, &act).await.problem(409, "not-claimed");
    let in_review = platform.release(&id).await;
    approve(&mut reviewer, &in_review).await;
    let approved = platform.release(&id).await;
    assert_eq!(approved["state"], "approved");
    assert!(approved["package_digest"].as_str().is_some_and(|digest| digest != checked["submitted_digest"]));
    // Approved is not released.
    let mut user = platform.signed_in().await;
    let device = Device::new(1).register(&mut user).await;
    launched(&mut user, &device, None).await.problem(404, "unknown-app");
    launched(&mut user, &device, Some("1.0.0")).await.problem(404, "unknown-version");
    assert_eq!(platform.act(&id, json!({"action": "release"})).await.json()["state"], "released");
    assert_eq!(launched(&mut user, &device, None).await.json()["version"], "1.0.0");
    platform.clock.advance(60);
    let second = super::tests::approved(&platform, &mut reviewer, &PackageFixture::version("2.0.0", 2)).await;
    platform.act(&second, json!({"action": "release", "forced": true})).await;
    assert_eq!(platform.release(&id).await["state"], "superseded");
    let launch = launched(&mut user, &device, None).await.json();
    assert_eq!((launch["version"].as_str(), launch["forced"].as_bool()), (Some("2.0.0"), Some(true)));
    // Back to the first, and the second withdrawn for good.
    assert_eq!(platform.act(&id, json!({"action": "roll_back"})).await.status, 200);
    assert_eq!(launched(&mut user, &device, None).await.json()["version"], "1.0.0");
    let act = json!({"action": "withdraw", "reason": "It shows wrong prices."});
    assert_eq!(platform.act(&second, act.clone()).await.json()["state"], "withdrawn");
    let told = launched(&mut user, &device, Some("2.0.0")).await.problem(410, "withdrawn");
    assert!(told.contains("wrong prices"), "{told}");
    platform.act(&id, act).await;
    launched(&mut user, &device, None).await.problem(410, "withdrawn");
    platform.act(&id, json!({"action": "release"})).await.problem(409, "wrong-state");
    // Hosts learn of both, and everything was written down.
    let list = user.get("/api/v1/revocations").await.json();
    let payload = crate::encoding::from_base64url(list["payload"].as_str().expect("a text")).expect("base64url");
    let payload: Value = serde_json::from_slice(&payload).expect("json");
    assert_eq!(payload["entries"].as_array().map(Vec::len), Some(2), "{payload}");
    let path = "/api/v1/audit?app_id=org.example.menu&limit=100";
    let trail = platform.develop(Method::GET, path, &Value::Null).await.json();
    let actions: Vec<&str> =
        trail["items"].as_array().into_iter().flatten().filter_map(|entry| entry["action"].as_str()).collect();
    for expected in ["attach", "pass_check", "submit", "approve", "release", "supersede", "roll_back", "withdraw"] {
        assert!(actions.contains(&format!("release.{expected}").as_str()), "{expected}: {actions:?}");
    }
}

async fn a_share_of_users_gets_it_first(platform: TestPlatform) {
    let mut reviewer = platform.staff("rita", "reviewer").await;
    let first = approved(&platform, &mut reviewer, &PackageFixture::default()).await;
    platform.act(&first, json!({"action": "release"})).await;
    let second = approved(&platform, &mut reviewer, &PackageFixture::version("2.0.0", 2)).await;
    let mut users = Vec::new();
    for number in 0..12 {
        let mut user = platform.person(&format!("user{number}")).await;
        let device = Device::new(number + 10).register(&mut user).await;
        users.push((user, device));
    }
    let mut with_second = async || {
        let mut lucky = Vec::new();
        for (number, (user, device)) in users.iter_mut().enumerate() {
            if launched(user, device, None).await.json()["version"] == "2.0.0" {
                lucky.push(number);
            }
        }
        lucky
    };
    assert_eq!(platform.act(&second, json!({"action": "stage", "percent": 50})).await.json()["share"], 50.0);
    let half = with_second().await;
    assert!(!half.is_empty() && half.len() < 12, "{half:?}");
    assert_eq!(with_second().await, half);
    platform.act(&second, json!({"action": "stage", "percent": 20})).await.problem(409, "share-shrinks");
    platform.act(&second, json!({"action": "stage", "percent": 80})).await;
    let more = with_second().await;
    assert!(half.iter().all(|user| more.contains(user)), "{half:?} {more:?}");
    platform.act(&second, json!({"action": "release"})).await;
    assert_eq!(with_second().await.len(), 12);
    // Below the lowest version, nothing opens by its name either.
    let change = json!({"minimum_version_code": 2});
    assert_eq!(platform.develop(Method::PATCH, "/api/v1/apps/org.example.menu", &change).await.status, 200);
    let (user, device) = &mut users[0];
    launched(user, device, Some("1.0.0")).await.problem(410, "version-too-old");
}

async fn a_check_that_fails_says_why_and_the_version_is_mended(platform: TestPlatform) {
    let key = "-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEIA";
    let leaking = PackageFixture { script: format!("const key = '{key}'"), ..PackageFixture::default() };
    let made = platform.submit(&leaking, json!({"submit": true})).await.json();
    let id = made["id"].as_str().expect("an id");
    platform.work().await;
    let refused = platform.release(id).await;
    assert_eq!(refused["state"], "rejected");
    let reason = refused["state_reason"].as_str().unwrap_or_default();
    assert!(reason.contains("private key") && !reason.contains("MC4CAQAw"), "{reason}");
    // The same version, mended: the release keeps its id.
    let mended = platform.submit(&PackageFixture::default(), json!({"submit": true})).await;
    assert_eq!((mended.status, mended.json()["id"].as_str()), (201, Some(id)), "{}", mended.text());
    platform.work().await;
    assert_eq!(platform.release(id).await["state"], "in_review");
    // The very same package again changes nothing.
    let again = platform.submit(&PackageFixture::default(), json!({"submit": true})).await;
    assert_eq!((again.status, again.json()["state"].as_str()), (200, Some("in_review")), "{}", again.text());
}

async fn changes_that_were_not_seen_are_not_lost(platform: TestPlatform) {
    let made = platform.submit(&PackageFixture::default(), json!({})).await;
    let (id, tag) = (made.json()["id"].as_str().expect("an id").to_owned(), made.header("etag").to_owned());
    platform.work().await;
    let token = format!("Bearer {}", platform.token());
    let path = format!("/api/v1/releases/{id}/acts");
    let submit = async |tag: &str| {
        let headers = [
            ("authorization", token.as_str()),
            ("content-type", "application/json"),
            ("origin", ""),
            ("if-match", tag),
        ];
        let body = axum::body::Body::from(json!({"action": "submit"}).to_string());
        platform.browser().send(Method::POST, &path, &headers, body).await
    };
    submit(&tag).await.problem(412, "changed-since");
    submit("nonsense").await.problem(400, "bad-request");
    let path = format!("/api/v1/releases/{id}");
    let seen = platform.develop(Method::GET, &path, &Value::Null).await.header("etag").to_owned();
    let (one, other) = tokio::join!(submit(&seen), submit(&seen));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    // To someone else it is not there at all.
    let mut stranger = platform.signed_in().await;
    stranger.get(&path).await.problem(404, "unknown-release");
    stranger.get("/api/v1/apps/org.example.menu/releases").await.problem(404, "unknown-app");
}

#[tokio::test]
async fn what_is_approved_after_a_newer_one_gives_way() {
    use sea_orm::ConnectionTrait as _;
    let platform = TestPlatform::on_sqlite().await;
    let run = async |statement: &str| {
        platform.services.database.read().execute_unprepared(statement).await.expect("it runs");
    };
    let made = platform.submit(&PackageFixture::version("1.0.0", 1), json!({"release": true})).await.json();
    let older = made["id"].as_str().expect("an id");
    // A node was killed with its job: the next one takes it when the lease is over.
    run("UPDATE jobs SET run_at = run_at + 60").await;
    let made = platform.submit(&PackageFixture::version("1.0.1", 2), json!({"release": true})).await.json();
    platform.work().await;
    let newer = made["id"].as_str().expect("an id");
    assert_eq!(platform.release(newer).await["state"], "released");
    run("UPDATE jobs SET run_at = 0").await;
    platform.work().await;
    assert_eq!(platform.release(older).await["state"], "superseded");
    assert_eq!(platform.release(newer).await["state"], "released");
    let examined = crate::examination::examine_all(&platform.services).await.expect("an answer");
    assert_eq!(examined.findings, [""; 0]);
}

async fn it_is_released_at_its_time(platform: TestPlatform) {
    let mut reviewer = platform.staff("rita", "reviewer").await;
    let id = approved(&platform, &mut reviewer, &PackageFixture::default()).await;
    let path = format!("/api/v1/releases/{id}/schedule");
    let past = json!({"at": platform.now() - 1});
    platform.develop(Method::PUT, &path, &past).await.problem(400, "bad-request");
    let at = json!({"at": platform.now() + 3_600});
    assert_eq!(platform.develop(Method::PUT, &path, &at).await.status, 200);
    assert_eq!(platform.work().await, 0);
    platform.clock.advance(3_600);
    assert_eq!(platform.work().await, 1);
    assert_eq!(platform.release(&id).await["state"], "released");
}

async fn a_draft_gets_its_package(platform: TestPlatform) {
    let app = json!({"app_id": "org.example.menu", "name": "Menu"});
    assert_eq!(platform.develop(Method::POST, "/api/v1/apps", &app).await.status, 201);
    let draft = json!({"app_id": "org.example.menu", "version": "1.0.0", "version_code": 1, "notes": "Soon"});
    let made = platform.develop(Method::POST, "/api/v1/releases", &draft).await;
    assert_eq!((made.status, made.json()["state"].as_str()), (201, Some("draft")), "{}", made.text());
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/releases/{id}/package");
    let other = platform.upload(&PackageFixture::version("3.0.0", 3).bytes(), 10_000).await;
    platform.develop(Method::PUT, &path, &json!({"upload": other})).await.problem(409, "other-version");
    let upload = platform.upload(&PackageFixture::default().bytes(), 10_000).await;
    let attached = platform.develop(Method::PUT, &path, &json!({"upload": upload})).await;
    assert_eq!((attached.status, attached.json()["state"].as_str()), (200, Some("uploaded")), "{}", attached.text());
    assert_eq!(attached.json()["notes"], "Soon");
    platform.work().await;
    assert_eq!(platform.release(&id).await["state"], "checked");
}
