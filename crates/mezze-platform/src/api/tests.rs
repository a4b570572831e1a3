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
            .replace("{module}", "m")
            .replace("{call}", "c")
            .replace("{event}", "e")
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
        (Method::GET, "/miniapp/org.example.menu/pages/index"),
        (Method::GET, "/service-worker.js"),
        (Method::GET, "/assets/none.js"),
        (Method::PUT, "/"),
        (Method::GET, "/console"),
        (Method::GET, "/console/none.js"),
        (Method::GET, "/webview/none"),
        (Method::GET, "/webview/ticket/aHR0cHM6Ly9hLmV4YW1wbGU"),
        (Method::OPTIONS, "/api/v1/me"),
        (Method::TRACE, "/api/v1/me"),
    ] {
        assert_secure(&browser.send(method.clone(), path, &[], Body::empty()).await, &format!("{method} {path}"));
    }
    let answer = browser.send(Method::PATCH, "/api/v1/me", &[], Body::empty()).await;
    answer.problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn refusals_before_any_handler_carry_them_too() {
    let set = |options: &mut crate::PlatformOptions| {
        options.public_url = Some("https://apps.example.org".parse().expect("a url"));
        options.rate_limits = crate::RateLimits { address: Some(crate::Rate::new(1, 60)), ..crate::RateLimits::none() };
        options.client_address_header = Some(crate::HeaderName::from_static("x-real-ip"));
    };
    let platform = TestPlatform::with(set).await;
    let mut browser = crate::testing::Browser::at(platform.router.clone(), "apps.example.org");
    let own = [("host", "apps.example.org"), ("origin", "https://apps.example.org")];
    let large = Body::from(vec![b' '; 3 << 20]);
    let with = |more: &[(&'static str, &'static str)]| [&own[..], more].concat();
    let json = ("content-type", "application/json");
    for (status, method, headers, body) in [
        (400, Method::POST, with(&[json]), Body::from("{")),
        (415, Method::POST, with(&[]), Body::from("{}")),
        (413, Method::POST, with(&[json]), large),
        (403, Method::POST, vec![own[0], ("origin", "https://evil.example"), json], Body::from("{}")),
        (421, Method::GET, vec![("host", "evil.example")], Body::empty()),
        (405, Method::GET, with(&[("x-real-ip", "192.0.2.1")]), Body::empty()),
        (429, Method::GET, with(&[("x-real-ip", "192.0.2.1")]), Body::empty()),
    ] {
        let answer = browser.send(method.clone(), "/api/v1/accounts", &headers, body).await;
        assert_eq!(answer.status, status, "{method}: {}", answer.text());
        assert_secure(&answer, &format!("{method} ({status})"));
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{status}");
        assert_eq!(answer.header("cache-control"), "no-store", "{status}");
    }
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
