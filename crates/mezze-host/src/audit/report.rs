//! What an audit found, as tools read it. The members are described in `docs/guides/audit.md`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{Finding, Severity};
use super::origins::OriginReport;
use super::package::SizeReport;
use super::rules::RuleReport;
use super::support::SupportReport;

/// The whole report.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Changes where a member gets another meaning; new members don't change it.
    pub format: u32,
    pub app: AppSummary,
    /// Whether the audit passes; what fails it depends on `strict`.
    pub ok: bool,
    pub strict: bool,
    /// WeChat's experience score over what could be measured, 0 to 100.
    pub score: Option<u32>,
    pub counts: Counts,
    /// Worst first.
    pub findings: Vec<Finding>,
    pub pages: Vec<PageReport>,
    pub rules: Vec<RuleReport>,
    pub hosts: SupportReport,
    pub origins: Vec<OriginReport>,
    /// Permissions and categories of data that the code needs and the app does not declare.
    pub undeclared: Vec<UndeclaredPermission>,
    pub size: SizeReport,
}

/// A permission that is missing in the app's declarations.
#[derive(Debug, Clone, Serialize)]
pub struct UndeclaredPermission {
    /// A scope (`scope.userLocation`) or a category (`data.location`).
    pub permission: String,
    /// The first API that needs it.
    pub api: String,
}

/// Which app it is.
#[derive(Debug, Clone, Serialize)]
pub struct AppSummary {
    pub id: String,
    pub version: String,
    pub namespace: String,
    pub pages: usize,
}

/// Findings and pages, counted.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Pages that opened.
    pub opened: usize,
    /// Pages that opened without an error.
    pub clean: usize,
    /// Pages that drew something.
    pub drawn: usize,
}

/// One page.
#[derive(Debug, Clone, Serialize)]
pub struct PageReport {
    pub path: String,
    /// Root of its code package.
    pub package: String,
    /// `ready`, `failed` or `stopped`.
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Parameters that it was opened with.
    pub query: BTreeMap<String, String>,
    pub nodes: u32,
    pub depth: u32,
    /// Children of the element that has most.
    pub children: u32,
    /// Elements that show something.
    pub drawn: u32,
    pub images: u32,
    /// What a reader sees first.
    pub text: String,
    /// Errors that nobody caught, up to the first tap and in all.
    pub errors_at_opening: usize,
    pub errors: usize,
    pub set_data: DataReport,
    pub requests: usize,
    pub taps: u32,
    /// Pages that taps led to.
    pub leads_to: Vec<String>,
    pub apis: BTreeMap<String, u32>,
    /// Texts of warnings and errors on the console.
    pub remarks: Vec<String>,
    /// Timers that fired in the five seconds after it was closed.
    pub timers_left: u32,
}

/// All `setData` of a page and its components.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DataReport {
    pub calls: u32,
    /// Length as JSON, characters.
    pub length: u64,
    pub largest: u64,
    pub most_in_a_second: u32,
}

impl Report {
    pub const FORMAT: u32 = 1;

    /// Findings of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity == severity)
    }
}
