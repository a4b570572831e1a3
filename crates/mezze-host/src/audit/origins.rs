//! Where an app's requests, pictures and sockets go, and whether it said so.

use std::collections::{BTreeMap, BTreeSet};

use mezze_model::Origins;
use serde::Serialize;
use url::Url;

use super::visit::Visit;
use crate::headless::NetworkUse;

/// One origin, for one use.
#[derive(Debug, Clone, Serialize)]
pub struct OriginReport {
    pub origin: String,
    #[serde(rename = "use")]
    pub used_for: NetworkUse,
    pub declared: bool,
    /// `https:` or `wss:`.
    pub secure: bool,
    /// Pages that called it.
    pub pages: Vec<String>,
    pub calls: u32,
}

/// Every origin that was called, in order.
pub fn called(visits: &[Visit], declared: &Origins) -> Vec<OriginReport> {
    let mut known: BTreeMap<(String, NetworkUse), (BTreeSet<&str>, u32)> = BTreeMap::new();
    for visit in visits {
        let requests = visit.observations.requests.iter().map(|request| (request.url.as_str(), request.kind));
        let media = visit.sources.iter().map(|(tag, source)| {
            let web_view = tag == "web-view";
            (source.as_str(), if web_view { NetworkUse::Webview } else { NetworkUse::Media })
        });
        for (url, kind) in requests.chain(media) {
            let Some(origin) = origin_of(url) else { continue };
            let (pages, calls) = known.entry((origin, kind)).or_default();
            pages.insert(&visit.path);
            *calls += 1;
        }
    }
    let reports = known.into_iter().map(|((origin, used_for), (pages, calls))| OriginReport {
        declared: is_declared(&origin, used_for, declared),
        secure: origin.starts_with("https:") || origin.starts_with("wss:"),
        pages: pages.into_iter().map(ToOwned::to_owned).collect(),
        origin,
        used_for,
        calls,
    });
    reports.collect()
}

/// Scheme, host and port of a remote address; nothing for a file of the package or `data:`.
pub fn origin_of(url: &str) -> Option<String> {
    let with_scheme = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
    let parsed = Url::parse(&with_scheme).ok()?;
    if !matches!(parsed.scheme(), "http" | "https" | "ws" | "wss") {
        return None;
    }
    let host = parsed.host_str()?;
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{host}{port}", parsed.scheme()))
}

fn is_declared(origin: &str, used_for: NetworkUse, declared: &Origins) -> bool {
    let list = match used_for {
        NetworkUse::Request => &declared.request,
        NetworkUse::Upload => &declared.upload,
        NetworkUse::Download => &declared.download,
        NetworkUse::Socket => &declared.socket,
        NetworkUse::Media => &declared.media,
        NetworkUse::Webview => &declared.webview,
    };
    let text = |value: &serde_json::Value| value.as_str().is_some_and(|known| known == "*" || known == origin);
    serde_json::to_value(list).is_ok_and(|list| list.as_array().is_some_and(|list| list.iter().any(text)))
}

#[cfg(test)]
mod tests {
    use super::origin_of;

    #[test]
    fn only_remote_addresses_have_an_origin() {
        assert_eq!(origin_of("https://a.example.org:8443/x?y").as_deref(), Some("https://a.example.org:8443"));
        assert_eq!(origin_of("//a.example.org/x.png").as_deref(), Some("https://a.example.org"));
        for url in ["/images/a.png", "images/a.png", "data:image/png;base64,AA", "wxfile://tmp/a.png", "cloud://x/y"] {
            assert_eq!(origin_of(url), None, "{url}");
        }
    }
}
