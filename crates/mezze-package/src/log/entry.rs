//! What is written into the log. An entry is canonical JSON, so that the same event has one hash.

use std::collections::BTreeMap;

use mezze_model::{AppId, Digest, VersionName};
use serde::{Deserialize, Serialize};

use crate::PublicKey;

/// Longest entry in bytes: bundles have 16 bits for it.
const LONGEST: usize = 65_535;

/// One event. Members stand in the order of their names in the canonical form; `type` says which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
pub enum LogEntry {
    /// A release that users may be given from now on.
    #[serde(rename = "mezze.log.release.v1")]
    Release {
        app_id: AppId,
        /// The developer's key.
        developer: PublicKey,
        files_digest: Digest,
        package_digest: Digest,
        /// Seconds since 1970.
        time: u64,
        version: VersionName,
    },
    /// A release that nobody may be given any more.
    #[serde(rename = "mezze.log.withdrawal.v1")]
    Withdrawal { app_id: AppId, package_digest: Digest, reason: String, time: u64, version: VersionName },
    /// A developer's key that counts for an app from now on.
    #[serde(rename = "mezze.log.key.v1")]
    Key {
        app_id: AppId,
        developer: PublicKey,
        time: u64,
        /// How it came to count: `first`, `rotation` (vouched for by the key before), `operator`.
        vouched: String,
    },
    /// A developer's key that does not count any more.
    #[serde(rename = "mezze.log.key-revocation.v1")]
    KeyRevocation { app_id: AppId, developer: PublicKey, time: u64 },
}

/// Why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    #[error("the log entry can't be read: {0}")]
    Form(String),

    #[error("the log entry is not in its canonical form")]
    NotCanonical,

    #[error("the log entry has {0} bytes, at most {LONGEST} are allowed")]
    TooLong(usize),
}

impl LogEntry {
    /// The bytes that are hashed: JSON, members sorted by name, no white space.
    ///
    /// # Errors
    /// It is longer than an entry may be.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EntryError> {
        let form = |error: serde_json::Error| EntryError::Form(error.to_string());
        let members: BTreeMap<String, serde_json::Value> =
            serde_json::from_value(serde_json::to_value(self).map_err(form)?).map_err(form)?;
        let bytes = serde_json::to_vec(&members).map_err(form)?;
        if bytes.len() > LONGEST { Err(EntryError::TooLong(bytes.len())) } else { Ok(bytes) }
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// It is no entry, or the same entry in another spelling.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryError> {
        let entry: Self = serde_json::from_slice(bytes).map_err(|error| EntryError::Form(error.to_string()))?;
        if entry.to_bytes()? == bytes { Ok(entry) } else { Err(EntryError::NotCanonical) }
    }

    /// The app that it is about.
    #[must_use]
    pub const fn app_id(&self) -> &AppId {
        match self {
            Self::Release { app_id, .. }
            | Self::Withdrawal { app_id, .. }
            | Self::Key { app_id, .. }
            | Self::KeyRevocation { app_id, .. } => app_id,
        }
    }
}
