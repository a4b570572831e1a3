//! Buckets in the database, so that every node counts the same and a restart changes nothing: for sign-ins, where a try
//! more is what matters, and for reports, of which an account sends few.
//!
//! A sign-in is counted for the login (so that one account can't be guessed from many places) and, where the address is
//! known, for nothing else: addresses are shared by many and cheap to change. The count for a login is forgotten as soon
//! as a sign-in succeeds, so that a stranger's guesses don't lock a user out for long.

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use sha2::{Digest as _, Sha256};

use super::bucket::Rate;
use super::too_often;
use crate::accounts::model::attempt;
use crate::problem::Problem;
use crate::state::Services;

/// What is limited.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LastingLimit {
    /// Passwords for one login.
    Password,
    /// Recovery codes for one login.
    Recovery,
    /// New accounts on the whole platform.
    SignUp,
    /// Reports of abuse by one account.
    Report,
}

impl LastingLimit {
    fn rate(self) -> Rate {
        match self {
            Self::Password => Rate::new(10, 15 * 60),
            Self::Recovery => Rate::new(5, 60 * 60),
            Self::SignUp => Rate::new(100, 60 * 60),
            Self::Report => Rate::new(10, 24 * 60 * 60),
        }
    }

    /// The refusal; `wait` in milliseconds.
    fn refusal(self, wait: i64) -> Problem {
        match self {
            Self::Report => too_often("reports", wait).hint("Wait; what you sent before is looked into."),
            _ => too_often("tries", wait).hint("Wait, or sign in with a passkey."),
        }
    }

    fn bucket(self, whose: &str) -> String {
        hex::encode(Sha256::digest(format!("{self:?}\n{whose}").as_bytes()))
    }

    /// Counts one try; refuses it where there were too many.
    pub(crate) async fn count(self, services: &Services, whose: &str) -> Result<(), Problem> {
        let bucket = self.bucket(whose);
        let now = services.now_milliseconds();
        let bucket = bucket.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let known = attempt::Entity::find_by_id(bucket).one(transaction).await?;
                    let full_at = known.as_ref().map(|known| known.full_at);
                    let standing = self.rate().take(full_at, now).map_err(|wait| self.refusal(wait))?;
                    let used = i32::try_from(i64::from(self.rate().count()) - standing.remaining).unwrap_or(i32::MAX);
                    match known {
                        Some(known) => {
                            let mut known = known.into_active_model();
                            known.used = Set(used);
                            known.full_at = Set(standing.full_at);
                            known.update(transaction).await?;
                        }
                        None => {
                            let full_at = standing.full_at;
                            let fresh = attempt::Model { bucket: bucket.to_owned(), used, full_at };
                            attempt::Entity::insert(attempt::ActiveModel::from(fresh))
                                .exec_without_returning(transaction)
                                .await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The tries led to success.
    pub(crate) async fn forget(self, services: &Services, whose: &str) -> Result<(), Problem> {
        let bucket = self.bucket(whose);
        let bucket = bucket.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    attempt::Entity::delete_by_id(bucket).exec(transaction).await?;
                    Ok(())
                })
            })
            .await
    }
}
