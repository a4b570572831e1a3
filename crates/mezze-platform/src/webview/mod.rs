//! Web pages inside mini apps: a wrapper whose policy lets it frame the release's declared origins and nothing else.
//!
//! The shell frames `GET /webview/TICKET` (its only `frame-src`) and tells the wrapper which page to open; what the
//! page may do is the browser's business, what it says to its app goes through the wrapper. The sandbox that the
//! wrapper's policy sets holds for the page in it too: it can't navigate the super app away.
//!
//! `GET /webview/api.js` is what such a page loads to talk to its app (`wx.miniProgram`).

#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mezze_model::{OriginRule, OriginUse, Origins};
use sha2::{Digest as _, Sha256};

use crate::accounts::SignedIn;
use crate::gate::ticket_holder;
use crate::http::own_origin;
use crate::problem::Problem;
use crate::state::Services;

const SCRIPT: &str = include_str!("wrapper.js");
const STYLE: &str = "html,body{margin:0;height:100%}iframe{display:block;border:0;width:100%;height:100%}";
const API_SCRIPT: &str = include_str!("api.js");

/// What a page in the wrapper may do. `allow-same-origin` lets it keep its own origin, not ours.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-forms allow-modals allow-popups \
    allow-popups-to-escape-sandbox allow-downloads";

/// The document and its two hashes never change while the program runs.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Web page</title><style>{STYLE}</style></head>\
         <body><script>{SCRIPT}</script></body></html>"
    )
});
static SCRIPT_HASH: LazyLock<String> = LazyLock::new(|| hash(SCRIPT));
static STYLE_HASH: LazyLock<String> = LazyLock::new(|| hash(STYLE));

pub(crate) fn router() -> Router<Arc<Services>> {
    Router::new().route("/webview/api.js", get(api_script)).route("/webview/{ticket}", get(wrapper))
}

/// The wrapper for the release that the ticket names.
async fn wrapper(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(ticket): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = ticket_holder(&services, &ticket, &user.id).await?;
    let own = own_origin(&services, &headers).unwrap_or_default();
    let sources = frame_sources(caller.origins(), services.options.development.is_some(), &own);
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; frame-src {}; frame-ancestors 'self'; \
         base-uri 'none'; form-action 'none'; sandbox {SANDBOX}",
        *SCRIPT_HASH,
        *STYLE_HASH,
        if sources.is_empty() { "'none'".to_owned() } else { sources.join(" ") },
    );
    let policy = HeaderValue::from_str(&policy).map_err(|cause| Problem::internal("write a policy", &cause))?;
    let mut response = DOCUMENT.as_str().into_response();
    let answer = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
        // Its address holds a ticket, which no page in it may learn.
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ] {
        answer.insert(name, value);
    }
    Ok(response)
}

/// For pages of other origins: anyone may load it, it holds nothing of anyone.
async fn api_script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, API_SCRIPT).into_response()
}

/// What the wrapper may frame. Never the platform itself: a page of our own origin could reach into the super app.
fn frame_sources(origins: &Origins, development: bool, own: &str) -> Vec<String> {
    let mut sources = Vec::new();
    for rule in origins.for_use(OriginUse::Webview) {
        match rule {
            OriginRule::Declared(origin) if origin.to_string() != own => sources.push(origin.to_string()),
            OriginRule::Declared(_) => {}
            // Releases can't declare it.
            OriginRule::AnyInDevelopment if development => {
                sources.extend(["https:", "http://localhost:*", "http://127.0.0.1:*"].map(str::to_owned));
            }
            OriginRule::AnyInDevelopment => {}
        }
    }
    sources
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
