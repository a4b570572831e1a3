//! Why a package is refused: the entry, the rule, and what to do where a person can do something.

use mezze_model::{AppId, InvalidPackagePath, ManifestError, VersionName};

use crate::signing::{PublicKey, Role};

/// Why bytes are no package, or not one that is trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    #[error("not a package: {rule}")]
    Container { rule: &'static str },

    #[error("entry `{entry}`: {rule}")]
    Entry { entry: String, rule: &'static str },

    #[error("a file name is not allowed: {0}")]
    Name(#[from] InvalidPackagePath),

    #[error("entries `{first}` and `{second}` {rule}")]
    Collision { first: String, second: String, rule: &'static str },

    #[error("{what} is {size}, over the limit of {limit}")]
    Limit { what: String, size: u64, limit: u64 },

    #[error("the package holds no `{path}`")]
    Missing { path: String },

    #[error(transparent)]
    Manifest(#[from] ManifestError),

    #[error("config/app.json can't be read: {reason}")]
    AppConfig { reason: String },

    #[error("the update can't be put together: {reason}")]
    Delta { reason: String },

    #[error("the package is not signed")]
    Unsigned,

    #[error("the signing block is damaged: {rule}")]
    SigningBlock { rule: &'static str },

    #[error("the {role} statement is refused: {rule}")]
    Statement { role: Role, rule: &'static str },

    #[error("the {role} statement is missing, and this host requires one")]
    StatementMissing { role: Role },

    #[error("the {role} signature was made with the key {key}, which is not trusted here")]
    UntrustedSigner { role: Role, key: PublicKey },

    #[error("the {role} signature does not match its statement")]
    BadSignature { role: Role },

    #[error("the package was changed after it was signed: its {what} is not the signed one")]
    DigestMismatch { what: &'static str },

    #[error("the statement is about {signed_app} {signed_version}, the manifest says {app_id} {version}")]
    StatementOfOther { signed_app: AppId, signed_version: VersionName, app_id: AppId, version: VersionName },

    #[error("{asked_app} {asked_version} was asked for, the package is {app_id} {version}")]
    NotWhatWasAsked { asked_app: AppId, asked_version: VersionName, app_id: AppId, version: VersionName },
}

impl PackageError {
    /// What to do about it, where there is something to do.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Unsigned => Some("sign it with `mezze sign`"),
            Self::Limit { .. } => Some(
                "move large pictures and media to a server, or pages to a subpackage; the operator sets the limits",
            ),
            Self::UntrustedSigner { .. } | Self::StatementMissing { .. } => {
                Some("get the package from the platform that released it")
            }
            Self::BadSignature { .. } | Self::DigestMismatch { .. } | Self::SigningBlock { .. } => {
                Some("fetch the package again; if it stays so, it was tampered with")
            }
            Self::Delta { .. } => Some("fetch the whole package"),
            Self::Collision { .. } | Self::Name(_) => Some("rename the file"),
            _ => None,
        }
    }

    pub(crate) fn entry(entry: &str, rule: &'static str) -> Self {
        Self::Entry { entry: entry.escape_debug().to_string(), rule }
    }
}
