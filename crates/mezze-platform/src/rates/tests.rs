//! Limits through the router: who is counted, what an answer says, and that nobody can choose an address.

use axum::body::Body;
use axum::http::{HeaderName, Method};
use serde_json::json;

use super::{Rate, RateLimits};
use crate::options::PlatformOptions;
use crate::testing::{Answer, Browser, PackageFixture, TestPlatform};

const LIST: &str = "/api/v1/miniapps";

fn limited(set: impl FnOnce(&mut RateLimits)) -> impl FnOnce(&mut PlatformOptions) {
    |options| {
        options.rate_limits = RateLimits::none();
        set(&mut options.rate_limits);
        options.client_address_header = Some(HeaderName::from_static("x-real-ip"));
    }
}

async fn from_address(browser: &mut Browser, address: &str) -> Answer {
    browser.get_with(LIST, &[("x-real-ip", address), ("x-forwarded-for", "198.51.100.7")]).await
}

#[tokio::test]
async fn an_address_gets_so_many_and_then_waits() {
    let platform = TestPlatform::with(limited(|limits| limits.address = Some(Rate::new(3, 60)))).await;
    let mut browser = platform.browser();
    for left in ["2", "1", "0"] {
        let answer = from_address(&mut browser, "192.0.2.1").await;
        assert_eq!((answer.status, answer.header("ratelimit-remaining")), (200, left));
        assert_eq!(answer.header("ratelimit-limit"), "3");
    }
    let refused = from_address(&mut browser, "192.0.2.1").await;
    let text = refused.problem(429, "too-often");
    assert!(text.contains("requests from this address") && text.contains("20 seconds"), "{text}");
    assert_eq!((refused.header("retry-after"), refused.header("ratelimit-remaining")), ("20", "0"));
    assert_eq!(refused.header("x-content-type-options"), "nosniff");
    assert_eq!(from_address(&mut browser, "192.0.2.2").await.status, 200);
    // What stands before the proxy's own word was written by the client.
    from_address(&mut browser, "192.0.2.9, 192.0.2.1").await.problem(429, "too-often");
    platform.clock.advance(20);
    assert_eq!(from_address(&mut browser, "192.0.2.1").await.status, 200);
}

#[tokio::test]
async fn a_network_of_ipv6_counts_as_one_and_this_machine_not_at_all() {
    let platform = TestPlatform::with(limited(|limits| limits.address = Some(Rate::new(1, 60)))).await;
    let mut browser = platform.browser();
    assert_eq!(from_address(&mut browser, "2001:db8::1").await.status, 200);
    from_address(&mut browser, "2001:db8::ffff:2").await.problem(429, "too-often");
    assert_eq!(from_address(&mut browser, "2001:db8:0:1::1").await.status, 200);
    for _ in 0..3 {
        assert_eq!(from_address(&mut browser, "127.0.0.1").await.status, 200);
        assert_eq!(from_address(&mut browser, "::ffff:127.0.0.1").await.status, 200);
    }
    // The shell itself, and what load balancers ask for, are not counted.
    for path in ["/healthz", "/"] {
        for _ in 0..3 {
            let answer = browser.get_with(path, &[("x-real-ip", "192.0.2.1")]).await;
            assert!(answer.status != 429 && answer.header("ratelimit-limit").is_empty());
        }
    }
}

#[tokio::test]
async fn without_a_proxys_header_none_counts() {
    let platform = TestPlatform::with(|options| {
        options.rate_limits = RateLimits { address: Some(Rate::new(1, 60)), ..RateLimits::none() };
    })
    .await;
    let mut browser = platform.browser();
    for _ in 0..3 {
        assert_eq!(from_address(&mut browser, "192.0.2.1").await.status, 200);
    }
}

#[tokio::test]
async fn an_account_is_counted_over_its_devices_and_a_device_apart() {
    let set = limited(|limits| {
        limits.account = Some(Rate::new(5, 60));
        limits.device = Some(Rate::new(3, 60));
    });
    let platform = TestPlatform::with(set).await;
    let (mut phone, mut laptop) = (platform.signed_in().await, platform.signed_in().await);
    for _ in 0..3 {
        assert_eq!(phone.get("/api/v1/grants").await.status, 200);
    }
    let text = phone.get("/api/v1/grants").await.problem(429, "too-often");
    assert!(text.contains("from this device"), "{text}");
    for left in ["1", "0"] {
        assert_eq!(laptop.get("/api/v1/grants").await.header("ratelimit-remaining"), left);
    }
    let text = laptop.get("/api/v1/grants").await.problem(429, "too-often");
    assert!(text.contains("of this account"), "{text}");
    // What needs nobody to be signed in is open, and another account is another's.
    assert_eq!(laptop.get(LIST).await.status, 200);
    let bearer = format!("Bearer {}", platform.token());
    let package = Body::from(PackageFixture::default().bytes());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/miniapp-pkg+zip")];
    assert_eq!(platform.browser().send(Method::POST, "/api/v1/packages", &headers, package).await.status, 201);
}

#[tokio::test]
async fn a_wrong_token_spends_no_account() {
    let set = limited(|limits| limits.account = Some(Rate::new(1, 60)));
    let platform = TestPlatform::with(set).await;
    let mut stranger = platform.browser();
    for _ in 0..3 {
        let answer = stranger.get_with("/api/v1/apps", &[("authorization", "Bearer mezze_wrong")]).await;
        assert_eq!(answer.status, 401, "{}", answer.text());
    }
    let mut browser = platform.signed_in().await;
    assert_eq!(browser.get("/api/v1/grants").await.status, 200);
    let answer = browser.post("/api/v1/session", &json!({"demo": true})).await;
    assert_eq!(answer.status, 200, "signing in spends nothing of the account: {}", answer.text());
}

#[tokio::test]
async fn a_developer_on_their_own_machine_is_not_limited() {
    let set = limited(|limits| limits.address = Some(Rate::new(1, 60)));
    let platform = TestPlatform::with(|options| {
        set(options);
        options.development = Some(crate::DevelopmentOptions::default());
    })
    .await;
    let mut browser = platform.browser();
    for _ in 0..3 {
        assert_eq!(from_address(&mut browser, "192.0.2.1").await.status, 200);
    }
    assert_eq!(Rate::per_minute(0).count().min(1), 1);
}
