//! What must not be in a package, because everybody who has the app has it.
//!
//! Two kinds of evidence: forms that nothing else has (private keys, tokens with a prefix of their maker's), and values
//! that look random under a name that says what they are. Names that stand in for a value, ids that are public, and
//! keys that makers of maps give out for use in apps are not reported.

use std::sync::LazyLock;

use regex::Regex;

use super::{Module, position_in};
use crate::headless::{AppFiles, PackagePosition};

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Nothing else has this form.
    Sure,
    /// A name and a value that fit together.
    Likely,
}

/// Something secret. The value itself is not kept.
#[derive(Debug, Clone)]
pub struct Secret {
    /// What it is, for example `a private key`.
    pub what: &'static str,
    /// The value's first characters, the rest hidden.
    pub shown: String,
    pub certainty: Certainty,
    pub position: PackagePosition,
}

#[expect(clippy::expect_used, reason = "patterns of our own; a test runs them")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("regex")
}

static FORMS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    [
        ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*(?:\\[nr]|\s)*[A-Za-z0-9+/=\\\s]{40,}"),
        ("an access key of AWS", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
        ("an access key id of Alibaba Cloud", r"\bLTAI[A-Za-z0-9]{12,26}\b"),
        ("a secret id of Tencent Cloud", r"\bAKID[A-Za-z0-9]{32}\b"),
        ("a token of GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b"),
        ("a token of GitLab", r"\bglpat-[A-Za-z0-9_-]{20,}\b"),
        ("a token of Slack", r"\bxox[abprs]-[A-Za-z0-9-]{20,}\b"),
        ("a key of Stripe", r"\b[sr]k_live_[A-Za-z0-9]{20,}\b"),
        ("a key of OpenAI", r"\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}\b"),
        ("a key of Google", r"\bAIza[A-Za-z0-9_-]{35}\b"),
        ("a token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
        ("a login in an address", r"\b[a-z][a-z0-9+.-]{2,12}://[^\s/:@'\x22]{2,}:[^\s/:@'\x22]{4,}@[A-Za-z0-9.-]+"),
    ]
    .into_iter()
    .map(|(what, text)| (what, pattern(text)))
    .collect()
});

/// A name, and the string that it is given.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?:^|[^A-Za-z])((?:[A-Za-z_$][\w$-]*?)?(?:secret|password|passwd|private_?key|api_?key|access_?key|auth_?token|access_?token|mch_?key|sign_?key|aes_?key))['"]?\s*[:=]\s*(['"`])"#,
    )
});

/// Names whose value is no secret, or none of the app's.
static HARMLESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(placeholder|label|text|title|tip|msg|message|error|rule|type|name|field|show|is_?|has_?|forget|reset|confirm|input|url|path|storage|cache|header|public)",
    )
});

/// Values that stand in for one.
static STAND_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(your|xxx|\*\*\*|\.\.\.|<.*>|\{\{|example|sample|dummy|test|demo|todo|changeme|password|secret|token|123456|abcdef|null|undefined)",
    )
});

/// The smallest entropy of a random value, bits a character.
const RANDOM: f64 = 3.0;
const SHORTEST: usize = 12;
const MOST_SECRETS: usize = 100;

pub fn find(files: &AppFiles, modules: &[Module]) -> Vec<Secret> {
    let mut found = Vec::new();
    modules.iter().for_each(|module| in_script(module, &mut found));
    for (path, bytes) in files.iter().filter(|(path, bytes)| is_text_asset(path) && bytes.len() < 1 << 20) {
        by_form(path, &String::from_utf8_lossy(bytes), &mut found);
    }
    found.truncate(MOST_SECRETS);
    found
}

/// What one script holds, added to what was found before.
pub fn in_script(module: &Module, found: &mut Vec<Secret>) {
    by_form(&module.file, &module.text, found);
    by_name(module, found);
}

/// Other files that people put keys into.
fn is_text_asset(path: &str) -> bool {
    let lower = path.to_lowercase();
    let endings =
        [".json", ".pem", ".key", ".p8", ".txt", ".env", ".yml", ".yaml", ".xml", ".md", ".wxs", ".ini", ".conf"];
    path.starts_with("file/") && (endings.iter().any(|ending| lower.ends_with(ending)) || lower.contains("/.env"))
}

