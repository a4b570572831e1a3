//! Signing in and out, through the router.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use super::{Accounts, NewAccount, Role};
use crate::testing::{TestPlatform, on_each_database};

on_each_database!(
    the_demo_user_signs_in_and_out,
    a_mark_is_its_users_choice,
    a_password_signs_in,
    a_session_ends_by_itself,
    a_login_is_taken_once,
    other_sites_can_not_sign_in,
    sessions_are_listed_and_ended,
    tokens_reach_as_far_as_their_scopes,
    a_recovery_code_gets_back_in_once,
    guessing_is_slow,
);

async fn the_demo_user_signs_in_and_out(platform: TestPlatform) {
    let mut browser = platform.browser();
    browser.get("/api/v1/me").await.problem(401, "not-signed-in");
    let answer = browser.post("/api/v1/session", &json!({"demo": true})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("mezze_session_8080="), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    assert_eq!(browser.get("/api/v1/platform").await.json()["signed_in"], true);
    let me = browser.get("/api/v1/me").await.json();
    assert_eq!((me["login"].as_str(), me["role"].as_str()), (Some("demo"), Some("user")));
    assert!(!me["device_mark"].as_str().unwrap_or_default().is_empty());
    let mut stolen = browser.clone();
    assert_eq!(browser.send(Method::DELETE, "/api/v1/session", &[], Body::empty()).await.status, 204);
    browser.get("/api/v1/me").await.problem(401, "not-signed-in");
    assert_eq!(browser.get("/api/v1/platform").await.json()["signed_in"], false);
    // A copy of the cookie is worth nothing after signing out.
    stolen.get("/api/v1/me").await.problem(401, "not-signed-in");
    // Whoever signs in again is the same demo user.
    let mut again = platform.signed_in().await;
    assert_eq!(again.get("/api/v1/me").await.json()["id"], me["id"]);
}

async fn a_mark_is_its_users_choice(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    let json = [("content-type", "application/json")];
    let mut choose = async |mark: &str| {
        let body = Body::from(json!({"mark": mark}).to_string());
        browser.send(Method::PUT, "/api/v1/me/mark", &json, body).await.status
    };
    assert_eq!(choose(" 🍋 lemon ").await, 204);
    for wrong in ["", "  ", "seventeen letters", "a\u{202e}b", "a\nb"] {
        assert_eq!(choose(wrong).await, 400, "{wrong:?}");
    }
    assert_eq!(browser.get("/api/v1/me").await.json()["device_mark"], "🍋 lemon");
    let mut stranger = platform.browser();
    let body = Body::from(json!({"mark": "fig"}).to_string());
    stranger.send(Method::PUT, "/api/v1/me/mark", &json, body).await.problem(401, "not-signed-in");
}

async fn a_password_signs_in(platform: TestPlatform) {
    let account = NewAccount {
        login: "Ann".to_owned(),
        name: "Ann".to_owned(),
        role: Role::Developer,
        password: Some("open sesame".to_owned()),
    };
    Accounts(&platform.services).create(account).await.expect("the login is free");
    let mut browser = platform.browser();
    for (user, password) in [("ann", "wrong"), ("nobody", "open sesame"), ("demo", ""), ("developer", "")] {
        let answer = browser.post("/api/v1/session", &json!({"user": user, "password": password})).await;
        answer.problem(401, "wrong-password");
    }
    let answer = browser.post("/api/v1/session", &json!({"user": "ann", "password": "open sesame"})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(browser.get("/api/v1/me").await.json()["role"], "developer");
    browser.post("/api/v1/session", &json!({"user": "ann"})).await.problem(422, "bad-request");
    browser.post("/api/v1/session", &json!({"demo": false})).await.problem(400, "bad-request");
}

async fn a_session_ends_by_itself(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    platform.clock.advance(30 * 24 * 60 * 60 - 1);
    assert_eq!(browser.get("/api/v1/me").await.status, 200);
    platform.clock.advance(1);
    browser.get("/api/v1/me").await.problem(401, "not-signed-in");
}

async fn a_login_is_taken_once(platform: TestPlatform) {
    let account =
        |login: &str| NewAccount { login: login.to_owned(), name: "Ann".to_owned(), role: Role::User, password: None };
    let accounts = Accounts(&platform.services);
    let (first, second) = tokio::join!(accounts.create(account("ann")), accounts.create(account(" ANN ")));
    let refused = [first.err(), second.err()].into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0].name(), "login-taken");
}

