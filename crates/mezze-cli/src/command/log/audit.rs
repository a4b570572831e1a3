//! What the entries must keep to, whoever wrote them.

use super::download::distrust;
use crate::failure::Failure;
use mezze_model::{AppId, Digest};
use mezze_package::log::LogEntry;
use mezze_package::{PublicKey, VerifiedPackage};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// What the log tells.
#[derive(Debug, Default, Serialize, PartialEq, Eq)]
pub struct Findings {
    pub apps: usize,
    pub releases: usize,
    pub withdrawals: usize,
    pub keys: usize,
}

#[derive(Default)]
struct App {
    keys: HashSet<PublicKey>,
    packages: HashSet<Digest>,
}

/// Reads all entries in order.
pub fn check(entries: &[Vec<u8>]) -> Result<Findings, Failure> {
    let mut apps: HashMap<AppId, App> = HashMap::new();
    let mut findings = Findings::default();
    for (place, bytes) in entries.iter().enumerate() {
        let wrong = |what: String| distrust(&format!("entry {place}: {what}"));
        let entry = LogEntry::parse(bytes).map_err(|error| wrong(error.to_string()))?;
        let is_first = !apps.contains_key(entry.app_id());
        let app = apps.entry(entry.app_id().clone()).or_default();
        match entry {
            LogEntry::Release { app_id, developer, package_digest, version, .. } => {
                // An app's first release brings its key; any other key must have been announced before.
                if !(is_first || app.keys.contains(&developer)) {
                    return Err(wrong(format!("{app_id} {version} is signed by a key that the log does not know")));
                }
                app.keys.insert(developer);
                app.packages.insert(package_digest);
                findings.releases += 1;
            }
            LogEntry::Withdrawal { app_id, package_digest, version, .. } => {
                if !app.packages.contains(&package_digest) {
                    return Err(wrong(format!("{app_id} {version} is withdrawn, and was never released")));
                }
                findings.withdrawals += 1;
            }
            LogEntry::Key { developer, .. } => {
                app.keys.insert(developer);
                findings.keys += 1;
            }
            LogEntry::KeyRevocation { app_id, developer, .. } => {
                if !app.keys.remove(&developer) {
                    return Err(wrong(format!("{app_id} revokes a key that the log does not know")));
                }
                findings.keys += 1;
            }
        }
    }
    findings.apps = apps.len();
    Ok(findings)
}

/// Place of the entry that tells of this very package, signed by this very developer.
pub fn place_of(package: &VerifiedPackage, entries: &[Vec<u8>]) -> Option<u64> {
    let place = entries.iter().position(|bytes| {
        matches!(LogEntry::parse(bytes), Ok(LogEntry::Release { app_id, developer, files_digest, version, .. })
            if app_id == *package.app_id()
                && version == *package.version()
                && files_digest == *package.files_digest()
                && developer == *package.developer().key())
    })?;
    u64::try_from(place).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use mezze_package::SigningKey;

    fn key(seed: u8) -> PublicKey {
        SigningKey::from_seed([seed; 32]).public()
    }

    fn release(developer: u8, package: &[u8]) -> LogEntry {
        LogEntry::Release {
            app_id: "org.example.menu".parse().unwrap(),
            developer: key(developer),
            files_digest: Digest::of(package),
            package_digest: Digest::of(package),
            time: 1,
            version: "1.0.0".parse().unwrap(),
        }
    }

    fn withdrawal(package: &[u8]) -> LogEntry {
        let (app_id, version) = ("org.example.menu".parse().unwrap(), "1.0.0".parse().unwrap());
        LogEntry::Withdrawal { app_id, package_digest: Digest::of(package), reason: String::new(), time: 2, version }
    }

    fn rotation(developer: u8) -> LogEntry {
        let app_id = "org.example.menu".parse().unwrap();
        LogEntry::Key { app_id, developer: key(developer), time: 2, vouched: "rotation".to_owned() }
    }

    fn checked(entries: &[LogEntry]) -> Result<Findings, String> {
        let entries: Vec<Vec<u8>> = entries.iter().map(|entry| entry.to_bytes().unwrap()).collect();
        check(&entries).map_err(|failure| failure.message)
    }

    #[test]
    fn a_log_tells_of_releases_keys_and_withdrawals() {
        let entries = [release(1, b"a"), rotation(2), release(2, b"b"), withdrawal(b"a")];
        assert_eq!(checked(&entries), Ok(Findings { apps: 1, releases: 2, withdrawals: 1, keys: 1 }));
        assert_eq!(checked(&[]), Ok(Findings::default()));
    }

    #[test]
    fn what_does_not_fit_together_is_named() {
        let other_key = checked(&[release(1, b"a"), release(2, b"b")]).unwrap_err();
        assert!(other_key.contains("entry 1: org.example.menu 1.0.0 is signed by a key"), "{other_key}");
        let never = checked(&[release(1, b"a"), withdrawal(b"b")]).unwrap_err();
        assert!(never.contains("was never released"), "{never}");
        assert!(check(&[b"{}".to_vec()]).is_err());
    }
}
