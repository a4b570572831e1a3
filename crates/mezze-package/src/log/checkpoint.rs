//! The head of the log, signed: a note that any tool for such notes can check.
//!
//! ```text
//! mezze.example/log            origin: the name of the log, which is also the name of its key
//! 1234                         entries
//! n1T8…=                       root, base64
//!
//! — mezze.example/log q83v…=   base64 of 4 bytes that name the key, and the Ed25519 signature
//! ```
//! References: <https://c2sp.org/tlog-checkpoint>, <https://c2sp.org/signed-note>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mezze_model::Digest;

use crate::{PublicKey, SigningKey};

/// Kind of signature that the key's name covers: Ed25519.
const ED25519: u8 = 1;
const SIGNATURE_START: &str = "— ";

/// What a platform says its log is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log, without white space and `+`.
    pub origin: String,
    pub size: u64,
    pub root: Digest,
}

/// A checkpoint as text, with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint(String);

/// Why a text is no checkpoint of the log whose key is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error("the checkpoint is damaged: {0}")]
    Form(&'static str),

    #[error("the checkpoint is of the log `{found}`, not of `{wanted}`")]
    OtherLog { found: String, wanted: String },

    #[error("the checkpoint is not signed by the log's key")]
    Unsigned,
}

impl Checkpoint {
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.as_bytes()))
    }

    /// Signs it.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> SignedCheckpoint {
        let text = self.text();
        let mut signature = key_hash(&self.origin, &key.public()).to_vec();
        signature.extend(key.sign_bytes(text.as_bytes()));
        SignedCheckpoint(format!("{text}\n{SIGNATURE_START}{} {}\n", self.origin, STANDARD.encode(signature)))
    }

    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let mut line = || lines.next().filter(|line| !line.is_empty());
        let origin = line().ok_or(CheckpointError::Form("it has no origin"))?;
        let size = line().ok_or(CheckpointError::Form("it has no size"))?;
        let root = line().ok_or(CheckpointError::Form("it has no root"))?;
        let number: u64 = size.parse().map_err(|_| CheckpointError::Form("its size is no number"))?;
        if number.to_string() != size {
            return Err(CheckpointError::Form("its size is not in plain decimal"));
        }
        let root = STANDARD.decode(root).ok().and_then(|root| <[u8; 32]>::try_from(root).ok());
        let root = Digest::from_bytes(root.ok_or(CheckpointError::Form("its root is not 32 bytes in base64"))?);
        Ok(Self { origin: origin.to_owned(), size: number, root })
    }
}

impl SignedCheckpoint {
    /// The text, ready to be sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a signed checkpoint of the log `origin`.
    ///
    /// # Errors
    /// It is damaged, of another log, or not signed by `key`. Signatures of others (witnesses) are passed over.
    pub fn verify(text: &str, origin: &str, key: &PublicKey) -> Result<Checkpoint, CheckpointError> {
        let (body, signatures) = text.split_once("\n\n").ok_or(CheckpointError::Form("it has no signature"))?;
        let body = format!("{body}\n");
        let checkpoint = Checkpoint::parse(&body)?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::OtherLog { found: checkpoint.origin, wanted: origin.to_owned() });
        }
        let expected = key_hash(origin, key);
        let is_signed = signatures.lines().any(|line| {
            let named = line.strip_prefix(SIGNATURE_START).and_then(|line| line.split_once(' '));
            let Some((name, encoded)) = named else { return false };
            let Ok(signature) = STANDARD.decode(encoded) else { return false };
            let Some((hash, signature)) = signature.split_first_chunk::<4>() else { return false };
            let Ok(signature) = <[u8; 64]>::try_from(signature) else { return false };
            name == origin && *hash == expected && key.verifies(body.as_bytes(), &signature)
        });
        if is_signed { Ok(checkpoint) } else { Err(CheckpointError::Unsigned) }
    }
}

/// The log's key as verifiers are given it: `ORIGIN+HASH+BASE64`.
#[must_use]
pub fn verifier_key(origin: &str, key: &PublicKey) -> String {
    let mut bytes = vec![ED25519];
    bytes.extend_from_slice(key.as_bytes());
    let hash: String = key_hash(origin, key).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{origin}+{hash}+{}", STANDARD.encode(bytes))
}

/// Reads what [`verifier_key`] writes: the log's name and key.
///
/// # Errors
/// Another form, another kind of key, or a hash that is not the key's.
pub fn parse_verifier_key(text: &str) -> Result<(String, PublicKey), CheckpointError> {
    const FORM: CheckpointError = CheckpointError::Form("the log's key is not written as ORIGIN+HASH+BASE64");
    // Base64 may hold `+`, an origin may not.
    let (origin, rest) = text.split_once('+').ok_or(FORM)?;
    let (_, encoded) = rest.split_once('+').ok_or(FORM)?;
    let bytes = STANDARD.decode(encoded).map_err(|_| FORM)?;
    let key = bytes.strip_prefix(&[ED25519]).and_then(|key| <&[u8; 32]>::try_from(key).ok()).ok_or(FORM)?;
    let key = PublicKey::from_bytes(key).map_err(|_| FORM)?;
    if verifier_key(origin, &key) == text { Ok((origin.to_owned(), key)) } else { Err(FORM) }
}

fn key_hash(name: &str, key: &PublicKey) -> [u8; 4] {
    let mut text = format!("{name}\n").into_bytes();
    text.push(ED25519);
    text.extend_from_slice(key.as_bytes());
    let digest = Digest::of(&text);
    let [a, b, c, d, ..] = *digest.as_bytes();
    [a, b, c, d]
}
