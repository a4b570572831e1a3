//! What is signed: canonical JSON with seven members, and nothing that could be written in two ways.

use std::fmt;

use mezze_model::{AppId, Digest, VersionName};
use serde::{Deserialize, Serialize};

use super::keys::PublicKey;
use crate::PackageError;

/// The largest whole number that JavaScript reads exactly.
const LARGEST_CREATED: u64 = (1 << 53) - 1;

/// In which capacity somebody signs. The order is the order in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Made it.
    Developer,
    /// Reviewed and released it.
    Platform,
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Developer => "developer",
            Self::Platform => "platform",
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum StatementType {
    #[serde(rename = "mezze.statement.v1")]
    Version1,
}

/// A statement about a package. Members stand in sorted order, as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub app_id: AppId,
    pub container_digest: Digest,
    /// Seconds since 1970.
    pub created: u64,
    pub files_digest: Digest,
    pub role: Role,
    #[serde(rename = "type")]
    statement_type: StatementType,
    pub version: VersionName,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) app_id: AppId,
    pub(super) version: VersionName,
    pub(super) files_digest: Digest,
    pub(super) container_digest: Digest,
}

impl Statement {
    pub(super) fn new(subject: &Subject, role: Role, created: u64) -> Self {
        Self {
            app_id: subject.app_id.clone(),
            container_digest: subject.container_digest,
            created,
            files_digest: subject.files_digest,
            role,
            statement_type: StatementType::Version1,
            version: subject.version.clone(),
        }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject {
            app_id: self.app_id.clone(),
            version: self.version.clone(),
            files_digest: self.files_digest,
            container_digest: self.container_digest,
        }
    }

    /// The canonical bytes: what is signed.
    pub(super) fn canonical(&self) -> Result<Vec<u8>, PackageError> {
        if self.created > LARGEST_CREATED {
            return Err(PackageError::Statement { role: self.role, rule: "its time is not a possible one" });
        }
        serde_json::to_vec(self)
            .map_err(|_| PackageError::Statement { role: self.role, rule: "it can't be written as JSON" })
    }
}

/// A statement with its signature, as it stands in a signing block. Having one does not mean that it verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedStatement {
    statement: Statement,
    bytes: Vec<u8>,
    key: PublicKey,
    signature: [u8; 64],
}

impl SignedStatement {
    pub(super) const fn new(statement: Statement, bytes: Vec<u8>, key: PublicKey, signature: [u8; 64]) -> Self {
        Self { statement, bytes, key, signature }
    }

    pub(super) fn from_parts(
        role: Role,
        bytes: &[u8],
        key: &[u8; 32],
        signature: [u8; 64],
    ) -> Result<Self, PackageError> {
        let fault = |rule| PackageError::Statement { role, rule };
        let statement: Statement =
            serde_json::from_slice(bytes).map_err(|_| fault("it does not have a statement's members"))?;
        if statement.canonical()? != bytes {
            return Err(fault("it is not in its canonical form"));
        }
        if statement.role != role {
            return Err(fault("it was signed in another role"));
        }
        let key = PublicKey::from_bytes(key).map_err(|_| fault("its key is not an Ed25519 key"))?;
        Ok(Self { statement, bytes: bytes.to_vec(), key, signature })
    }

    /// What it says.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// In which capacity it was signed.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.statement.role
    }

    /// Who says so.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) const fn signature(&self) -> &[u8; 64] {
        &self.signature
    }

    /// Checks the signature by the statement's own key; whether that key is trusted is another question.
    pub(super) fn check_signature(&self) -> Result<(), PackageError> {
        if self.key.verifies(&self.bytes, &self.signature) {
            Ok(())
        } else {
            Err(PackageError::BadSignature { role: self.role() })
        }
    }
}
