//! `GET /gate/media/{ticket}/{signature}/{target}`: remote pictures, sounds and films, also in parts.
//!
//! Page frames load these by `<img>`, `<video>` and fetches from an opaque origin, without cookies: the signature,
//! which only the shell can make, says that the shell agreed to this very target.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use futures::TryStreamExt as _;
use mezze_model::OriginUse;

use super::headers;
use super::outbound::{Outgoing, OutgoingBody, capped_body, refuse_large};
use super::target::{GateCaller, origin};
use crate::http::FRAMELESS_FILE_POLICY;
use crate::problem::Problem;
use crate::state::Services;

/// Asked for by the browser and useful to the server.
const FORWARDED: [HeaderName; 4] = [header::ACCEPT, header::RANGE, header::IF_RANGE, header::IF_NONE_MATCH];
/// Given back. The type is checked apart.
const RETURNED: [HeaderName; 5] =
    [header::ACCEPT_RANGES, header::CONTENT_RANGE, header::ETAG, header::LAST_MODIFIED, header::CONTENT_LENGTH];
/// Longest that a picture is kept without asking again, whatever its server says.
const LONGEST_CACHE_SECONDS: u64 = 24 * 60 * 60;

/// Carries a request for a medium out.
pub(super) async fn forward(
    services: &Arc<Services>,
    caller: &GateCaller,
    url: &str,
    request_headers: &HeaderMap,
) -> Result<Response, Problem> {
    let gate = &services.gate;
    let target = gate.check(caller, OriginUse::Media, url)?;
    let place = gate.capacity.media(&caller.user_id, &caller.app_id).await?;
    let mut outgoing_headers = headers::outgoing(&serde_json::Map::new(), caller, &services.host())?;
    for name in FORWARDED {
        if let Some(value) = request_headers.get(&name) {
            outgoing_headers.insert(name, value.clone());
        }
    }
    let outgoing = Outgoing {
        origin_use: OriginUse::Media,
        method: Method::GET,
        headers: outgoing_headers,
        body: OutgoingBody::Whole(Bytes::new()),
        timeout: None,
    };
    let (response, final_url) = gate.send(caller, target, outgoing).await?;
    let status = response.status();
    if !matches!(status.as_u16(), 200 | 203 | 206 | 304 | 416) {
        return Err(Problem::new(
            StatusCode::BAD_GATEWAY,
            "gate-media-status",
            "The medium can't be had",
            format!("{} answered with {status}.", origin(&final_url)),
        ));
    }
    refuse_large(&response, gate.limits.gate_download_bytes)?;
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    copy_headers(response.headers(), answer.headers_mut());
    let stream = capped_body(response, gate.limits.gate_download_bytes).inspect_ok(move |_| {
        let _ = &place;
    });
    *answer.body_mut() = Body::from_stream(stream);
    Ok(answer)
}

fn copy_headers(from: &HeaderMap, to: &mut HeaderMap) {
    for name in RETURNED {
        if let Some(value) = from.get(&name) {
            to.insert(name, value.clone());
        }
    }
    to.insert(header::CONTENT_TYPE, media_type(from));
    to.insert(header::CACHE_CONTROL, cache_control(from));
    to.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    to.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("Accept-Ranges, Content-Length, Content-Range, ETag"),
    );
    to.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    to.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMELESS_FILE_POLICY));
}

/// Pictures, sounds, films and fonts keep their type; everything else is bytes, so that it is no page or script here.
fn media_type(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(header::CONTENT_TYPE);
    let kind = given.and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase).unwrap_or_default();
    let is_medium = ["image/", "audio/", "video/", "font/"].iter().any(|prefix| kind.starts_with(prefix))
        || ["application/vnd.apple.mpegurl", "application/x-mpegurl", "application/ogg"]
            .iter()
            .any(|known| kind.starts_with(known));
    match given {
        Some(value) if is_medium => value.clone(),
        _ => HeaderValue::from_static("application/octet-stream"),
    }
}

/// As long as the server says, for this browser alone and for a day at most.
fn cache_control(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut seconds = None;
    for directive in given.split(',').map(|directive| directive.trim().to_ascii_lowercase()) {
        match directive.as_str() {
            "no-store" => return HeaderValue::from_static("no-store"),
            "no-cache" => return HeaderValue::from_static("private, no-cache"),
            _ => {
                let age = directive.strip_prefix("max-age=").and_then(|age| age.parse::<u64>().ok());
                seconds = seconds.or(age);
            }
        }
    }
    let seconds = seconds.unwrap_or(300).min(LONGEST_CACHE_SECONDS);
    HeaderValue::from_str(&format!("private, max-age={seconds}")).unwrap_or(HeaderValue::from_static("no-store"))
}
