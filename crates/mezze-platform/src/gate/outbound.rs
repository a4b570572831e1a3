//! Sending a checked request, following redirects by hand, and streaming answers under a cap.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, Method, StatusCode, header};
use bytes::Bytes;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use mezze_model::OriginUse;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use super::headers::forget_credentials;
use super::resolver::{PinningResolver, UnreachableHost, UnreachableReason};
use super::statements::MEZZE_APP;
use super::target::{DeclaredTarget, Gate, GateCaller, origin, refused};
use crate::problem::Problem;

const MOST_REDIRECTS: usize = 10;
/// A server that sends nothing for so long is given up.
const SILENCE: Duration = Duration::from_secs(30);

/// The web's certificate authorities, the same for requests and sockets.
pub(super) fn tls_configuration() -> ClientConfig {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()
}

/// A client that follows nothing, keeps no cookies, uses no proxy and resolves names by `resolver` only.
pub(super) fn client(tls: &ClientConfig, resolver: &PinningResolver) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .dns_resolver(Arc::new(resolver.clone()))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(SILENCE)
        .pool_idle_timeout(Duration::from_secs(30))
        .build()
}

/// A client for servers of the operator's own, whose addresses may be private ones.
pub(super) fn operator_client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls_configuration())
        .user_agent(concat!("mezze/", env!("CARGO_PKG_VERSION")))
}

/// A client for the platform's own errands to addresses that others name: public addresses only.
pub(crate) fn errand_client() -> Result<reqwest::Client, reqwest::Error> {
    client(&tls_configuration(), &PinningResolver::new(false))
}

/// What is sent with a request.
pub(super) enum OutgoingBody {
    /// Can be sent again after a redirect that keeps the method.
    Whole(Bytes),
    /// Passes through once.
    Stream { body: reqwest::Body, length: Option<u64> },
}

/// One request on its way out.
pub(super) struct Outgoing {
    pub(super) origin_use: OriginUse,
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
    pub(super) body: OutgoingBody,
    /// Whole time, answer included; none for media, which may be watched for long.
    pub(super) timeout: Option<Duration>,
}

impl Gate {
    /// Sends a request and follows redirects as far as they stay within what the release declares.
    pub(super) async fn send(
        &self,
        caller: &GateCaller,
        first: DeclaredTarget,
        mut outgoing: Outgoing,
    ) -> Result<(reqwest::Response, Url), Problem> {
        let mut target = first;
        for _ in 0..=MOST_REDIRECTS {
            let response = self.send_once(caller, &target, &mut outgoing).await?;
            let Some(next) = redirect_target(&response, target.url()) else {
                return Ok((response, target.url().clone()));
            };
            let next = self.check(caller, outgoing.origin_use, &next?)?;
            outgoing.redirected(response.status(), target.url(), next.url())?;
            target = next;
        }
        Err(Problem::new(
            StatusCode::BAD_GATEWAY,
            "gate-redirects",
            "Too many redirects",
            format!("{} redirects more than {MOST_REDIRECTS} times.", origin(target.url())),
        ))
    }

    async fn send_once(
        &self,
        caller: &GateCaller,
        target: &DeclaredTarget,
        outgoing: &mut Outgoing,
    ) -> Result<reqwest::Response, Problem> {
        let mut headers = outgoing.headers.clone();
        headers.insert(MEZZE_APP, self.statements.sign(caller, &outgoing.method, target.url())?);
        let body = match &mut outgoing.body {
            OutgoingBody::Whole(bytes) => reqwest::Body::from(bytes.clone()),
            OutgoingBody::Stream { body, length } => {
                if let Some(length) = length {
                    headers.insert(header::CONTENT_LENGTH, (*length).into());
                }
                std::mem::replace(body, reqwest::Body::from(Bytes::new()))
            }
        };
        let mut request =
            self.client.request(outgoing.method.clone(), target.url().clone()).headers(headers).body(body);
        if let Some(timeout) = outgoing.timeout {
            request = request.timeout(timeout);
        }
        request.send().await.map_err(|cause| unreachable_server(target.url(), &cause))
    }
}

