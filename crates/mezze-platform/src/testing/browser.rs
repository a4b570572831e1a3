//! A browser as far as the platform sees one: it keeps cookies and says where its calls come from.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, header};
use bytes::Bytes;
use serde_json::Value;
use tower::ServiceExt as _;

const HOST: &str = "localhost:8080";

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    host: String,
    cookies: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self::at(router, HOST)
    }

    /// A browser that knows the platform by this host and port.
    pub(crate) fn at(router: Router, host: &str) -> Self {
        Self { router, host: host.to_owned(), cookies: Vec::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub(crate) async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json")], Body::from(body.to_string())).await
    }

    /// A call of the shell: cookies and our own origin are added unless `headers` says otherwise.
    pub(crate) async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(&method).uri(path);
        let says = |name: &str| headers.iter().any(|(said, _)| said.eq_ignore_ascii_case(name));
        if !says("host") {
            request = request.header(header::HOST, &self.host);
        }
        if method != Method::GET && !says("origin") {
            request = request.header(header::ORIGIN, format!("http://{}", self.host));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        // An empty value means that the header is left out.
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("the test's request is wrong");
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The cookies as a header, for a connection of another kind.
    pub(crate) fn cookie_header(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie is text");
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a value");
            self.cookies.retain(|(known, _)| known != name);
            if !attributes.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|cause| panic!("not JSON ({cause}): {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Asserts that this is a problem of a kind, and gives its detail and hint.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, name: &str) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(
            (self.status, problem["type"].as_str().unwrap_or_default()),
            (status, format!("urn:mezze:problem:{name}").as_str()),
            "{problem}"
        );
        assert_eq!(problem["status"], status);
        format!("{} {}", problem["detail"].as_str().unwrap_or_default(), problem["hint"].as_str().unwrap_or_default())
    }
}
