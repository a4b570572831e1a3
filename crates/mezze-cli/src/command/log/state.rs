//! What is remembered of a log between two runs: its key, size and root. A platform that shows another past is caught.

use super::download::{Log, distrust};
use crate::failure::Failure;
use mezze_model::Digest;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::Path;

#[derive(Serialize, Deserialize)]
pub struct Remembered {
    verifier_key: String,
    pub size: u64,
    root: Digest,
}

impl Remembered {
    /// Refuses a log that does not continue this one.
    pub fn check(&self, log: &Log) -> Result<(), Failure> {
        if !log.continues_key(&self.verifier_key) {
            return Err(distrust("it has another key than at the run before, which did not vouch for it"));
        }
        match log.root_of(self.size) {
            Some(root) if root == self.root => Ok(()),
            Some(_) => {
                Err(distrust(&format!("its first {} entries are not the ones that were there before", self.size)))
            }
            None => Err(distrust(&format!("it had {} entries before, and has {} now", self.size, log.entries.len()))),
        }
    }
}

/// None where nothing was remembered yet.
pub fn read(path: &Path) -> Result<Option<Remembered>, Failure> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::reading(path, &error)),
    };
    serde_json::from_slice(&text).map(Some).map_err(|error| {
        Failure::new(
            format!("{} does not hold what is known of a log: {error}", path.display()),
            "give the file that an earlier run wrote, or another name to begin anew",
        )
    })
}

pub fn write(path: &Path, log: &Log) -> Result<(), Failure> {
    let known = Remembered { verifier_key: log.verifier_key.clone(), size: log.entries.len() as u64, root: log.root };
    let text = serde_json::to_vec(&known).unwrap_or_default();
    crate::command::sign::write_whole(path, &text)
}
