//! Sealed files by digest. They never change and open for nobody without the key, so anyone may keep a copy.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use mezze_model::Digest;

use super::deltas;
use crate::http::{ByteRange, RequestedRange, if_none_match};
use crate::problem::Problem;
use crate::registry::{Registry, sealed_blob_name};
use crate::state::Services;

/// A sealed package, or part of it
#[utoipa::path(
    get,
    path = "/api/v1/sealed/{digest}",
    tag = "delivery",
    params(
        ("digest" = String, Path, description = "SHA-256 of the sealed file, hex"),
        ("Range" = Option<String>, Header, description = "One range of bytes"),
    ),
    responses(
        (status = 200, description = "The whole file", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, description = "The part that was asked for", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 304, description = "The copy named by If-None-Match is the file"),
        (status = 404, description = "No release has this file", body = Problem),
        (status = 416, description = "The range is outside of the file", body = Problem),
    )
)]
pub(super) async fn sealed(
    State(services): State<Arc<Services>>,
    Path(digest): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let digest = Digest::parse(&digest).map_err(|cause| Problem::bad_request(format!("{cause}.")))?.to_string();
    let tag = format!("\"{digest}\"");
    let (size, name) = match Registry(&services).sealed_size(&digest).await? {
        Some(size) => (Some(size), sealed_blob_name(&digest)),
        None => (deltas::sealed_size(&services, &digest).await?, deltas::blob_name(&digest)),
    };
    let size = size.and_then(|size| u64::try_from(size).ok());
    let size = size.ok_or_else(|| {
        Problem::not_found(format!("No release has the sealed file {digest}.")).hint("Launch the mini app again.")
    })?;
    if if_none_match(&headers, &tag) {
        return Ok(with_headers(StatusCode::NOT_MODIFIED.into_response(), &[(header::ETAG, tag)]));
    }
    let range = match RequestedRange::from_headers(&headers, size, &tag) {
        RequestedRange::Whole => None,
        RequestedRange::Part(range) => Some(range),
        RequestedRange::Unsatisfiable => return Ok(unsatisfiable(size)),
    };
    let content = services.blobs.stream(&name, range).await?;
    let mut response = Body::from_stream(content).into_response();
    let ByteRange { start, end } = range.unwrap_or(ByteRange { start: 0, end: size });
    let mut extra = vec![
        (header::ETAG, tag),
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, (end - start).to_string()),
    ];
    if range.is_some() {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        extra.push((header::CONTENT_RANGE, format!("bytes {start}-{}/{size}", end - 1)));
    }
    Ok(with_headers(response, &extra))
}

fn unsatisfiable(size: u64) -> Response {
    let problem = Problem::new(
        StatusCode::RANGE_NOT_SATISFIABLE,
        "range",
        "The range is outside of the file",
        format!("The file has {size} bytes."),
    );
    let mut response = problem.into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

fn with_headers(mut response: Response, extra: &[(HeaderName, String)]) -> Response {
    let headers = response.headers_mut();
    headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable, no-transform"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    for (name, value) in extra {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}
