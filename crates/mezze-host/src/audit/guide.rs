//! The tables of `docs/guides/audit.md`, written from the rules themselves.

use super::finding::{KINDS, Severity};
use super::package::Inspection;
use super::rules::{self, Outcome, RULES, Seen};

const FINDINGS: (&str, &str) = ("<!-- findings: written from the code -->", "<!-- end of findings -->");
const SCORE: (&str, &str) = ("<!-- score: written from the code -->", "<!-- end of score -->");

/// The guide with its tables as the code has them; nothing where a mark is missing.
#[must_use]
pub fn with_tables(guide: &str) -> Option<String> {
    let guide = replaced(guide, FINDINGS, &findings_table())?;
    replaced(&guide, SCORE, &score_table())
}

fn replaced(text: &str, (start, end): (&str, &str), table: &str) -> Option<String> {
    let (before, rest) = text.split_once(start)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{start}\n{table}{end}{after}"))
}

fn findings_table() -> String {
    let mut table = String::from("| rule | severity | what it is | what to do |\n|---|---|---|---|\n");
    for kind in KINDS {
        let severity = match kind.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        table.push_str(&format!("| `{}` | {severity} | {} | {} |\n", kind.rule, kind.summary, kind.hint));
    }
    table
}

fn score_table() -> String {
    // With nothing to look at, the rules that are never measured say why.
    let reports = rules::measure(&Seen { visits: &[], inspection: &Inspection::default() });
    let mut table = String::from("| rule | category | weight | kept where | measured here |\n|---|---|---|---|---|\n");
    for (rule, report) in RULES.iter().zip(&reports) {
        let measured = match &report.outcome {
            Outcome::NotMeasured { why } if why.starts_with("needs") || why.starts_with("is set") => {
                format!("no: {why}")
            }
            _ => "yes".to_owned(),
        };
        let category = rule.category.title();
        table.push_str(&format!("| `{}` | {category} | {} | {} | {measured} |\n", rule.id, rule.weight, rule.limit));
    }
    table
}
