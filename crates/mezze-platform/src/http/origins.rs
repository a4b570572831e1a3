//! Whose requests are accepted.
//!
//! Two rules keep other web sites from acting as the user. The `Host` must be ours, so that a name that an attacker
//! points at this machine (DNS rebinding) is not taken for us. A call that changes something must carry our own
//! `Origin`, or a bearer token, which a browser never adds by itself.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::Url;

use crate::accounts::bearer_token;
use crate::problem::Problem;
use crate::state::Services;

/// Asked for by load balancers and monitors, which use an address for a host.
const OPEN_TO_ANY_HOST: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Middleware: refuses requests for other hosts.
pub(crate) async fn refuse_foreign_hosts(
    State(services): State<Arc<Services>>,
    mut request: Request,
    next: Next,
) -> Response {
    // HTTP/2 has the host in the request's target; everything after this finds it in one place.
    if !request.headers().contains_key(header::HOST)
        && let Some(authority) = request.uri().authority()
        && let Ok(host) = HeaderValue::from_str(authority.as_str())
    {
        request.headers_mut().insert(header::HOST, host);
    }
    if OPEN_TO_ANY_HOST.contains(&request.uri().path()) || is_own_host(&services, &request) {
        return next.run(request).await;
    }
    let host = host_of(&request).unwrap_or_default();
    Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "foreign-host",
        "This platform has another address",
        format!("The request is for the host `{host}`."),
    )
    .hint(match &services.options.public_url {
        Some(url) => format!("Open {url} instead."),
        None => "Open http://localhost with the port instead, or start the platform with --public-url.".to_owned(),
    })
    .into_response()
}

/// Middleware: refuses calls that change something and come from another web site.
pub(crate) async fn refuse_foreign_origins(
    State(services): State<Arc<Services>>,
    request: Request,
    next: Next,
) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !only_reads
        && bearer_token(request.headers()).is_none()
        && let Err(problem) = require_own_origin(&services, request.headers())
    {
        return problem.into_response();
    }
    next.run(request).await
}

/// Refuses a request whose `Origin` is missing or not ours.
pub(crate) fn require_own_origin(services: &Services, headers: &HeaderMap) -> Result<(), Problem> {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if origin.is_some_and(|origin| is_own_origin(services, headers, origin)) {
        return Ok(());
    }
    let detail = match origin {
        Some(origin) => format!("The request comes from {origin}."),
        None => "The request has neither an Origin nor a bearer token.".to_owned(),
    };
    Err(Problem::new(StatusCode::FORBIDDEN, "foreign-origin", "Only the super app itself may do this", detail)
        .hint("Tools send `Authorization: Bearer TOKEN`."))
}

/// The origin that a request, whose host was checked, reached us under.
pub(crate) fn own_origin(services: &Services, headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    if let Some(url) = &services.options.public_url {
        let origin = url.origin().ascii_serialization();
        if origin.split_once("://").is_some_and(|(_, own)| own.eq_ignore_ascii_case(host)) {
            return Some(origin);
        }
    }
    let scheme = if services.options.tls.is_some() { "https" } else { "http" };
    // A name that is no part of an address must not become a part of a policy.
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    plain.then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

fn is_own_origin(services: &Services, headers: &HeaderMap, origin: &str) -> bool {
    if let Some(url) = &services.options.public_url
        && url.origin().ascii_serialization() == origin
    {
        return true;
    }
    let scheme = if services.options.tls.is_some() { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Url::parse(origin).is_ok_and(|parsed| {
        parsed.scheme() == scheme
            && (named_by_certificate(services) || is_loopback_name(parsed.host_str()))
            && origin.split_once("://").map(|(_, rest)| rest) == Some(host)
    })
}

fn is_own_host(services: &Services, request: &Request) -> bool {
    let Some(host) = host_of(request) else {
        return false;
    };
    if named_by_certificate(services) {
        return true;
    }
    if let Some(url) = &services.options.public_url {
        let own = match url.port() {
            Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
            None => url.host_str().unwrap_or_default().to_owned(),
        };
        if host.eq_ignore_ascii_case(&own) {
            return true;
        }
    }
    Url::parse(&format!("http://{host}/")).is_ok_and(|parsed| is_loopback_name(parsed.host_str()))
}

/// Where the platform speaks TLS under no set name, any name that its certificate covers is its own: a name that an
/// attacker points here is not covered, so the browser never gets so far.
fn named_by_certificate(services: &Services) -> bool {
    services.options.tls.is_some() && services.options.public_url.is_none()
}

fn is_loopback_name(host: Option<&str>) -> bool {
    matches!(host, Some("localhost" | "127.0.0.1" | "[::1]"))
}

fn host_of(request: &Request) -> Option<&str> {
    request.headers().get(header::HOST)?.to_str().ok()
}
