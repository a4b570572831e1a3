//! What a server can rely on, checked with the key that the platform publishes.

use axum::Router;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::any;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};

use crate::encoding::from_base64url;
use crate::gate::tests::App;
use crate::testing::{PackageFixture, TestPlatform, Upstream};

/// The claims, if the signature holds under the published key.
pub(in crate::gate) async fn verified(platform: &TestPlatform, statement: &str) -> Option<Value> {
    let keys = platform.browser().get("/.well-known/mezze-app-keys.json").await;
    assert_eq!(keys.header("content-type"), "application/jwk-set+json");
    let key = keys.json()["keys"][0].clone();
    let (signed, signature) = statement.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Value = serde_json::from_slice(&from_base64url(header)?).ok()?;
    assert_eq!(
        (&header["alg"], &header["typ"], &header["kid"]),
        (&json!("EdDSA"), &json!("mezze-app+jwt"), &key["kid"])
    );
    let key: [u8; 32] = from_base64url(key["x"].as_str()?)?.try_into().ok()?;
    let signature: [u8; 64] = from_base64url(signature)?.try_into().ok()?;
    let key = VerifyingKey::from_bytes(&key).ok()?;
    key.verify_strict(signed.as_bytes(), &Signature::from_bytes(&signature)).ok()?;
    serde_json::from_slice(&from_base64url(claims)?).ok()
}

async fn tell(headers: HeaderMap) -> String {
    headers.get("mezze-app").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_server_can_check_which_app_asks() {
    let upstream = Upstream::start(Router::new().fallback(tell)).await;
    let platform = TestPlatform::in_development().await;
    let mut app = App::launch(&platform, &PackageFixture::default()).await;
    let asked = json!({"use": "request", "method": "POST", "url": upstream.url("/a?secret=1"),
        "headers": {"Mezze-App": "forged"}});
    let statement = app.ask(asked, axum::body::Body::empty()).await.text();
    let claims = verified(&platform, &statement).await.unwrap_or_else(|| panic!("{statement} does not verify"));
    assert_eq!(claims["iss"], "http://localhost");
    assert_eq!(claims["aud"], upstream.url("").trim_end_matches('/'));
    assert_eq!((&claims["sub"], &claims["ver"]), (&json!("org.example.menu"), &json!("1.0.0")));
    assert_eq!((&claims["env"], &claims["htm"]), (&json!("develop"), &json!("POST")));
    assert_eq!(claims["htu"], upstream.url("/a"), "queries may hold secrets and stay out of it");
    assert_eq!(claims["exp"].as_i64().zip(claims["iat"].as_i64()), Some((platform.now() + 60, platform.now())));
    assert!(!statement.contains("forged"));
    let again = app.get(&upstream.url("/a")).await.text();
    assert_ne!(verified(&platform, &again).await.map(|claims| claims["jti"].clone()), Some(claims["jti"].clone()));
}

#[tokio::test]
async fn a_changed_statement_does_not_verify() {
    let upstream = Upstream::start(Router::new().fallback(tell)).await;
    let platform = TestPlatform::in_development().await;
    let mut app = App::launch(&platform, &PackageFixture::default()).await;
    let statement = app.get(&upstream.url("/")).await.text();
    let (header, rest) = statement.split_once('.').unwrap_or_default();
    let (claims, signature) = rest.split_once('.').unwrap_or_default();
    let text = String::from_utf8(from_base64url(claims).unwrap_or_default()).unwrap_or_default();
    let other = crate::encoding::base64url(text.replace("org.example.menu", "org.example.bank").as_bytes());
    assert!(verified(&platform, &format!("{header}.{other}.{signature}")).await.is_none());
}

#[tokio::test]
async fn a_redirect_gets_a_statement_of_its_own() {
    let other = Upstream::start(Router::new().fallback(tell)).await;
    let target = other.url("/there");
    let redirect = any(move || async move { Redirect::temporary(&target).into_response() });
    let first = Upstream::start(Router::new().fallback(redirect)).await;
    let platform = TestPlatform::in_development().await;
    let mut app = App::launch(&platform, &PackageFixture::default()).await;
    let statement = app.get(&first.url("/here")).await.text();
    let claims = verified(&platform, &statement).await.unwrap_or_default();
    assert_eq!(claims["htu"], other.url("/there"));
    assert_eq!(
        claims["aud"],
        other.url("").trim_end_matches('/'),
        "the first server's statement is no use at the second"
    );
}
