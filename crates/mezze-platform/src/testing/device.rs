//! A device: a P-256 key pair that registers itself and opens what is wrapped for it.

use hpke::kem::DhP256HkdfSha256;
use hpke::{Kem, Serializable as _};
use mezze_model::{AppId, Digest, VersionName};
use mezze_package::sealing::{unwrap_content_key, unwrap_for_device};
use mezze_package::{ContentKey, ContentKeyContext, Wrapped};
use serde_json::{Value, json};

use super::Browser;
use crate::encoding::{base64url, from_base64url};

pub(crate) struct Device {
    private: Vec<u8>,
    public: Vec<u8>,
}

impl Device {
    pub(crate) fn new(seed: u8) -> Self {
        let (private, public) = DhP256HkdfSha256::derive_keypair(&[seed; 32]);
        Self { private: private.to_bytes().to_vec(), public: public.to_bytes().to_vec() }
    }

    /// As WebCrypto exports it.
    pub(crate) fn public_key(&self) -> Value {
        let (x, y) = self.public[1..].split_at(32);
        json!({"kty": "EC", "crv": "P-256", "x": base64url(x), "y": base64url(y), "ext": true, "key_ops": []})
    }

    /// Opens a challenge; gives the proof.
    pub(crate) async fn prove(&self, browser: &mut Browser) -> String {
        let answer = browser.post("/api/v1/devices/challenge", &json!({"public_key": self.public_key()})).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let nonce = unwrap_for_device(&wrapped(&answer.json()), b"mezze device challenge v1", b"", &self.private);
        base64url(&nonce.expect("the challenge is not for this device"))
    }

    /// Gives the device's id.
    pub(crate) async fn register(&self, browser: &mut Browser) -> String {
        let proof = self.prove(browser).await;
        let answer = browser.post("/api/v1/devices", &json!({"public_key": self.public_key(), "proof": proof})).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["device_id"].as_str().expect("an id").to_owned()
    }

    /// Opens the content key of a launch answer; none where it is for another device or release.
    pub(crate) fn open_key(&self, launch: &Value) -> Option<ContentKey> {
        let text = |member: &str| launch[member].as_str().expect("a text").to_owned();
        let context = ContentKeyContext {
            app_id: &AppId::parse(&text("app_id")).expect("an app id"),
            version: &VersionName::parse(&text("version")).expect("a version"),
            package_digest: &Digest::parse(&text("package_digest")).expect("a digest"),
        };
        unwrap_content_key(&wrapped(&launch["key"]), &context, &self.private).ok()
    }
}

fn wrapped(value: &Value) -> Wrapped {
    let bytes = |member: &str| from_base64url(value[member].as_str().expect("a text")).expect("base64url");
    Wrapped { enc: bytes("enc"), ciphertext: bytes("ciphertext") }
}
