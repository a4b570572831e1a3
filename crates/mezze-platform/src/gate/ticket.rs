//! Gate tickets: the platform's statement that a user runs a release, for a while.
//!
//! ```text
//! ticket = base64url(JSON {user, release, expires}) "." base64url(HMAC-SHA-256(gate key, "gate ticket v1" ‖ JSON))
//! key    = HMAC-SHA-256(gate key, "gate key v1" ‖ ticket)
//! ```
//! The shell alone knows `key`; with it it signs the URLs of pictures and media, which frames may see.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;

use crate::encoding::{base64url, from_base64url};
use crate::keys::SecretKey;

/// How long a ticket holds, in seconds.
const SECONDS: i64 = 6 * 60 * 60;

/// What the shell gets in a launch answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct IssuedTicket {
    /// Opaque; goes into `Mezze-Gate-Ticket` and media URLs.
    pub(crate) ticket: String,
    /// 32 bytes, base64url; signs media targets.
    pub(crate) key: String,
    /// Seconds since 1970; launch again to renew.
    pub(crate) expires: i64,
}

/// A ticket that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ticket {
    #[serde(rename = "u")]
    pub(super) user_id: String,
    #[serde(rename = "r")]
    pub(super) release_id: String,
    #[serde(rename = "e")]
    pub(super) expires: i64,
}

/// Makes a ticket.
pub(crate) fn issue(secret: &SecretKey, user_id: &str, release_id: &str, now: i64) -> IssuedTicket {
    let expires = now + SECONDS;
    let ticket = Ticket { user_id: user_id.to_owned(), release_id: release_id.to_owned(), expires };
    let payload = serde_json::json!({"u": ticket.user_id, "r": ticket.release_id, "e": ticket.expires}).to_string();
    let tag = mac(&secret.0, b"gate ticket v1", payload.as_bytes()).finalize().into_bytes();
    let ticket = format!("{}.{}", base64url(payload.as_bytes()), base64url(&tag));
    let key = base64url(&media_key(secret, &ticket));
    IssuedTicket { ticket, key, expires }
}

/// Checks a ticket; none where it was not issued here or is over.
pub(super) fn check(secret: &SecretKey, ticket: &str, now: i64) -> Option<Ticket> {
    let (payload, tag) = ticket.split_once('.')?;
    let payload = from_base64url(payload)?;
    mac(&secret.0, b"gate ticket v1", &payload).verify_slice(&from_base64url(tag)?).ok()?;
    let ticket: Ticket = serde_json::from_slice(&payload).ok()?;
    (ticket.expires > now).then_some(ticket)
}

/// Whether `signature` (base64url) was made over `target` with the key of `ticket`.
pub(super) fn is_signed(secret: &SecretKey, ticket: &str, target: &str, signature: &str) -> bool {
    let key = media_key(secret, ticket);
    from_base64url(signature)
        .is_some_and(|signature| mac(&key, b"", target.as_bytes()).verify_slice(&signature).is_ok())
}

fn media_key(secret: &SecretKey, ticket: &str) -> [u8; 32] {
    mac(&secret.0, b"gate key v1", ticket.as_bytes()).finalize().into_bytes().into()
}

fn mac(key: &[u8], label: &[u8], message: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes every key");
    mac.update(label);
    mac.update(message);
    mac
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const SECRET: SecretKey = SecretKey([7; 32]);

    #[test]
    fn a_ticket_holds_until_it_expires_and_with_no_bit_changed() {
        let issued = issue(&SECRET, "ann", "release", 1_000);
        let ticket = check(&SECRET, &issued.ticket, 1_001).unwrap();
        assert_eq!((ticket.user_id.as_str(), ticket.release_id.as_str()), ("ann", "release"));
        assert!(check(&SECRET, &issued.ticket, issued.expires).is_none());
        assert!(check(&SecretKey([8; 32]), &issued.ticket, 1_001).is_none());
        let forged = serde_json::json!({"u": "ben", "r": "release", "e": issued.expires}).to_string();
        let tag = issued.ticket.split_once('.').unwrap().1;
        assert!(check(&SECRET, &format!("{}.{tag}", base64url(forged.as_bytes())), 1_001).is_none());
    }

    #[test]
    fn a_signature_holds_for_one_target_and_ticket() {
        let issued = issue(&SECRET, "ann", "release", 1_000);
        let key = from_base64url(&issued.key).unwrap();
        let signature = base64url(&mac(&key, b"", b"https://a.example/x.png").finalize().into_bytes());
        assert!(is_signed(&SECRET, &issued.ticket, "https://a.example/x.png", &signature));
        assert!(!is_signed(&SECRET, &issued.ticket, "https://a.example/y.png", &signature));
        let other = issue(&SECRET, "ben", "release", 1_000);
        assert!(!is_signed(&SECRET, &other.ticket, "https://a.example/x.png", &signature));
    }
}
