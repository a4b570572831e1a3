//! The report of an automatic check: what a reviewer reads before they open the mini app.
//!
//! Input: a package that passed the checks of `check`, and what its predecessor was. Output: a [`CheckReport`]. A finding
//! of severity `error` forbids the release; everything else is for people to weigh.

mod difference;
mod permissions;
mod secrets;
mod uses;

use mezze_package::FileListing;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::CheckedPackage;

pub(crate) use difference::Difference;
pub(super) use difference::Predecessor;
use permissions::DeclaredPermission;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Severity {
    /// Forbids the release.
    Error,
    /// A reviewer should look at it.
    Warning,
    /// Good to know.
    Note,
}

/// One thing that the check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Finding {
    #[schema(example = "secret")]
    pub(crate) rule: String,
    pub(crate) severity: Severity,
    /// What is the case, and what to do.
    pub(crate) message: String,
    /// File of the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// Line in it, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u32>,
}

impl Finding {
    pub(super) fn new(rule: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self { rule: rule.to_owned(), severity, message: message.into(), file: None, line: None }
    }

    fn at(mut self, file: &str, line: Option<u32>) -> Self {
        self.file = Some(file.to_owned());
        self.line = line;
        self
    }
}

/// Sizes in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Sizes {
    /// All files as the package holds them, most of them deflated; without what the archive adds. Reports from before had it
    /// as `package`, of which people thought that it was the package as uploaded: that is `package_size` of the release.
    #[serde(alias = "package")]
    pub(crate) stored: u64,
    /// All files, inflated.
    pub(crate) inflated: u64,
    /// Stored size of each code package; `""` is the main one.
    pub(crate) code_packages: std::collections::BTreeMap<String, u64>,
}

/// Origins of one use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct UsedOrigin {
    #[schema(example = "request")]
    pub(crate) origin_use: String,
    #[schema(example = "https://api.example.org")]
    pub(crate) origin: String,
}

/// What an automatic check found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct CheckReport {
    /// SHA-256 of the package as uploaded, hex: the bytes that were checked.
    pub(crate) package_digest: String,
    /// Seconds since 1970.
    pub(crate) checked_at: i64,
    /// `passed` or `failed`.
    pub(crate) outcome: String,
    /// The worst first.
    pub(crate) findings: Vec<Finding>,
    pub(crate) sizes: Sizes,
    pub(crate) permissions: Vec<DeclaredPermission>,
    pub(crate) origins: Vec<UsedOrigin>,
    /// Names of the API object's members that the scripts use and no host knows.
    pub(crate) unknown_apis: Vec<String>,
    /// To the release that users have; none for a first one.
    pub(crate) difference: Option<Difference>,
    /// The report of `mezze audit`, where it ran.
    pub(crate) audit: Option<serde_json::Value>,
}

impl CheckReport {
    /// Checks what can be told from the package and its predecessor alone.
    pub(super) fn of(checked: &CheckedPackage, predecessor: Option<&Predecessor>, now: i64) -> Self {
        let verified = &checked.verified;
        let (manifest, package) = (verified.manifest(), verified.package());
        let roots: Vec<&str> = manifest.mezze.subpackages.iter().map(|part| part.root.as_str()).collect();
        let declared = permissions::declared(manifest);
        let mut findings = permissions::findings(&declared);
        findings.extend(secrets::findings(package));
        let uses::Uses { findings: of_uses, unknown_apis } = uses::check(manifest, package);
        findings.extend(of_uses);
        let difference = predecessor.map(|predecessor| Difference::between(predecessor, verified));
        if let Some(difference) = &difference {
            findings.extend(difference.findings());
        }
        let listing: FileListing = package.listing();
        let mut report = Self {
            package_digest: verified.package_digest().to_string(),
            checked_at: now,
            outcome: String::new(),
            findings,
            sizes: Sizes {
                stored: package.files().map(|(_, file)| file.stored_size()).sum(),
                inflated: listing.iter().map(|(_, file)| file.size).sum(),
                code_packages: package
                    .code_package_sizes(&roots)
                    .into_iter()
                    .map(|(root, size)| (root.to_owned(), size))
                    .collect(),
            },
            permissions: declared,
            origins: difference::origins_of(&manifest.mezze.origins),
            unknown_apis,
            difference,
            audit: None,
        };
        report.conclude();
        report
    }

    /// A report that says nothing: `mezze dev` takes every build.
    pub(super) fn none(now: i64) -> Self {
        Self {
            package_digest: String::new(),
            checked_at: now,
            outcome: "passed".to_owned(),
            findings: Vec::new(),
            sizes: Sizes::default(),
            permissions: Vec::new(),
            origins: Vec::new(),
            unknown_apis: Vec::new(),
            difference: None,
            audit: None,
        }
    }

    /// Adds findings and decides again.
    pub(super) fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        self.conclude();
    }

    fn conclude(&mut self) {
        self.findings.sort_by_key(|finding| finding.severity);
        self.outcome = if self.errors().next().is_none() { "passed" } else { "failed" }.to_owned();
    }

    /// The findings that forbid the release.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }

    pub(super) fn passed(&self) -> bool {
        self.outcome == "passed"
    }

    /// Why the release is refused, in one text.
    pub(super) fn reason(&self) -> String {
        let texts: Vec<String> = self
            .errors()
            .map(|finding| match &finding.file {
                Some(file) => format!("{} ({file})", finding.message),
                None => finding.message.clone(),
            })
            .collect();
        let mut reason = texts.join("\n");
        if reason.chars().count() > 1_900 {
            reason = reason.chars().take(1_900).chain("…".chars()).collect();
        }
        reason
    }
}
