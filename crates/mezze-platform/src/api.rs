//! All routes in one place: the router that is served and the OpenAPI document that describes it.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::http::{problems_everywhere, refuse_foreign_hosts, refuse_foreign_origins, security_headers};
use crate::operation::count_requests;
use crate::problem::Problem;
use crate::rates::limit_requests;
use crate::state::Services;
use crate::{
    accounts, apps, audit_trail, console, delivery, development, devices, gate, grants, identity, log, operation,
    organisations, registry, releases, reports, review, shell, uploads, webview,
};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Mezze platform",
        description = "What the super app, the consoles and the command line talk to. Errors are problem details (RFC 9457). \
            Sessions are cookies; calls that change something need an `Origin` of the platform's own, or a bearer token.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "accounts", description = "Signing in and out"),
        (name = "devices", description = "Device keys"),
        (name = "identity", description = "Signing users in to mini apps"),
        (name = "organisations", description = "Organisations, their members, the operator's staff"),
        (name = "apps", description = "Mini apps as their developers manage them"),
        (name = "uploads", description = "Packages in parts"),
        (name = "releases", description = "The life of a release"),
        (name = "review", description = "The reviewers' desk"),
        (name = "reports", description = "Users' reports of abuse and their handling"),
        (name = "audit", description = "Every act, as it was done"),
        (name = "registry", description = "Mini apps and their packages"),
        (name = "delivery", description = "Launching and fetching"),
        (name = "log", description = "The public log of releases"),
        (name = "grants", description = "Users' answers to mini apps' questions for permission"),
        (name = "gate", description = "Requests of mini apps to other servers"),
        (name = "development", description = "For `mezze dev`"),
        (name = "operation", description = "For whoever runs the platform"),
    )
)]
struct Description;

fn documented() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::with_openapi(Description::openapi().merge_from(gate::GateSchemas::openapi()))
        .merge(accounts::router())
        .merge(devices::router())
        .merge(organisations::router())
        .merge(apps::router())
        .merge(uploads::router())
        .merge(releases::router())
        .merge(review::router())
        .merge(reports::router())
        .merge(audit_trail::router())
        .merge(registry::router())
        .merge(identity::router())
        .merge(delivery::router())
        .merge(log::router())
        .merge(grants::router())
        .merge(gate::router())
        .merge(development::router())
        .merge(operation::router())
}

/// The OpenAPI document of every call.
#[must_use]
pub fn openapi() -> OpenApi {
    documented().into_openapi()
}

/// The whole platform as one service. Layers run from the last to the first.
pub(crate) fn router(services: Arc<Services>) -> Router {
    let (router, document) = documented().split_for_parts();
    let document = serde_json::to_value(&document).unwrap_or_default();
    router
        .route("/api/openapi.json", get(move || std::future::ready(Json(document.clone()))))
        .merge(webview::router())
        .merge(console::router())
        .merge(shell::router())
        .layer(middleware::from_fn_with_state(services.clone(), refuse_foreign_origins))
        .layer(middleware::from_fn_with_state(services.clone(), refuse_foreign_hosts))
        .layer(middleware::from_fn_with_state(services.clone(), limit_requests))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(problems_everywhere))
        .layer(middleware::from_fn_with_state(services.clone(), count_requests))
        .layer(middleware::from_fn_with_state(services.clone(), security_headers))
        // Paths only: queries and headers may hold what nobody should read in a log.
        .layer(TraceLayer::new_for_http().make_span_with(|request: &axum::extract::Request| {
            tracing::debug_span!("request", http.method = %request.method(), http.path = path_for_log(request.uri().path()))
        }))
        .with_state(services)
}

/// Media and web-view paths hold a ticket.
fn path_for_log(path: &str) -> &str {
    let secret = ["/gate/media/", "/webview/"].into_iter().find(|prefix| path.starts_with(prefix));
    secret.unwrap_or(path)
}

fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Problem::internal("answer a request", &text.unwrap_or("panic")).into_response()
}

#[cfg(test)]
mod tests;
