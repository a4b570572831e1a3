//! `POST /gate/request`: `wx.request`, uploads and downloads.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use futures::TryStreamExt as _;
use mezze_model::OriginUse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::headers;
use super::outbound::{Outgoing, OutgoingBody, capped_body, refuse_large};
use super::target::{Gate, GateCaller};
use crate::encoding::{base64url, from_base64url};
use crate::http::FRAMELESS_FILE_POLICY;
use crate::problem::Problem;
use crate::state::Services;

/// Carries the request's and the answer's description.
pub(super) const META: HeaderName = HeaderName::from_static("mezze-gate-meta");

/// What the app asks for.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct GateRequest {
    /// `request`, `upload` or `download`
    #[serde(rename = "use")]
    #[schema(value_type = String, example = "request")]
    gate_use: GateUse,
    method: String,
    url: String,
    #[serde(default)]
    #[schema(value_type = Object)]
    headers: serde_json::Map<String, serde_json::Value>,
    /// Milliseconds, at most 60,000.
    #[serde(default)]
    timeout: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum GateUse {
    Request,
    Upload,
    Download,
}

impl GateUse {
    fn origin_use(self) -> OriginUse {
        match self {
            Self::Request => OriginUse::Request,
            Self::Upload => OriginUse::Upload,
            Self::Download => OriginUse::Download,
        }
    }
}

/// What the server answered; the body follows as the body.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct GateAnswer {
    status: u16,
    headers: BTreeMap<String, String>,
    /// Every `Set-Cookie`, as written.
    cookies: Vec<String>,
    /// After redirects.
    final_url: String,
}

impl GateRequest {
    /// Reads the description from its header.
    pub(super) fn from_headers(headers: &HeaderMap) -> Result<Self, Problem> {
        let refuse = |reason: String| Problem::bad_request(format!("The header Mezze-Gate-Meta {reason}."));
        let value = headers.get(META).ok_or_else(|| refuse("is missing".to_owned()))?;
        let json =
            from_base64url(value.to_str().unwrap_or_default()).ok_or_else(|| refuse("is not base64url".to_owned()))?;
        serde_json::from_slice(&json).map_err(|cause| refuse(format!("can't be read: {cause}")))
    }

    fn method(&self) -> Result<Method, Problem> {
        match self.method.to_ascii_uppercase().as_str() {
            "GET" => Ok(Method::GET),
            "HEAD" => Ok(Method::HEAD),
            "POST" => Ok(Method::POST),
            "PUT" => Ok(Method::PUT),
            "PATCH" => Ok(Method::PATCH),
            "DELETE" => Ok(Method::DELETE),
            "OPTIONS" => Ok(Method::OPTIONS),
            other => Err(Problem::bad_request(format!("The method `{other}` does not pass the gate."))
                .hint("Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.")),
        }
    }
}

/// Carries a request out.
pub(super) async fn forward(
    services: &Arc<Services>,
    caller: &GateCaller,
    request_headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let gate = &services.gate;
    let asked = GateRequest::from_headers(request_headers)?;
    let target = gate.check(caller, asked.gate_use.origin_use(), &asked.url)?;
    let method = asked.method()?;
    let place = gate.capacity.request(&caller.user_id, &caller.app_id).await?;
    let longest = Duration::from_secs(gate.limits.gate_seconds);
    let outgoing = Outgoing {
        origin_use: asked.gate_use.origin_use(),
        headers: headers::outgoing(&asked.headers, caller, &services.host())?,
        body: outgoing_body(gate, asked.gate_use, request_headers, body).await?,
        timeout: Some(asked.timeout.map_or(longest, Duration::from_millis).clamp(Duration::from_millis(1), longest)),
        method: method.clone(),
    };
    let (response, final_url) = gate.send(caller, target, outgoing).await?;
    let most = match asked.gate_use {
        GateUse::Download => gate.limits.gate_download_bytes,
        GateUse::Request | GateUse::Upload => gate.limits.gate_response_bytes,
    };
    refuse_large(&response, most)?;
    let mut answer = describe(&response, final_url.as_str())?;
    let length = response.content_length().filter(|_| method != Method::HEAD && !is_bodyless(response.status()));
    if let Some(length) = length {
        answer.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    }
    // The place is taken until the last byte has passed.
    let stream = capped_body(response, most).inspect_ok(move |_| {
        let _ = &place;
    });
    *answer.body_mut() = Body::from_stream(stream);
    Ok(answer)
}

async fn outgoing_body(
    gate: &Gate,
    gate_use: GateUse,
    headers: &HeaderMap,
    body: Body,
) -> Result<OutgoingBody, Problem> {
    if gate_use != GateUse::Upload {
        let most = gate.limits.gate_request_bytes;
        return axum::body::to_bytes(body, most)
            .await
            .map(OutgoingBody::Whole)
            .map_err(|_| too_large(most, "Send large files by uploadFile."));
    }
    let most = gate.limits.gate_upload_bytes;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > most as u64) {
        return Err(too_large(most, "Upload the file in parts."));
    }
    let mut seen = 0;
    let stream = body.into_data_stream().map_err(std::io::Error::other).and_then(move |piece: Bytes| {
        seen += piece.len();
        let fits = seen <= most;
        async move { if fits { Ok(piece) } else { Err(std::io::Error::other("the upload is too large")) } }
    });
    Ok(OutgoingBody::Stream { body: reqwest::Body::wrap_stream(stream), length })
}

fn describe(response: &reqwest::Response, final_url: &str) -> Result<Response, Problem> {
    let answer = GateAnswer {
        status: response.status().as_u16(),
        headers: headers::incoming(response.headers()),
        cookies: headers::cookies(response.headers()),
        final_url: final_url.to_owned(),
    };
    let json = serde_json::to_vec(&answer).map_err(|cause| Problem::internal("describe an answer", &cause))?;
    let meta =
        HeaderValue::from_str(&base64url(&json)).map_err(|cause| Problem::internal("describe an answer", &cause))?;
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(META, meta);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMELESS_FILE_POLICY));
    Ok(response)
}

fn is_bodyless(status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

fn too_large(most: usize, hint: &str) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "gate-body-too-large",
        "The body is too large",
        format!("At most {most} bytes pass the gate."),
    )
    .hint(hint)
}
