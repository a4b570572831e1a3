//! The wrapper's policy, and who gets it.

use mezze_model::Origins;
use serde_json::json;

use super::frame_sources;
use crate::testing::{PackageFixture, TestPlatform, device::Device};

fn declaring(origins: serde_json::Value) -> Origins {
    serde_json::from_value(json!({ "webview": origins })).expect("origins")
}

#[test]
fn declared_origins_are_framed_and_the_platform_never_is() {
    let origins = declaring(json!(["https://docs.example.org", "https://apps.example.org"]));
    assert_eq!(frame_sources(&origins, false, "https://apps.example.org"), ["https://docs.example.org"]);
    assert!(frame_sources(&declaring(json!([])), false, "").is_empty());
}

#[test]
fn anything_is_framed_in_development_only() {
    let origins = declaring(json!(["*"]));
    assert!(frame_sources(&origins, false, "").is_empty());
    assert_eq!(frame_sources(&origins, true, ""), ["https:", "http://localhost:*", "http://127.0.0.1:*"]);
}

#[tokio::test]
async fn the_holder_of_a_ticket_gets_a_wrapper_that_frames_what_the_release_declares() {
    let platform = TestPlatform::on_sqlite().await;
    let fixture = PackageFixture::default().declaring("webview", "https://docs.example.org");
    platform.publish(&fixture).await;
    let mut browser = platform.signed_in().await;
    let device_id = Device::new(1).register(&mut browser).await;
    let launch =
        browser.post(&format!("/api/v1/miniapps/{}/launch", fixture.app_id), &json!({"device_id": device_id})).await;
    let ticket = launch.json()["gate"]["ticket"].as_str().expect("a ticket").to_owned();

    let wrapper = browser.get(&format!("/webview/{ticket}")).await;
    assert_eq!(wrapper.status, 200, "{}", wrapper.text());
    let policy = wrapper.header("content-security-policy");
    assert!(policy.contains("frame-src https://docs.example.org; frame-ancestors 'self';"), "{policy}");
    assert!(policy.contains("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(policy.contains("sandbox allow-scripts") && !policy.contains("top-navigation"), "{policy}");
    assert_eq!(wrapper.header("x-frame-options"), "SAMEORIGIN");
    assert_eq!(wrapper.header("referrer-policy"), "no-referrer");

    platform.browser().get(&format!("/webview/{ticket}")).await.problem(401, "not-signed-in");
    browser.get("/webview/nothing").await.problem(401, "gate-ticket");
}

#[tokio::test]
async fn any_site_may_load_the_script_for_pages() {
    let platform = TestPlatform::on_sqlite().await;
    let script = platform.browser().get("/webview/api.js").await;
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert!(script.text().contains("miniProgram"));
}
