//! Uploading packages and looking mini apps up.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use mezze_model::AppId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::listing::{MiniApp, MiniAppDetails, ReleaseSummary};
use super::publish::{Published, too_large};
use super::service::{Registry, icon_blob_name};
use crate::accounts::Uploader;
use crate::http::{FRAMELESS_FILE_POLICY, if_none_match};
use crate::problem::Problem;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(upload))
        .routes(routes!(list_mini_apps))
        .routes(routes!(show_mini_app))
        .routes(routes!(show_icon))
}

/// Upload a package
///
/// The package is checked and submitted in one go, or nothing of it is kept. Where a program reviews, it is released at
/// once; where people do, it waits for them. The same package again answers 200 with what is there. Large packages are
/// better sent in parts, see /api/v1/uploads.
#[utoipa::path(
    post,
    path = "/api/v1/packages",
    tag = "registry",
    request_body(content = Vec<u8>, content_type = "application/miniapp-pkg+zip", description = "A signed `.ma` package"),
    responses(
        (status = 200, description = "This very package is here already", body = Published),
        (status = 201, description = "Released, or taken in for review", body = Published),
        (status = 401, description = "No bearer token and nobody signed in", body = Problem),
        (status = 403, description = "Not a developer, or the app id belongs to another developer key", body = Problem),
        (status = 409, description = "The version exists already or is not newer", body = Problem),
        (status = 413, description = "Over a limit", body = Problem),
        (status = 422, description = "The package is damaged, unsigned, or breaks a rule", body = Problem),
        (status = 507, description = "The platform's disk is full", body = Problem),
    )
)]
async fn upload(
    State(services): State<Arc<Services>>,
    Uploader(caller): Uploader,
    body: Body,
) -> Result<(StatusCode, Json<Published>), Problem> {
    let most = services.options.limits.package.container_bytes;
    let bytes = to_bytes(body, usize::try_from(most).unwrap_or(usize::MAX)).await.map_err(|_| too_large(most))?;
    let published = Registry(&services).publish(bytes, &caller.into()).await?;
    let status = if published.created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(published)))
}

/// The mini apps that can be opened
#[utoipa::path(
    get,
    path = "/api/v1/miniapps",
    tag = "registry",
    responses((status = 200, description = "By name", body = Vec<MiniApp>))
)]
async fn list_mini_apps(State(services): State<Arc<Services>>) -> Result<Json<Vec<MiniApp>>, Problem> {
    let now = services.now();
    let pairs = Registry(&services).all_released().await?;
    Ok(Json(pairs.iter().map(|(app, release)| MiniApp::new(app, release, now)).collect()))
}

/// One mini app with its history
#[utoipa::path(
    get,
    path = "/api/v1/miniapps/{id}",
    tag = "registry",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, body = MiniAppDetails),
        (status = 404, description = "No released mini app has this id", body = Problem),
    )
)]
async fn show_mini_app(
    State(services): State<Arc<Services>>,
    Path(id): Path<String>,
) -> Result<Json<MiniAppDetails>, Problem> {
    let registry = Registry(&services);
    let (app, release) = registry.released(&parse_app_id(&id)?, None).await?;
    let releases = registry.history(&app.id).await?.into_iter().map(ReleaseSummary::from).collect();
    Ok(Json(MiniAppDetails { app: MiniApp::new(&app, &release, services.now()), releases }))
}

/// A mini app's picture
#[utoipa::path(
    get,
    path = "/api/v1/miniapps/{id}/icon",
    tag = "registry",
    params(
        ("id" = String, Path, description = "App id, not case-sensitive"),
        ("v" = Option<String>, Query, description = "Part of the picture's digest, so that it can be kept for ever"),
    ),
    responses(
        (status = 200, description = "PNG, JPEG, GIF or WebP", body = Vec<u8>, content_type = "image/*"),
        (status = 304, description = "Not changed"),
        (status = 404, description = "No such mini app, or it has no raster picture", body = Problem),
    )
)]
async fn show_icon(
    State(services): State<Arc<Services>>,
    Path(id): Path<String>,
    uri: axum::http::Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (app, release) = Registry(&services).released(&parse_app_id(&id)?, None).await?;
    let (Some(digest), Some(media_type)) = (release.icon_digest, release.icon_media_type) else {
        return Err(Problem::not_found(format!("{} has no picture.", app.id)));
    };
    let tag = format!("\"{digest}\"");
    let named = uri
        .query()
        .and_then(|query| query.strip_prefix("v="))
        .is_some_and(|part| part.len() >= 16 && digest.starts_with(part));
    let mut response = if if_none_match(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(services.blobs.get(&icon_blob_name(&digest)).await?).into_response()
    };
    let caching = if named { "public, max-age=31536000, immutable" } else { "no-cache" };
    for (name, value) in [
        (header::CONTENT_TYPE, media_type.as_str()),
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, caching),
        (header::CONTENT_SECURITY_POLICY, FRAMELESS_FILE_POLICY),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

pub(crate) fn parse_app_id(text: &str) -> Result<AppId, Problem> {
    AppId::parse(text).map_err(|cause| Problem::bad_request(format!("{cause}.")))
}
