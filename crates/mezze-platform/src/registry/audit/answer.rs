//! What an auditing program answered, read as the word of a stranger.

use mezze_host::audit::{KINDS, Report};
use serde::Deserialize;

use super::{AuditFailure, Audited};
use crate::registry::report::{Finding, Severity};

/// More findings than this tell a reviewer nothing.
const MOST_FINDINGS: usize = 200;
/// Characters of one message: errors of a mini app stand in it, as long as the mini app makes them.
const LONGEST_MESSAGE: usize = 600;
/// The check looks for these itself, by its own rules.
const CHECKED_OTHERWISE: [&str; 4] = ["build", "secret", "secret-suspected", "package-size"];

/// An answer that was understood.
#[derive(Debug)]
pub(super) struct Audit {
    pub(super) report: serde_json::Value,
    pub(super) findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Answer {
    format: u32,
    app: App,
    findings: Vec<Seen>,
}

#[derive(Deserialize)]
struct App {
    id: String,
    version: String,
}

#[derive(Deserialize)]
struct Seen {
    rule: String,
    severity: Weight,
    message: String,
    hint: String,
    pages: Vec<String>,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    file: String,
    line: Option<u32>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Weight {
    Error,
    Warning,
    Note,
}

/// Reads the answer to an audit of `of`.
pub(super) fn read(bytes: &[u8], of: &Audited<'_>) -> Result<Audit, AuditFailure> {
    let nonsense = |what: &str| AuditFailure::new(format!("its answer makes no sense: {what}"));
    let report: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| nonsense("it is no JSON"))?;
    let answer = Answer::deserialize(&report).map_err(|_| nonsense("it is no report"))?;
    if answer.format != Report::FORMAT {
        return Err(nonsense("it has another format"));
    }
    if answer.app.id != of.app_id || answer.app.version != of.version {
        return Err(nonsense("it is about another mini app"));
    }
    if answer.findings.iter().any(|seen| KINDS.iter().all(|kind| kind.rule != seen.rule)) {
        return Err(nonsense("it has a finding of no known kind"));
    }
    let findings = answer.findings.into_iter().filter_map(finding).take(MOST_FINDINGS).collect();
    Ok(Audit { report, findings })
}

/// A machine that runs a mini app without its servers and users may be wrong, so nothing that it saw forbids a release.
fn finding(seen: Seen) -> Option<Finding> {
    let severity = match seen.severity {
        Weight::Error => Severity::Warning,
        Weight::Warning => Severity::Note,
        // It stands in the report.
        Weight::Note => return None,
    };
    if CHECKED_OTHERWISE.contains(&seen.rule.as_str()) {
        return None;
    }
    let pages = match seen.pages.as_slice() {
        [] => String::new(),
        [page] => format!(" On the page {page}."),
        [page, others @ ..] => format!(" On the page {page} and {} more.", others.len()),
    };
    let message = format!("{}{pages} Hint: {}.", ended(&seen.message), seen.hint.trim_end_matches('.'));
    let mut finding = Finding::new(&format!("audit-{}", seen.rule), severity, shortened(&message));
    if let Some(place) = seen.places.into_iter().next() {
        finding.file = Some(shortened(&place.file));
        finding.line = place.line;
    }
    Some(finding)
}

fn ended(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_MESSAGE {
        return text.to_owned();
    }
    text.chars().take(LONGEST_MESSAGE).chain("…".chars()).collect()
}
