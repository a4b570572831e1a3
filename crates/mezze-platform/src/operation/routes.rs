//! Health, readiness, metrics, and what the platform is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use mezze_host::permission::Policy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::overview;
use crate::accounts::{Accounts, Role, SignedIn, bearer_token};
use crate::options::Datum;
use crate::organisations::duties_of;
use crate::problem::Problem;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(readiness))
        .routes(routes!(metrics))
        .routes(routes!(platform))
        .routes(routes!(overview::overview))
}

/// What a client may know before anyone is signed in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct PlatformDescription {
    name: String,
    /// Whether anyone may sign in as the demo user.
    demo: bool,
    /// Whether this is `mezze dev`.
    development: bool,
    /// Whether the caller has a session, so that a client need not ask and be refused.
    signed_in: bool,
    version: String,
    /// Ed25519 key of the countersignature, base64url.
    signing_key: String,
    /// What the operator forbids or gives beforehand: `{rules: [{id, apps, publishers, categories, permissions, effect,
    /// reason}]}`.
    #[schema(value_type = Object)]
    permission_policy: Policy,
    /// Tiles for maps, at `/gate/tiles/{z}/{x}/{y}`; none where the operator has set none.
    map_tiles: Option<MapTilesDescription>,
}

/// What a map has to know of the operator's tiles; their address stays with the platform.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct MapTilesDescription {
    datum: Datum,
    attribution: String,
    max_zoom: u8,
}

/// What this platform is
#[utoipa::path(get, path = "/api/v1/platform", tag = "operation", responses((status = 200, body = PlatformDescription)))]
async fn platform(State(services): State<Arc<Services>>, user: Option<SignedIn>) -> Json<PlatformDescription> {
    let development = services.options.development.is_some();
    Json(PlatformDescription {
        name: "Mezze".to_owned(),
        demo: services.options.demo || development,
        development,
        signed_in: user.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        signing_key: services.keys.countersigning.public().to_string(),
        permission_policy: services.options.permission_policy.clone(),
        map_tiles: services.options.map_tiles.as_ref().map(|tiles| MapTilesDescription {
            datum: tiles.datum,
            attribution: tiles.attribution.clone(),
            max_zoom: tiles.max_zoom,
        }),
    })
}

/// Is the process alive
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, description = "It is", body = String)))]
async fn health() -> &'static str {
    "ok\n"
}

/// Can it serve: database and blob store answer, and it is not stopping
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operation",
    responses(
        (status = 200, description = "It can", body = String),
        (status = 503, description = "It can't now", body = Problem),
    )
)]
async fn readiness(State(services): State<Arc<Services>>) -> Result<&'static str, Problem> {
    let unready = |what: &str| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", "The platform is not ready", format!("{what}."))
    };
    if *services.stopping.borrow() {
        return Err(unready("It is stopping"));
    }
    services.database.ping().await.map_err(|_| unready("Its database does not answer"))?;
    services.blobs.ping().await.map_err(|_| unready("Its blob store does not answer"))?;
    Ok("ready\n")
}

/// Counters in Prometheus' text form
///
/// Open on a platform that listens on this machine only; elsewhere it needs a developer's or operator's bearer token,
/// or someone of the operator's staff who is signed in.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    responses(
        (status = 200, description = "OpenMetrics text", body = String, content_type = "application/openmetrics-text"),
        (status = 401, description = "A bearer token is needed", body = Problem),
    )
)]
async fn metrics(
    State(services): State<Arc<Services>>,
    session: Option<SignedIn>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if services.options.public_url.is_some() || services.options.tls.is_some() {
        let user = match bearer_token(&headers) {
            Some(token) => Accounts(&services).by_access_token(token).await?,
            None => None,
        };
        let reads = match (user, session) {
            (Some(user), _) => user.role != Role::User,
            (None, Some(SignedIn(user))) => duties_of(services.database.read(), &user).await?.is_staff(),
            (None, None) => false,
        };
        if !reads {
            return Err(Problem::not_signed_in().hint("Send `Authorization: Bearer TOKEN`."));
        }
    }
    let text = services.metrics.text().map_err(|cause| Problem::internal("write its metrics", &cause))?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}
