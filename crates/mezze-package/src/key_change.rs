//! A platform's key that gives way to a new one: the older one's word for the newer one.
//!
//! ```text
//! signature = Ed25519 (older key) over "mezze key change v1\n" PURPOSE "\n" OLDER "\n" NEWER     keys in base64url
//! ```
//! Whoever remembers the older key follows such words, one after the other, to the key that is in use now. What a key is
//! for is part of the message: the word of a key for one purpose counts for no other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::{PublicKey, SigningKey};

/// One such word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyChange {
    pub older: PublicKey,
    pub newer: PublicKey,
    /// base64url.
    pub signature: String,
}

impl KeyChange {
    /// Signs it.
    #[must_use]
    pub fn sign(purpose: &str, older: &SigningKey, newer: &PublicKey) -> Self {
        let signature = older.sign_message(&message(purpose, &older.public(), newer));
        Self { older: older.public(), newer: *newer, signature: URL_SAFE_NO_PAD.encode(signature) }
    }

    /// Whether the older key signed it for this purpose.
    #[must_use]
    pub fn holds(&self, purpose: &str) -> bool {
        let signature = URL_SAFE_NO_PAD.decode(&self.signature).ok().and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
        signature.is_some_and(|signature| {
            self.older.verifies_message(&message(purpose, &self.older, &self.newer), &signature)
        })
    }
}

/// Whether words that hold lead from a key that is known to another. Each is used once, so that a circle has an end.
#[must_use]
pub fn key_changes_lead(purpose: &str, from: &PublicKey, to: &PublicKey, changes: &[KeyChange]) -> bool {
    let mut reached = vec![*from];
    let mut left: Vec<&KeyChange> = changes.iter().collect();
    while !reached.contains(to) {
        let Some(at) = left.iter().position(|change| reached.contains(&change.older)) else { return false };
        let change = left.swap_remove(at);
        if change.holds(purpose) {
            reached.push(change.newer);
        }
    }
    true
}

fn message(purpose: &str, older: &PublicKey, newer: &PublicKey) -> Vec<u8> {
    format!("mezze key change v1\n{purpose}\n{older}\n{newer}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    fn change(older: u8, newer: u8) -> KeyChange {
        KeyChange::sign("log", &key(older), &key(newer).public())
    }

    fn leads(from: u8, to: u8, changes: &[KeyChange]) -> bool {
        key_changes_lead("log", &key(from).public(), &key(to).public(), changes)
    }

    #[test]
    fn words_are_followed_one_after_the_other() {
        let changes = [change(2, 3), change(1, 2), change(3, 1)];
        assert!(leads(1, 3, &changes) && leads(2, 3, &changes) && leads(3, 3, &[]));
        assert!(!leads(1, 4, &changes) && !leads(4, 1, &changes));
        assert!(!leads(3, 1, &changes[..2]), "the newer key has no word for the older one");
    }

    #[test]
    fn a_word_of_another_key_or_for_another_purpose_counts_nothing() {
        let good = change(1, 2);
        let forged = KeyChange { older: key(1).public(), ..change(3, 2) };
        let turned = KeyChange { newer: key(3).public(), ..good.clone() };
        let cut = KeyChange { signature: "AA".to_owned(), ..good.clone() };
        assert!(leads(1, 2, &[forged.clone(), good.clone()]));
        for wrong in [forged, cut] {
            assert!(!leads(1, 2, &[wrong]));
        }
        assert!(!leads(1, 3, &[turned]));
        assert!(!key_changes_lead("revocations", &key(1).public(), &key(2).public(), &[good]));
    }
}
