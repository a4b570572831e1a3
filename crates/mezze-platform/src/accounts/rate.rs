//! How often something may be tried: counted in windows, in the database, so that every node counts the same.
//!
//! A sign-in is counted for the login (so that one account can't be guessed from many places) and, where the address is
//! known, for nothing else: addresses are shared by many and cheap to change. The count for a login is forgotten as soon
//! as a sign-in succeeds, so that a stranger's guesses don't lock a user out for longer than a window.

use axum::http::StatusCode;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use sha2::{Digest as _, Sha256};

use super::model::attempt;
use crate::problem::Problem;
use crate::state::Services;

/// What is limited.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// Passwords for one login.
    Password,
    /// Recovery codes for one login.
    Recovery,
    /// New accounts on the whole platform.
    SignUp,
}

impl Limit {
    /// Tries, and the seconds in which they are counted.
    fn window(self) -> (i32, i64) {
        match self {
            Self::Password => (10, 15 * 60),
            Self::Recovery => (5, 60 * 60),
            Self::SignUp => (100, 60 * 60),
        }
    }

    fn bucket(self, whose: &str) -> String {
        hex::encode(Sha256::digest(format!("{self:?}\n{whose}").as_bytes()))
    }

    /// Counts one try; refuses it where there were too many.
    pub(super) async fn count(self, services: &Services, whose: &str) -> Result<(), Problem> {
        let (most, seconds) = self.window();
        let bucket = self.bucket(whose);
        let now = services.now();
        let bucket = bucket.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let known = attempt::Entity::find_by_id(bucket).one(transaction).await?;
                    match known {
                        Some(known) if known.window_start + seconds > now => {
                            if known.used >= most {
                                return Err(too_often(known.window_start + seconds - now).into());
                            }
                            let used = known.used + 1;
                            let mut known = known.into_active_model();
                            known.used = Set(used);
                            known.update(transaction).await?;
                        }
                        Some(known) => {
                            let mut known = known.into_active_model();
                            known.used = Set(1);
                            known.window_start = Set(now);
                            known.update(transaction).await?;
                        }
                        None => {
                            let fresh = attempt::Model { bucket: bucket.to_owned(), used: 1, window_start: now };
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
    pub(super) async fn forget(self, services: &Services, whose: &str) -> Result<(), Problem> {
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

fn too_often(seconds: i64) -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too-often",
        "Tried too often",
        format!("Too many tries; the next is possible in {} minutes.", seconds / 60 + 1),
    )
    .hint("Wait, or sign in with a passkey.")
}