impl Outgoing {
    /// What browsers do: 303, and 301 or 302 after POST, become GET without a body.
    fn redirected(&mut self, status: StatusCode, from: &Url, to: &Url) -> Result<(), Problem> {
        let becomes_get = match status {
            StatusCode::SEE_OTHER => self.method != Method::HEAD,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => self.method == Method::POST,
            _ => false,
        };
        if becomes_get {
            self.method = Method::GET;
            self.body = OutgoingBody::Whole(Bytes::new());
            for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LANGUAGE] {
                self.headers.remove(name);
            }
        } else if matches!(self.body, OutgoingBody::Stream { .. }) {
            return Err(refused(
                "gate-upload-redirect",
                format!("{} redirects an upload, which can't be sent twice.", origin(from)),
            )
            .hint("Upload to the address that the server redirects to."));
        }
        if from.origin() != to.origin() {
            forget_credentials(&mut self.headers);
        }
        Ok(())
    }
}

/// The absolute target of a redirect, or none where the response is not one.
fn redirect_target(response: &reqwest::Response, base: &Url) -> Option<Result<String, Problem>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(header::LOCATION)?;
    let joined = location.to_str().ok().and_then(|location| base.join(location).ok());
    Some(joined.map(String::from).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_GATEWAY,
            "gate-bad-redirect",
            "The server's redirect can't be read",
            format!("{} redirects to something that is not a URL.", origin(base)),
        )
    }))
}

/// The answer's body, cut off (as an error, never silently) beyond `most` bytes.
pub(super) fn capped_body(
    response: reqwest::Response,
    most: u64,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send {
    let mut seen = 0_u64;
    response.bytes_stream().map_err(std::io::Error::other).map(move |piece| {
        let piece = piece?;
        seen += piece.len() as u64;
        if seen > most {
            return Err(std::io::Error::other(format!("the answer is larger than {most} bytes")));
        }
        Ok(piece)
    })
}

/// Refuses an answer that says itself that it is too large.
pub(super) fn refuse_large(response: &reqwest::Response, most: u64) -> Result<(), Problem> {
    match response.content_length() {
        Some(length) if length > most => Err(Problem::new(
            StatusCode::BAD_GATEWAY,
            "gate-answer-too-large",
            "The answer is too large",
            format!("The server's answer has {length} bytes, at most {most} pass the gate."),
        )
        .hint("Ask for less at once, or use downloadFile.")),
        _ => Ok(()),
    }
}

/// A failure to connect, told apart as far as the app should know.
pub(super) fn unreachable_server(url: &Url, cause: &(dyn std::error::Error + 'static)) -> Problem {
    let mut source = Some(cause);
    let mut timed_out = false;
    let mut last = String::new();
    while let Some(inner) = source {
        if let Some(host) = inner.downcast_ref::<UnreachableHost>() {
            return unreachable_host(host);
        }
        timed_out |= inner.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout);
        last = inner.to_string();
        source = inner.source();
    }
    if timed_out {
        return Problem::new(
            StatusCode::GATEWAY_TIMEOUT,
            "gate-timeout",
            "The server did not answer in time",
            format!("{} took too long.", origin(url)),
        );
    }
    Problem::new(
        StatusCode::BAD_GATEWAY,
        "gate-unreachable",
        "The server can't be reached",
        format!("{}: {last}.", origin(url)),
    )
}

/// A name without addresses, or with one that is not public.
pub(super) fn unreachable_host(host: &UnreachableHost) -> Problem {
    match host.reason {
        UnreachableReason::NotPublic => refused("gate-address", format!("{host}.")),
        UnreachableReason::Unknown => Problem::new(
            StatusCode::BAD_GATEWAY,
            "gate-unknown-host",
            "The server's name is not known",
            format!("{host}."),
        ),
    }
}
