//! Content keys at rest: AES-256-GCM under the platform's key for content keys, bound to the release.
//!
//! ```text
//! wrapped = nonce (12 bytes) ‖ AES-256-GCM(key, nonce, content key, aad = "mezze content key at rest v1\n" ‖ release id)
//! ```

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use mezze_package::ContentKey;

use crate::clock::{Randomness, random_bytes};
use crate::keys::{MasterKeys, SecretKey};
use crate::problem::Problem;

pub(crate) fn wrap_content_key(
    master: &MasterKeys,
    release_id: &str,
    key: &ContentKey,
    randomness: &dyn Randomness,
) -> Result<Vec<u8>, Problem> {
    let nonce = random_bytes::<12>(randomness);
    let aad = additional_data(release_id);
    let sealed = Aes256Gcm::new(&master.current.0.into())
        .encrypt(&Nonce::from(nonce), Payload { msg: key.as_bytes(), aad: aad.as_bytes() })
        .map_err(|cause| Problem::internal("wrap a content key", &cause))?;
    Ok([&nonce[..], &sealed].concat())
}

pub(crate) fn unwrap_content_key(master: &MasterKeys, release_id: &str, wrapped: &[u8]) -> Result<ContentKey, Problem> {
    master.open(|key| unwrap_under(key, release_id, wrapped))
}

/// Whether it opens without the older master key.
pub(super) fn is_under_current(master: &MasterKeys, release_id: &str, wrapped: &[u8]) -> bool {
    unwrap_under(&master.current, release_id, wrapped).is_ok()
}

fn unwrap_under(master: &SecretKey, release_id: &str, wrapped: &[u8]) -> Result<ContentKey, Problem> {
    let damaged = |cause: &dyn std::fmt::Display| Problem::internal("unwrap a content key", cause);
    let (nonce, sealed) = wrapped.split_first_chunk::<12>().ok_or_else(|| damaged(&"too short"))?;
    let aad = additional_data(release_id);
    let key = Aes256Gcm::new(&master.0.into())
        .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: aad.as_bytes() })
        .map_err(|cause| damaged(&cause))?;
    let key: [u8; 16] = key.try_into().map_err(|_| damaged(&"wrong length"))?;
    Ok(ContentKey::from_bytes(key))
}

fn additional_data(release_id: &str) -> String {
    format!("mezze content key at rest v1\n{release_id}")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::clock::SystemRandomness;

    #[test]
    fn a_wrapped_key_opens_for_its_release_and_master_only() {
        let key = ContentKey::from_bytes([9; 16]);
        let master = MasterKeys::from(SecretKey([1; 32]));
        let wrapped = wrap_content_key(&master, "one", &key, &SystemRandomness).unwrap();
        assert!(!wrapped.windows(16).any(|window| window == [9; 16]));
        assert_eq!(unwrap_content_key(&master, "one", &wrapped).unwrap().as_bytes(), key.as_bytes());
        assert!(unwrap_content_key(&master, "two", &wrapped).is_err());
        assert!(unwrap_content_key(&SecretKey([2; 32]).into(), "one", &wrapped).is_err());
        let replaced = MasterKeys { current: SecretKey([2; 32]), older: Some(master.current) };
        assert_eq!(unwrap_content_key(&replaced, "one", &wrapped).unwrap().as_bytes(), key.as_bytes());
        assert!(!is_under_current(&replaced, "one", &wrapped));
    }
}
