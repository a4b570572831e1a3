//! Which headers pass the gate, and in what form.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::Value;

use super::target::GateCaller;
use crate::problem::Problem;

/// Headers of one hop, and those that would lie about who asks. Cookies are the app's own data and pass.
const NOT_FORWARDED: [&str; 22] = [
    "accept-encoding",
    "connection",
    "content-length",
    "cookie2",
    "date",
    "expect",
    "forwarded",
    "host",
    "http2-settings",
    "keep-alive",
    "origin",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-real-ip",
    "x-client-ip",
];
const NOT_FORWARDED_PREFIXES: [&str; 4] = ["sec-", "x-forwarded-", "access-control-request-", "mezze-"];

fn is_forwarded(name: &HeaderName) -> bool {
    let name = name.as_str();
    !NOT_FORWARDED.contains(&name) && !NOT_FORWARDED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// The headers that a server gets: what the app asked for, less what must not pass, and the fixed `Referer`.
///
/// Values may be texts, numbers or booleans, as apps write them.
pub(super) fn outgoing(
    asked: &serde_json::Map<String, Value>,
    caller: &GateCaller,
    platform_host: &str,
) -> Result<HeaderMap, Problem> {
    let mut headers = HeaderMap::new();
    for (name, value) in asked {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Null => continue,
            Value::Array(_) | Value::Object(_) => {
                return Err(Problem::bad_request(format!("The value of the header `{name}` is not a text.")));
            }
        };
        let parsed = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| Problem::bad_request(format!("`{name}` is not a header name.")))?;
        let value = HeaderValue::from_bytes(text.as_bytes())
            .map_err(|_| Problem::bad_request(format!("The value of the header `{name}` has forbidden characters.")))?;
        if is_forwarded(&parsed) {
            headers.insert(parsed, value);
        }
    }
    let referer = format!("https://{platform_host}/{}/{}/page-frame.html", caller.app_id, caller.version);
    if let Ok(referer) = HeaderValue::from_str(&referer) {
        headers.insert(header::REFERER, referer);
    }
    headers.entry(header::USER_AGENT).or_insert(HeaderValue::from_static(concat!(
        "Mezze/",
        env!("CARGO_PKG_VERSION"),
        " MiniApp"
    )));
    Ok(headers)
}

/// Headers that must not follow a redirect to another origin.
pub(super) fn forget_credentials(headers: &mut HeaderMap) {
    for name in [header::AUTHORIZATION, header::COOKIE] {
        headers.remove(name);
    }
}

/// A server's headers as an app reads them: one text for each name, names written `Like-This`.
pub(super) fn incoming(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        if matches!(
            name.as_str(),
            "connection" | "keep-alive" | "proxy-authenticate" | "te" | "trailer" | "transfer-encoding" | "upgrade"
        ) {
            continue;
        }
        let text = String::from_utf8_lossy(value.as_bytes());
        seen.entry(title_case(name.as_str()))
            .and_modify(|known| {
                known.push_str(", ");
                known.push_str(&text);
            })
            .or_insert_with(|| text.into_owned());
    }
    seen
}

/// Every `Set-Cookie`, as the server wrote it.
pub(super) fn cookies(headers: &HeaderMap) -> Vec<String> {
    headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}

fn title_case(name: &str) -> String {
    let mut at_start = true;
    name.chars()
        .map(|character| {
            let written = if at_start { character.to_ascii_uppercase() } else { character };
            at_start = character == '-';
            written
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn caller() -> GateCaller {
        GateCaller {
            user_id: "ann".to_owned(),
            app_id: "org.example.menu".to_owned(),
            version: "1.2.0".to_owned(),
            origins: Arc::default(),
        }
    }

    #[test]
    fn identity_and_hop_headers_are_left_out_and_the_apps_own_pass() {
        let asked = serde_json::json!({
            "Cookie": "a=b", "Authorization": "Bearer x", "X-App": 7, "Content-Type": "application/json",
            "Host": "evil", "Origin": "https://evil", "Referer": "https://evil", "X-Forwarded-For": "1.1.1.1",
            "Connection": "close", "Transfer-Encoding": "chunked", "Sec-Fetch-Site": "none", "Proxy-Authorization": "x",
        });
        let headers = outgoing(asked.as_object().unwrap(), &caller(), "apps.example.org").unwrap();
        let mut names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["authorization", "content-type", "cookie", "referer", "user-agent", "x-app"]);
        assert_eq!(headers["x-app"], "7");
        assert_eq!(headers["referer"], "https://apps.example.org/org.example.menu/1.2.0/page-frame.html");
    }

    #[test]
    fn a_header_can_not_be_split() {
        let asked = serde_json::json!({"X-App": "a\r\nHost: evil"});
        assert!(outgoing(asked.as_object().unwrap(), &caller(), "localhost").is_err());
        let asked = serde_json::json!({"X App": "a"});
        assert!(outgoing(asked.as_object().unwrap(), &caller(), "localhost").is_err());
    }

    #[test]
    fn cookies_come_back_as_data() {
        let mut headers = HeaderMap::new();
        headers.append(header::SET_COOKIE, HeaderValue::from_static("a=1; Path=/"));
        headers.append(header::SET_COOKIE, HeaderValue::from_static("b=2"));
        headers.append(header::CONNECTION, HeaderValue::from_static("close"));
        assert_eq!(cookies(&headers), ["a=1; Path=/", "b=2"]);
        assert_eq!(incoming(&headers), BTreeMap::from([("Set-Cookie".to_owned(), "a=1; Path=/, b=2".to_owned())]));
    }
}
