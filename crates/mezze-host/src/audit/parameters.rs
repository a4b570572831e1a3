//! What a page expects in its query, guessed from its script: `onLoad(options) { options.id }` expects `id`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::package::Inspection;

/// Names that are members of every object and no parameters.
const MEMBERS: [&str; 8] =
    ["length", "hasOwnProperty", "toString", "constructor", "keys", "forEach", "map", "prototype"];
/// Characters of a method that are looked at.
const REACH: usize = 4000;

#[expect(clippy::expect_used, reason = "patterns of our own; a test runs them")]
static ON_LOAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bonLoad\s*(?::\s*(?:async\s+)?(?:function\b[^(]*)?)?\(\s*(\{[^}]*\}|[A-Za-z_$][\w$]*)")
        .expect("regex")
});

/// Plausible parameters for a page; empty where its script asks for none.
pub fn guess(page: &str, inspection: &Inspection) -> BTreeMap<String, String> {
    let Some(text) = inspection.script_text(&format!("{page}.js")) else { return BTreeMap::new() };
    let mut names = BTreeSet::new();
    for load in ON_LOAD.captures_iter(text) {
        let (Some(whole), Some(parameter)) = (load.get(0), load.get(1)) else { continue };
        let end = (whole.end() + REACH).min(text.len());
        let body = text.get(whole.end()..end).unwrap_or_default();
        match parameter.as_str().strip_prefix('{') {
            Some(pattern) => names.extend(destructured(pattern.trim_end_matches('}'))),
            None => names.extend(members_of(parameter.as_str(), body)),
        }
    }
    names.into_iter().map(|name| (name.clone(), plausible(&name))).collect()
}

fn destructured(pattern: &str) -> impl Iterator<Item = String> {
    pattern.split(',').filter_map(|part| {
        let name = part.split([':', '=']).next()?.trim();
        (!name.is_empty() && !name.starts_with("...")).then(|| name.to_owned())
    })
}

fn members_of(parameter: &str, body: &str) -> Vec<String> {
    let name = regex::escape(parameter);
    let patterns = [
        format!(r#"\b{name}\.([A-Za-z_$][\w$]*)"#),
        format!(r#"\b{name}\[['"]([\w-]+)['"]\]"#),
        format!(r"\{{([^{{}}]*)\}}\s*=\s*{name}\b"),
    ];
    let mut names = Vec::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let Ok(pattern) = Regex::new(pattern) else { continue };
        for found in pattern.captures_iter(body) {
            let text = found.get(1).map(|group| group.as_str()).unwrap_or_default();
            if index == 2 { names.extend(destructured(text)) } else { names.push(text.to_owned()) }
        }
    }
    names.retain(|name| !MEMBERS.contains(&name.as_str()));
    names
}

/// A value that such a parameter could have, not encoded: what an app decodes stays as it is, and what it parses can be
/// parsed.
fn plausible(name: &str) -> String {
    let lower = name.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    let value = if ends(&["json", "data", "info", "params", "detail", "item", "obj"]) {
        "{}"
    } else if ends(&["list", "ids", "arr", "array"]) {
        "[]"
    } else if ends(&["url", "src", "link"]) {
        "https://example.org/"
    } else if ends(&["lat", "latitude"]) {
        "39.9"
    } else if ends(&["lng", "lon", "longitude"]) {
        "116.4"
    } else if ends(&["name", "title", "text", "keyword", "query", "word", "nickname", "tag"]) {
        "mezze"
    } else if lower == "scene" {
        "1"
    } else if ends(&["date", "day"]) {
        "2026-07-01"
    } else {
        "1"
    };
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::guess;
    use crate::audit::package::Inspection;

    fn guessed(script: &str) -> Vec<String> {
        let inspection = Inspection::of_script("pages/a.js", script);
        guess("pages/a", &inspection).into_iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn parameters_are_found_however_they_are_taken() {
        assert_eq!(
            guessed("Page({onLoad(options){ this.load(options.id); go(options['from-page']) }})"),
            ["from-page=1", "id=1"]
        );
        assert_eq!(
            guessed("Page({onLoad: function (e) { const { title, goodsList } = e }})"),
            ["goodsList=[]", "title=mezze"]
        );
        assert_eq!(guessed("Page({async onLoad({ url, id = 3 }) {}})"), ["id=1", "url=https://example.org/"]);
        assert_eq!(guessed("Page({onLoad() { other.id }})"), Vec::<String>::new());
    }
}
