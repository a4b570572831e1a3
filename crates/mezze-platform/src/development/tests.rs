//! Events and changes of a development session.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request};
use futures::StreamExt as _;
use serde_json::json;
use tower::ServiceExt as _;

use super::{DevelopmentEvent, PageState, Side};
use crate::testing::{Answer, Browser, PackageFixture, TestPlatform};

const EVENTS: &str = "/api/v1/development/events";
const CHANGES: &str = "/api/v1/development/changes";

async fn report(browser: &mut Browser, body: String) -> Answer {
    browser.send(Method::POST, EVENTS, &[("content-type", "application/x-ndjson")], Body::from(body)).await
}

#[tokio::test]
async fn reports_reach_whoever_listens() {
    let platform = TestPlatform::in_development().await;
    let mut events = platform.development().events();
    let mut browser = platform.signed_in().await;
    let lines = [
        json!({"event": "page", "app_id": "a", "path": "pages/index", "state": "ready"}),
        json!({"event": "console", "app_id": "a", "side": "logic", "level": "log", "text": "hi",
               "position": {"file": "script/a.js", "line": 3, "column": 1}}),
        json!({"event": "error", "app_id": "a", "side": "view", "message": "no", "stack": ""}),
    ];
    let body = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let answer = report(&mut browser, format!("\n{body}\n")).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    let DevelopmentEvent::Page { path, state: PageState::Ready, .. } = events.recv().await.expect("an event") else {
        panic!("the page comes first");
    };
    assert_eq!(path, "pages/index");
    let line = events.recv().await.expect("an event");
    assert_eq!(serde_json::to_value(&line).expect("json"), lines[1]);
    let error = events.recv().await.expect("an event");
    assert!(matches!(error, DevelopmentEvent::Error { side: Side::View, .. }), "{error:?}");
    let detail = report(&mut browser, "{\"event\":\"other\"}".to_owned()).await.problem(400, "bad-request");
    assert!(detail.contains("Line 1"), "{detail}");
}

#[tokio::test]
async fn the_shell_hears_of_new_builds() {
    let platform = TestPlatform::in_development().await;
    let first = platform.publish(&PackageFixture::default()).await;
    let browser = platform.signed_in().await;
    let request = Request::get(CHANGES)
        .header("host", "localhost:8080")
        .header("cookie", browser.cookie_header())
        .body(Body::empty())
        .expect("a request");
    let response = platform.router.clone().oneshot(request).await.expect("the router never fails");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    let mut next = async || {
        let piece = tokio::time::timeout(Duration::from_secs(5), stream.next()).await.expect("in time");
        piece.map(|piece| String::from_utf8_lossy(&piece.expect("no failure")).into_owned())
    };
    let current = next().await.expect("an event");
    assert!(current.contains("event: current\n") && current.contains(&first.digest), "{current}");
    let second = PackageFixture { script: "Page({a:2})".to_owned(), ..PackageFixture::default() };
    let second = platform.publish(&second).await;
    let reload = next().await.expect("an event");
    assert!(reload.contains("event: reload\n") && reload.contains(&second.digest), "{reload}");
    platform.development().announce_failure("app.json: line 3\nno".to_owned());
    let failed = next().await.expect("an event");
    assert!(failed.contains("event: failed\n") && failed.contains(r#"{"message":"app.json: line 3\nno"}"#), "{failed}");
    platform.stop.send_replace(true);
    assert!(next().await.is_none(), "the stream goes on after the platform stops");
}

#[tokio::test]
async fn who_listens_later_hears_that_the_newest_build_failed() {
    let platform = TestPlatform::in_development().await;
    platform.publish(&PackageFixture::default()).await;
    platform.development().announce_failure("a mistake".to_owned());
    assert_eq!(platform.development().changes().0.failure.as_deref(), Some("a mistake"));
    let mended = PackageFixture { script: "Page({a:3})".to_owned(), ..PackageFixture::default() };
    platform.publish(&mended).await;
    assert_eq!(platform.development().changes().0.failure, None);
}

#[tokio::test]
async fn elsewhere_there_is_no_development() {
    let platform = TestPlatform::on_sqlite().await;
    let mut browser = platform.signed_in().await;
    report(&mut browser, String::new()).await.problem(404, "not-found");
    browser.get(CHANGES).await.problem(404, "not-found");
    let development = TestPlatform::in_development().await;
    report(&mut development.browser(), String::new()).await.problem(401, "not-signed-in");
    development.browser().get(CHANGES).await.problem(401, "not-signed-in");
}
