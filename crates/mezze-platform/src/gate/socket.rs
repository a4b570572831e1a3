//! `GET /gate/socket`: an app's WebSocket, relayed.
//!
//! A browser can't add headers to a WebSocket, and a URL ends up in logs: so the ticket comes as the first message.
//!
//! ```text
//! shell → gate   {"ticket": …, "url": "wss://…", "protocols": […], "headers": {…}}
//! gate → shell   {"state": "open", "protocol": "…" | null, "headers": {…}}
//!            or  {"state": "refused", "problem": {…}}, then close 4403
//! then every text and binary message as it is, both ways, and the close code of whoever closes first
//! ```

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use axum::http::{HeaderValue, Method, StatusCode, header};
use futures::{SinkExt as _, StreamExt as _};
use mezze_model::OriginUse;
use rustls::pki_types::ServerName;
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use url::{Host, Url};

use super::capacity::Place;
use super::headers;
use super::outbound::unreachable_host;
use super::routes::caller_of;
use super::statements::MEZZE_APP;
use super::target::{DeclaredTarget, Gate, GateCaller, origin};
use crate::accounts::SignedIn;
use crate::problem::Problem;
use crate::state::Services;

type Upstream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// For the first message and for the handshake with the server.
const PATIENCE: Duration = Duration::from_secs(20);
const REFUSED: u16 = 4403;

#[derive(Deserialize)]
struct Opening {
    ticket: String,
    url: String,
    #[serde(default)]
    protocols: Vec<String>,
    #[serde(default)]
    headers: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
enum Opened {
    Open { protocol: Option<String>, headers: BTreeMap<String, String> },
    Refused { problem: Problem },
}

/// Serves one socket until either side closes it or the platform stops.
pub(super) async fn serve(services: Arc<Services>, user: SignedIn, mut app: WebSocket) {
    let mut stopping = services.stopping.clone();
    let opened = tokio::select! {
        opened = open(&services, &user, &mut app) => opened,
        _ = stopping.wait_for(|stopping| *stopping) => return,
    };
    let (upstream, opened, _place) = match opened {
        Ok(opened) => opened,
        Err(problem) => return refuse(app, problem).await,
    };
    if send_state(&mut app, &opened).await.is_err() {
        return;
    }
    tokio::select! {
        () = relay(app, upstream) => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

async fn open(
    services: &Arc<Services>,
    user: &SignedIn,
    app: &mut WebSocket,
) -> Result<(Upstream, Opened, Place), Problem> {
    let opening = first_message(app).await?;
    let caller = caller_of(services, &opening.ticket, Some(&user.0.id)).await?;
    let target = services.gate.check(&caller, OriginUse::Socket, &opening.url)?;
    let place = services.gate.capacity.socket(&caller.user_id, &caller.app_id)?;
    let request = handshake(services, &caller, &target, &opening)?;
    let connecting = services.gate.connect(&target, request);
    let (upstream, response) = tokio::time::timeout(PATIENCE, connecting).await.map_err(|_| slow(target.url()))??;
    let protocol = response.headers().get(header::SEC_WEBSOCKET_PROTOCOL);
    let opened = Opened::Open {
        protocol: protocol.and_then(|value| value.to_str().ok()).map(str::to_owned),
        headers: headers::incoming(response.headers()),
    };
    Ok((upstream, opened, place))
}

async fn first_message(app: &mut WebSocket) -> Result<Opening, Problem> {
    let expected = || Problem::bad_request("The first message must be JSON with `ticket` and `url`.");
    match tokio::time::timeout(PATIENCE, app.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => serde_json::from_str(&text).map_err(|_| expected()),
        _ => Err(expected()),
    }
}

fn handshake(
    services: &Services,
    caller: &GateCaller,
    target: &DeclaredTarget,
    opening: &Opening,
) -> Result<tungstenite::handshake::client::Request, Problem> {
    let bad = |cause: tungstenite::Error| Problem::bad_request(format!("The socket can't be opened: {cause}."));
    let mut request = target.url().as_str().into_client_request().map_err(bad)?;
    let own = headers::outgoing(&opening.headers, caller, &services.host())?;
    for (name, value) in &own {
        request.headers_mut().insert(name, value.clone());
    }
    let statement = services.gate.statements.sign(caller, &Method::GET, target.url())?;
    request.headers_mut().insert(MEZZE_APP, statement);
    if !opening.protocols.is_empty() {
        let value = HeaderValue::from_str(&opening.protocols.join(", "))
            .map_err(|_| Problem::bad_request("A socket protocol has forbidden characters."))?;
        request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, value);
    }
    Ok(request)
}

impl Gate {
    /// Resolves the name once, connects to an address that was checked, and shakes hands.
    async fn connect(
        &self,
        target: &DeclaredTarget,
        request: tungstenite::handshake::client::Request,
    ) -> Result<(Upstream, tungstenite::handshake::client::Response), Problem> {
        let url = target.url();
        let failed = |cause: &dyn std::fmt::Display| unreachable_socket(url, cause);
        let port = url.port_or_known_default().unwrap_or(443);
        let addresses = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            Some(Host::Domain(name)) => {
                self.resolver.resolve_host(name).await.map_err(|cause| unreachable_host(&cause))?
            }
            None => return Err(failed(&"no host")),
        };
        let addresses: Vec<SocketAddr> = addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect();
        let stream = TcpStream::connect(&addresses[..]).await.map_err(|cause| failed(&cause))?;
        let stream = match url.scheme() {
            "wss" => {
                let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
                let name = ServerName::try_from(host).map_err(|cause| failed(&cause))?;
                let connector = tokio_rustls::TlsConnector::from(self.tls.clone());
                MaybeTlsStream::Rustls(connector.connect(name, stream).await.map_err(|cause| failed(&cause))?)
            }
            _ => MaybeTlsStream::Plain(stream),
        };
        let limits = WebSocketConfig::default()
            .max_message_size(Some(self.limits.gate_message_bytes))
            .max_frame_size(Some(self.limits.gate_message_bytes));
        tokio_tungstenite::client_async_with_config(request, stream, Some(limits)).await.map_err(|cause| failed(&cause))
    }
}

async fn relay(mut app: WebSocket, mut upstream: Upstream) {
    loop {
        tokio::select! {
            message = app.recv() => {
                let forwarded = match message {
                    Some(Ok(Message::Text(text))) => tungstenite::Message::text(text.as_str()),
                    Some(Ok(Message::Binary(bytes))) => tungstenite::Message::binary(bytes),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Close(frame))) => return close_upstream(upstream, frame).await,
                    Some(Err(_)) | None => return close_upstream(upstream, None).await,
                };
                if upstream.send(forwarded).await.is_err() {
                    return close_app(app, 1011, "the server's connection was lost").await;
                }
            }
            message = upstream.next() => {
                let forwarded = match message {
                    Some(Ok(tungstenite::Message::Text(text))) => Message::Text(text.as_str().into()),
                    Some(Ok(tungstenite::Message::Binary(bytes))) => Message::Binary(bytes),
                    Some(Ok(tungstenite::Message::Close(frame))) => {
                        let (code, reason) = frame.map_or((1005, String::new()), |frame| (frame.code.into(), frame.reason.to_string()));
                        return close_app(app, code, &reason).await;
                    }
                    Some(Ok(_)) => continue,
                    Some(Err(_)) | None => return close_app(app, 1011, "the server's connection was lost").await,
                };
                if app.send(forwarded).await.is_err() {
                    return close_upstream(upstream, None).await;
                }
            }
        }
    }
}

