//! What holds for every call: it is described, it carries the security headers, and its errors are problems.

use axum::body::Body;
use axum::http::Method;
use utoipa::openapi::path::PathItem;

use super::openapi;
use crate::testing::{Answer, PackageFixture, TestPlatform};

/// Every call of the document, with something in its placeholders.
fn calls() -> Vec<(Method, String)> {
    let document = openapi();
    let mut calls = Vec::new();
    for (path, item) in &document.paths.paths {
        let path = path
            .replace("{id}", "org.example.menu")
            .replace("{user}", "0000")
            .replace("{*path}", "000")
            .replace("{z}", "0")
            .replace("{x}", "0")
            .replace("{y}", "0")
            .replace("{role}", "reviewer")
            .replace("{document}", "0000")
            .replace("{link}", "0000")
            .replace("{digest}", &"0".repeat(64))
            .replace("{ticket}", "t")
            .replace("{signature}", "s")
            .replace("{target}", "t");
        assert!(!path.contains('{'), "{path} has a placeholder that this test does not know");
        for (method, described) in methods(item) {
            if described {
                calls.push((method, path.clone()));
            }
        }
    }
    calls
}

fn methods(item: &PathItem) -> [(Method, bool); 5] {
    [
        (Method::GET, item.get.is_some()),
        (Method::POST, item.post.is_some()),
        (Method::PUT, item.put.is_some()),
        (Method::PATCH, item.patch.is_some()),
        (Method::DELETE, item.delete.is_some()),
    ]
}

#[track_caller]
fn assert_secure(answer: &Answer, what: &str) {
    for (name, expected) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), expected, "{name} of {what}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy} of {what}");
    assert!(answer.header("cross-origin-resource-policy").ends_with("-origin"), "{what}");
    assert!(answer.header("permissions-policy").contains("payment=()"), "{what}");
    if answer.status >= 400 {
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what}: {}", answer.text());
        let problem = answer.json();
        assert_eq!(problem["status"], answer.status, "{what}");
        for member in ["type", "title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member} of {what}");
        }
    }
}

#[tokio::test]
async fn every_call_carries_the_security_headers_signed_in_or_not_and_from_anywhere() {
    let platform = TestPlatform::in_development().await;
    platform.publish(&PackageFixture::default()).await;
    let calls = calls();
    assert!(calls.len() >= 17, "{calls:?}");
    for (method, path) in calls {
        // The stream of changes has no end; its headers are those of every other call.
        platform.stop.send_replace(path.ends_with("/changes"));
        let what = format!("{method} {path}");
        let mut nobody = platform.browser();
        assert_secure(&nobody.send(method.clone(), &path, &[], Body::empty()).await, &what);
        let mut user = platform.signed_in().await;
        assert_secure(&user.send(method.clone(), &path, &[], Body::empty()).await, &format!("{what}, signed in"));
        let headers = [("host", "evil.example"), ("origin", "https://evil.example")];
        assert_secure(&nobody.send(method, &path, &headers, Body::empty()).await, &format!("{what}, from elsewhere"));
    }
}

#[tokio::test]
async fn the_shell_and_what_is_not_there_carry_them_too() {
    let platform = TestPlatform::on_sqlite().await;
    let mut browser = platform.browser();
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/nothing"),
        (Method::GET, "/api/v1/nothing"),
        (Method::PATCH, "/api/v1/me"),
        (Method::GET, "/gate/request"),
        (Method::GET, "/api/openapi.json"),
    ] {
        assert_secure(&browser.send(method.clone(), path, &[], Body::empty()).await, &format!("{method} {path}"));
    }
    let answer = browser.send(Method::PATCH, "/api/v1/me", &[], Body::empty()).await;
    answer.problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn the_document_is_served_as_it_is_generated() {
    let platform = TestPlatform::on_sqlite().await;
    let served = platform.browser().get("/api/openapi.json").await.json();
    assert_eq!(served, serde_json::to_value(openapi()).expect("json"));
    // Every call says what it may be answered with, and every name is defined.
    let text = served.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(!served["components"]["schemas"][name].is_null(), "{name} is not defined");
    }
}
