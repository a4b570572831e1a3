//! The shell's files: policy, caching, compression.

use super::ShellAssets;
use crate::testing::TestPlatform;

const LONG: &[u8] = &[b'a'; 4_000];

async fn platform() -> TestPlatform {
    TestPlatform::with_services(
        |_| {},
        |services| {
            services.shell = ShellAssets::fixture([
                ("index.html", b"<!doctype html><title>Mezze</title>"),
                ("assets/index-1a2b.js", LONG),
                ("service-worker.js", b"self"),
                ("manifest.webmanifest", b"{}"),
                ("csp.json", br#"{"scriptHashes":["sha256-AbC+/=","'unsafe-inline'","sha256-x'; script-src *"]}"#),
            ]);
        },
    )
    .await
}

#[tokio::test]
async fn every_address_of_the_shell_is_its_one_page_with_its_policy() {
    let platform = platform().await;
    let mut browser = platform.browser();
    for path in
        ["/", "/miniapp", "/miniapp/org.example.menu", "/miniapp/org.example.menu;version=1.0.0/pages/index?a=b"]
    {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert_eq!(page.header("cache-control"), "no-cache");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self' 'sha256-AbC+/=' blob:;"), "{policy}");
        assert!(!policy.contains('*') && policy.contains("/webview/; manifest-src 'self'"), "{policy}");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_others_asked_for_again() {
    let platform = platform().await;
    let mut browser = platform.browser();
    let script = browser.get("/assets/index-1a2b.js").await;
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    let worker = browser.get("/service-worker.js").await;
    assert_eq!(worker.header("cache-control"), "no-cache");
    let tag = worker.header("etag").to_owned();
    assert_eq!(browser.get_with("/service-worker.js", &[("if-none-match", &tag)]).await.status, 304);
    assert_eq!(browser.get("/manifest.webmanifest").await.header("content-type"), "application/manifest+json");
    for missing in ["/csp.json", "/nothing.js", "/assets/", "/..%2fCargo.toml", "/api/v1/nothing"] {
        browser.get(missing).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn long_texts_are_gzipped_for_who_takes_it() {
    let platform = platform().await;
    let mut browser = platform.browser();
    let plain = browser.get("/assets/index-1a2b.js").await;
    let gzipped = browser.get_with("/assets/index-1a2b.js", &[("accept-encoding", "br, gzip;q=0.8")]).await;
    assert_eq!((plain.header("content-encoding"), gzipped.header("content-encoding")), ("", "gzip"));
    assert!(gzipped.body.len() < plain.body.len() / 10);
    assert_ne!(plain.header("etag"), gzipped.header("etag"));
    assert_eq!(gzipped.header("vary"), "Accept-Encoding");
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gzipped.body[..]), &mut unpacked).expect("gzip");
    assert_eq!(unpacked, plain.body);
}

#[tokio::test]
async fn a_shell_that_was_not_built_says_so() {
    let platform = TestPlatform::with_services(|_| {}, |services| services.shell = ShellAssets::empty()).await;
    let detail = platform.browser().get("/").await.problem(503, "shell-not-built");
    assert!(detail.contains("cargo xtask setup"), "{detail}");
}