fn by_form(file: &str, text: &str, found: &mut Vec<Secret>) {
    for (what, form) in FORMS.iter() {
        let room = MOST_SECRETS.saturating_sub(found.len());
        for hit in form.find_iter(text).filter(|hit| is_real(what, hit.as_str())).take(room) {
            found.push(Secret {
                what,
                shown: hidden(hit.as_str()),
                certainty: Certainty::Sure,
                position: position_in(file, text, hit.start()),
            });
        }
    }
}

fn is_real(what: &str, value: &str) -> bool {
    match what {
        "a private key" => true,
        "a login in an address" => !STAND_IN.is_match(value) && !value.contains("${"),
        _ => !STAND_IN.is_match(value) && entropy(value) >= RANDOM,
    }
}

fn by_name(module: &Module, found: &mut Vec<Secret>) {
    for hit in NAMED.captures_iter(&module.text) {
        let (Some(name), Some(quote)) = (hit.get(1), hit.get(2)) else { continue };
        let in_code = module.lexed.code.as_bytes().get(quote.start()).is_some_and(|byte| !byte.is_ascii_whitespace());
        if found.len() >= MOST_SECRETS {
            return;
        }
        let value = module.string_at(quote.end());
        let Some(value) = value.filter(|value| in_code && looks_secret(value)) else { continue };
        let position = module.position(quote.end());
        if HARMLESS.is_match(name.as_str()) || found.iter().any(|known| known.position == position) {
            continue;
        }
        let lower = name.as_str().to_lowercase();
        let app_secret = lower.ends_with("appsecret") || lower.ends_with("app_secret");
        let hexadecimal = value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        found.push(Secret {
            what: if app_secret { "an AppSecret" } else { "a secret" },
            shown: format!("{} = {}", name.as_str(), hidden(value)),
            certainty: if app_secret && hexadecimal { Certainty::Sure } else { Certainty::Likely },
            position,
        });
    }
}

fn looks_secret(value: &str) -> bool {
    let token = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.~".contains(&byte));
    let mixed = value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte.is_ascii_alphabetic());
    token && mixed && value.len() >= SHORTEST && !STAND_IN.is_match(value) && entropy(value) >= RANDOM
}

/// Bits a character (Shannon).
#[expect(clippy::cast_precision_loss, reason = "lengths of strings")]
fn entropy(value: &str) -> f64 {
    let mut counts = [0_usize; 256];
    value.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let length = value.len().max(1) as f64;
    counts.iter().filter(|count| **count > 0).map(|count| *count as f64 / length).map(|part| -part * part.log2()).sum()
}

/// Enough to find it again, too little to use it.
fn hidden(value: &str) -> String {
    let shown: String = value.chars().take(6).filter(|letter| !letter.is_control()).collect();
    format!("{shown}… ({} characters)", value.chars().count())
}

#[cfg(test)]
mod tests {
    use super::{Certainty, by_form, by_name};
    use crate::audit::package::Inspection;

    fn found(text: &str) -> Vec<(&'static str, Certainty)> {
        let inspection = Inspection::of_script("a.js", text);
        let mut found = Vec::new();
        for module in &inspection.modules {
            by_form(&module.file, &module.text, &mut found);
            by_name(module, &mut found);
        }
        found.into_iter().map(|secret| (secret.what, secret.certainty)).collect()
    }

    #[test]
    fn forms_and_names_are_found() {
        // Put together here, so that no scanner takes this file for a leak.
        let aws = format!("const k = 'AK{}'", "IAQ7XM2P4ZL9WD5RTK");
        assert_eq!(found(&aws), [("an access key of AWS", Certainty::Sure)]);
        let secret = "const appSecret = 'f3a91c07d2e84b65a0c9e7138d5b2f46'";
        assert_eq!(found(secret), [("an AppSecret", Certainty::Sure)]);
        assert_eq!(found("x = { apiKey: 'q8Zt4Lw2Vn6Rb1Xc' }"), [("a secret", Certainty::Likely)]);
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in [
            "password: 'please enter'",
            "const passwordPlaceholder = 'a1b2c3d4e5f6g7h8'",
            "appSecret = 'your-app-secret-here'",
            "// appSecret = 'f3a91c07d2e84b65a0c9e7138d5b2f46'",
            "tokenKey = 'user_access_token_2'",
            "const appId = 'wx0ee80a2f23dbd157'",
            "'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB'",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
