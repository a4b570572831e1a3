//! The cookie that holds the session token.
//!
//! Cookies ignore ports, so on plain http (loopback) the name carries the port: two platforms on one machine
//! don't sign each other's users out. On https the `__Host-` prefix keeps other hosts from setting it.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::state::Services;

/// How long a session lasts, in seconds.
pub(super) const SESSION_SECONDS: i64 = 30 * 24 * 60 * 60;

fn name(services: &Services, headers: &HeaderMap) -> String {
    if services.options.is_https() {
        return "__Host-mezze_session".to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    match host.rsplit_once(':').filter(|(_, port)| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())) {
        Some((_, port)) => format!("mezze_session_{port}"),
        None => "mezze_session".to_owned(),
    }
}

/// The token that the browser sent, if any.
pub(super) fn read(services: &Services, headers: &HeaderMap) -> Option<String> {
    let name = name(services, headers);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, token)| token.to_owned())
}

/// `Set-Cookie` with a token.
pub(super) fn set(services: &Services, headers: &HeaderMap, token: &str) -> Option<HeaderValue> {
    write(services, headers, token, SESSION_SECONDS)
}

/// `Set-Cookie` that takes the token away.
pub(super) fn clear(services: &Services, headers: &HeaderMap) -> Option<HeaderValue> {
    write(services, headers, "", 0)
}

fn write(services: &Services, headers: &HeaderMap, token: &str, seconds: i64) -> Option<HeaderValue> {
    let name = name(services, headers);
    let secure = if services.options.is_https() { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")).ok()
}
