//! The nonce by which a device proves that it has the private key.
//!
//! Only its holder can unwrap the nonce. Nothing is kept for it: the nonce is the expiry and a MAC over user, key
//! and expiry, so any node can check it.
//!
//! ```text
//! nonce = expiry (8 bytes, big endian) ‖ HMAC-SHA-256(key, "device challenge v1" ‖ expiry ‖ user id ‖ public key)
//! ```

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::public_key::DevicePublicKey;
use crate::keys::SecretKey;

/// `info` of the wrapped nonce.
pub(super) const INFO: &[u8] = b"mezze device challenge v1";
/// How long a device has for its answer, in seconds.
const SECONDS: i64 = 300;

pub(super) fn nonce(secret: &SecretKey, user_id: &str, key: &DevicePublicKey, now: i64) -> Vec<u8> {
    let expiry = (now + SECONDS).to_be_bytes();
    let tag = mac(secret, &expiry, user_id, key).finalize().into_bytes();
    [&expiry[..], &tag[..]].concat()
}

pub(super) fn is_proved(secret: &SecretKey, user_id: &str, key: &DevicePublicKey, now: i64, proof: &[u8]) -> bool {
    let Some((expiry, tag)) = proof.split_first_chunk::<8>() else {
        return false;
    };
    i64::from_be_bytes(*expiry) > now && mac(secret, expiry, user_id, key).verify_slice(tag).is_ok()
}

fn mac(secret: &SecretKey, expiry: &[u8; 8], user_id: &str, key: &DevicePublicKey) -> Hmac<Sha256> {
    // The user id comes last but one and the key has a fixed length, so no two inputs run together the same way.
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).expect("HMAC takes every key");
    mac.update(b"device challenge v1");
    mac.update(expiry);
    mac.update(user_id.as_bytes());
    mac.update(key.as_bytes());
    mac
}
