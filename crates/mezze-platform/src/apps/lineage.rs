//! Which keys vouched for a release's signer: what a device needs to see that an app's data may go from one key to the
//! next. A device checks each signature itself; the platform's word alone moves nothing.

use mezze_model::AppId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::registry::Registry;
use crate::registry::model::app_key;

/// One old key's word for a newer one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Vouch {
    /// The newer key, Ed25519, base64url.
    pub(crate) key: String,
    /// The older key that signed for it.
    pub(crate) vouched_by: String,
    /// Its Ed25519 signature, base64url, over `mezze key vouch v1`, a line end, the app id, a line end, and the newer
    /// key.
    pub(crate) signature: String,
}

impl Registry<'_> {
    /// Each key's word for the next, the oldest first, up to the key that a release is signed with. It begins where a
    /// key was the first, or was taken on the operator's word.
    pub(crate) async fn lineage(&self, app_id: &AppId, developer: &str) -> Result<Vec<Vouch>, Problem> {
        Ok(lineage_of(&self.keys(app_id.as_str()).await?, developer))
    }
}

fn lineage_of(keys: &[app_key::Model], developer: &str) -> Vec<Vouch> {
    let mut vouches = Vec::new();
    let mut current = developer.to_owned();
    // A key is vouched for by one that was there before it, so that this ends; a damaged table must not make it endless.
    while vouches.len() < keys.len() {
        let row = keys.iter().find(|key| key.public_key == current);
        let Some((Some(vouched_by), Some(signature))) =
            row.map(|row| (row.vouched_by_key.clone(), row.vouch_signature.clone()))
        else {
            break;
        };
        let older = vouched_by.clone();
        vouches.push(Vouch { key: current, vouched_by, signature });
        current = older;
    }
    vouches.reverse();
    vouches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, by: Option<&str>) -> app_key::Model {
        app_key::Model {
            app_id: "org.example.menu".to_owned(),
            public_key: name.to_owned(),
            state: "active".to_owned(),
            label: String::new(),
            vouched_by_key: by.map(str::to_owned),
            vouch_signature: by.map(|by| format!("{by} for {name}")),
            vouched_by_user: None,
            created_at: 0,
            revoked_at: None,
            revoked_reason: None,
        }
    }

    #[test]
    fn leads_from_the_oldest_key_to_the_signer() {
        let keys = [key("first", None), key("second", Some("first")), key("third", Some("second"))];
        let steps: Vec<String> = lineage_of(&keys, "third").into_iter().map(|vouch| vouch.signature).collect();
        assert_eq!(steps, ["first for second", "second for third"]);
        assert_eq!(lineage_of(&keys, "first"), []);
        assert_eq!(lineage_of(&keys, "a stranger"), []);
    }

    #[test]
    fn ends_where_a_key_came_on_the_operators_word() {
        let keys = [key("first", None), key("second", None), key("third", Some("second"))];
        let from: Vec<String> = lineage_of(&keys, "third").into_iter().map(|vouch| vouch.vouched_by).collect();
        assert_eq!(from, ["second"]);
    }

    #[test]
    fn of_a_damaged_table_ends() {
        let keys = [key("first", Some("second")), key("second", Some("first"))];
        assert_eq!(lineage_of(&keys, "second").len(), 2);
    }
}
