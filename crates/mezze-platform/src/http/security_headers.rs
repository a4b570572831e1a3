//! Security headers, on every response: a route may set its own value, a route that says nothing gets the strictest.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::Services;

/// For everything that is not the shell: it may load nothing, and no page may frame it.
const ANSWER_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// For files that people or other servers made: also when opened as a page they may do nothing.
pub(crate) const FRAMELESS_FILE_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// What the shell may use of the device. Mini-app frames have opaque origins, so `self` leaves them out.
const PERMISSIONS: &str = "accelerometer=(self), browsing-topics=(), camera=(self), \
    clipboard-read=(self), clipboard-write=(self), display-capture=(), fullscreen=(self), geolocation=(self), \
    gyroscope=(self), hid=(), magnetometer=(self), microphone=(self), midi=(), payment=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

/// Who may frame a page of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Nobody.
    Never,
    /// Our own pages: the console, around the mini app under review.
    ByOurselves,
}

/// The console's policy: its own script and style, our own interface, and in a frame only the mini app under review.
pub(crate) struct ConsolePolicy<'a> {
    /// The origin that the console is served under.
    pub(crate) origin: Option<&'a str>,
}

impl ConsolePolicy<'_> {
    /// The header's value.
    pub(crate) fn header(&self) -> String {
        let frames = self.origin.map_or_else(|| "'none'".to_owned(), |origin| format!("{origin}/console/run/"));
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
             frame-src {frames}; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types lit-html"
        )
    }
}

/// The shell's policy. Mini-app frames are filled by `srcdoc` and inherit it.
pub(crate) struct ShellPolicy<'a> {
    /// `sha256-…` of the inline scripts of the shell and of the frames.
    pub(crate) script_hashes: &'a [String],
    /// The origin that the shell is served under; its `/webview/` is the only thing that may be framed.
    pub(crate) origin: Option<&'a str>,
    pub(crate) framing: Framing,
}

impl ShellPolicy<'_> {
    /// The header's value.
    ///
    /// `frame-src` is what keeps a frame from navigating itself elsewhere: it names the wrapper of web pages and nothing
    /// else. `srcdoc` is not a navigation to a URL and stays allowed (checked in Chromium by tests/e2e).
    pub(crate) fn header(&self) -> String {
        let frames = self.origin.map_or_else(|| "'none'".to_owned(), |origin| format!("{origin}/webview/"));
        let ancestors = if self.framing == Framing::Never { "'none'" } else { "'self'" };
        let hashes: String = self.script_hashes.iter().map(|hash| format!(" '{hash}'")).collect();
        format!(
            "default-src 'none'; script-src 'self'{hashes} blob:; worker-src 'self' blob:; \
             style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self' blob: data:; \
             media-src 'self' blob:; connect-src 'self'; frame-src {frames}; manifest-src 'self'; base-uri 'none'; \
             form-action 'self'; frame-ancestors {ancestors}"
        )
    }
}

/// Middleware, outermost: adds what the response does not say itself.
pub(crate) async fn security_headers(State(services): State<Arc<Services>>, request: Request, next: Next) -> Response {
    // Page frames have an opaque origin: a refusal that they may not see would look like a broken platform.
    let is_media = request.uri().path().starts_with("/gate/media/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let defaults: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, ANSWER_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            if is_media { "cross-origin" } else { "same-origin" },
        ),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if services.options.promises_https() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_hashes_and_nothing_unsafe_for_scripts() {
        let hashes = ["sha256-abc=".to_owned(), "sha256-def=".to_owned()];
        let policy = ShellPolicy { script_hashes: &hashes, origin: None, framing: Framing::Never }.header();
        assert!(policy.contains("script-src 'self' 'sha256-abc=' 'sha256-def=' blob:;"), "{policy}");
        assert!(policy.contains("frame-src 'none';"), "{policy}");
        let origin = Some("https://apps.example.org");
        let policy = ShellPolicy { script_hashes: &hashes, origin, framing: Framing::Never }.header();
        assert!(policy.contains("frame-src https://apps.example.org/webview/;"), "{policy}");
        assert!(!policy.contains("unsafe-eval"), "{policy}");
        assert!(!policy.contains('\n'), "{policy}");
    }
}
