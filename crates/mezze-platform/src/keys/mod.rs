//! Keys: one for each purpose, so that a key that leaks gives away one thing, and can be replaced alone.

mod file_store;
mod known;
mod managed;
mod master;
pub(crate) mod model;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mezze_package::SigningKey;

pub use file_store::FileKeyStore;
pub(crate) use file_store::create_private_folder;
pub(crate) use known::{KeyChanges, KnownKeys, SignedKeyChange};
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

    /// The purpose with that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }

    /// What it takes to replace it.
    #[must_use]
    pub fn replacement(self) -> Replacement {
        match self {
            Self::ContentKeys => Replacement::Rewrap,
            Self::Gate | Self::DeviceChallenges | Self::AppStatements => Replacement::Overlap,
            Self::Revocations | Self::Log => Replacement::Vouched,
            Self::Countersigning | Self::Trial => Replacement::AtOnce,
            Self::Identity => Replacement::Anew,
        }
    }

    /// Whether it is an Ed25519 seed.
    fn signs(self) -> bool {
        !matches!(self, Self::ContentKeys | Self::Gate | Self::DeviceChallenges | Self::Identity)
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

/// What it takes to replace a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacement {
    /// What it wraps is wrapped again; until that is done the one before opens the rest.
    Rewrap,
    /// What it made holds for minutes or hours; so long the one before is good for checking.
    Overlap,
    /// Devices remember it: the one before signs the new one.
    Vouched,
    /// What it signed names it.
    AtOnce,
    /// Nothing is carried over.
    Anew,
}

/// 32 secret bytes. Never printed.
#[derive(Clone)]
pub struct SecretKey(pub(crate) [u8; 32]);

impl SecretKey {
    /// Tells keys apart and gives nothing of them away: the public key, or a digest of a secret one.
    fn fingerprint(&self, purpose: KeyPurpose) -> String {
        if purpose.signs() {
            return SigningKey::from_seed(self.0).public().to_string();
        }
        let message = [b"mezze key fingerprint v1\n", purpose.name().as_bytes(), b"\n", &self.0].concat();
        mezze_model::Digest::of(&message).to_string()
    }
}

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
    /// It is not the one that the platform had.
    #[error(
        "the key for {purpose} is not the one that this platform had before: {harm}; put the old one back ({name}.key \
         in the folder of keys, or {variable}), or if it is lost, run: mezze rotate {name} --lost",
        name = purpose.name(), variable = purpose.variable(), purpose = purpose.name(), harm = harm(*purpose)
    )]
    Lost {
        /// Which one.
        purpose: KeyPurpose,
    },
    /// Replacing it changes what must not change.
    #[error(
        "the key for {purpose} is not replaced as a habit: {harm}; if it leaked, run: mezze rotate {purpose} --leaked",
        purpose = purpose.name(), harm = harm(*purpose)
    )]
    Irreplaceable {
        /// Which one.
        purpose: KeyPurpose,
    },
    /// A lost one is made anew without a word.
    #[error("a lost key for {purpose} needs nothing: a new one is made when the platform starts", purpose = purpose.name())]
    NotMissed {
        /// Which one.
        purpose: KeyPurpose,
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

/// What another key in its place does.
fn harm(purpose: KeyPurpose) -> &'static str {
    match purpose {
        KeyPurpose::ContentKeys => "no package that is here opens with another",
        KeyPurpose::Identity => "users get other names in every mini app, whose servers don't know them any more",
        KeyPurpose::Log => "devices and auditors refuse the public log of another, and with it every new release",
        KeyPurpose::Revocations => "devices refuse a list of another, and go on running what you withdraw",
        _ => "what it made does not hold with another",
    }
}
