//! Secrets that were left in a package. Whoever has the package can read them; app stores are full of them (Skeleton
//! Keys, NDSS: 84,491 leaked credentials in 413,775 mini apps), and they open the developer's servers to anyone.

use std::sync::LazyLock;

use mezze_package::Package;
use regex::Regex;

use super::{Finding, Severity};

/// Findings of one kind in one file beyond this say nothing new.
const MOST_IN_A_FILE: usize = 5;

struct Rule {
    what: &'static str,
    severity: Severity,
    pattern: &'static str,
}

/// A private key is never meant to be there; what only looks like a secret is for a reviewer to judge.
const RULES: [Rule; 9] = [
    Rule { what: "a private key", severity: Severity::Error, pattern: r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----" },
    Rule { what: "an AWS access key", severity: Severity::Error, pattern: r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b" },
    Rule { what: "a GitHub token", severity: Severity::Error, pattern: r"\bgh[pousr]_[0-9A-Za-z]{36}\b" },
    Rule { what: "a Slack token", severity: Severity::Error, pattern: r"\bxox[abprs]-[0-9A-Za-z-]{10,}" },
    Rule { what: "a Stripe live key", severity: Severity::Error, pattern: r"\b[rs]k_live_[0-9A-Za-z]{16,}" },
    Rule { what: "a Mezze access token", severity: Severity::Error, pattern: r"\bmezze_[0-9A-Za-z_-]{43}\b" },
    Rule {
        what: "an app secret",
        severity: Severity::Error,
        pattern: r#"(?i)\bapp_?secret["']?\s*[:=]\s*["'][0-9a-f]{32}["']"#,
    },
    Rule { what: "a Google API key", severity: Severity::Warning, pattern: r"\bAIza[0-9A-Za-z_-]{35}\b" },
    Rule {
        what: "what looks like a password or secret",
        severity: Severity::Warning,
        pattern: r#"(?i)\b(?:secret_?key|client_?secret|access_?key_?secret|password|passwd)["']?\s*[:=]\s*["'][^"'\s]{12,}["']"#,
    },
];

static COMPILED: LazyLock<Vec<(&'static Rule, Regex)>> = LazyLock::new(|| {
    RULES.iter().filter_map(|rule| Regex::new(rule.pattern).ok().map(|pattern| (rule, pattern))).collect()
});

/// The secret itself is never repeated: reports are read by many.
pub(super) fn findings(package: &Package) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, file) in package.files() {
        // Pictures and other media are no text.
        let Ok(text) = std::str::from_utf8(file.bytes()) else {
            continue;
        };
        for (rule, pattern) in COMPILED.iter() {
            for found in pattern.find_iter(text).take(MOST_IN_A_FILE) {
                let line = text[..found.start()].bytes().filter(|byte| *byte == b'\n').count() + 1;
                let message = format!(
                    "The file holds {}. Whoever opens the package can read it: keep it on a server, and replace it.",
                    rule.what
                );
                let finding = Finding::new("secret", rule.severity, message);
                findings.push(finding.at(path.as_str(), u32::try_from(line).ok()));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_read() {
        assert_eq!(COMPILED.len(), RULES.len());
    }
}
