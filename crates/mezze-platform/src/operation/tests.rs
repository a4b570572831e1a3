//! Health, readiness and metrics.

use crate::testing::{TestPlatform, on_each_database};

on_each_database!(a_platform_is_ready_until_it_stops);

async fn a_platform_is_ready_until_it_stops(platform: TestPlatform) {
    let mut browser = platform.browser();
    // Monitors ask by address.
    let headers = [("host", "10.0.0.7:8080")];
    assert_eq!(browser.get_with("/healthz", &headers).await.text(), "ok\n");
    assert_eq!(browser.get_with("/readyz", &headers).await.text(), "ready\n");
    platform.stop.send_replace(true);
    browser.get_with("/readyz", &headers).await.problem(503, "not-ready");
    assert_eq!(browser.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_platform_without_its_database_is_not_ready() {
    let platform = TestPlatform::on_sqlite().await;
    platform.services.database.close().await.expect("it closes");
    let detail = platform.browser().get("/readyz").await.problem(503, "not-ready");
    assert!(detail.contains("database"), "{detail}");
    platform.browser().get("/api/v1/miniapps").await.problem(500, "internal");
}

#[tokio::test]
async fn metrics_count_by_route_and_never_by_address() {
    let platform = TestPlatform::on_sqlite().await;
    let mut browser = platform.browser();
    browser.get("/api/v1/miniapps/org.example.secret").await;
    let text = browser.get("/metrics").await.text();
    let line = r#"mezze_http_requests_total{route="/api/v1/miniapps/{id}",method="GET",status="404"} 1"#;
    assert!(text.contains(line), "{text}");
    assert!(!text.contains("secret"), "{text}");
}

#[tokio::test]
async fn metrics_of_a_public_platform_need_a_token() {
    let platform = TestPlatform::with(|options| options.public_url = "https://apps.example.org".parse().ok()).await;
    let mut browser = platform.browser();
    browser.get("/metrics").await.problem(401, "not-signed-in");
    let token = format!("Bearer {}", platform.token());
    assert_eq!(browser.get_with("/metrics", &[("authorization", &token)]).await.status, 200);
}