/// 1005 and 1006 say that there was no code; they can't be sent.
async fn close_app(mut app: WebSocket, code: u16, reason: &str) {
    let frame = (!matches!(code, 1005 | 1006 | 1015)).then(|| CloseFrame { code, reason: Utf8Bytes::from(reason) });
    let _ = app.send(Message::Close(frame)).await;
}

async fn close_upstream(mut upstream: Upstream, frame: Option<CloseFrame>) {
    let frame = frame.map(|frame| tungstenite::protocol::CloseFrame {
        code: frame.code.into(),
        reason: frame.reason.as_str().to_owned().into(),
    });
    let _ = tokio::time::timeout(PATIENCE, upstream.close(frame)).await;
}

async fn refuse(mut app: WebSocket, problem: Problem) {
    let _ = send_state(&mut app, &Opened::Refused { problem }).await;
    close_app(app, REFUSED, "refused").await;
}

async fn send_state(app: &mut WebSocket, state: &Opened) -> Result<(), axum::Error> {
    let text = serde_json::to_string(state).map_err(axum::Error::new)?;
    app.send(Message::Text(text.into())).await
}

fn unreachable_socket(url: &Url, cause: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        StatusCode::BAD_GATEWAY,
        "gate-unreachable",
        "The server can't be reached",
        format!("{}: {cause}.", origin(url)),
    )
}

fn slow(url: &Url) -> Problem {
    Problem::new(
        StatusCode::GATEWAY_TIMEOUT,
        "gate-timeout",
        "The server did not answer in time",
        format!("{} took too long.", origin(url)),
    )
}

#[cfg(test)]
mod tests;
