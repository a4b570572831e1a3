//! The gate through the router, with real servers behind it on loopback addresses.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{any, get, post};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::testing::{certificate, gate_that_finds};
use crate::encoding::{base64url, from_base64url};
use crate::testing::{Answer, Browser, PackageFixture, TestPlatform, Upstream};

/// A running app: its browser and its ticket.
pub(super) struct App {
    browser: Browser,
    ticket: String,
    key: Vec<u8>,
}

impl App {
    pub(super) async fn launch(platform: &TestPlatform, fixture: &PackageFixture) -> Self {
        platform.publish(fixture).await;
        let mut browser = platform.signed_in().await;
        let device_id = crate::testing::device::Device::new(1).register(&mut browser).await;
        let launch = browser
            .post(&format!("/api/v1/miniapps/{}/launch", fixture.app_id), &json!({"device_id": device_id}))
            .await;
        let gate = launch.json()["gate"].clone();
        let text = |member: &str| gate[member].as_str().expect("a text").to_owned();
        Self { browser, ticket: text("ticket"), key: from_base64url(&text("key")).expect("base64url") }
    }

    pub(super) async fn ask(&mut self, meta: Value, body: Body) -> Answer {
        let meta = base64url(meta.to_string().as_bytes());
        let ticket = self.ticket.clone();
        let headers = [("mezze-gate-ticket", ticket.as_str()), ("mezze-gate-meta", meta.as_str())];
        self.browser.send(Method::POST, "/gate/request", &headers, body).await
    }

    pub(super) async fn call_extension(&mut self, path: &str, data: &Value) -> Answer {
        let ticket = self.ticket.clone();
        let headers = [("mezze-gate-ticket", ticket.as_str()), ("content-type", "application/json")];
        let path = format!("/gate/extensions/{path}");
        self.browser.send(Method::POST, &path, &headers, Body::from(data.to_string())).await
    }

    pub(super) async fn follow_extension(&mut self, path: &str) -> Answer {
        let ticket = self.ticket.clone();
        let path = format!("/gate/extensions/{path}");
        self.browser.send(Method::GET, &path, &[("mezze-gate-ticket", &ticket)], Body::empty()).await
    }

    pub(super) async fn get(&mut self, url: &str) -> Answer {
        self.ask(json!({"use": "request", "method": "GET", "url": url}), Body::empty()).await
    }

    fn media_path(&self, url: &str) -> String {
        let target = base64url(url.as_bytes());
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes every key");
        mac.update(target.as_bytes());
        format!("/gate/media/{}/{}/{target}", self.ticket, base64url(&mac.finalize().into_bytes()))
    }
}

fn meta(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let json = from_base64url(answer.header("mezze-gate-meta")).expect("base64url");
    serde_json::from_slice(&json).expect("json")
}

/// Says what it was asked.
async fn echo(request: Request) -> impl axum::response::IntoResponse {
    let headers: serde_json::Map<String, Value> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), json!(String::from_utf8_lossy(value.as_bytes()))))
        .collect();
    let method = request.method().to_string();
    let path = request.uri().to_string();
    let body = axum::body::to_bytes(request.into_body(), usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&body).into_owned();
    let seen = json!({"method": method, "path": path, "headers": headers, "body": text});
    ([(header::SET_COOKIE, "a=1; HttpOnly"), (header::CONTENT_TYPE, "application/json")], seen.to_string())
}

async fn development() -> (TestPlatform, App) {
    let platform = TestPlatform::in_development().await;
    let app = App::launch(&platform, &PackageFixture::default()).await;
    (platform, app)
}