async fn other_sites_can_not_sign_in(platform: TestPlatform) {
    let mut browser = platform.browser();
    let body = || Body::from(json!({"demo": true}).to_string());
    for origin in ["https://evil.example", "null", "http://localhost:9090", "https://localhost:8080", ""] {
        let headers = [("content-type", "application/json"), ("origin", origin)];
        browser.send(Method::POST, "/api/v1/session", &headers, body()).await.problem(403, "foreign-origin");
    }
    // A name that an attacker points at this machine is not ours, even if origin and host agree.
    let headers =
        [("content-type", "application/json"), ("host", "evil.example:8080"), ("origin", "http://evil.example:8080")];
    let detail = browser.send(Method::POST, "/api/v1/session", &headers, body()).await.problem(421, "foreign-host");
    assert!(detail.contains("evil.example:8080"), "{detail}");
}

#[tokio::test]
async fn an_operator_may_have_no_demo_user() {
    let platform = TestPlatform::with(|options| options.demo = false).await;
    let mut browser = platform.browser();
    browser.post("/api/v1/session", &json!({"demo": true})).await.problem(403, "no-demo");
    assert_eq!(browser.get("/api/v1/platform").await.json()["demo"], false);
}

#[tokio::test]
async fn cookies_are_for_https_alone_where_there_is_https() {
    let platform = TestPlatform::with(|options| options.public_url = "https://apps.example.org".parse().ok()).await;
    let mut browser = platform.browser();
    let headers =
        [("content-type", "application/json"), ("host", "apps.example.org"), ("origin", "https://apps.example.org")];
    let answer =
        browser.send(Method::POST, "/api/v1/session", &headers, Body::from(json!({"demo": true}).to_string())).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-mezze_session=") && cookie.contains("; Secure"), "{cookie}");
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn with_tls_and_no_set_name_the_certificate_says_who_we_are() {
    let tls = crate::TlsFiles { certificate: "cert.pem".into(), key: "key.pem".into() };
    let platform = TestPlatform::with(|options| options.tls = Some(tls)).await;
    let sign_in = async |origin: &str| {
        let headers = [("content-type", "application/json"), ("host", "box.example.org:8443"), ("origin", origin)];
        let body = Body::from(json!({"demo": true}).to_string());
        platform.browser().send(Method::POST, "/api/v1/session", &headers, body).await
    };
    assert_eq!(sign_in("https://box.example.org:8443").await.status, 200);
    for origin in ["https://evil.example", "http://box.example.org:8443", "https://box.example.org"] {
        sign_in(origin).await.problem(403, "foreign-origin");
    }
}

async fn sessions_are_listed_and_ended(platform: TestPlatform) {
    let mut here = platform.person("ann").await;
    let mut there = platform.browser();
    let login = json!({"user": "ann", "password": "open sesame"});
    let headers = [("content-type", "application/json"), ("user-agent", "Phone")];
    there.send(Method::POST, "/api/v1/session", &headers, Body::from(login.to_string())).await;
    let sessions = here.get("/api/v1/me/sessions").await.json();
    let other = sessions.as_array().into_iter().flatten().find(|session| session["current"] == false).expect("another");
    assert_eq!(other["user_agent"], "Phone");
    let path = format!("/api/v1/me/sessions/{}", other["id"].as_str().expect("an id"));
    platform.signed_in().await.send(Method::DELETE, &path, &[], Body::empty()).await.problem(404, "not-found");
    assert_eq!(here.send(Method::DELETE, &path, &[], Body::empty()).await.status, 204);
    there.get("/api/v1/me").await.problem(401, "not-signed-in");
    assert_eq!(here.get("/api/v1/me").await.status, 200);
}

async fn tokens_reach_as_far_as_their_scopes(platform: TestPlatform) {
    let mut ann = platform.person("ann").await;
    let organisation = ann.post("/api/v1/organisations", &json!({"name": "Kitchen"})).await.json();
    assert_eq!(organisation["role"], "owner");
    let request = json!({"label": "CI", "scopes": ["packages:write"], "days": 30});
    let made = ann.post("/api/v1/me/tokens", &request).await.json();
    let token = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let headers = [("authorization", token.as_str()), ("origin", ""), ("content-type", "application/json")];
    let mut tool = platform.browser();
    let upload = json!({"size": 3, "sha256": "0".repeat(64)}).to_string();
    assert_eq!(tool.send(Method::POST, "/api/v1/uploads", &headers, Body::from(upload.clone())).await.status, 201);
    let told = tool.get_with("/api/v1/apps", &headers).await.problem(403, "scope-missing");
    assert!(told.contains("releases:read") && told.contains("packages:write"), "{told}");
    tool.get_with("/api/v1/me/tokens", &headers).await.problem(403, "session-needed");
    let path = format!("/api/v1/me/tokens/{}", made["id"].as_str().expect("an id"));
    assert_eq!(ann.send(Method::DELETE, &path, &[], Body::empty()).await.status, 204);
    tool.send(Method::POST, "/api/v1/uploads", &headers, Body::from(upload.clone()))
        .await
        .problem(401, "unknown-token");
    let made = ann.post("/api/v1/me/tokens", &request).await.json();
    let token = format!("Bearer {}", made["token"].as_str().expect("a token"));
    platform.clock.advance(30 * 24 * 60 * 60);
    let headers = [("authorization", token.as_str()), ("origin", ""), ("content-type", "application/json")];
    tool.send(Method::POST, "/api/v1/uploads", &headers, Body::from(upload)).await.problem(401, "unknown-token");
}

async fn a_recovery_code_gets_back_in_once(platform: TestPlatform) {
    let mut ann = platform.person("ann").await;
    let codes = ann.post("/api/v1/me/recovery-codes", &json!({})).await.json();
    let code = codes["codes"][0].as_str().expect("a code").to_owned();
    assert_eq!(codes["codes"].as_array().map(Vec::len), Some(10));
    let mut lost = platform.browser();
    let recover = |code: &str, login: &str| json!({"login": login, "code": code, "password": "a fresh long one"});
    lost.post("/api/v1/accounts/recovery", &recover("aaaa-bbbb-cccc", "ann")).await.problem(401, "wrong-code");
    platform.person("bob").await;
    lost.post("/api/v1/accounts/recovery", &recover(&code, "bob")).await.problem(401, "wrong-code");
    let typed = code.to_uppercase().replace('-', " ");
    assert_eq!(lost.post("/api/v1/accounts/recovery", &recover(&typed, "ann")).await.status, 204);
    lost.post("/api/v1/accounts/recovery", &recover(&code, "ann")).await.problem(401, "wrong-code");
    ann.get("/api/v1/me").await.problem(401, "not-signed-in");
    let login = json!({"user": "ann", "password": "a fresh long one"});
    assert_eq!(lost.post("/api/v1/session", &login).await.status, 200);
}

async fn guessing_is_slow(platform: TestPlatform) {
    platform.person("ann").await;
    let mut thief = platform.browser();
    for _ in 0..10 {
        let guess = json!({"user": "Ann ", "password": "guess"});
        thief.post("/api/v1/session", &guess).await.problem(401, "wrong-password");
    }
    let right = json!({"user": "ann", "password": "open sesame"});
    thief.post("/api/v1/session", &right).await.problem(429, "too-often");
    platform.clock.advance(15 * 60);
    assert_eq!(thief.post("/api/v1/session", &right).await.status, 200);
}
