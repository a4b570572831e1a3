//! Signing keys of a mini app: a new one is vouched for by an old one's signature, or by an operator who made sure in
//! another way (the old one is lost, for example). A revoked one signs nothing any more, and hosts refuse what it signed.
//!
//! ```text
//! what an old key signs = "mezze key vouch v1\n" ‖ app id ‖ "\n" ‖ new key (base64url)
//! ```

use axum::http::StatusCode;
use mezze_model::AppId;
use mezze_package::PublicKey;
use mezze_package::log::LogEntry;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::reserve::on_app;
use crate::accounts::Caller;
use crate::audit_trail::{Who, record};
use crate::database::WriteStop;
use crate::delivery::revoke_key;
use crate::encoding::from_base64url;
use crate::log;
use crate::organisations::{StaffRole, standing};
use crate::problem::Problem;
use crate::registry::model::{app, app_key};
use crate::registry::{App, Registry};

/// A key to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(super) struct NewKey {
    /// Ed25519, base64url.
    public_key: String,
    /// Where it is kept, for whoever cleans up.
    #[serde(default)]
    label: String,
    /// An active key of the mini app that vouches for it. Operators may leave it out.
    #[serde(default)]
    vouched_by: Option<String>,
    /// That key's Ed25519 signature, base64url, over `mezze key vouch v1`, a line end, the app id, a line end, and the
    /// new key.
    #[serde(default)]
    signature: Option<String>,
}

impl Registry<'_> {
    /// All keys of a mini app, the oldest first.
    pub(super) async fn keys(&self, app_id: &str) -> Result<Vec<app_key::Model>, Problem> {
        let keys = app_key::Entity::find()
            .filter(app_key::Column::AppId.eq(app_id))
            .order_by_asc(app_key::Column::CreatedAt)
            .all(self.0.database.read())
            .await?;
        Ok(keys)
    }

    /// Adds a key.
    pub(super) async fn add_key(&self, caller: Caller, id: &str, new: NewKey) -> Result<app_key::Model, Problem> {
        let key: PublicKey = new.public_key.parse().map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let (who, new, key) = (&who, &new, key.to_string());
        let key = key.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let (row, operates) = own(transaction, who, id).await?;
                    let known =
                        app_key::Entity::find().filter(app_key::Column::AppId.eq(&row.id)).all(transaction).await?;
                    if known.iter().any(|known| known.public_key == key) {
                        return Err(key_known().into());
                    }
                    let vouched_by_key = match (&new.vouched_by, &new.signature) {
                        (Some(old), Some(signature)) => {
                            check_vouch(&row.id, key, old, signature, &known)?;
                            Some(old.clone())
                        }
                        // The first key of a reserved mini app needs nobody's word.
                        _ if known.is_empty() || operates => None,
                        _ => return Err(vouch_missing().into()),
                    };
                    let added = app_key::Model {
                        app_id: row.id.clone(),
                        public_key: key.to_owned(),
                        state: "active".to_owned(),
                        label: new.label.clone(),
                        vouched_by_user: (operates && vouched_by_key.is_none())
                            .then(|| who.user_id().unwrap_or_default().to_owned()),
                        vouch_signature: vouched_by_key.as_ref().and_then(|_| new.signature.clone()),
                        vouched_by_key,
                        created_at: now,
                        revoked_at: None,
                        revoked_reason: None,
                    };
                    app_key::Entity::insert(app_key::ActiveModel::from(added.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    let row = App { developer_key: key.to_owned(), revision: row.revision + 1, ..row };
                    row.clone().into_active_model().reset_all().update(transaction).await?;
                    let details = json!({
                        "key": key, "vouched_by_key": added.vouched_by_key, "vouched_by_user": added.vouched_by_user,
                    });
                    let vouched = if added.vouched_by_key.is_some() {
                        "rotation"
                    } else if known.is_empty() {
                        "first"
                    } else {
                        "operator"
                    };
                    log::append(transaction, &key_entry(&row.id, key, vouched, now)?).await?;
                    record(transaction, now, on_app(who, "app.key_add", &row, details)).await?;
                    Ok(added)
                })
            })
            .await
    }

    /// Revokes a key. The last active one can't be revoked by the developers alone: nothing could be signed any more.
    pub(super) async fn revoke_app_key(
        &self,
        caller: Caller,
        id: &str,
        key: &str,
        reason: &str,
    ) -> Result<app_key::Model, Problem> {
        let length = reason.trim().chars().count();
        if !(1..=500).contains(&length) {
            return Err(Problem::bad_request("A reason of at most 500 characters is needed."));
        }
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let who = &who;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let (row, operates) = own(transaction, who, id).await?;
                    let keys = app_key::Entity::find()
                        .filter(app_key::Column::AppId.eq(&row.id))
                        .filter(app_key::Column::State.eq("active"))
                        .all(transaction)
                        .await?;
                    let Some(found) = keys.iter().find(|known| known.public_key == key) else {
                        return Err(Problem::not_found(format!("{id} has no active key {key}.")).into());
                    };
                    let rest = keys.iter().filter(|known| known.public_key != key).max_by_key(|known| known.created_at);
                    if rest.is_none() && !operates {
                        return Err(last_key().into());
                    }
                    let revoked = app_key::Model {
                        state: "revoked".to_owned(),
                        revoked_at: Some(now),
                        revoked_reason: Some(reason.trim().to_owned()),
                        ..found.clone()
                    };
                    revoked.clone().into_active_model().reset_all().update(transaction).await?;
                    let newest = rest.map(|known| known.public_key.clone());
                    let row = App {
                        developer_key: newest.unwrap_or_else(|| row.developer_key.clone()),
                        revision: row.revision + 1,
                        ..row
                    };
                    row.clone().into_active_model().reset_all().update(transaction).await?;
                    revoke_key(transaction, &row.id, key, reason.trim(), now).await?;
                    log::append(transaction, &key_entry(&row.id, key, "", now)?).await?;
                    let details = json!({"key": key, "reason": reason.trim()});
                    record(transaction, now, on_app(who, "app.key_revoke", &row, details)).await?;
                    Ok(revoked)
                })
            })
            .await
    }
}

