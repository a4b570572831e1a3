//! Sealing: what leaves the platform is never in the clear, and its key travels apart.
//!
//! [`seal`] and [`Unsealer`] are RFC 8188 (`aes128gcm`) with a fresh key for each release; [`wrap_content_key`] is HPKE
//! (RFC 9180) to a device's key. Sealing hides; that the content is right is for the signatures inside to say.

mod content_key;
mod record;
mod seal;
mod unseal;

pub use content_key::{ContentKey, ContentKeyContext, DEVICE_CHALLENGE_INFO, Wrapped};
pub use content_key::{unwrap_content_key, unwrap_for_device, wrap_content_key, wrap_for_device};
pub use seal::{RECORD_SIZE, seal};
pub use unseal::{Unsealer, unseal};

/// Why sealed bytes or a wrapped key can't be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    #[error("the sealed data ends too early; fetch it again")]
    CutOff,
    #[error("the sealed data has more after its last record; fetch it again")]
    Trailing,
    #[error("record {number} of the sealed data can't be opened: wrong key, or the data was changed")]
    Record { number: u64 },
    #[error("record {number} of the sealed data has no valid delimiter")]
    Delimiter { number: u64 },
    #[error("the sealed data asks for records of {size} bytes; allowed are 18 to 1048576")]
    RecordSize { size: u32 },
    #[error("the device's public key is not an uncompressed P-256 point of 65 bytes")]
    DeviceKey,
    #[error("the wrapped key can't be opened: it was made for another device, release or purpose")]
    Wrapped,
    #[error("the data is too long to be sealed")]
    TooLong,
}
