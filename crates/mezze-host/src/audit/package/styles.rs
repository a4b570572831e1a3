//! What the style sheets say of the rules that a style decides.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::Inspection;
use crate::headless::AppFiles;

/// Style sheets (paths without `style/` and `.css`) that break a rule, and how much of all classes is used.
#[derive(Debug, Clone, Default)]
pub struct StyleFacts {
    /// `:active` where `hover-class` is meant.
    pub active: BTreeSet<String>,
    /// Something scrolls without `-webkit-overflow-scrolling: touch`.
    pub without_inertia: BTreeSet<String>,
    /// Something is fixed to the lower edge without room for the home indicator.
    pub without_safe_area: BTreeSet<String>,
    pub classes: usize,
    pub used_classes: usize,
    /// `http:` addresses.
    pub insecure: BTreeSet<(String, String)>,
}

#[expect(clippy::expect_used, reason = "patterns of our own; a test runs them")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("regex")
}

static BLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"([^{}]*)\{([^{}]*)\}"));
static ACTIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r":active\b"));
static SCROLLS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:auto|scroll)\b"));
static AT_BOTTOM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|;)\s*bottom\s*:\s*0(?:[a-z]+)?\s*(?:;|$|!)"));
static FIXED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|;)\s*position\s*:\s*fixed\b"));
static COVERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|;)\s*top\s*:\s*0(?:[a-z]+)?\s*(?:;|$|!)"));
static CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\.(-?[A-Za-z_][\w-]*)"));
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9_-]+"));
static INSECURE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"url\(\s*['"]?(http://[^'")\s]+)"#));

pub fn read(files: &AppFiles, inspection: &Inspection) -> StyleFacts {
    let mut facts = StyleFacts::default();
    let mut classes = BTreeSet::new();
    for (path, bytes) in files.iter() {
        let Some(name) = path.strip_prefix("style/").and_then(|path| path.strip_suffix(".css")) else { continue };
        let text = String::from_utf8_lossy(bytes);
        sheet(name, &text, &mut facts, &mut classes);
    }
    facts.classes = classes.len();
    let words = words(inspection);
    facts.used_classes = classes.iter().filter(|class| is_used(class, &words)).count();
    facts
}

fn sheet(name: &str, text: &str, facts: &mut StyleFacts, classes: &mut BTreeSet<String>) {
    let safe = text.contains("safe-area-inset-bottom");
    for block in BLOCK.captures_iter(text) {
        let selector = block.get(1).map(|part| part.as_str()).unwrap_or_default();
        let body = block.get(2).map(|part| part.as_str()).unwrap_or_default();
        if ACTIVE.is_match(selector) {
            facts.active.insert(name.to_owned());
        }
        if SCROLLS.is_match(body) && !body.contains("-webkit-overflow-scrolling") {
            facts.without_inertia.insert(name.to_owned());
        }
        // What covers the whole window (a mask) needs no room below.
        if FIXED.is_match(body) && AT_BOTTOM.is_match(body) && !COVERS.is_match(body) && !safe {
            facts.without_safe_area.insert(name.to_owned());
        }
        for class in CLASS.captures_iter(selector).filter_map(|found| found.get(1)) {
            // Scoped classes are `SCOPE--name`.
            let own = class.as_str().rsplit_once("--").map_or(class.as_str(), |(_, own)| own);
            classes.insert(own.to_owned());
        }
    }
    for found in INSECURE.captures_iter(text).filter_map(|found| found.get(1)) {
        facts.insecure.insert((name.to_owned(), found.as_str().to_owned()));
    }
}

/// Every word of scripts and templates.
fn words(inspection: &Inspection) -> HashSet<&str> {
    let texts = inspection.modules.iter().map(|module| &module.text).chain(inspection.templates.values());
    texts.flat_map(|text| WORD.find_iter(text).map(|word| word.as_str())).collect()
}

/// A class that is put together (`btn-${type}`, `"btn-" + type`) is used where its first part is.
fn is_used(class: &str, words: &HashSet<&str>) -> bool {
    let parts = class.match_indices(['-', '_']).map(|(end, _)| &class[..=end]);
    words.contains(class) || parts.filter(|part| part.len() > 2).any(|part| words.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{StyleFacts, sheet};
    use std::collections::BTreeSet;

    #[test]
    fn rules_are_found_by_block() {
        let mut facts = StyleFacts::default();
        let mut classes = BTreeSet::new();
        let text = ".s1--a:active{color:red}.b{overflow-y:scroll}.c{overflow:auto;-webkit-overflow-scrolling:touch}\
                    .bar{position:fixed;bottom:0;left:0}.mask{position:fixed;top:0;bottom:0}\
                    .p{background:url(http://a.example.org/x.png)}";
        sheet("x", text, &mut facts, &mut classes);
        assert_eq!((facts.active.len(), facts.without_inertia.len(), facts.without_safe_area.len()), (1, 1, 1));
        assert_eq!(facts.insecure.len(), 1);
        assert_eq!(classes.iter().map(String::as_str).collect::<Vec<_>>(), ["a", "b", "bar", "c", "mask", "p"]);
    }
}
