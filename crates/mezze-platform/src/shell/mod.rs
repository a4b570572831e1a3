//! The web shell: built files, embedded in a release build, read from `web/dist` in a debug build.
//!
//! `/` and `/miniapp/…` are the shell's one page, which carries the policy that every mini-app frame inherits.
//! Files under `assets/` have a hash in their name and are kept for ever; everything else is asked for again.

mod assets;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::http::{Framing, ShellPolicy, if_none_match, own_origin};
use crate::problem::Problem;
use crate::state::Services;

use assets::Encoding;
pub(crate) use assets::ShellAssets;

pub(crate) const PAGE: &str = "index.html";

pub(crate) fn router() -> Router<Arc<Services>> {
    Router::new().route("/", get(page)).route("/miniapp", get(page)).route("/miniapp/{*rest}", get(page)).fallback(file)
}

async fn page(State(services): State<Arc<Services>>, headers: HeaderMap) -> Result<Response, Problem> {
    serve(&services, &headers, PAGE, &policy(&services, &headers))
}

async fn file(State(services): State<Arc<Services>>, request: Request) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches('/');
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read || path.is_empty() || path == assets::POLICY_FILE || services.shell.find(path).is_none() {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    serve(&services, request.headers(), path, &policy(&services, request.headers()))
}

fn policy(services: &Services, headers: &HeaderMap) -> String {
    let origin = own_origin(services, headers);
    let hashes = services.shell.script_hashes();
    ShellPolicy { script_hashes: &hashes, origin: origin.as_deref(), framing: Framing::Never }.header()
}

/// One built file under a policy; the console's pages come through here too.
pub(crate) fn serve(services: &Services, headers: &HeaderMap, path: &str, policy: &str) -> Result<Response, Problem> {
    let asset = services.shell.find(path).ok_or_else(not_built)?;
    let is_hashed = path.starts_with("assets/") || path.starts_with("console/assets/");
    let caching = if is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    let encoding = Encoding::choose(headers, &asset);
    let tag = match encoding {
        Encoding::Plain => format!("\"{}\"", asset.digest),
        Encoding::Gzip => format!("\"{}-gzip\"", asset.digest),
    };
    let mut response = if if_none_match(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(services.shell.encoded(&asset, encoding)).into_response()
    };
    let answer = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, asset.media_type.as_str()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, caching),
        (header::ETAG, tag.as_str()),
        (header::VARY, "Accept-Encoding"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(name, value);
        }
    }
    if encoding == Encoding::Gzip {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

fn not_built() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "shell-not-built",
        "The super app is not built",
        "This platform was built without its web part.",
    )
    .hint("Run `cargo xtask setup` and start it again.")
}
