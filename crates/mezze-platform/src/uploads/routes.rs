//! Uploads over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Uploads;
use super::model::upload;
use crate::accounts::Uploader;
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::state::Services;

/// Largest part in one request.
const MOST_IN_A_PART: usize = 8 * 1024 * 1024;
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(open)).routes(routes!(show, append, abandon))
}

#[derive(Deserialize, ToSchema)]
struct NewUpload {
    /// Bytes of the whole package.
    size: u64,
    /// SHA-256 of the whole package, hex.
    sha256: String,
}

/// A package on its way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Upload {
    id: String,
    sha256: String,
    size: i64,
    /// Bytes that are here; the next part begins there.
    offset: i64,
    /// `open`, `complete`, or `used` by a release.
    state: String,
    /// The release that was made from it.
    release_id: Option<String>,
    /// Seconds since 1970.
    expires_at: i64,
}

impl From<upload::Model> for Upload {
    fn from(upload: upload::Model) -> Self {
        Self {
            id: upload.id,
            sha256: upload.digest,
            size: upload.size,
            offset: upload.received,
            state: upload.state,
            release_id: upload.release_id,
            expires_at: upload.expires_at,
        }
    }
}

/// Start an upload
///
/// The same package again finds the upload that is there, with what has arrived of it.
#[utoipa::path(
    post,
    path = "/api/v1/uploads",
    tag = "uploads",
    request_body = NewUpload,
    responses(
        (status = 200, description = "An upload of these bytes is here already", body = Upload),
        (status = 201, description = "Send the bytes to the address in `Location`", body = Upload),
        (status = 401, description = "No bearer token and nobody signed in", body = Problem),
        (status = 403, description = "Not a developer", body = Problem),
        (status = 413, description = "Over a limit", body = Problem),
        (status = 429, description = "Too many uploads are under way", body = Problem),
    )
)]
async fn open(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    ApiJson(request): ApiJson<NewUpload>,
) -> Result<Response, Problem> {
    let uploads = Uploads(&services);
    uploads.forget_old().await?;
    let (upload, created) = uploads.open(&caller.user.id, &request.sha256, request.size).await?;
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    let location = format!("/api/v1/uploads/{}", upload.id);
    let mut response = with_offset(status, upload);
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    Ok(response)
}

/// How far an upload is
#[utoipa::path(
    get,
    path = "/api/v1/uploads/{id}",
    tag = "uploads",
    params(("id" = String, Path, description = "The upload's id")),
    responses(
        (status = 200, description = "`Upload-Offset` says it too, also for HEAD", body = Upload),
        (status = 404, description = "No such upload of yours", body = Problem),
    )
)]
async fn show(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let upload = Uploads(&services).find(&caller.user.id, &id).await?;
    Ok(with_offset(StatusCode::OK, upload))
}

/// Send the next part
///
/// `Upload-Offset` must be the number of bytes that are here. The last part completes the upload if the digest of the
/// whole is the one that was announced.
#[utoipa::path(
    patch,
    path = "/api/v1/uploads/{id}",
    tag = "uploads",
    params(
        ("id" = String, Path, description = "The upload's id"),
        ("Upload-Offset" = u64, Header, description = "Where the part begins"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream", description = "Up to 8 MiB"),
    responses(
        (status = 200, description = "`Upload-Offset` says how much is here now", body = Upload),
        (status = 404, description = "No such upload of yours", body = Problem),
        (status = 409, description = "The part does not follow on what is here", body = Problem),
        (status = 413, description = "The part is too large", body = Problem),
        (status = 422, description = "The whole has another digest than announced", body = Problem),
    )
)]
async fn append(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let uploads = Uploads(&services);
    let upload = uploads.find(&caller.user.id, &id).await?;
    let offset = headers.get(&OFFSET).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let offset = offset.ok_or_else(|| Problem::bad_request("The header `Upload-Offset` must be a number of bytes."))?;
    let part = to_bytes(body, MOST_IN_A_PART).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "part-too-large",
            "The part is too large",
            format!("A part has at most {MOST_IN_A_PART} bytes, and must arrive whole."),
        )
        .hint("Send it in several parts.")
    })?;
    let upload = uploads.append(&upload, offset, part).await?;
    Ok(with_offset(StatusCode::OK, upload))
}

/// Give an upload up
#[utoipa::path(
    delete,
    path = "/api/v1/uploads/{id}",
    tag = "uploads",
    params(("id" = String, Path, description = "The upload's id")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "No such upload of yours", body = Problem),
    )
)]
async fn abandon(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let uploads = Uploads(&services);
    let upload = uploads.find(&caller.user.id, &id).await?;
    uploads.abandon(&upload).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn with_offset(status: StatusCode, upload: upload::Model) -> Response {
    let (offset, size) = (upload.received, upload.size);
    let mut response = (status, Json(Upload::from(upload))).into_response();
    let headers = response.headers_mut();
    headers.insert(OFFSET, offset.into());
    headers.insert(LENGTH, size.into());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
