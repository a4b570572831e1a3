//! The key of a sealed release, and its way to a device: HPKE base mode, DHKEM(P-256), HKDF-SHA256, AES-128-GCM.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use mezze_model::{AppId, Digest, VersionName};
use rand::CryptoRng;

use super::SealingError;

/// HPKE `info` of a wrapped content key.
const CONTENT_KEY_INFO: &[u8] = b"mezze content key v1";
/// HPKE `info` of a device challenge's nonce; its `aad` is empty.
pub const DEVICE_CHALLENGE_INFO: &[u8] = b"mezze device challenge v1";

/// RFC 8188's input key: 16 random bytes for one release.
#[derive(Clone, PartialEq, Eq)]
pub struct ContentKey([u8; 16]);

impl ContentKey {
    /// A fresh key.
    #[must_use]
    pub fn generate<R: CryptoRng + ?Sized>(random: &mut R) -> Self {
        let mut bytes = [0; 16];
        random.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A key that was kept.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The key's bytes, for a key store.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ContentKey(…)")
    }
}

/// What a content key is for; a wrapped key opens under exactly this.
#[derive(Debug, Clone, Copy)]
pub struct ContentKeyContext<'a> {
    pub app_id: &'a AppId,
    pub version: &'a VersionName,
    /// SHA-256 of the countersigned package.
    pub package_digest: &'a Digest,
}

impl ContentKeyContext<'_> {
    /// HPKE `aad`: app id, version and digest, a line each.
    #[must_use]
    pub fn aad(&self) -> Vec<u8> {
        format!("{}\n{}\n{}", self.app_id, self.version, self.package_digest).into_bytes()
    }
}

/// Something that only one device can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The encapsulated key: an uncompressed P-256 point, 65 bytes.
    pub enc: Vec<u8>,
    /// The plaintext's bytes and a tag of 16.
    pub ciphertext: Vec<u8>,
}

impl Wrapped {
    /// `enc` as base64url, as it stands in JSON.
    #[must_use]
    pub fn enc_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.enc)
    }

    /// `ciphertext` as base64url, as it stands in JSON.
    #[must_use]
    pub fn ciphertext_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.ciphertext)
    }
}

/// Wraps a release's key for a device.
///
/// # Errors
/// `device_public_key` is no uncompressed P-256 point.
pub fn wrap_content_key<R: CryptoRng>(
    key: &ContentKey,
    context: &ContentKeyContext<'_>,
    device_public_key: &[u8],
    random: &mut R,
) -> Result<Wrapped, SealingError> {
    wrap_for_device(key.as_bytes(), CONTENT_KEY_INFO, &context.aad(), device_public_key, random)
}

/// Opens a wrapped content key with a device's private key (32 bytes).
///
/// # Errors
/// It was wrapped for another device or another release.
pub fn unwrap_content_key(
    wrapped: &Wrapped,
    context: &ContentKeyContext<'_>,
    device_private_key: &[u8],
) -> Result<ContentKey, SealingError> {
    let bytes = unwrap_for_device(wrapped, CONTENT_KEY_INFO, &context.aad(), device_private_key)?;
    bytes.try_into().map(ContentKey).map_err(|_| SealingError::Wrapped)
}

/// Wraps any short text or key for a device, for one purpose (`info`).
///
/// # Errors
/// `device_public_key` is no uncompressed P-256 point.
pub fn wrap_for_device<R: CryptoRng>(
    plaintext: &[u8],
    info: &[u8],
    aad: &[u8],
    device_public_key: &[u8],
    random: &mut R,
) -> Result<Wrapped, SealingError> {
    let recipient =
        <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(device_public_key).map_err(|_| SealingError::DeviceKey)?;
    let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
        &OpModeS::Base,
        &recipient,
        info,
        plaintext,
        aad,
        random,
    )
    .map_err(|_| SealingError::DeviceKey)?;
    Ok(Wrapped { enc: enc.to_bytes().to_vec(), ciphertext })
}

/// The device's side of [`wrap_for_device`].
///
/// # Errors
/// It was wrapped for another device, purpose or `aad`.
pub fn unwrap_for_device(
    wrapped: &Wrapped,
    info: &[u8],
    aad: &[u8],
    device_private_key: &[u8],
) -> Result<Vec<u8>, SealingError> {
    let private =
        <DhP256HkdfSha256 as Kem>::PrivateKey::from_bytes(device_private_key).map_err(|_| SealingError::DeviceKey)?;
    let enc = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(&wrapped.enc).map_err(|_| SealingError::Wrapped)?;
    hpke::single_shot_open::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
        &OpModeR::Base,
        &private,
        &enc,
        info,
        &wrapped.ciphertext,
        aad,
    )
    .map_err(|_| SealingError::Wrapped)
}
