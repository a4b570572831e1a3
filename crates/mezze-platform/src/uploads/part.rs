//! Parts at rest.
//!
//! ```text
//! sealed = nonce (12 bytes) ‖ AES-256-GCM(key, nonce, part, aad = "mezze upload part v1\n" ‖ upload id ‖ "\n" ‖ offset)
//! ```

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use bytes::Bytes;

use crate::clock::{Randomness, random_bytes};
use crate::keys::{MasterKeys, SecretKey};
use crate::problem::Problem;

pub(super) fn seal_part(
    master: &MasterKeys,
    upload_id: &str,
    start: i64,
    part: &[u8],
    randomness: &dyn Randomness,
) -> Result<Bytes, Problem> {
    let nonce = random_bytes::<12>(randomness);
    let aad = additional_data(upload_id, start);
    let sealed = Aes256Gcm::new(&master.current.0.into())
        .encrypt(&Nonce::from(nonce), Payload { msg: part, aad: aad.as_bytes() })
        .map_err(|cause| Problem::internal("keep a part of an upload", &cause))?;
    Ok([&nonce[..], &sealed].concat().into())
}

pub(super) fn open_part(master: &MasterKeys, upload_id: &str, start: i64, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
    master.open(|key| open_under(key, upload_id, start, sealed))
}

/// Whether a part opens without the older master key.
pub(super) fn is_under_current(master: &MasterKeys, upload_id: &str, start: i64, sealed: &[u8]) -> bool {
    open_under(&master.current, upload_id, start, sealed).is_ok()
}

fn open_under(key: &SecretKey, upload_id: &str, start: i64, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
    let damaged = |cause: &dyn std::fmt::Display| Problem::internal("read a part of an upload", cause);
    let (nonce, sealed) = sealed.split_first_chunk::<12>().ok_or_else(|| damaged(&"too short"))?;
    let aad = additional_data(upload_id, start);
    Aes256Gcm::new(&key.0.into())
        .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: aad.as_bytes() })
        .map_err(|cause| damaged(&cause))
}

fn additional_data(upload_id: &str, start: i64) -> String {
    format!("mezze upload part v1\n{upload_id}\n{start}")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::clock::SystemRandomness;

    #[test]
    fn a_part_opens_at_its_own_place_only() {
        let key = MasterKeys::from(SecretKey([3; 32]));
        let sealed = seal_part(&key, "one", 0, b"a part in the clear", &SystemRandomness).unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"a part"));
        assert_eq!(open_part(&key, "one", 0, &sealed).unwrap(), b"a part in the clear");
        assert!(open_part(&key, "one", 19, &sealed).is_err());
        assert!(open_part(&key, "two", 0, &sealed).is_err());
    }
}
