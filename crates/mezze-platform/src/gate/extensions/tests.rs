//! Services of an operator's, and mini apps that may use them or not.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, body::Bytes};
use serde_json::{Value, json};

use super::LARGEST_ANSWER;
use crate::gate::statements::tests::verified;
use crate::gate::tests::App;
use crate::options::HostExtensions;
use crate::testing::{PackageFixture, TestPlatform, Upstream};

/// Answers with what it was asked and by whom.
async fn balance(headers: HeaderMap, Json(data): Json<Value>) -> Json<Value> {
    Json(json!({ "cents": 1250, "asked": data, "statement": headers["mezze-app"].to_str().unwrap() }))
}

fn service() -> Router {
    let refuse = async || (StatusCode::CONFLICT, Json(json!({"reason": "the card is locked", "errno": 1_200_001})));
    let events = async || ([(header::CONTENT_TYPE, "text/event-stream")], "data: {\"cents\":1}\n\ndata: 2\n\n");
    Router::new()
        .route("/card/balance", post(balance))
        .route("/card/lock", post(refuse))
        .route("/card/teapot", post(async || StatusCode::IM_A_TEAPOT))
        .route("/card/text", post(async || "well"))
        .route("/card/long", post(async || Bytes::from(vec![b' '; usize::try_from(LARGEST_ANSWER).unwrap() + 1])))
        .route("/card/elsewhere", post(async || (StatusCode::FOUND, [(header::LOCATION, "/card/balance")])))
        .route("/card/topUp", get(events))
        .route("/card/page", get(async || "well"))
        .route("/card/admin", post(async || Json(json!({"secret": true}))))
}

async fn platform(upstream: &Upstream, tell_user: bool) -> (TestPlatform, App) {
    let module = json!({
        "name": "Card", "url": upstream.url("/card/"), "apps": ["org.example.menu"], "tell_user": tell_user,
        "calls": ["balance", "lock", "teapot", "text", "long", "elsewhere"], "events": ["topUp", "page"],
    });
    let extensions = json!({"modules": [module,
        {"name": "Others", "url": upstream.url("/card/"), "apps": ["org.other.*"], "calls": ["balance"], "events": ["topUp"]}]});
    let extensions = HostExtensions::from_json(extensions.to_string().as_bytes()).unwrap();
    let platform = TestPlatform::with(|options| options.host_extensions = extensions).await;
    let app = App::launch(&platform, &PackageFixture::default()).await;
    (platform, app)
}

#[tokio::test]
async fn a_call_reaches_the_service_with_the_platforms_word_for_who_asks() {
    let upstream = Upstream::start(service()).await;
    let (platform, mut app) = platform(&upstream, false).await;
    let answer = app.call_extension("Card/calls/balance", &json!({"card": 7})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    assert_eq!((&answer["state"], &answer["value"]["cents"]), (&json!("done"), &json!(1250)));
    assert_eq!(answer["value"]["asked"], json!({"card": 7}));
    let claims = verified(&platform, answer["value"]["statement"].as_str().unwrap()).await.unwrap();
    assert_eq!((&claims["sub"], &claims["htu"]), (&json!("org.example.menu"), &json!(upstream.url("/card/balance"))));
    assert!(claims.get("usr").is_none(), "the operator did not set that this module learns the account");
}

#[tokio::test]
async fn the_account_is_told_where_the_operator_set_it() {
    let upstream = Upstream::start(service()).await;
    let (platform, mut app) = platform(&upstream, true).await;
    let answer = app.call_extension("Card/calls/balance", &json!({})).await.json();
    let claims = verified(&platform, answer["value"]["statement"].as_str().unwrap()).await.unwrap();
    let me = platform.signed_in().await.get("/api/v1/me").await.json();
    assert_eq!(claims["usr"], me["id"]);
}

#[tokio::test]
async fn what_a_service_refuses_is_an_answer_with_its_reason() {
    let upstream = Upstream::start(service()).await;
    let (_platform, mut app) = platform(&upstream, false).await;
    let refused = app.call_extension("Card/calls/lock", &json!({})).await.json();
    assert_eq!(refused, json!({"state": "failed", "reason": "the card is locked", "errno": 1_200_001}));
    let silent = app.call_extension("Card/calls/teapot", &json!({})).await.json();
    assert_eq!(silent, json!({"state": "failed", "reason": "418 I'm a teapot"}));
    let moved = app.call_extension("Card/calls/elsewhere", &json!({})).await.json();
    assert_eq!(moved["state"], "failed", "no redirect is followed: {moved}");
}

#[tokio::test]
async fn only_what_the_operator_named_is_reached() {
    let upstream = Upstream::start(service()).await;
    let (platform, mut app) = platform(&upstream, false).await;
    for path in [
        "Card/calls/admin",
        "Card/calls/topUp",
        "Card/calls/..%2Fcard%2Fadmin",
        "Nobody/calls/balance",
        "card/calls/balance",
    ] {
        app.call_extension(path, &json!({})).await.problem(404, "extension-unknown");
    }
    app.follow_extension("Card/events/balance").await.problem(404, "extension-unknown");
    let text = app.call_extension("Others/calls/balance", &json!({})).await.problem(403, "extension-forbidden");
    assert!(text.contains("org.example.menu"), "{text}");
    app.follow_extension("Others/events/topUp").await.problem(403, "extension-forbidden");
    let mut other = platform.signed_in().await;
    other.post("/gate/extensions/Card/calls/balance", &json!({})).await.problem(401, "gate-ticket");
    platform.browser().get("/gate/extensions/Card/events/topUp").await.problem(401, "not-signed-in");
}

#[tokio::test]
async fn answers_that_break_a_rule_do_not_pass() {
    let upstream = Upstream::start(service()).await;
    let (_platform, mut app) = platform(&upstream, false).await;
    app.call_extension("Card/calls/text", &json!({})).await.problem(502, "extension-failed");
    app.call_extension("Card/calls/long", &json!({})).await.problem(502, "gate-answer-too-large");
    app.call_extension("Card/calls/balance", &json!([1])).await.problem(422, "bad-request");
    app.follow_extension("Card/events/page").await.problem(502, "extension-failed");
    drop(upstream);
    let text = app.call_extension("Card/calls/balance", &json!({})).await.problem(502, "extension-failed");
    assert!(!text.contains("127.0.0.1"), "the operator's address is no business of the app's: {text}");
}

#[tokio::test]
async fn events_are_passed_on() {
    let upstream = Upstream::start(service()).await;
    let (_platform, mut app) = platform(&upstream, false).await;
    let events = app.follow_extension("Card/events/topUp").await;
    assert_eq!((events.status, events.header("content-type")), (200, "text/event-stream"));
    assert_eq!(events.text(), "data: {\"cents\":1}\n\ndata: 2\n\n");
}
