//! What is wrong, how bad it is, where it is and what to do.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Users meet it, or a platform refuses it.
    Error,
    /// Slow, fragile, or not on every host.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in the developer's files where they are known, else in the package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    pub file: String,
    /// From 1; nothing where the whole file is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl Place {
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        if let (Some(_), Some(column)) = (self.line, self.column) {
            write!(formatter, ":{column}")?;
        }
        Ok(())
    }
}

/// One thing that is wrong; the same on several pages is one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind it is, for example `script-error`; `docs/guides/audit.md` lists them.
    pub rule: &'static str,
    pub severity: Severity,
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Pages it was seen on; empty where it is about the package.
    pub pages: Vec<String>,
    pub places: Vec<Place>,
}

/// What the rules are called, how bad they are at worst, and what to do: the one table behind findings and docs.
pub struct Kind {
    pub rule: &'static str,
    pub severity: Severity,
    pub summary: &'static str,
    pub hint: &'static str,
}

macro_rules! kinds {
    ($($name:ident = $rule:literal, $severity:ident, $summary:literal, $hint:literal;)*) => {
        $(pub const $name: Kind = Kind {
            rule: $rule, severity: Severity::$severity, summary: $summary, hint: $hint,
        };)*
        /// Every kind of finding, in the order of the docs.
        pub const KINDS: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    BUILD = "build", Error, "the compiler found an error", "run `mezze build` to see it with its source";
    BUILD_WARNING = "build-warning", Warning, "the compiler found something missing", "run `mezze build` to see it with its source";
    PAGE_FAILED = "page-failed", Error, "a page did not open", "correct the error below it, or remove the page from app.json";
    PAGE_STOPPED = "page-stopped", Error, "a page took more than it may and was stopped", "look for a loop that never ends, or for data that grows without an end";
    PAGE_EMPTY = "page-empty", Warning, "a page draws nothing", "give it something to show while it waits for data";
    SCRIPT_ERROR = "script-error", Error, "an error that nobody caught", "correct it; users see a page that stops working";
    SCRIPT_ERROR_ON_EMPTY_ANSWER = "script-error-on-empty-answer", Warning, "an error when a server's answer lacks what was expected", "check an answer before it is used: the audit answers every request with 200 and {}";
    NAVIGATION = "navigation", Warning, "a move to a page that failed", "correct the address, or the way it is called";
    API_FAILURE = "api-failure", Warning, "an API failed, and nobody listened", "give the call `fail`, or its promise `catch`, and tell the user what happened";
    API_UNKNOWN = "api-unknown", Warning, "an API that nobody knows", "check its spelling, or ask for it with canIUse first";
    API_NOWHERE = "api-nowhere", Warning, "an API that no host carries out", "ask for it with canIUse first and offer another way";
    API_SOME_HOSTS = "api-some-hosts", Note, "an API that not every host carries out", "ask for it with canIUse first";
    API_DEPRECATED = "api-deprecated", Note, "an API that WeChat calls deprecated", "use what its documentation names instead";
    COMPONENT_UNKNOWN = "component-unknown", Warning, "a component that nobody knows", "declare it under usingComponents and add its files, or correct its name";
    COMPONENT_NOWHERE = "component-nowhere", Warning, "a component that no host carries out", "users see a note in its place: show them something else where it matters";
    ORIGIN_UNDECLARED = "origin-undeclared", Error, "an origin that is called and not declared", "declare it: the platform refuses every other";
    ORIGIN_INSECURE = "origin-insecure", Error, "an address without TLS", "use https: or wss:; every host refuses the other";
    PERMISSION_UNDECLARED = "permission-undeclared", Error, "a permission or data that is used and not declared", "declare it with its reason in mezze.json (permissions, data) or app.json (permission, requiredPrivateInfos)";
    SECRET = "secret", Error, "something secret is in the package", "remove it, make it invalid where it was made, and keep it on a server: everyone who has the app has it";
    SECRET_SUSPECTED = "secret-suspected", Warning, "something that looks like a secret is in the package", "make sure that it may be public";
    PACKAGE_SIZE = "package-size", Error, "a code package is over its limit", "move pages to subpackages, or pictures to a server";
    PACKAGE_NEAR_LIMIT = "package-near-limit", Note, "a code package is near its limit", "see the largest files";
    DUPLICATE_MODULE = "duplicate-module", Warning, "the same code is in several code packages", "move it to the main package, or to one subpackage that is preloaded";
    IMAGE_SIZE = "image-size", Warning, "a picture is larger than a phone shows it", "make it smaller, or use WebP; 200 KB and 1500 pixels are plenty";
    UNUSED_FILE = "unused-file", Note, "a file that nothing names", "remove it, or leave it out with packOptions.ignore";
    UNUSED_COMPONENT = "unused-component", Note, "a component that is declared and not used", "remove it from usingComponents: it is loaded all the same";
    EXPERIENCE = "experience", Warning, "a rule of WeChat's experience score is broken", "see the rule";
}

/// Builds findings of one kind.
impl Kind {
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        Finding {
            rule: self.rule,
            severity: self.severity,
            message: message.into(),
            hint: self.hint.to_owned(),
            pages: Vec::new(),
            places: Vec::new(),
        }
    }
}

impl Finding {
    #[must_use]
    pub fn on_page(mut self, page: &str) -> Self {
        self.pages.push(page.to_owned());
        self
    }

    #[must_use]
    pub fn at(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.places.extend(places);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Puts findings that say the same together, worst first, most pages first.
pub fn merge(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = |known: &&mut Finding| known.rule == finding.rule && known.message == finding.message;
        match merged.iter_mut().find(same) {
            Some(known) => {
                known.pages.extend(finding.pages);
                known.places.extend(finding.places);
            }
            None => merged.push(finding),
        }
    }
    for finding in &mut merged {
        dedupe(&mut finding.pages);
        dedupe(&mut finding.places);
    }
    merged.sort_by_key(|finding| (finding.severity, std::cmp::Reverse(finding.pages.len())));
    merged
}

/// Takes repetitions out and leaves the order.
fn dedupe<T: PartialEq + Clone>(values: &mut Vec<T>) {
    let mut kept: Vec<T> = Vec::with_capacity(values.len());
    for value in values.drain(..) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    *values = kept;
}
