//! Verification over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model::document;
use super::routes::OrganisationView;
use super::service::Organisations;
use super::verification::{PATH, record_name};
use crate::accounts::Caller;
use crate::http::{ApiJson, FRAMELESS_FILE_POLICY};
use crate::problem::Problem;
use crate::state::Services;

const MOST_BYTES: usize = 10 * 1024 * 1024;

pub(super) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(challenge))
        .routes(routes!(prove))
        .routes(routes!(mark))
        .routes(routes!(documents, attach))
        .routes(routes!(read))
}

#[derive(Deserialize, ToSchema)]
struct DomainRequest {
    #[schema(example = "example.org")]
    domain: String,
}

/// What to publish.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct DomainChallenge {
    domain: String,
    /// Name of the TXT record that holds the line.
    #[schema(example = "_mezze.example.org")]
    record: String,
    /// Or where a file must be with it.
    url: String,
    /// The line.
    line: String,
}

/// Begin to prove a domain
#[utoipa::path(
    post,
    path = "/api/v1/organisations/{id}/domains",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    request_body = DomainRequest,
    responses(
        (status = 200, description = "Publish this line in one of the two places, then ask for the proof", body = DomainChallenge),
        (status = 403, description = "Not an owner", body = Problem),
    )
)]
async fn challenge(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<DomainRequest>,
) -> Result<Json<DomainChallenge>, Problem> {
    caller.require_session()?;
    let row = Organisations(&services).challenge(caller, &id, &request.domain).await?;
    Ok(Json(DomainChallenge {
        record: record_name(&row.domain),
        url: format!("https://{}{PATH}", row.domain),
        line: format!("mezze-verification={}", row.token),
        domain: row.domain,
    }))
}

/// Prove a domain
#[utoipa::path(
    post,
    path = "/api/v1/organisations/{id}/domains/proof",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    request_body = DomainRequest,
    responses(
        (status = 200, description = "The organisation is verified", body = OrganisationView),
        (status = 404, description = "The proof was not begun", body = Problem),
        (status = 409, description = "The line is not there", body = Problem),
    )
)]
async fn prove(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<DomainRequest>,
) -> Result<Json<OrganisationView>, Problem> {
    caller.require_session()?;
    let row = Organisations(&services).prove(caller, &id, &request.domain).await?;
    Ok(Json((row, None).into()))
}

#[derive(Deserialize, ToSchema)]
struct Mark {
    verified: bool,
    /// What it rests on, for the audit trail.
    #[serde(default)]
    note: String,
}

/// Mark an organisation as verified, or no more
#[utoipa::path(
    put,
    path = "/api/v1/organisations/{id}/verification",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    request_body = Mark,
    responses(
        (status = 200, body = OrganisationView),
        (status = 403, description = "Not an admin of the operator", body = Problem),
        (status = 404, description = "No such organisation", body = Problem),
    )
)]
async fn mark(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<Mark>,
) -> Result<Json<OrganisationView>, Problem> {
    caller.require_session()?;
    let row = Organisations(&services).mark(caller, &id, request.verified, &request.note).await?;
    Ok(Json((row, None).into()))
}

/// A document that shows who an organisation is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct DocumentView {
    id: String,
    name: String,
    media_type: String,
    size: i64,
    added_by: String,
    created_at: i64,
}

impl From<document::Model> for DocumentView {
    fn from(row: document::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            added_by: row.added_by,
            created_at: row.created_at,
        }
    }
}

/// The documents of an organisation
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{id}/documents",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    responses(
        (status = 200, body = Vec<DocumentView>),
        (status = 404, description = "No such organisation that you may see", body = Problem),
    )
)]
async fn documents(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<DocumentView>>, Problem> {
    caller.require_session()?;
    let rows = Organisations(&services).documents(&caller, &id).await?;
    Ok(Json(rows.into_iter().map(DocumentView::from).collect()))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DocumentName {
    /// What it is called.
    name: String,
}

/// Attach a document
#[utoipa::path(
    post,
    path = "/api/v1/organisations/{id}/documents",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id"), DocumentName),
    request_body(content = Vec<u8>, content_type = "application/pdf", description = "A PDF, PNG or JPEG, up to 10 MiB"),
    responses(
        (status = 201, body = DocumentView),
        (status = 400, description = "Not a document that is taken", body = Problem),
        (status = 403, description = "Not an owner", body = Problem),
    )
)]
async fn attach(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    Query(query): Query<DocumentName>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<DocumentView>), Problem> {
    caller.require_session()?;
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bytes = to_bytes(body, MOST_BYTES)
        .await
        .map_err(|_| Problem::bad_request("A document has at most 10 MiB, and must arrive whole."))?;
    let row = Organisations(&services).attach_document(caller, &id, &query.name, media_type, bytes).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Read a document
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{id}/documents/{document}",
    tag = "organisations",
    params(
        ("id" = String, Path, description = "The organisation's id"),
        ("document" = String, Path, description = "The document's id"),
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/pdf"),
        (status = 404, description = "No such document that you may see", body = Problem),
    )
)]
async fn read(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, document)): Path<(String, String)>,
) -> Result<Response, Problem> {
    caller.require_session()?;
    let (row, bytes) = Organisations(&services).document(&caller, &id, &document).await?;
    let mut response = Body::from(bytes).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, row.media_type.as_str()),
        // Never opened in the platform's own origin, whatever it holds.
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::CONTENT_SECURITY_POLICY, FRAMELESS_FILE_POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
