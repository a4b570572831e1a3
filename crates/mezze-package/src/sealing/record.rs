//! RFC 8188's keys and nonces, shared by both directions.

use aes_gcm::aead::consts::U12;
use aes_gcm::{Aes128Gcm, Key, KeyInit as _, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;

use super::{ContentKey, SealingError};

/// Bytes of an AES-GCM tag.
pub(super) const TAG_LENGTH: usize = 16;
/// After the content of a record that is not the last.
pub(super) const MORE: u8 = 1;
/// After the content of the last record.
pub(super) const LAST: u8 = 2;

pub(super) struct RecordCipher {
    pub(super) cipher: Aes128Gcm,
    base_nonce: [u8; 12],
}

impl RecordCipher {
    pub(super) fn new(key: &ContentKey, salt: &[u8; 16]) -> Result<Self, SealingError> {
        let extracted = Hkdf::<Sha256>::new(Some(salt), key.as_bytes());
        let mut content_key = [0; 16];
        let mut base_nonce = [0; 12];
        extracted.expand(b"Content-Encoding: aes128gcm\0", &mut content_key).map_err(|_| SealingError::TooLong)?;
        extracted.expand(b"Content-Encoding: nonce\0", &mut base_nonce).map_err(|_| SealingError::TooLong)?;
        Ok(Self { cipher: Aes128Gcm::new(&Key::<Aes128Gcm>::from(content_key)), base_nonce })
    }

    pub(super) fn nonce(&self, record: u64) -> Nonce<U12> {
        let mut nonce = self.base_nonce;
        for (byte, mask) in nonce[4..].iter_mut().zip(record.to_be_bytes()) {
            *byte ^= mask;
        }
        Nonce::from(nonce)
    }
}
