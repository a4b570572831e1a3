//! Reads an RFC 8188 stream in pieces of any size; what it gives out was authenticated.

use aes_gcm::aead::AeadInOut as _;

use super::record::{LAST, MORE, RecordCipher, TAG_LENGTH};
use super::{ContentKey, SealingError};

/// Salt, record size, length of the key id.
const HEADER_LENGTH: usize = 21;
/// Records are held in memory whole.
const LARGEST_RECORD: u32 = 1024 * 1024;

/// Opens a stream record by record. Hand it bytes with [`Unsealer::push`], then call [`Unsealer::finish`]: only that
/// says that the end was the end.
pub struct Unsealer {
    key: ContentKey,
    state: State,
    buffer: Vec<u8>,
}

enum State {
    Header,
    Records { cipher: Box<RecordCipher>, record_size: usize, number: u64 },
    Ended,
}

impl Unsealer {
    /// A reader for a stream sealed with `key`.
    #[must_use]
    pub const fn new(key: ContentKey) -> Self {
        Self { key, state: State::Header, buffer: Vec::new() }
    }

    /// Takes the next bytes and appends what they open to `content`.
    ///
    /// # Errors
    /// The header is not possible, or a record was changed.
    pub fn push(&mut self, bytes: &[u8], content: &mut Vec<u8>) -> Result<(), SealingError> {
        self.buffer.extend_from_slice(bytes);
        if matches!(self.state, State::Header) && !self.read_header()? {
            return Ok(());
        }
        let mut consumed = 0;
        while let State::Records { record_size, .. } = self.state {
            // The last record may be a full one: it is opened when a byte after it shows that more follow, or at the end.
            if self.buffer.len() - consumed <= record_size {
                break;
            }
            let record = self.buffer[consumed..consumed + record_size].to_vec();
            consumed += record_size;
            if self.open(record, content)? == LAST {
                return Err(SealingError::Trailing);
            }
        }
        self.buffer.drain(..consumed);
        Ok(())
    }

    /// Opens the last record.
    ///
    /// # Errors
    /// The stream was cut off, or its last record was changed.
    pub fn finish(mut self, content: &mut Vec<u8>) -> Result<(), SealingError> {
        if matches!(self.state, State::Header) {
            return Err(SealingError::CutOff);
        }
        let record = std::mem::take(&mut self.buffer);
        if self.open(record, content)? == LAST { Ok(()) } else { Err(SealingError::CutOff) }
    }

    /// True once the header is complete.
    fn read_header(&mut self) -> Result<bool, SealingError> {
        let Some((header, rest)) = self.buffer.split_first_chunk::<HEADER_LENGTH>() else { return Ok(false) };
        let [salt @ .., size_0, size_1, size_2, size_3, key_id_length] = *header;
        let record_size = u32::from_be_bytes([size_0, size_1, size_2, size_3]);
        if !(18..=LARGEST_RECORD).contains(&record_size) {
            return Err(SealingError::RecordSize { size: record_size });
        }
        // The key is known by other means; a key id is read over.
        let Some(rest) = rest.get(usize::from(key_id_length)..) else { return Ok(false) };
        let cipher = Box::new(RecordCipher::new(&self.key, &salt)?);
        self.buffer = rest.to_vec();
        self.state = State::Records { cipher, record_size: record_size as usize, number: 0 };
        Ok(true)
    }

    /// Opens one record, appends its content and returns its delimiter.
    fn open(&mut self, mut record: Vec<u8>, content: &mut Vec<u8>) -> Result<u8, SealingError> {
        let State::Records { cipher, number, .. } = &mut self.state else { return Err(SealingError::Trailing) };
        let this = *number;
        if record.len() <= TAG_LENGTH {
            return Err(SealingError::CutOff);
        }
        cipher
            .cipher
            .decrypt_in_place(&cipher.nonce(this), b"", &mut record)
            .map_err(|_| SealingError::Record { number: this })?;
        *number += 1;
        // Padding is zeros after the delimiter.
        let end = record.iter().rposition(|byte| *byte != 0).ok_or(SealingError::Delimiter { number: this })?;
        let delimiter = record[end];
        if delimiter != MORE && delimiter != LAST {
            return Err(SealingError::Delimiter { number: this });
        }
        if delimiter == LAST {
            self.state = State::Ended;
        }
        content.extend_from_slice(&record[..end]);
        Ok(delimiter)
    }
}

