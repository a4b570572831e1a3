//! The address of a page inside an app, as `navigateTo` and its relatives get it. Same rules as the shell's
//! `web/shell/src/miniapp/page-url.ts`.

use std::collections::BTreeMap;

/// A page and its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageAddress {
    pub path: String,
    pub query: BTreeMap<String, String>,
}

/// `../detail/index?id=3` seen from `pages/list/index` is `pages/detail/index` with `id` `3`. Paths that climb past the
/// root stop there, and a final `.html` is dropped. Values stay as written: the app decodes what it encoded.
#[must_use]
pub fn resolve_page_url(url: &str, from: &str) -> PageAddress {
    let before_fragment = url.split('#').next().unwrap_or_default();
    let (written, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
    let mut segments: Vec<&str> = Vec::new();
    if !written.starts_with('/') {
        segments.extend(from.split('/'));
        segments.pop();
    }
    for segment in written.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    let path = segments.join("/");
    let path = path.strip_suffix(".html").unwrap_or(&path).to_owned();
    let query = query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .filter(|(name, _)| *name != "__proto__")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    PageAddress { path, query }
}

#[cfg(test)]
mod tests {
    use super::resolve_page_url;

    #[test]
    fn addresses_are_resolved_as_in_the_shell() {
        let resolved = |url| {
            let address = resolve_page_url(url, "pages/list/index");
            let query: Vec<String> = address.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
            (address.path, query.join("&"))
        };
        assert_eq!(resolved("../detail/index?id=3"), ("pages/detail/index".to_owned(), "id=3".to_owned()));
        assert_eq!(resolved("/a/b.html?x=%20&y#z"), ("a/b".to_owned(), "x=%20&y=".to_owned()));
        assert_eq!(resolved("../../../../a"), ("a".to_owned(), String::new()));
    }
}
