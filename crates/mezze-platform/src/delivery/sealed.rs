//! Sealed files by digest. They never change and open for nobody without the key, so anyone may keep a copy.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use mezze_model::Digest;

use super::deltas;
use super::hot_files::LARGEST;
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
    if let Some(content) = services.hot_files.get(&digest, services.now()) {
        let answer = Answer::to(&headers, &digest, content.len() as u64);
        return Ok(answer.with(|range| Body::from(part_of(&content, range))));
    }
    let (size, name) = match Registry(&services).sealed_size(&digest).await? {
        Some(size) => (Some(size), sealed_blob_name(&digest)),
        None => (deltas::sealed_size(&services, &digest).await?, deltas::blob_name(&digest)),
    };
    let size = size.and_then(|size| u64::try_from(size).ok());
    let size = size.ok_or_else(|| {
        Problem::not_found(format!("No release has the sealed file {digest}.")).hint("Launch the mini app again.")
    })?;
    let answer = Answer::to(&headers, &digest, size);
    if !answer.has_content() {
        return Ok(answer.with(|_| Body::empty()));
    }
    if size <= LARGEST {
        let content = services.blobs.get(&name).await?;
        services.hot_files.put(&digest, content.clone(), services.now());
        return Ok(answer.with(|range| Body::from(part_of(&content, range))));
    }
    let content = services.blobs.stream(&name, answer.range()).await?;
    Ok(answer.with(|_| Body::from_stream(content)))
}

/// What the headers of a request make of it.
struct Answer {
    tag: String,
    size: u64,
    /// `None`: the copy that the host has is the file.
    requested: Option<RequestedRange>,
}

impl Answer {
    fn to(headers: &HeaderMap, digest: &str, size: u64) -> Self {
        let tag = format!("\"{digest}\"");
        let requested = (!if_none_match(headers, &tag)).then(|| RequestedRange::from_headers(headers, size, &tag));
        Self { tag, size, requested }
    }

    fn has_content(&self) -> bool {
        matches!(self.requested, Some(RequestedRange::Whole | RequestedRange::Part(_)))
    }

    fn range(&self) -> Option<ByteRange> {
        match &self.requested {
            Some(RequestedRange::Part(range)) => Some(*range),
            _ => None,
        }
    }

    fn with(self, content: impl FnOnce(Option<ByteRange>) -> Body) -> Response {
        let range = self.range();
        match self.requested {
            None => return with_headers(StatusCode::NOT_MODIFIED.into_response(), &[(header::ETAG, self.tag)]),
            Some(RequestedRange::Unsatisfiable) => return unsatisfiable(self.size),
            Some(RequestedRange::Whole | RequestedRange::Part(_)) => {}
        }
        let mut response = content(range).into_response();
        let ByteRange { start, end } = range.unwrap_or(ByteRange { start: 0, end: self.size });
        let mut extra = vec![
            (header::ETAG, self.tag),
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (header::CONTENT_LENGTH, (end - start).to_string()),
        ];
        if range.is_some() {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            extra.push((header::CONTENT_RANGE, format!("bytes {start}-{}/{}", end - 1, self.size)));
        }
        with_headers(response, &extra)
    }
}

/// The range is within the file.
fn part_of(content: &Bytes, range: Option<ByteRange>) -> Bytes {
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(content.len());
    range.map_or_else(|| content.clone(), |range| content.slice(place(range.start)..place(range.end)))
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
