//! A user's data as the original hands it to an app's server: signed for the app's page, encrypted for its server alone.
//!
//! ```text
//! signature      = hex(SHA-1(raw data ‖ base64(session key)))
//! encrypted data = base64(AES-128-CBC(session key, iv, PKCS #7(JSON with a watermark)))
//! ```
//! SHA-1 and a cipher without authentication are what servers of that dialect expect. The session key is with the platform
//! and the app's server; neither the app nor the user's device ever has it.

use aes::Aes128;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use mezze_host::permission::PlatformAct;
use mezze_model::AppId;
use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};
use utoipa::ToSchema;

use super::pseudonym;
use super::service::{CODE_SECONDS, Identities, SESSION_SECONDS};
use crate::accounts::User;
use crate::clock::random_bytes;
use crate::policy::permit_release;
use crate::problem::Problem;
use crate::registry::Registry;

/// What signs and encrypts a user's data for one app's server.
pub(super) struct SessionKey(pub(super) [u8; 16]);

impl SessionKey {
    /// As the app's server gets it.
    pub(super) fn base64(&self) -> String {
        BASE64_STANDARD.encode(self.0)
    }

    fn sign(&self, raw_data: &str) -> String {
        let signed = Sha1::new().chain_update(raw_data.as_bytes()).chain_update(self.base64().as_bytes());
        hex::encode(signed.finalize())
    }

    fn encrypt(&self, iv: [u8; 16], data: &[u8]) -> String {
        let cipher = cbc::Encryptor::<Aes128>::new(&self.0.into(), &iv.into());
        BASE64_STANDARD.encode(cipher.encrypt_padded_vec::<Pkcs7>(data))
    }
}

/// Whose profile is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Wanted {
    /// Nobody's in particular, with the user's pseudonyms in the encrypted form (`getUserInfo`). Needs a session.
    Anonymous,
    /// The user's own, after the super app asked the user (`getUserProfile`).
    Profile,
}

/// The profile in the original's words; its order is what is signed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RawData<'a> {
    nick_name: &'a str,
    gender: u8,
    language: &'a str,
    city: &'a str,
    province: &'a str,
    country: &'a str,
    avatar_url: &'a str,
    #[serde(rename = "is_demote")]
    demoted: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Encrypted<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    open_id: Option<String>,
    #[serde(flatten)]
    profile: &'a RawData<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    union_id: Option<String>,
    watermark: Watermark<'a>,
}

/// By which an app's server sees that the data is its own, and how old it is.
#[derive(Serialize)]
struct Watermark<'a> {
    timestamp: i64,
    appid: &'a str,
}

/// A user's data for an app.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UserData {
    /// The profile as JSON.
    raw_data: String,
    /// SHA-1 of the raw data and the session key in base64, as hex.
    signature: String,
    /// base64: AES-128-CBC under the session key, PKCS #7.
    encrypted_data: String,
    /// base64, 16 bytes.
    iv: String,
}

/// The name that everybody has where nobody is told apart, as in the original since 2021.
const NOBODY: &str = "微信用户";

impl Identities<'_> {
    /// The profile of `user` for an app, or none where it needs a session and there is none.
    pub(super) async fn user_data(
        &self,
        app_id: &AppId,
        user: &User,
        wanted: Wanted,
        language: &str,
    ) -> Result<Option<UserData>, Problem> {
        let (app, release) = Registry(self.0).released(app_id, None).await?;
        permit_release(self.0, &app, &release, PlatformAct::Login).await?;
        let known = self.session_seconds(app_id, &user.id).await?;
        let (name, open_id, union_id) = match wanted {
            Wanted::Anonymous if known.is_none() => return Ok(None),
            Wanted::Anonymous => {
                let open_id = pseudonym::openid(&self.0.keys.identity, &app.id, &user.id);
                (NOBODY, Some(open_id), self.unionid(&app, &user.id).await?)
            }
            Wanted::Profile => (user.name.as_str(), None, None),
        };
        // Apps ask for the profile in a tap and sign in afterwards: the key is kept until then.
        let salt = self.hold_session(&app.id, &user.id, known.map_or(CODE_SECONDS, |_| SESSION_SECONDS)).await?;
        let key = pseudonym::session_key(&self.0.keys.identity, &app.id, &salt, &user.id);
        // There are no pictures of accounts: the original's empty address for a user without one.
        let profile = RawData {
            nick_name: name,
            gender: 0,
            language,
            city: "",
            province: "",
            country: "",
            avatar_url: "",
            demoted: wanted == Wanted::Anonymous,
        };
        let watermark = Watermark { timestamp: self.0.now(), appid: &app.id };
        let raw_data = json(&profile)?;
        let iv = random_bytes::<16>(self.0.randomness());
        let encrypted = json(&Encrypted { open_id, profile: &profile, union_id, watermark })?;
        Ok(Some(UserData {
            signature: key.sign(&raw_data),
            raw_data,
            encrypted_data: key.encrypt(iv, encrypted.as_bytes()),
            iv: BASE64_STANDARD.encode(iv),
        }))
    }
}

fn json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|cause| Problem::internal("writing a profile as JSON", &cause))
}

#[cfg(test)]
mod tests {
    use super::SessionKey;

    /// Made with OpenSSL: `openssl enc -aes-128-cbc`, `openssl dgst -sha1`.
    #[test]
    fn signs_and_encrypts_as_servers_expect() {
        let key = SessionKey([7; 16]);
        assert_eq!(key.base64(), "BwcHBwcHBwcHBwcHBwcHBw==");
        assert_eq!(key.sign(r#"{"nickName":"Ada"}"#), "74f6ff8512d2ef2d04d08c7dc41d771f48f4e8d8");
        assert_eq!(key.encrypt([9; 16], br#"{"nickName":"Ada"}"#), "7C1Rz1wTt4hSYKgupt2HPb8xGhAg69bOwOZvYEBJKpU=");
    }
}
