//! Signing in to mini apps, through the router.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aes::Aes128;
use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, KeyIvInit as _};
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use crate::clock::Clock as _;
use crate::testing::{Answer, Browser, PackageFixture, TestPlatform, on_each_database};

on_each_database!(
    a_code_becomes_a_session_once,
    a_session_holds_for_three_days,
    publishers_know_users_across_their_apps,
    an_apps_server_reads_whose_data_it_is,
    a_profile_before_the_sign_in_is_read_after_it
);

const MENU: &str = "/api/v1/miniapps/org.example.menu";

/// Uploads a package as the developer does.
async fn upload(platform: &TestPlatform, package: &PackageFixture) {
    let bearer = format!("Bearer {}", platform.token());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/miniapp-pkg+zip")];
    let answer = platform.browser().send(Method::POST, "/api/v1/packages", &headers, Body::from(package.bytes())).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

async fn secret_of(platform: &TestPlatform, app: &str) -> String {
    let bearer = format!("Bearer {}", platform.token());
    let headers = [("authorization", bearer.as_str()), ("origin", "")];
    let answer = platform.browser().send(Method::POST, &format!("{app}/secret"), &headers, Body::empty()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["secret"].as_str().unwrap().to_owned()
}

async fn code_for(browser: &mut Browser, app: &str) -> String {
    let answer = browser.post(&format!("{app}/login-code"), &json!({})).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{}", answer.text());
    answer.json()["code"].as_str().unwrap().to_owned()
}

/// The call of an app's server: no cookies, no origin.
async fn exchange(platform: &TestPlatform, app: &str, secret: &str, code: &str) -> Answer {
    let bearer = format!("Bearer {secret}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("origin", "")];
    let body = Body::from(json!({ "code": code }).to_string());
    platform.browser().send(Method::POST, &format!("{app}/session"), &headers, body).await
}

async fn session(platform: &TestPlatform, browser: &mut Browser, app: &str, secret: &str) -> Value {
    let code = code_for(browser, app).await;
    let answer = exchange(platform, app, secret, &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn a_code_becomes_a_session_once(platform: TestPlatform) {
    upload(&platform, &PackageFixture::default()).await;
    let secret = secret_of(&platform, MENU).await;
    let mut browser = platform.signed_in().await;
    let code = code_for(&mut browser, MENU).await;
    assert_eq!(code.len(), 32);
    exchange(&platform, MENU, "guess", &code).await.problem(401, "wrong-app-secret");
    let answer = exchange(&platform, MENU, &secret, &code).await;
    let openid = answer.json()["openid"].as_str().unwrap().to_owned();
    assert_eq!(openid.len(), 28);
    assert_eq!(answer.json()["session_key"].as_str().unwrap().len(), 24);
    assert!(answer.json().get("unionid").is_none(), "its publisher has one app");
    exchange(&platform, MENU, &secret, &code).await.problem(403, "unknown-login-code");
    let again = session(&platform, &mut browser, MENU, &secret).await;
    assert_eq!(again["openid"], openid.as_str());
    assert_eq!(again["session_key"], answer.json()["session_key"], "a session that holds keeps its key");

    let late = code_for(&mut browser, MENU).await;
    platform.clock.advance(300);
    exchange(&platform, MENU, &secret, &late).await.problem(403, "unknown-login-code");
    let newer = secret_of(&platform, MENU).await;
    let code = code_for(&mut browser, MENU).await;
    exchange(&platform, MENU, &secret, &code).await.problem(401, "wrong-app-secret");
    assert_eq!(exchange(&platform, MENU, &newer, &code).await.status, 200);
}

async fn a_session_holds_for_three_days(platform: TestPlatform) {
    upload(&platform, &PackageFixture::default()).await;
    let secret = secret_of(&platform, MENU).await;
    let mut browser = platform.signed_in().await;
    let state = format!("{MENU}/session");
    browser.get(&state).await.problem(404, "not-found");
    code_for(&mut browser, MENU).await;
    assert_eq!(browser.get(&state).await.status, 200, "signing in starts it");
    let first = session(&platform, &mut browser, MENU, &secret).await;
    assert_eq!(browser.get(&state).await.json()["expires_in"], 3 * 24 * 60 * 60);
    platform.clock.advance(3 * 24 * 60 * 60);
    browser.get(&state).await.problem(404, "not-found");
    let second = session(&platform, &mut browser, MENU, &secret).await;
    assert_eq!(first["openid"], second["openid"]);
    assert_ne!(first["session_key"], second["session_key"]);
}

async fn publishers_know_users_across_their_apps(platform: TestPlatform) {
    const NEWS: &str = "/api/v1/miniapps/org.example.news";
    upload(&platform, &PackageFixture::default()).await;
    upload(&platform, &PackageFixture { app_id: "org.example.news".to_owned(), ..PackageFixture::default() }).await;
    let (menu, news) = (secret_of(&platform, MENU).await, secret_of(&platform, NEWS).await);
    let mut browser = platform.signed_in().await;
    let code = code_for(&mut browser, MENU).await;
    exchange(&platform, NEWS, &news, &code).await.problem(403, "unknown-login-code");
    exchange(&platform, MENU, &menu, &code).await.problem(403, "unknown-login-code");
    let (first, second) =
        (session(&platform, &mut browser, MENU, &menu).await, session(&platform, &mut browser, NEWS, &news).await);
    assert_ne!(first["openid"], second["openid"]);
    assert_eq!(first["unionid"], second["unionid"]);
    assert_eq!(first["unionid"].as_str().unwrap().len(), 28);
}

/// What the super app asks for the app's page.
async fn user_data(browser: &mut Browser, wanted: &str) -> Answer {
    browser.post(&format!("{MENU}/user-data"), &json!({ "wanted": wanted, "language": "zh_CN" })).await
}

/// What the app's server does with it: checks the signature, decrypts.
fn read(session_key: &Value, data: &Value) -> Value {
    let text = |name: &str| data[name].as_str().unwrap();
    let session_key = session_key.as_str().unwrap();
    let signed = Sha1::digest(format!("{}{session_key}", text("raw_data")));
    assert_eq!(hex::encode(signed), text("signature"));
    let bytes = |text: &str| BASE64_STANDARD.decode(text).unwrap();
    let cipher = cbc::Decryptor::<Aes128>::new_from_slices(&bytes(session_key), &bytes(text("iv"))).unwrap();
    serde_json::from_slice(&cipher.decrypt_padded_vec::<Pkcs7>(&bytes(text("encrypted_data"))).unwrap()).unwrap()
}

async fn an_apps_server_reads_whose_data_it_is(platform: TestPlatform) {
    upload(&platform, &PackageFixture::default()).await;
    let secret = secret_of(&platform, MENU).await;
    let mut browser = platform.signed_in().await;
    user_data(&mut browser, "anonymous").await.problem(404, "not-found");
    let session = session(&platform, &mut browser, MENU, &secret).await;
    let answer = user_data(&mut browser, "anonymous").await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{}", answer.text());
    let read_by_server = read(&session["session_key"], &answer.json());
    assert_eq!(read_by_server["openId"], session["openid"]);
    assert_eq!(read_by_server["nickName"], "微信用户");
    let watermark = json!({ "appid": "org.example.menu", "timestamp": platform.clock.now() });
    assert_eq!(read_by_server["watermark"], watermark);
    let raw: Value = serde_json::from_str(answer.json()["raw_data"].as_str().unwrap()).unwrap();
    assert_eq!((&raw["nickName"], &raw["language"], raw.get("openId")), (&json!("微信用户"), &json!("zh_CN"), None));
    let again = user_data(&mut browser, "anonymous").await;
    assert_ne!(again.json()["iv"], answer.json()["iv"], "every answer has its own");

    platform.clock.advance(3 * 24 * 60 * 60);
    user_data(&mut browser, "anonymous").await.problem(404, "not-found");
    let nobody = json!({ "wanted": "profile" });
    platform.browser().post(&format!("{MENU}/user-data"), &nobody).await.problem(401, "not-signed-in");
}

async fn a_profile_before_the_sign_in_is_read_after_it(platform: TestPlatform) {
    upload(&platform, &PackageFixture::default()).await;
    let secret = secret_of(&platform, MENU).await;
    let mut browser = platform.signed_in().await;
    let name = browser.get("/api/v1/me").await.json()["name"].clone();
    let profile = user_data(&mut browser, "profile").await.json();
    assert_eq!(browser.get(&format!("{MENU}/session")).await.json()["expires_in"], 300, "kept for the sign-in");
    let session = session(&platform, &mut browser, MENU, &secret).await;
    let read_by_server = read(&session["session_key"], &profile);
    assert_eq!(read_by_server["nickName"], name);
    assert!(read_by_server.get("openId").is_none(), "as in the original");
    assert_eq!(browser.get(&format!("{MENU}/session")).await.json()["expires_in"], 3 * 24 * 60 * 60);
    assert_eq!(user_data(&mut browser, "profile").await.status, 200);
    assert_eq!(browser.get(&format!("{MENU}/session")).await.json()["expires_in"], 3 * 24 * 60 * 60, "not shortened");
}

#[tokio::test]
async fn only_those_who_may_get_codes_and_secrets() {
    let platform = TestPlatform::on_sqlite().await;
    upload(&platform, &PackageFixture::default()).await;
    let mut stranger = platform.browser();
    stranger.post(&format!("{MENU}/login-code"), &json!({})).await.problem(401, "not-signed-in");
    let mut browser = platform.signed_in().await;
    browser.post(&format!("{MENU}/secret"), &json!({})).await.problem(403, "not-a-developer");
    let nowhere = "/api/v1/miniapps/org.example.nothing/login-code";
    browser.post(nowhere, &json!({})).await.problem(404, "unknown-app");
}