/// What the public log is told: a key that counts from now on, or (not vouched for) does not any more.
fn key_entry(app_id: &str, key: &str, vouched: &str, now: i64) -> Result<LogEntry, Problem> {
    let damaged = |cause: &dyn std::fmt::Display| Problem::internal("write the public log", cause);
    let app_id = AppId::parse(app_id).map_err(|cause| damaged(&cause))?;
    let developer = key.parse().map_err(|_| damaged(&"the key is none"))?;
    let time = u64::try_from(now).unwrap_or_default();
    Ok(match vouched {
        "" => LogEntry::KeyRevocation { app_id, developer, time },
        vouched => LogEntry::Key { app_id, developer, time, vouched: vouched.to_owned() },
    })
}

/// The mini app, and whether the caller acts for the operator. Keys are the owners' business.
async fn own(transaction: &DatabaseTransaction, who: &Who, id: &str) -> Result<(App, bool), WriteStop> {
    let Who::User(caller) = who else { return Err(Problem::not_signed_in().into()) };
    let row = app::Entity::find_by_id(id).one(transaction).await?;
    let row = row.ok_or_else(|| crate::registry::not_your_app(id))?;
    let standing = standing(transaction, &caller.user, &row).await?;
    let operates = standing.duties.include(StaffRole::Admin);
    if standing.owns() || operates {
        return Ok((row, operates));
    }
    Err(Problem::not_allowed("Keys are added and revoked by owners of the organisation, or the operator's admins.")
        .into())
}

/// Checks an old key's signature on a new one.
fn check_vouch(app_id: &str, key: &str, old: &str, signature: &str, known: &[app_key::Model]) -> Result<(), Problem> {
    let refused = |detail: &str| {
        Err(Problem::new(StatusCode::FORBIDDEN, "vouch-refused", "The new key is not vouched for", detail)
            .hint("Sign it with an active key of the mini app."))
    };
    if !known.iter().any(|known| known.public_key == old && known.state == "active") {
        return refused("The key that vouches is no active key of this mini app.");
    }
    let (Ok(old), Some(signature)) = (old.parse::<PublicKey>(), from_base64url(signature)) else {
        return refused("Key or signature can't be read.");
    };
    let message = format!("mezze key vouch v1\n{app_id}\n{key}");
    match <[u8; 64]>::try_from(signature) {
        Ok(signature) if old.verifies_message(message.as_bytes(), &signature) => Ok(()),
        _ => refused("The signature does not fit."),
    }
}

fn key_known() -> Problem {
    Problem::new(StatusCode::CONFLICT, "key-known", "The key is known", "This mini app has or had this key.")
        .hint("Make another key with `mezze keys new`.")
}

fn vouch_missing() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "vouch-missing",
        "Nobody vouches for the new key",
        "A new key needs the signature of an active key of the mini app.",
    )
    .hint("Run `mezze keys vouch`; if every key is lost, ask the operator.")
}

fn last_key() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "last-key",
        "This is the last key",
        "Without an active key nothing could be uploaded any more.",
    )
    .hint("Add another key first, or ask the operator.")
}
