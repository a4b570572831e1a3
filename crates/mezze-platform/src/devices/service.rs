//! Registering devices, and finding the one that a launch names.

use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::challenge;
use super::model;
use super::public_key::{DevicePublicKey, WrappedSecret};
use crate::clock::random_identifier;
use crate::problem::Problem;
use crate::state::Services;

/// A person has a handful of devices; browsers that clear their storage leave stale ones behind.
const MOST_DEVICES: u64 = 1_000;

/// The devices of a platform's users.
pub(crate) struct Devices<'a>(pub(crate) &'a Services);

impl Devices<'_> {
    /// A nonce that only the holder of the private key can read.
    pub(super) fn challenge(&self, user_id: &str, key: &DevicePublicKey) -> Result<WrappedSecret, Problem> {
        let nonce = challenge::nonce(&self.0.keys.device_challenges.current, user_id, key, self.0.now());
        key.wrap(challenge::INFO, &nonce, self.0.randomness())
    }

    /// Registers a key that `proof` shows the caller to hold; the same key again is the same device.
    pub(super) async fn register(&self, user_id: &str, key: &DevicePublicKey, proof: &[u8]) -> Result<String, Problem> {
        let now = self.0.now();
        if !self.0.keys.device_challenges.all().any(|own| challenge::is_proved(own, user_id, key, now, proof)) {
            return Err(Problem::new(
                axum::http::StatusCode::FORBIDDEN,
                "device-not-proved",
                "The device key is not proved",
                "The proof is not the nonce of a challenge for this key and user, or it is older than five minutes.",
            )
            .hint("Ask for a new challenge by POST /api/v1/devices/challenge."));
        }
        let model = model::Model {
            id: random_identifier(self.0.randomness()),
            user_id: user_id.to_owned(),
            public_key: key.as_bytes().to_vec(),
            created_at: self.0.now(),
        };
        self.0
            .database
            .write(move |transaction| {
                let model = model.clone();
                Box::pin(async move {
                    let own = model::Entity::find().filter(model::Column::UserId.eq(&model.user_id));
                    let same = own.clone().filter(model::Column::PublicKey.eq(model.public_key.clone()));
                    if let Some(same) = same.one(transaction).await? {
                        return Ok(same.id);
                    }
                    if own.count(transaction).await? >= MOST_DEVICES {
                        return Err(too_many_devices().into());
                    }
                    let id = model.id.clone();
                    model::Entity::insert(model::ActiveModel::from(model)).exec_without_returning(transaction).await?;
                    Ok(id)
                })
            })
            .await
    }

    /// The proved key of the user's own device.
    pub(crate) async fn proved_key(&self, user_id: &str, device_id: &str) -> Result<DevicePublicKey, Problem> {
        let found = model::Entity::find_by_id(device_id).one(self.0.database.read()).await?;
        let device = found.filter(|device| device.user_id == user_id).ok_or_else(unknown_device)?;
        Ok(DevicePublicKey::from_bytes(device.public_key))
    }
}

fn too_many_devices() -> Problem {
    Problem::new(
        axum::http::StatusCode::CONFLICT,
        "too-many-devices",
        "Too many devices",
        format!("This account has {MOST_DEVICES} devices already."),
    )
    .hint("Remove devices that are no longer in use.")
}

fn unknown_device() -> Problem {
    Problem::new(
        axum::http::StatusCode::FORBIDDEN,
        "unknown-device",
        "This device is not known",
        "The signed-in user has no device with this id.",
    )
    .hint("Register the device's key by POST /api/v1/devices and use the id that it gives.")
}