#[tokio::test]
async fn a_request_passes_with_the_apps_headers_and_without_the_users() {
    let upstream = Upstream::start(Router::new().fallback(echo)).await;
    let (_platform, mut app) = development().await;
    let asked = json!({
        "use": "request", "method": "post", "url": upstream.url("/a?b=c#d"),
        "headers": {"Content-Type": "application/json", "Cookie": "theirs=1", "Referer": "https://evil.example/", "X-App": "1"},
    });
    let answer = app.ask(asked, Body::from("{\"x\":1}")).await;
    let described = meta(&answer);
    assert_eq!(described["status"], 200);
    assert_eq!(described["cookies"], json!(["a=1; HttpOnly"]));
    assert_eq!(described["headers"]["Content-Type"], "application/json");
    assert_eq!(described["finalUrl"], upstream.url("/a?b=c"));
    assert_eq!(answer.header("set-cookie"), "", "an app's cookie must not become the platform's");
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    let seen = answer.json();
    assert_eq!(
        (seen["method"].as_str(), seen["path"].as_str(), seen["body"].as_str()),
        (Some("POST"), Some("/a?b=c"), Some("{\"x\":1}"))
    );
    let headers = &seen["headers"];
    assert_eq!(headers["cookie"], "theirs=1", "the session must stay here");
    assert_eq!(headers["referer"], "https://localhost/org.example.menu/1.0.0/page-frame.html");
    assert!(headers["origin"].is_null() && headers["mezze-gate-ticket"].is_null(), "{headers}");
    assert!(headers["user-agent"].as_str().is_some_and(|agent| agent.starts_with("Mezze/")), "{headers}");
}

#[tokio::test]
async fn the_servers_status_is_data_and_its_body_streams_through() {
    let big = vec![7_u8; 3 * 1024 * 1024];
    let body = big.clone();
    let router = Router::new()
        .route("/missing", get(|| async { (StatusCode::NOT_FOUND, "gone") }))
        .route("/big", get(move || async move { body }))
        .route("/empty", get(|| async { StatusCode::NO_CONTENT }))
        .fallback(echo);
    let upstream = Upstream::start(router).await;
    let (_platform, mut app) = development().await;
    let missing = app.get(&upstream.url("/missing")).await;
    assert_eq!((meta(&missing)["status"].as_u64(), missing.text()), (Some(404), "gone".to_owned()));
    let answer = app.get(&upstream.url("/big")).await;
    assert_eq!(answer.header("content-length"), big.len().to_string());
    assert!(answer.body == big);
    assert_eq!(meta(&app.get(&upstream.url("/empty")).await)["status"], 204);
    let head = app.ask(json!({"use": "request", "method": "HEAD", "url": upstream.url("/big")}), Body::empty()).await;
    assert_eq!((meta(&head)["headers"]["Content-Length"].as_str(), head.body.len()), (Some("3145728"), 0));
    let upload = app.ask(json!({"use": "upload", "method": "POST", "url": upstream.url("/up")}), Body::from(big)).await;
    assert_eq!(upload.json()["body"].as_str().map(str::len), Some(3 * 1024 * 1024));
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let router = Router::new()
        .route("/said", get(|| async { vec![0_u8; 5_000] }))
        .route(
            "/unsaid",
            get(|| async {
                Body::from_stream(futures::stream::iter((0..50).map(|_| Ok::<_, std::io::Error>(vec![0_u8; 100]))))
            }),
        )
        .fallback(echo);
    let upstream = Upstream::start(router).await;
    let platform = TestPlatform::with(|options| {
        options.development = Some(crate::DevelopmentOptions::default());
        options.limits.gate_response_bytes = 1_000;
        options.limits.gate_request_bytes = 1_000;
        options.limits.gate_upload_bytes = 1_000;
    })
    .await;
    let mut app = App::launch(&platform, &PackageFixture::default()).await;
    app.get(&upstream.url("/said")).await.problem(502, "gate-answer-too-large");
    let cut = app.get(&upstream.url("/unsaid")).await;
    assert!(cut.body.len() <= 1_000, "{} bytes passed", cut.body.len());
    for gate_use in ["request", "upload"] {
        let asked = json!({"use": gate_use, "method": "POST", "url": upstream.url("/up")});
        let answer = app.ask(asked, Body::from(vec![0; 1_001])).await;
        assert!(answer.status == 413 || answer.status == 502, "{gate_use}: {}", answer.text());
    }
}

