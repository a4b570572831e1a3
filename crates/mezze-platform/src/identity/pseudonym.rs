//! Names that stand for a user towards an app, and the keys of their sessions: all derived from one key of the
//! platform, so that nothing of them is kept, and nobody without that key can tell whose they are.
//!
//! ```text
//! openid      = "o" ‖ base64url(HMAC-SHA-256(key, "openid v1"  ‖ len(app) ‖ app ‖ user)[..20])
//! unionid     = "u" ‖ base64url(HMAC-SHA-256(key, "unionid v1" ‖ len(publisher) ‖ publisher ‖ user)[..20])
//! session key = base64(HMAC-SHA-256(key, "session key v1" ‖ len(app) ‖ app ‖ len(salt) ‖ salt ‖ user)[..16])
//! ```

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::user_data::SessionKey;
use crate::encoding::base64url;
use crate::keys::SecretKey;

/// The user's pseudonym in one app: 28 characters, the same for ever.
pub(super) fn openid(key: &SecretKey, app_id: &str, user_id: &str) -> String {
    format!("o{}", base64url(&tag(key, b"openid v1", &[app_id, user_id])[..20]))
}

/// The user's pseudonym in all apps of a publisher.
pub(super) fn unionid(key: &SecretKey, publisher: &str, user_id: &str) -> String {
    format!("u{}", base64url(&tag(key, b"unionid v1", &[publisher, user_id])[..20]))
}

/// What an app's server checks and decrypts a user's data with.
pub(super) fn session_key(key: &SecretKey, app_id: &str, salt: &str, user_id: &str) -> SessionKey {
    let tag = tag(key, b"session key v1", &[app_id, salt, user_id]);
    SessionKey(std::array::from_fn(|place| tag[place]))
}

/// Every part has its length before it, so that no two inputs run together the same way.
fn tag(key: &SecretKey, purpose: &[u8], parts: &[&str]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes every key");
    mac.update(purpose);
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::{openid, session_key, unionid};
    use crate::keys::SecretKey;

    const KEY: SecretKey = SecretKey([7; 32]);

    #[test]
    fn a_pseudonym_is_of_one_app_and_one_user() {
        let name = openid(&KEY, "org.example.menu", "ada");
        assert_eq!(name.len(), 28);
        assert_eq!(name, openid(&KEY, "org.example.menu", "ada"));
        for (app, user) in [("org.example.menu", "bob"), ("org.example.men", "uada"), ("org.example.news", "ada")] {
            assert_ne!(name, openid(&KEY, app, user));
        }
        assert_ne!(name, openid(&SecretKey([8; 32]), "org.example.menu", "ada"));
        assert_ne!(name[1..], unionid(&KEY, "org.example.menu", "ada")[1..]);
    }

    #[test]
    fn a_session_key_has_sixteen_bytes() {
        let key = session_key(&KEY, "org.example.menu", "00", "ada");
        assert_eq!((key.base64().len(), key.base64().ends_with("==")), (24, true));
        assert_ne!(key.base64(), session_key(&KEY, "org.example.menu", "01", "ada").base64());
    }
}
