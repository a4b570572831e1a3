//! Which keys the platform had: one that was lost is noticed before it harms, and one that devices remember gives way to
//! another only by its own word.
//!
//! ```text
//! start: key in the store == the known one ......... nothing
//!        the store's older key == the known one .... it was replaced: the older one signs the new one, where devices
//!                                                    remember it, and the new one is known from now on
//!        neither ................................... the platform does not start: the key is lost, or another's
//! ```

use mezze_package::{KeyChange, SigningKey};
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, EntityTrait as _, QueryOrder as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{key_change, known_key};
use super::{KeyFailure, KeyPurpose, KeyStore, Replacement, SecretKey};
use crate::database::{Database, WriteStop};
use crate::problem::Problem;
use crate::start::StartFailure;

/// Keys whose silent replacement does harm.
const WATCHED: [KeyPurpose; 4] =
    [KeyPurpose::ContentKeys, KeyPurpose::Identity, KeyPurpose::Log, KeyPurpose::Revocations];

/// An older key's word for a newer one: an Ed25519 signature over `mezze key change v1`, the purpose, and both keys, a
/// line each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SignedKeyChange {
    /// Ed25519, base64url.
    older: String,
    /// Ed25519, base64url.
    newer: String,
    /// base64url.
    signature: String,
}

/// The words of all keys that devices remember, the oldest first; read once when the platform starts.
#[derive(Debug, Default)]
pub(crate) struct KeyChanges {
    log: Vec<SignedKeyChange>,
    revocations: Vec<SignedKeyChange>,
}

impl KeyChanges {
    pub(crate) async fn read(database: &Database) -> Result<Self, Problem> {
        let rows = key_change::Entity::find().order_by_asc(key_change::Column::At).all(database.read()).await?;
        let mut changes = Self::default();
        for key_change::Model { purpose, older, newer, signature, .. } in rows {
            let of_purpose = match KeyPurpose::by_name(&purpose) {
                Some(KeyPurpose::Log) => &mut changes.log,
                Some(KeyPurpose::Revocations) => &mut changes.revocations,
                _ => continue,
            };
            of_purpose.push(SignedKeyChange { older, newer, signature });
        }
        Ok(changes)
    }

    pub(crate) fn of_log(&self) -> Vec<SignedKeyChange> {
        self.log.clone()
    }

    pub(crate) fn of_revocations(&self) -> Vec<SignedKeyChange> {
        self.revocations.clone()
    }
}

/// What the database knows of the keys.
pub(crate) struct KnownKeys<'a> {
    pub(crate) database: &'a Database,
    pub(crate) store: &'a dyn KeyStore,
    pub(crate) now: i64,
}

impl KnownKeys<'_> {
    /// Compares the store's keys with the known ones, and lets replaced ones speak for the new ones.
    ///
    /// # Errors
    /// One was lost.
    pub(crate) async fn acknowledge(&self) -> Result<(), StartFailure> {
        for purpose in WATCHED {
            self.acknowledge_one(purpose).await?;
        }
        Ok(())
    }

    /// Takes the store's key as the one that this platform has, whatever it had before.
    pub(crate) async fn take(&self, purpose: KeyPurpose) -> Result<(), StartFailure> {
        if !WATCHED.contains(&purpose) {
            return Err(KeyFailure::NotMissed { purpose }.into());
        }
        let fingerprint = self.store.key(purpose)?.fingerprint(purpose);
        let now = self.now;
        let written = self
            .database
            .write(move |transaction| {
                let fingerprint = fingerprint.clone();
                Box::pin(async move { note(transaction, purpose, fingerprint, now).await })
            })
            .await;
        written.map_err(StartFailure::KnownKeys)
    }

    async fn acknowledge_one(&self, purpose: KeyPurpose) -> Result<(), StartFailure> {
        let current = self.store.key(purpose)?;
        let (fingerprint, now) = (current.fingerprint(purpose), self.now);
        let known = self.known(purpose).await.map_err(StartFailure::KnownKeys)?;
        if known.as_ref() == Some(&fingerprint) {
            return Ok(());
        }
        let older = if known.is_some() { self.store.older(purpose)? } else { None };
        let older = older.filter(|older| Some(older.fingerprint(purpose)) == known);
        if known.is_some() && older.is_none() {
            return Err(KeyFailure::Lost { purpose }.into());
        }
        let change = older.filter(|_| purpose.replacement() == Replacement::Vouched);
        let change = change.map(|older| change_of(purpose, &older, &current, now));
        let written = self
            .database
            .write(move |transaction| {
                let (change, fingerprint) = (change.clone(), fingerprint.clone());
                Box::pin(async move {
                    if let Some(change) = change {
                        keep(transaction, change).await?;
                    }
                    note(transaction, purpose, fingerprint, now).await
                })
            })
            .await;
        written.map_err(StartFailure::KnownKeys)
    }

    async fn known(&self, purpose: KeyPurpose) -> Result<Option<String>, Problem> {
        let row = known_key::Entity::find_by_id(purpose.name()).one(self.database.read()).await?;
        Ok(row.map(|row| row.fingerprint))
    }
}

fn change_of(purpose: KeyPurpose, older: &SecretKey, newer: &SecretKey, at: i64) -> key_change::Model {
    let (older, newer) = (SigningKey::from_seed(older.0), SigningKey::from_seed(newer.0).public());
    let KeyChange { older, newer, signature } = KeyChange::sign(purpose.name(), &older, &newer);
    let (older, newer) = (older.to_string(), newer.to_string());
    key_change::Model { purpose: purpose.name().to_owned(), older, newer, signature, at }
}

async fn keep(transaction: &DatabaseTransaction, change: key_change::Model) -> Result<(), WriteStop> {
    let key = (change.purpose.clone(), change.older.clone(), change.newer.clone());
    // Another node may have been first.
    if key_change::Entity::find_by_id(key).one(transaction).await?.is_none() {
        let row = key_change::ActiveModel::from(change);
        key_change::Entity::insert(row).exec_without_returning(transaction).await?;
    }
    Ok(())
}

async fn note(
    transaction: &DatabaseTransaction,
    purpose: KeyPurpose,
    fingerprint: String,
    noted_at: i64,
) -> Result<(), WriteStop> {
    let row = known_key::Model { purpose: purpose.name().to_owned(), fingerprint, noted_at };
    let mut anew = OnConflict::column(known_key::Column::Purpose);
    anew.update_columns([known_key::Column::Fingerprint, known_key::Column::NotedAt]);
    known_key::Entity::insert(known_key::ActiveModel::from(row))
        .on_conflict(anew)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
