//! Writes an RFC 8188 stream.

use aes_gcm::aead::AeadInOut as _;

use super::record::{LAST, MORE, RecordCipher, TAG_LENGTH};
use super::{ContentKey, SealingError};

/// Size of a record, tag and delimiter included.
pub const RECORD_SIZE: u32 = 65_536;

/// Seals bytes with a key and salt that are used for nothing else.
///
/// # Errors
/// None for any content that fits into memory; what the cipher refuses is [`SealingError::TooLong`].
pub fn seal(content: &[u8], key: &ContentKey, salt: [u8; 16]) -> Result<Vec<u8>, SealingError> {
    seal_with(content, key, salt, RECORD_SIZE)
}

pub(super) fn seal_with(
    content: &[u8],
    key: &ContentKey,
    salt: [u8; 16],
    record_size: u32,
) -> Result<Vec<u8>, SealingError> {
    let cipher = RecordCipher::new(key, &salt)?;
    let in_record = record_size as usize - TAG_LENGTH - 1;
    let records = content.len().div_ceil(in_record).max(1);
    let mut output = Vec::with_capacity(21 + content.len() + records * (TAG_LENGTH + 1));
    output.extend(salt);
    output.extend(record_size.to_be_bytes());
    output.push(0); // length of the key id
    let mut chunks = content.chunks(in_record);
    let mut record = Vec::with_capacity(record_size as usize);
    for number in 0..records {
        let delimiter = if number + 1 == records { LAST } else { MORE };
        record.clear();
        record.extend_from_slice(chunks.next().unwrap_or_default());
        record.push(delimiter);
        cipher
            .cipher
            .encrypt_in_place(&cipher.nonce(number as u64), b"", &mut record)
            .map_err(|_| SealingError::TooLong)?;
        output.extend_from_slice(&record);
    }
    Ok(output)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    /// RFC 8188, section 3.1.
    #[test]
    fn the_rfc_seals_a_walrus() {
        let decode = |text| URL_SAFE_NO_PAD.decode(text).unwrap();
        let key = ContentKey::from_bytes(decode("yqdlZ-tYemfogSmv7Ws5PQ").try_into().unwrap());
        let salt = decode("I1BsxtFttlv3u_Oo94xnmw").try_into().unwrap();
        let sealed = seal_with(b"I am the walrus", &key, salt, 4096).unwrap();
        let expected = "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg";
        assert_eq!(URL_SAFE_NO_PAD.encode(sealed), expected);
    }

    #[test]
    fn sizes_are_as_described() {
        let key = ContentKey::from_bytes([7; 16]);
        let full = RECORD_SIZE as usize - 17;
        for (content, sealed) in [(0, 21 + 17), (1, 21 + 18), (full, 21 + 65_536), (full + 1, 21 + 65_536 + 18)] {
            assert_eq!(seal(&vec![1; content], &key, [9; 16]).unwrap().len(), sealed, "{content}");
        }
    }
}
