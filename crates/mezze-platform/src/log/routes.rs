//! The log for everyone: a mirror or an auditor needs no account, and may be a page of another origin.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use mezze_model::Digest;
use mezze_package::log::tile::{Tile, WIDTH, bundle};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::service::{Inclusion, Log};
use super::store;
use crate::keys::SignedKeyChange;
use crate::problem::Problem;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(show_log))
        .routes(routes!(prove_inclusion))
        .routes(routes!(prove_consistency))
        .routes(routes!(show_checkpoint))
        .routes(routes!(show_tile))
}

/// A full tile never changes; what grows must be asked for again.
const FOREVER: &str = "public, max-age=31536000, immutable";
const NOT_KEPT: &str = "no-cache";

#[derive(Serialize, ToSchema)]
struct LogHead {
    /// Name of the log.
    origin: String,
    /// Key of the log's checkpoints: `ORIGIN+HASH+BASE64`.
    #[schema(example = "mezze.example/log+8a3d8a0c+AT5…=")]
    verifier_key: String,
    /// How earlier keys gave way to it, for whoever remembers one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<SignedKeyChange>,
    /// Entries.
    size: u64,
    /// Root, hex.
    root: String,
    /// The signed head.
    checkpoint: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct InclusionQuery {
    /// SHA-256 of the package, hex.
    package_digest: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ConsistencyQuery {
    /// The size that is known.
    from: u64,
    /// The size that is new.
    to: u64,
}

#[derive(Serialize, ToSchema)]
struct Consistency {
    /// Hashes, hex.
    proof: Vec<String>,
}

/// The public log
#[utoipa::path(get, path = "/api/v1/log", tag = "log", responses((status = 200, body = LogHead)))]
async fn show_log(State(services): State<Arc<Services>>) -> Result<Response, Problem> {
    let log = Log(&services);
    let (checkpoint, signed) = log.checkpoint().await?;
    let head = LogHead {
        verifier_key: log.verifier_key(),
        changes: services.key_changes().of_log(),
        origin: checkpoint.origin,
        size: checkpoint.size,
        root: checkpoint.root.to_string(),
        checkpoint: signed.as_str().to_owned(),
    };
    Ok(public(Json(head).into_response(), NOT_KEPT))
}

/// Proof that a release is in the log
#[utoipa::path(
    get,
    path = "/api/v1/log/inclusion",
    tag = "log",
    params(InclusionQuery),
    responses(
        (status = 200, body = Inclusion),
        (status = 404, description = "No release of this package is in the log", body = Problem),
    )
)]
async fn prove_inclusion(
    State(services): State<Arc<Services>>,
    Query(query): Query<InclusionQuery>,
) -> Result<Response, Problem> {
    let digest = Digest::parse(&query.package_digest).map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
    let inclusion = Log(&services).inclusion_of(&digest).await?;
    let inclusion = inclusion
        .ok_or_else(|| Problem::not_found(format!("No release of the package {digest} is in the public log.")))?;
    Ok(public(Json(inclusion).into_response(), NOT_KEPT))
}

/// Proof that the log was only added to
#[utoipa::path(
    get,
    path = "/api/v1/log/consistency",
    tag = "log",
    params(ConsistencyQuery),
    responses(
        (status = 200, body = Consistency),
        (status = 400, description = "The log has no such sizes", body = Problem),
    )
)]
async fn prove_consistency(
    State(services): State<Arc<Services>>,
    Query(ConsistencyQuery { from, to }): Query<ConsistencyQuery>,
) -> Result<Response, Problem> {
    let proof = Log(&services).consistency(from, to).await?;
    let proof = Consistency { proof: proof.iter().map(Digest::to_string).collect() };
    Ok(public(Json(proof).into_response(), FOREVER))
}

/// The signed head of the log, as text
#[utoipa::path(
    get,
    path = "/log/checkpoint",
    tag = "log",
    responses((status = 200, description = "A signed note (c2sp.org/tlog-checkpoint)", body = String, content_type = "text/plain"))
)]
async fn show_checkpoint(State(services): State<Arc<Services>>) -> Result<Response, Problem> {
    let (_, signed) = Log(&services).checkpoint().await?;
    Ok(public(signed.as_str().to_owned().into_response(), NOT_KEPT))
}

/// A part of the log as a file
#[utoipa::path(
    get,
    path = "/log/tile/{*path}",
    tag = "log",
    params(("path" = String, Path, description = "`LEVEL/INDEX` or `entries/INDEX`, as c2sp.org/tlog-tiles names them")),
    responses(
        (status = 200, description = "Hashes of 32 bytes, or entries behind their lengths", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "The log has not grown so far", body = Problem),
    )
)]
async fn show_tile(State(services): State<Arc<Services>>, Path(path): Path<String>) -> Result<Response, Problem> {
    let not_there = || Problem::not_found(format!("The public log has no file tile/{path}."));
    let tile = Tile::parse(&format!("tile/{path}")).ok_or_else(not_there)?;
    if !tile.is_in(Log(&services).size().await?) {
        return Err(not_there());
    }
    let database = services.database.read();
    let bytes = if tile.level.is_none() {
        let entries = store::entries(database, tile.index * WIDTH, tile.width).await?;
        bundle(entries.iter().map(String::as_bytes))
    } else {
        let wanted = tile.nodes();
        let known = store::nodes(database, &wanted).await?;
        let hashes: Option<Vec<_>> = wanted.iter().map(|node| known.get(node).map(|hash| *hash.as_bytes())).collect();
        hashes.ok_or_else(|| Problem::internal("read the public log", &"a node is missing"))?.concat()
    };
    let mut response = public(bytes.into_response(), FOREVER);
    let kind = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

fn public(mut response: Response, kept: &'static str) -> Response {
    let headers: [(HeaderName, &'static str); 3] = [
        (header::CACHE_CONTROL, kept),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
