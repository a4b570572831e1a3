//! Fetches a log and computes its root from the entries: nothing that the platform says of itself is taken on trust.

use crate::failure::Failure;
use crate::platform_client::unreachable;
use mezze_model::Digest;
use mezze_package::log::checkpoint::parse_verifier_key;
use mezze_package::log::tile::{Tile, WIDTH, unbundle};
use mezze_package::log::{SignedCheckpoint, leaf_hash, root_of};
use mezze_package::{KeyChange, key_changes_lead};
use serde::Deserialize;
use url::Url;

/// A log whose entries lead to the root that was signed.
pub struct Log {
    pub origin: String,
    pub verifier_key: String,
    /// How earlier keys gave way to it.
    changes: Vec<KeyChange>,
    pub root: Digest,
    pub entries: Vec<Vec<u8>>,
}

#[derive(Deserialize)]
struct Head {
    verifier_key: String,
    #[serde(default)]
    changes: Vec<KeyChange>,
}

impl Log {
    /// Whether it is the log of this key: its own, or one that gave way to it by its own word.
    pub fn continues_key(&self, known: &str) -> bool {
        known == self.verifier_key || leads(known, &self.verifier_key, &self.changes)
    }

    /// Root of the first `size` entries.
    pub fn root_of(&self, size: u64) -> Option<Digest> {
        let entries = self.entries.get(..usize::try_from(size).ok()?)?;
        Some(root_of(&entries.iter().map(|entry| leaf_hash(entry)).collect::<Vec<_>>()))
    }
}

pub async fn fetch(platform: &Url, key: Option<&str>) -> Result<Log, Failure> {
    let client = reqwest::Client::new();
    let head = get(&client, platform, "/api/v1/log").await?;
    let Head { verifier_key, changes } = serde_json::from_slice(&head).map_err(|_| not_a_platform(platform))?;
    // A key that is known and gave way to no other is the only one that counts, whatever the platform says.
    let verifier_key = match key {
        Some(known) if !leads(known, &verifier_key, &changes) => known.to_owned(),
        _ => verifier_key,
    };
    let (origin, key) = parse_verifier_key(&verifier_key)
        .map_err(|error| Failure::new(error.to_string(), "give the key as the platform's operator publishes it"))?;
    let checkpoint = get(&client, platform, "/log/checkpoint").await?;
    let checkpoint = String::from_utf8(checkpoint).map_err(|_| not_a_platform(platform))?;
    let checkpoint =
        SignedCheckpoint::verify(&checkpoint, &origin, &key).map_err(|error| distrust(&error.to_string()))?;
    let entries = entries(&client, platform, checkpoint.size).await?;
    let log = Log { origin, verifier_key, changes, root: checkpoint.root, entries };
    match log.root_of(checkpoint.size) {
        Some(root) if root == checkpoint.root && log.entries.len() as u64 == checkpoint.size => Ok(log),
        _ => Err(distrust("the entries do not lead to the root that the platform signed")),
    }
}

fn leads(known: &str, current: &str, changes: &[KeyChange]) -> bool {
    match (parse_verifier_key(known), parse_verifier_key(current)) {
        (Ok((name, from)), Ok((other, to))) => name == other && key_changes_lead("log", &from, &to, changes),
        _ => false,
    }
}

async fn entries(client: &reqwest::Client, platform: &Url, size: u64) -> Result<Vec<Vec<u8>>, Failure> {
    let mut entries = Vec::new();
    let mut first = 0;
    while first < size {
        let width = WIDTH.min(size - first);
        let tile = Tile { level: None, index: first / WIDTH, width };
        let bytes = get(client, platform, &format!("/log/{}", tile.path())).await?;
        let found = unbundle(&bytes).filter(|found| found.len() as u64 == width);
        let found = found.ok_or_else(|| distrust(&format!("{} does not hold {width} entries", tile.path())))?;
        entries.extend(found.into_iter().map(<[u8]>::to_vec));
        first += width;
    }
    Ok(entries)
}

async fn get(client: &reqwest::Client, platform: &Url, path: &str) -> Result<Vec<u8>, Failure> {
    let unreachable =
        |error: &reqwest::Error| unreachable(platform, error, "check the address and that the platform runs");
    let url = platform.join(path).map_err(|_| not_a_platform(platform))?;
    let answer = client.get(url).send().await.map_err(|error| unreachable(&error))?;
    if !answer.status().is_success() {
        return Err(Failure::new(
            format!("{platform} answered {} for {path}", answer.status()),
            "check the address; it must be a Mezze platform's",
        ));
    }
    Ok(answer.bytes().await.map_err(|error| unreachable(&error))?.to_vec())
}

fn not_a_platform(platform: &Url) -> Failure {
    Failure::new(format!("{platform} is no Mezze platform"), "give an address like https://apps.example.org")
}

/// The platform shows something that does not fit together.
pub fn distrust(what: &str) -> Failure {
    Failure::new(
        format!("the log can't be trusted: {what}"),
        "keep what you have of it, and ask the platform's operator; others see the same log or they don't",
    )
}