#[tokio::test]
async fn redirects_are_followed_and_checked() {
    let router = Router::new()
        .route("/here", any(|| async { Redirect::temporary("/there") }))
        .route("/see", any(|| async { Redirect::to("/there") }))
        .route("/loop", any(|| async { Redirect::temporary("/loop") }))
        .route("/metadata", any(|| async { Redirect::temporary("http://169.254.169.254/latest/meta-data") }))
        .route("/file", any(|| async { Redirect::temporary("file:///etc/passwd") }))
        .fallback(echo);
    let upstream = Upstream::start(router).await;
    let (_platform, mut app) = development().await;
    let kept =
        app.ask(json!({"use": "request", "method": "POST", "url": upstream.url("/here")}), Body::from("x")).await;
    assert_eq!(meta(&kept)["finalUrl"], upstream.url("/there"));
    assert_eq!((kept.json()["method"].as_str(), kept.json()["body"].as_str()), (Some("POST"), Some("x")));
    let asked = json!({"use": "request", "method": "POST", "url": upstream.url("/see"), "headers": {"Content-Type": "text/plain"}});
    let seen = app.ask(asked, Body::from("x")).await.json();
    assert_eq!((seen["method"].as_str(), seen["body"].as_str()), (Some("GET"), Some("")));
    assert!(seen["headers"]["content-type"].is_null(), "{seen}");
    app.get(&upstream.url("/loop")).await.problem(502, "gate-redirects");
    app.get(&upstream.url("/metadata")).await.problem(403, "gate-address");
    app.get(&upstream.url("/file")).await.problem(403, "gate-scheme");
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirect_to_another_origin() {
    let other = Upstream::start(Router::new().fallback(echo)).await;
    let target = other.url("/");
    let first = Upstream::start(Router::new().fallback(move || async move { Redirect::temporary(&target) })).await;
    let (_platform, mut app) = development().await;
    let asked = json!({"use": "request", "method": "GET", "url": first.url("/"), "headers": {"Authorization": "x", "Cookie": "y", "X-App": "1"}});
    let seen = app.ask(asked, Body::empty()).await.json();
    assert!(seen["headers"]["authorization"].is_null() && seen["headers"]["cookie"].is_null(), "{seen}");
    assert_eq!(seen["headers"]["x-app"], "1");
}

#[tokio::test]
async fn a_release_reaches_what_it_declares_and_nothing_else() {
    let platform = TestPlatform::on_sqlite().await;
    let fixture = PackageFixture::default()
        .declaring("request", "https://api.example.org")
        .declaring("socket", "wss://live.example.org");
    let mut app = App::launch(&platform, &fixture).await;
    let detail = app.get("https://other.example.org/x?secret=1").await.problem(403, "gate-undeclared");
    assert!(
        detail.contains("https://other.example.org for `request`; it declares: https://api.example.org"),
        "{detail}"
    );
    assert!(detail.contains("mezze.origins.request") && !detail.contains("secret"), "{detail}");
    for (url, name) in [
        ("https://api.example.org:8443/", "gate-undeclared"),
        ("https://evil-api.example.org/", "gate-undeclared"),
        ("https://api.example.org.evil.example/", "gate-undeclared"),
        ("http://api.example.org/", "gate-scheme"),
        ("ftp://api.example.org/", "gate-scheme"),
        ("wss://live.example.org/", "gate-scheme"),
        ("https://user:password@api.example.org/", "gate-credentials"),
        ("https://127.0.0.1/", "gate-address"),
        ("https://2130706433/", "gate-address"),
        ("https://[::ffff:127.0.0.1]/", "gate-address"),
        ("https://1.1.1.1/", "gate-address"),
        ("https://localhost/", "gate-undeclared"),
        ("/relative", "gate-bad-url"),
        ("", "gate-bad-url"),
    ] {
        app.get(url).await.problem(403, name);
    }
    let asked = json!({"use": "upload", "method": "POST", "url": "https://api.example.org/"});
    let detail = app.ask(asked, Body::empty()).await.problem(403, "gate-undeclared");
    assert!(detail.contains("it declares: none"), "{detail}");
    let asked = json!({"use": "request", "method": "CONNECT", "url": "https://api.example.org/"});
    app.ask(asked, Body::empty()).await.problem(400, "bad-request");
}

#[tokio::test]
async fn a_declared_name_with_a_private_address_is_refused() {
    for address in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1"] {
        let platform = TestPlatform::with_services(
            |_| {},
            |services| services.gate = gate_that_finds(&services.options, address, false, None),
        )
        .await;
        let fixture = PackageFixture::default()
            .declaring("request", "https://api.example.org")
            .declaring("media", "https://api.example.org");
        let mut app = App::launch(&platform, &fixture).await;
        let detail = app.get("https://api.example.org/").await.problem(403, "gate-address");
        assert!(detail.contains("api.example.org has an address that is not public"), "{detail}");
        let path = app.media_path("https://api.example.org/x.png");
        app.browser.get(&path).await.problem(403, "gate-address");
    }
}

