//! The console's page: its policy, who may frame what, and what is not there.

use crate::shell::ShellAssets;
use crate::testing::TestPlatform;

async fn platform() -> TestPlatform {
    TestPlatform::with_services(
        |_| {},
        |services| {
            services.shell = ShellAssets::fixture([
                ("index.html", b"<!doctype html><title>Mezze</title>"),
                ("console/index.html", b"<!doctype html><title>Console</title>"),
                ("console/assets/index-1a2b.js", b"let a"),
                ("csp.json", br#"{"scriptHashes":["sha256-AbC+/="]}"#),
            ]);
        },
    )
    .await
}

#[tokio::test]
async fn every_address_of_the_console_is_its_one_page_and_nobody_frames_it() {
    let platform = platform().await;
    let mut browser = platform.browser();
    for path in ["/console/", "/console/apps/org.example.menu", "/console/reviews/abc?tab=files"] {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.text().contains("Console")), (200, true), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert!(policy.contains("/console/run/;"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
    assert_eq!(browser.get("/console").await.header("location"), "/console/");
    let script = browser.get("/console/assets/index-1a2b.js").await;
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    browser.get("/console/assets/nothing.js").await.problem(404, "not-found");
}

#[tokio::test]
async fn only_the_shell_beside_a_review_may_be_framed_and_only_by_our_own_pages() {
    let platform = platform().await;
    let mut browser = platform.browser();
    let run = browser.get("/console/run/miniapp/org.example.menu;version=1.0.0").await;
    assert!(run.text().contains("Mezze"));
    let policy = run.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'self'") && policy.contains("'sha256-AbC+/='"), "{policy}");
    assert_eq!(run.header("x-frame-options"), "SAMEORIGIN");
    let shell = browser.get("/miniapp/org.example.menu").await;
    assert!(shell.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(shell.header("x-frame-options"), "DENY");
}

#[tokio::test]
async fn a_console_that_was_not_built_says_so() {
    let platform = TestPlatform::with_services(|_| {}, |services| services.shell = ShellAssets::empty()).await;
    let detail = platform.browser().get("/console/").await.problem(503, "shell-not-built");
    assert!(detail.contains("cargo xtask setup"), "{detail}");
}
