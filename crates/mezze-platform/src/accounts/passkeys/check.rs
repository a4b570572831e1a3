//! Reading and checking what an authenticator answers (WebAuthn, sections 7.1 and 7.2).
//!
//! Input: the challenge that was given, what this platform is (origin and name), the browser's answer. Output: the new
//! credential, or that a signature is right. User verification is required: a passkey stands for password and device.

use ciborium::Value;
use mezze_package::PublicKey;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::encoding::{base64url, from_base64url};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const CREDENTIAL_INCLUDED: u8 = 0x40;
/// Longest credential id of the specification.
const LONGEST_ID: usize = 1_023;

/// What the answer must be for.
pub(super) struct Expected<'a> {
    pub(super) challenge: &'a [u8],
    /// For example `https://apps.example.org`.
    pub(super) origin: &'a str,
    /// The host that keys are bound to.
    pub(super) host: &'a str,
}

/// A public key with its algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credential {
    /// base64url
    pub(super) id: String,
    /// `es256` or `eddsa`
    pub(super) algorithm: &'static str,
    /// base64url
    pub(super) public_key: String,
    pub(super) sign_count: u32,
}

/// Why an answer is refused, for the log and the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("the answer can't be read")]
    Unreadable,
    #[error("it answers another challenge")]
    Challenge,
    #[error("it was made for another site")]
    Origin,
    #[error("the device did not make sure that it is you")]
    NotVerified,
    #[error("the key is of a kind that this platform does not take")]
    Algorithm,
    #[error("the signature is wrong")]
    Signature,
    #[error("the key was copied: its counter went back")]
    Copied,
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
}

fn check_client_data(bytes: &[u8], kind: &str, expected: &Expected<'_>) -> Result<(), Refusal> {
    let data: ClientData = serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)?;
    if data.kind != kind || from_base64url(&data.challenge).as_deref() != Some(expected.challenge) {
        return Err(Refusal::Challenge);
    }
    if data.origin != expected.origin || data.cross_origin {
        return Err(Refusal::Origin);
    }
    Ok(())
}

/// Flags and counter, after the host's digest is checked; and what follows them.
fn check_authenticator_data<'a>(data: &'a [u8], expected: &Expected<'_>) -> Result<(u8, u32, &'a [u8]), Refusal> {
    let (host, rest) = data.split_first_chunk::<32>().ok_or(Refusal::Unreadable)?;
    let (flags, rest) = rest.split_first().ok_or(Refusal::Unreadable)?;
    let (count, rest) = rest.split_first_chunk::<4>().ok_or(Refusal::Unreadable)?;
    if host[..] != Sha256::digest(expected.host.as_bytes())[..] {
        return Err(Refusal::Origin);
    }
    if flags & USER_PRESENT == 0 || flags & USER_VERIFIED == 0 {
        return Err(Refusal::NotVerified);
    }
    Ok((*flags, u32::from_be_bytes(*count), rest))
}

/// A registration: the credential that the device made.
pub(super) fn check_registration(
    client_data: &[u8],
    attestation: &[u8],
    expected: &Expected<'_>,
) -> Result<Credential, Refusal> {
    check_client_data(client_data, "webauthn.create", expected)?;
    let object: Value = ciborium::from_reader(attestation).map_err(|_| Refusal::Unreadable)?;
    let data = member(&object, &Value::Text("authData".to_owned())).and_then(Value::as_bytes);
    let data = data.ok_or(Refusal::Unreadable)?;
    let (flags, sign_count, rest) = check_authenticator_data(data, expected)?;
    if flags & CREDENTIAL_INCLUDED == 0 {
        return Err(Refusal::Unreadable);
    }
    // The authenticator's model (16 bytes) says nothing without attestation.
    let rest = rest.get(16..).ok_or(Refusal::Unreadable)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(Refusal::Unreadable)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length == 0 || length > LONGEST_ID || rest.len() < length {
        return Err(Refusal::Unreadable);
    }
    let (id, key) = rest.split_at(length);
    // Extensions may follow the key; the reader stops at its end.
    let key: Value = ciborium::from_reader(key).map_err(|_| Refusal::Unreadable)?;
    let (algorithm, public_key) = read_key(&key)?;
    Ok(Credential { id: base64url(id), algorithm, public_key, sign_count })
}

/// A sign-in: gives the counter to keep.
pub(super) fn check_assertion(
    client_data: &[u8],
    authenticator_data: &[u8],
    signature: &[u8],
    known: &Credential,
    expected: &Expected<'_>,
) -> Result<u32, Refusal> {
    check_client_data(client_data, "webauthn.get", expected)?;
    let (_, count, _) = check_authenticator_data(authenticator_data, expected)?;
    let message = [authenticator_data, &Sha256::digest(client_data)[..]].concat();
    if !verifies(known, &message, signature) {
        return Err(Refusal::Signature);
    }
    // Synchronised passkeys stay at 0; where both count, it only goes up.
    if (count != 0 || known.sign_count != 0) && count <= known.sign_count {
        return Err(Refusal::Copied);
    }
    Ok(count)
}

fn verifies(known: &Credential, message: &[u8], signature: &[u8]) -> bool {
    let Some(key) = from_base64url(&known.public_key) else { return false };
    match known.algorithm {
        "es256" => {
            let (Ok(key), Ok(signature)) = (VerifyingKey::from_sec1_bytes(&key), Signature::from_der(signature)) else {
                return false;
            };
            key.verify(message, &signature).is_ok()
        }
        "eddsa" => {
            let key = <[u8; 32]>::try_from(key).ok().and_then(|key| PublicKey::from_bytes(&key).ok());
            let signature = <[u8; 64]>::try_from(signature).ok();
            key.zip(signature).is_some_and(|(key, signature)| key.verifies_message(message, &signature))
        }
        _ => false,
    }
}

/// COSE keys (RFC 9053): EC2 on P-256 with ES256, OKP on Ed25519 with EdDSA.
fn read_key(key: &Value) -> Result<(&'static str, String), Refusal> {
    let number = |label: i64| member(key, &Value::Integer(label.into())).and_then(Value::as_integer).map(i128::from);
    let bytes = |label: i64| member(key, &Value::Integer(label.into())).and_then(Value::as_bytes);
    match (number(1), number(3), number(-1)) {
        (Some(2), Some(-7), Some(1)) => {
            let (x, y) = bytes(-2).zip(bytes(-3)).ok_or(Refusal::Unreadable)?;
            if x.len() != 32 || y.len() != 32 {
                return Err(Refusal::Unreadable);
            }
            let point = [&[4][..], x, y].concat();
            VerifyingKey::from_sec1_bytes(&point).map_err(|_| Refusal::Unreadable)?;
            Ok(("es256", base64url(&point)))
        }
        (Some(1), Some(-8), Some(6)) => {
            let x = bytes(-2).ok_or(Refusal::Unreadable)?;
            let x = <[u8; 32]>::try_from(x.as_slice()).map_err(|_| Refusal::Unreadable)?;
            PublicKey::from_bytes(&x).map_err(|_| Refusal::Unreadable)?;
            Ok(("eddsa", base64url(&x)))
        }
        _ => Err(Refusal::Algorithm),
    }
}

fn member<'a>(map: &'a Value, key: &Value) -> Option<&'a Value> {
    map.as_map()?.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}