/// A TLS server for `names` that a release-mode gate finds at its loopback address.
async fn with_tls(names: &[&str], router: Router) -> (TestPlatform, u16) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (authority, server) = certificate(names);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("no port is free");
    listener.set_nonblocking(true).expect("a socket");
    let port = listener.local_addr().expect("an address").port();
    let tls = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(server));
    let served = axum_server::from_tcp_rustls(listener, tls).expect("a listener").serve(router.into_make_service());
    tokio::spawn(served);
    let platform = TestPlatform::with_services(
        |_| {},
        |services| services.gate = gate_that_finds(&services.options, "127.0.0.1", true, Some(&authority)),
    )
    .await;
    (platform, port)
}

#[tokio::test]
async fn a_release_talks_tls_to_what_it_declares_and_a_redirect_can_not_lead_it_away() {
    let router = Router::new()
        .route("/away", get(|| async { Redirect::temporary("https://other.example.org/") }))
        .route("/plain", get(|| async { Redirect::temporary("http://api.example.org/") }))
        .fallback(echo);
    let (platform, port) = with_tls(&["api.example.org"], router).await;
    let origin = format!("https://api.example.org:{port}");
    let mut app = App::launch(&platform, &PackageFixture::default().declaring("request", &origin)).await;
    assert_eq!(app.get(&format!("{origin}/x")).await.json()["path"], "/x");
    app.get(&format!("{origin}/away")).await.problem(403, "gate-undeclared");
    app.get(&format!("{origin}/plain")).await.problem(403, "gate-scheme");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (platform, port) = with_tls(&["other.example.org"], Router::new().fallback(echo)).await;
    let origin = format!("https://api.example.org:{port}");
    let mut app = App::launch(&platform, &PackageFixture::default().declaring("request", &origin)).await;
    app.get(&origin).await.problem(502, "gate-unreachable");
}

#[tokio::test]
async fn a_ticket_is_one_users_and_ends() {
    let (platform, mut app) = development().await;
    let upstream = Upstream::start(Router::new().fallback(echo)).await;
    let url = upstream.url("/");
    let good = app.ticket.clone();
    for wrong in [String::new(), "a.b".to_owned(), format!("{good}x"), good.replacen('e', "f", 1)] {
        app.ticket = wrong;
        app.get(&url).await.problem(401, "gate-ticket");
    }
    app.ticket = good;
    let account = crate::NewAccount {
        login: "ann".to_owned(),
        name: "Ann".to_owned(),
        role: crate::Role::User,
        password: Some("open sesame".to_owned()),
    };
    crate::accounts::Accounts(&platform.services).create(account).await.expect("the login is free");
    let mut ann = App { browser: platform.browser(), ticket: app.ticket.clone(), key: Vec::new() };
    ann.get(&url).await.problem(401, "not-signed-in");
    ann.browser.post("/api/v1/session", &json!({"user": "ann", "password": "open sesame"})).await;
    ann.get(&url).await.problem(401, "gate-ticket");
    platform.clock.advance(6 * 60 * 60);
    app.get(&url).await.problem(401, "gate-ticket");
}

