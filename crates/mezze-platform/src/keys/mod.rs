//! Keys: one for each purpose, so that a key that leaks gives away one thing, and can be replaced alone.

mod file_store;
mod managed;
mod master;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use file_store::FileKeyStore;
pub(crate) use file_store::create_private_folder;
pub use managed::{KeyCommand, KeyManagement, ManagedKeyStore};
pub(crate) use master::MasterKeys;

/// What a key is for. Each has its own file and its own environment variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Ed25519 seed: the platform's countersignature on released packages.
    Countersigning,
    /// AES-256-GCM: wraps the content key of each release in the database.
    ContentKeys,
    /// HMAC-SHA-256: gate tickets.
    Gate,
    /// HMAC-SHA-256: the nonces by which devices prove their key.
    DeviceChallenges,
    /// Ed25519 seed: the list of what hosts must not run any more.
    Revocations,
    /// Ed25519 seed: the countersignature on builds that only testers and reviewers run.
    Trial,
    /// HMAC-SHA-256: users' pseudonyms in mini apps, and the keys of their sessions there.
    Identity,
    /// Ed25519 seed: the heads of the public log.
    Log,
    /// Ed25519 seed: the platform's word for which mini app sends a request.
    AppStatements,
}

impl KeyPurpose {
    /// All purposes, in the order in which they are made.
    pub const ALL: [Self; 9] = [
        Self::Countersigning,
        Self::ContentKeys,
        Self::Gate,
        Self::DeviceChallenges,
        Self::Identity,
        Self::Log,
        Self::AppStatements,
        Self::Revocations,
        Self::Trial,
    ];

    /// Name of the file without its ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Countersigning => "countersigning",
            Self::ContentKeys => "content-keys",
            Self::Gate => "gate",
            Self::DeviceChallenges => "device-challenges",
            Self::Revocations => "revocations",
            Self::Trial => "trial",
            Self::Identity => "identity",
            Self::Log => "log",
            Self::AppStatements => "app-statements",
        }
    }

    /// The environment variable that takes the place of the file: 64 hex digits.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            Self::Countersigning => "MEZZE_KEY_COUNTERSIGNING",
            Self::ContentKeys => "MEZZE_KEY_CONTENT_KEYS",
            Self::Gate => "MEZZE_KEY_GATE",
            Self::DeviceChallenges => "MEZZE_KEY_DEVICE_CHALLENGES",
            Self::Revocations => "MEZZE_KEY_REVOCATIONS",
            Self::Trial => "MEZZE_KEY_TRIAL",
            Self::Identity => "MEZZE_KEY_IDENTITY",
            Self::Log => "MEZZE_KEY_LOG",
            Self::AppStatements => "MEZZE_KEY_APP_STATEMENTS",
        }
    }
}

/// 32 secret bytes. Never printed.
#[derive(Clone)]
pub struct SecretKey(pub(crate) [u8; 32]);

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey(..)")
    }
}

/// Where keys are kept.
pub trait KeyStore: Send + Sync + 'static {
    /// The key for `purpose`, made on first use.
    ///
    /// # Errors
    /// When the key can't be read, is not a key, or can be read by others.
    fn key(&self, purpose: KeyPurpose) -> Result<SecretKey, KeyFailure>;

    /// The key that [`KeyStore::key`] was before it was replaced, for as long as something needs it.
    ///
    /// # Errors
    /// When it is there and can't be read.
    fn older(&self, purpose: KeyPurpose) -> Result<Option<SecretKey>, KeyFailure>;

    /// Makes a new key and keeps the one before as the older one.
    ///
    /// # Errors
    /// When there is an older one still, or the key is not this store's to replace.
    fn replace(&self, purpose: KeyPurpose) -> Result<(), KeyFailure>;

    /// Forgets the older key.
    ///
    /// # Errors
    /// When it can't be removed.
    fn forget_older(&self, purpose: KeyPurpose) -> Result<(), KeyFailure>;
}

/// Makes the file of a current key the one of the older key.
fn move_aside(folder: &Path, [current, older]: &[String; 2]) -> Result<(), KeyFailure> {
    let (from, to) = (folder.join(current), folder.join(older));
    if to.exists() {
        return Err(KeyFailure::Rotating { path: to });
    }
    fs::rename(&from, &to).map_err(|cause| KeyFailure::File { path: from, cause })
}

fn remove(path: &Path) -> Result<(), KeyFailure> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(KeyFailure::File { path: path.to_owned(), cause }),
        _ => Ok(()),
    }
}

/// Why a key can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFailure {
    /// The file can't be read or written.
    #[error("can't use the key file {path}: {cause}", path = path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file is open to others than its owner.
    #[error("the key file {path} can be read by others (mode {mode:o}); run: chmod 600 {path}", path = path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key before is there still.
    #[error("the key was replaced before and {path} is needed still; run: mezze rotate --finish", path = path.display())]
    Rotating {
        /// The older key's file.
        path: PathBuf,
    },
    /// The key is in the environment.
    #[error(
        "the key is in the environment variable {variable}; replace it there, and put the old one in {variable}_PREVIOUS"
    )]
    InEnvironment {
        /// Which one.
        variable: &'static str,
    },
    /// The key management service did not do what it was asked for.
    #[error("the key service can't {what} the key for {purpose}: {reason}")]
    Service {
        /// `wrap` or `unwrap`.
        what: &'static str,
        /// Which key.
        purpose: &'static str,
        /// What was said.
        reason: String,
    },
    /// The content is not 64 hex digits.
    #[error("{place} does not hold a key: 64 hex digits are expected")]
    Malformed {
        /// File or environment variable.
        place: String,
    },
}