/// Opens a stream that is in memory.
///
/// # Errors
/// As [`Unsealer`].
pub fn unseal(sealed: &[u8], key: &ContentKey) -> Result<Vec<u8>, SealingError> {
    let mut content = Vec::with_capacity(sealed.len());
    let mut unsealer = Unsealer::new(key.clone());
    unsealer.push(sealed, &mut content)?;
    unsealer.finish(&mut content)?;
    Ok(content)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::super::seal::seal_with;
    use super::*;

    fn key_of(text: &str) -> ContentKey {
        ContentKey::from_bytes(URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap())
    }

    /// RFC 8188, sections 3.1 and 3.2 (small records, padding, a key id).
    #[test]
    fn the_rfc_opens() {
        let sealed = "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg";
        let sealed = URL_SAFE_NO_PAD.decode(sealed).unwrap();
        assert_eq!(unseal(&sealed, &key_of("yqdlZ-tYemfogSmv7Ws5PQ")).unwrap(), b"I am the walrus");
        let sealed =
            "uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA";
        let sealed = URL_SAFE_NO_PAD.decode(sealed).unwrap();
        assert_eq!(unseal(&sealed, &key_of("BO3ZVPxUlnLORbVGMpbT1Q")).unwrap(), b"I am the walrus");
    }

    #[test]
    fn cut_off_swapped_and_trailing_records_are_refused() {
        let key = ContentKey::from_bytes([3; 16]);
        let sealed = seal_with(&[5; 100], &key, [4; 16], 32).unwrap();
        assert_eq!(unseal(&sealed, &key).unwrap(), [5; 100]);
        // At a record's border the last one left says that more follow.
        assert_eq!(unseal(&sealed[..21 + 64], &key), Err(SealingError::CutOff));
        assert!(unseal(&sealed[..sealed.len() - 1], &key).is_err());
        assert_eq!(unseal(&sealed[..20], &key), Err(SealingError::CutOff));
        let mut swapped = sealed.clone();
        swapped[21..21 + 64].rotate_left(32);
        assert_eq!(unseal(&swapped, &key), Err(SealingError::Record { number: 0 }));
        let whole = seal_with(&[5; 15], &key, [4; 16], 32).unwrap();
        let trailing = [whole, vec![0]].concat();
        assert_eq!(unseal(&trailing, &key), Err(SealingError::Trailing));
        assert!(unseal(&sealed, &ContentKey::from_bytes([2; 16])).is_err());
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let key = ContentKey::from_bytes([3; 16]);
        let sealed = seal_with(b"some content of three records, so to say", &key, [4; 16], 32).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal(&changed, &key).is_err(), "bit {bit}");
        }
    }

    proptest! {
        #[test]
        fn any_content_comes_back_in_any_pieces(
            content in proptest::collection::vec(any::<u8>(), 0..300),
            record_size in 18_u32..80,
            piece in 1_usize..50,
        ) {
            let key = ContentKey::from_bytes([1; 16]);
            let sealed = seal_with(&content, &key, [2; 16], record_size).unwrap();
            let mut opened = Vec::new();
            let mut unsealer = Unsealer::new(key);
            for bytes in sealed.chunks(piece) {
                unsealer.push(bytes, &mut opened).unwrap();
            }
            unsealer.finish(&mut opened).unwrap();
            prop_assert_eq!(opened, content);
        }
    }
}