#[tokio::test]
async fn media_come_with_ranges_for_every_frame_and_never_as_pages() {
    let router = Router::new()
        .route(
            "/film.mp4",
            get(|request: Request| async move {
                let range = request.headers().get(header::RANGE).cloned();
                assert!(request.headers().get(header::COOKIE).is_none());
                match range {
                    Some(range) if range == "bytes=2-3" => (
                        StatusCode::PARTIAL_CONTENT,
                        [
                            (header::CONTENT_TYPE, "video/mp4"),
                            (header::CONTENT_RANGE, "bytes 2-3/6"),
                            (header::ACCEPT_RANGES, "bytes"),
                        ],
                        "cd",
                    )
                        .into_response(),
                    _ => (
                        [(header::CONTENT_TYPE, "video/mp4"), (header::CACHE_CONTROL, "public, max-age=999999999")],
                        "abcdef",
                    )
                        .into_response(),
                }
            }),
        )
        .route(
            "/page",
            get(|| async { ([(header::CONTENT_TYPE, "text/html"), (header::SET_COOKIE, "a=b")], "<script>") }),
        )
        .route("/gone", get(|| async { StatusCode::GONE }));
    let upstream = Upstream::start(router).await;
    let (platform, app) = development().await;
    let mut frame = platform.browser();
    let path = app.media_path(&upstream.url("/film.mp4"));
    let whole = frame.get_with(&path, &[("origin", "null")]).await;
    assert_eq!((whole.status, whole.text(), whole.header("content-type")), (200, "abcdef".to_owned(), "video/mp4"));
    assert_eq!(whole.header("access-control-allow-origin"), "*");
    assert_eq!(whole.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(whole.header("cache-control"), "private, max-age=86400");
    assert!(whole.header("content-security-policy").starts_with("sandbox"));
    let part = frame.get_with(&path, &[("range", "bytes=2-3")]).await;
    assert_eq!((part.status, part.text(), part.header("content-range")), (206, "cd".to_owned(), "bytes 2-3/6"));
    let page = frame.get(&app.media_path(&upstream.url("/page"))).await;
    assert_eq!(
        (page.status, page.header("content-type"), page.header("set-cookie")),
        (200, "application/octet-stream", "")
    );
    frame.get(&app.media_path(&upstream.url("/gone"))).await.problem(502, "gate-media-status");
    // A frame can't ask for what the shell did not sign.
    let (head, _) = path.rsplit_once('/').expect("a path");
    let other = base64url(upstream.url("/page").as_bytes());
    frame.get(&format!("{head}/{other}")).await.problem(403, "gate-signature");
}

#[tokio::test]
async fn an_app_has_ten_requests_under_way_and_the_rest_wait() {
    let (release, held) = tokio::sync::watch::channel(false);
    let arrived = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = arrived.clone();
    let router = Router::new().route(
        "/",
        post(move || {
            let (mut held, count) = (held.clone(), count.clone());
            async move {
                count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let _ = held.wait_for(|free| *free).await;
            }
        }),
    );
    let upstream = Upstream::start(router).await;
    let (_platform, app) = development().await;
    let asked = json!({"use": "request", "method": "POST", "url": upstream.url("/")});
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..13 {
        let mut app = App { browser: app.browser.clone(), ticket: app.ticket.clone(), key: Vec::new() };
        let asked = asked.clone();
        requests.spawn(async move { app.ask(asked, Body::empty()).await.status });
    }
    let under_way = || arrived.load(std::sync::atomic::Ordering::SeqCst);
    while under_way() < 10 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(under_way(), 10);
    release.send_replace(true);
    assert!(requests.join_all().await.into_iter().all(|status| status == 200));
    assert_eq!(under_way(), 13);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    let upstream = Upstream::start(Router::new().fallback(|| async { std::future::pending::<()>().await })).await;
    let (_platform, mut app) = development().await;
    let asked = json!({"use": "request", "method": "GET", "url": upstream.url("/"), "timeout": 200});
    app.ask(asked, Body::empty()).await.problem(504, "gate-timeout");
    // A port on which nobody listens.
    drop(upstream);
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    app.get(&format!("http://{free}/")).await.problem(502, "gate-unreachable");
}
