//! The web console for developers and the operator's staff, at `/console/`: one page with a policy of its own.
//!
//! The console runs nothing but its own script. Where a reviewer looks at a mini app, it frames `/console/run/`: the
//! shell's page under the shell's policy, which there, and only there, may be framed, by the console alone.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;

use crate::http::{ConsolePolicy, Framing, ShellPolicy, own_origin};
use crate::problem::Problem;
use crate::shell;
use crate::state::Services;

const PAGE: &str = "console/index.html";

pub(crate) fn router() -> Router<Arc<Services>> {
    Router::new()
        .route("/console", get(|| std::future::ready(Redirect::permanent("/console/"))))
        .route("/console/", get(page))
        .route("/console/run/{*rest}", get(run))
        .route("/console/assets/{*rest}", get(asset))
        .route("/console/{*rest}", get(page))
}

/// Every address of the console is its one page.
async fn page(State(services): State<Arc<Services>>, headers: HeaderMap) -> Result<Response, Problem> {
    serve(&services, &headers, PAGE)
}

async fn asset(
    State(services): State<Arc<Services>>,
    Path(rest): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let path = format!("console/assets/{rest}");
    if services.shell.find(&path).is_none() {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    serve(&services, &headers, &path)
}

fn serve(services: &Services, headers: &HeaderMap, path: &str) -> Result<Response, Problem> {
    let origin = own_origin(services, headers);
    let policy = ConsolePolicy { origin: origin.as_deref() }.header();
    shell::serve(services, headers, path, &policy)
}

/// The shell alone with one mini app, for the frame of the review screen.
async fn run(State(services): State<Arc<Services>>, headers: HeaderMap) -> Result<Response, Problem> {
    let origin = own_origin(&services, &headers);
    let hashes = services.shell.script_hashes();
    let policy = ShellPolicy { script_hashes: &hashes, origin: origin.as_deref(), framing: Framing::ByOurselves };
    let mut response = shell::serve(&services, &headers, shell::PAGE, &policy.header())?;
    response.headers_mut().insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}
