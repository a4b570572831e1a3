//! Sockets through the gate: a real platform in front, a real WebSocket server behind.

use axum::Router;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::{CloseFrame, Message as Served};
use axum::http::HeaderMap;
use axum::routing::get;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::CloseFrame as ClientClose;
use tokio_tungstenite::tungstenite::{Error as SocketFailure, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::testing::{Browser, PackageFixture, TestPlatform, Upstream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A platform that listens, and an app that runs on it.
struct Stage {
    platform: TestPlatform,
    front: Upstream,
    browser: Browser,
    ticket: String,
}

impl Stage {
    async fn set() -> Self {
        let platform = TestPlatform::in_development().await;
        platform.publish(&PackageFixture::default()).await;
        let front = Upstream::start(platform.router.clone()).await;
        // Cookies are named by port, so the browser must sign in at the port that is listened on.
        let host = format!("localhost:{}", front.address.port());
        let mut browser = Browser::at(platform.router.clone(), &host);
        browser.post("/api/v1/session", &json!({"demo": true})).await;
        let device_id = crate::testing::device::Device::new(1).register(&mut browser).await;
        let launch = browser.post("/api/v1/miniapps/org.example.menu/launch", &json!({"device_id": device_id})).await;
        let ticket = launch.json()["gate"]["ticket"].as_str().expect("a ticket").to_owned();
        Self { platform, front, browser, ticket }
    }

    async fn connect(&self, origin: &str, cookie: &str) -> Result<Socket, SocketFailure> {
        let port = self.front.address.port();
        let mut request = format!("ws://localhost:{port}/gate/socket").into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("origin", origin.parse().expect("an origin"));
        headers.insert("cookie", cookie.parse().expect("a cookie"));
        connect_async(request).await.map(|(socket, _)| socket)
    }

    /// Opens a socket and says where to; gives the gate's first answer.
    async fn open(&self, url: &str) -> (Socket, Value) {
        let origin = format!("http://localhost:{}", self.front.address.port());
        let mut socket = self.connect(&origin, &self.browser.cookie_header()).await.expect("the gate opens");
        let hello =
            json!({"ticket": self.ticket, "url": url, "protocols": ["soup"], "headers": {"X-App": "1", "Origin": "x"}});
        socket.send(Message::text(hello.to_string())).await.expect("the gate listens");
        let answer = next(&mut socket).await;
        let answer = serde_json::from_str(answer.to_text().expect("a text")).expect("json");
        (socket, answer)
    }
}

async fn next(socket: &mut Socket) -> Message {
    let message = tokio::time::timeout(std::time::Duration::from_secs(10), socket.next()).await;
    message.expect("in time").expect("a message").expect("no failure")
}

/// Says what it hears; `bye` makes it close with a code of its own.
async fn parrot() -> Upstream {
    let serve = |headers: HeaderMap, upgrade: WebSocketUpgrade| async move {
        upgrade.protocols(["soup"]).on_upgrade(|mut socket| async move {
            let seen = json!({"app": headers.get("x-app").is_some(), "cookie": headers.get("cookie").is_some(),
                              "origin": headers.get("origin").is_some()});
            let _ = socket.send(Served::Text(seen.to_string().into())).await;
            while let Some(Ok(message)) = socket.recv().await {
                if matches!(&message, Served::Text(text) if text.as_str() == "bye") {
                    let _ = socket.send(Served::Close(Some(CloseFrame { code: 4001, reason: "fed".into() }))).await;
                    return;
                }
                let _ = socket.send(message).await;
            }
        })
    };
    Upstream::start(Router::new().route("/", get(serve))).await
}

#[tokio::test]
async fn messages_pass_both_ways_and_closing_too() {
    let (stage, parrot) = (Stage::set().await, parrot().await);
    let (mut socket, answer) = stage.open(&format!("ws://{}/", parrot.address)).await;
    assert_eq!((answer["state"].as_str(), answer["protocol"].as_str()), (Some("open"), Some("soup")), "{answer}");
    let seen: Value = serde_json::from_str(next(&mut socket).await.to_text().expect("a text")).expect("json");
    assert_eq!(seen, json!({"app": true, "cookie": false, "origin": false}));
    for message in [Message::text("hi"), Message::binary(vec![0, 159, 146, 150]), Message::text("")] {
        socket.send(message.clone()).await.expect("open");
        assert_eq!(next(&mut socket).await, message);
    }
    socket.send(Message::text("bye")).await.expect("open");
    let Message::Close(Some(frame)) = next(&mut socket).await else { panic!("it closes") };
    assert_eq!((u16::from(frame.code), frame.reason.as_str()), (4001, "fed"));
}

#[tokio::test]
async fn a_refused_socket_says_why() {
    let stage = Stage::set().await;
    for (url, kind) in [
        ("wss://10.0.0.1/", "urn:mezze:problem:gate-address"),
        ("https://example.org/", "urn:mezze:problem:gate-scheme"),
        ("nonsense", "urn:mezze:problem:gate-bad-url"),
        ("ws://127.0.0.1:1/", "urn:mezze:problem:gate-unreachable"),
    ] {
        let (mut socket, answer) = stage.open(url).await;
        assert_eq!(
            (answer["state"].as_str(), answer["problem"]["type"].as_str()),
            (Some("refused"), Some(kind)),
            "{answer}"
        );
        let Message::Close(Some(ClientClose { code, .. })) = next(&mut socket).await else { panic!("it closes") };
        assert_eq!(u16::from(code), 4403);
    }
}

#[tokio::test]
async fn only_the_shell_of_a_signed_in_user_opens_sockets() {
    let stage = Stage::set().await;
    let own = format!("http://localhost:{}", stage.front.address.port());
    let cookie = stage.browser.cookie_header();
    for (origin, cookie, expected) in
        [("https://evil.example", cookie.as_str(), 403), ("null", cookie.as_str(), 403), (own.as_str(), "a=b", 401)]
    {
        let Err(SocketFailure::Http(response)) = stage.connect(origin, cookie).await else { panic!("{origin} got in") };
        assert_eq!(response.status(), expected, "{origin}");
    }
}

#[tokio::test]
async fn a_sixth_socket_is_refused_until_one_closes() {
    let (stage, parrot) = (Stage::set().await, parrot().await);
    let url = format!("ws://{}/", parrot.address);
    let mut open = Vec::new();
    for _ in 0..5 {
        let (socket, answer) = stage.open(&url).await;
        assert_eq!(answer["state"], "open");
        open.push(socket);
    }
    let (_, answer) = stage.open(&url).await;
    assert_eq!(answer["problem"]["type"], "urn:mezze:problem:gate-busy");
    let mut closing = open.pop().expect("five are open");
    closing.close(None).await.expect("it closes");
    while closing.next().await.is_some_and(|message| message.is_ok()) {}
    // The place is given back when the server's side has closed as well.
    for _ in 0..50 {
        let (_socket, answer) = stage.open(&url).await;
        if answer["state"] == "open" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the place was not given back");
}

#[tokio::test]
async fn sockets_end_when_the_platform_stops() {
    let (stage, parrot) = (Stage::set().await, parrot().await);
    let (mut socket, _) = stage.open(&format!("ws://{}/", parrot.address)).await;
    next(&mut socket).await;
    stage.platform.stop.send_replace(true);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        while socket.next().await.is_some_and(|message| message.is_ok()) {}
    });
    ended.await.expect("the socket outlives the platform");
}
