//! A device's public key, and secrets wrapped for it.

use mezze_package::{Wrapped, wrap_for_device};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::{Randomness, random_bytes};
use crate::encoding::from_base64url;
use crate::problem::Problem;

/// An ECDH P-256 public key as WebCrypto exports it. Other members are ignored.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct JsonWebKey {
    /// `EC`
    kty: String,
    /// `P-256`
    crv: String,
    /// 32 bytes, base64url
    x: String,
    /// 32 bytes, base64url
    y: String,
}

/// A P-256 point, uncompressed, 65 bytes. Whether it is on the curve shows when something is wrapped for it, and
/// nothing is registered before a challenge was.
pub(crate) struct DevicePublicKey(Vec<u8>);

impl DevicePublicKey {
    /// Reads a JWK.
    pub(super) fn from_json_web_key(jwk: &JsonWebKey) -> Result<Self, Problem> {
        if jwk.kty != "EC" || jwk.crv != "P-256" {
            return Err(Problem::bad_request("The device key must be an ECDH key on P-256 (`kty` EC, `crv` P-256)."));
        }
        match (from_base64url(&jwk.x), from_base64url(&jwk.y)) {
            (Some(x), Some(y)) if x.len() == 32 && y.len() == 32 => Ok(Self([&[4][..], &x, &y].concat())),
            _ => Err(Problem::bad_request("`x` and `y` of the device key must be base64url of 32 bytes each.")),
        }
    }

    /// Reads the uncompressed form, as it is in the database.
    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The uncompressed form.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Wraps `secret`, so that only this device can open it and only for this `info` and `aad`.
    pub(super) fn wrap(
        &self,
        info: &[u8],
        secret: &[u8],
        randomness: &dyn Randomness,
    ) -> Result<WrappedSecret, Problem> {
        wrap_for_device(secret, info, b"", &self.0, &mut seeded(randomness))
            .map(WrappedSecret::from)
            .map_err(|_| Problem::bad_request("The device key is not a point of P-256."))
    }
}

/// A generator for libraries that bring their own trait for one.
pub(crate) fn seeded(randomness: &dyn Randomness) -> StdRng {
    StdRng::from_seed(random_bytes(randomness))
}

/// HPKE's two outputs.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct WrappedSecret {
    /// Encapsulated key: an uncompressed P-256 point, base64url.
    pub(crate) enc: String,
    /// Base64url.
    pub(crate) ciphertext: String,
}

impl From<Wrapped> for WrappedSecret {
    fn from(wrapped: Wrapped) -> Self {
        Self { enc: wrapped.enc_text(), ciphertext: wrapped.ciphertext_text() }
    }
}
