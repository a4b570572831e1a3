//! The audit trail: every act of developers, operators and the platform itself, written in the transaction of the act.
//!
//! An act that was not written did not happen: both commit together or not at all.

mod model;
mod routes;

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait as _};

pub(crate) use routes::router;

use crate::accounts::Caller;
pub(crate) use model::{Column, Entity};

use model::ActiveModel;

/// Who acts.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    /// The platform itself, for a reason of its own.
    Machine(&'static str),
    /// A user.
    User(Box<Caller>),
}

impl From<Caller> for Who {
    fn from(caller: Caller) -> Self {
        Self::User(Box::new(caller))
    }
}

impl Who {
    pub(crate) fn user_id(&self) -> Option<&str> {
        match self {
            Self::Machine(_) => None,
            Self::User(caller) => Some(&caller.user.id),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Machine(name) => name,
            Self::User(caller) => &caller.user.login,
        }
    }
}

/// What was done.
pub(crate) struct Act<'a> {
    pub(crate) who: &'a Who,
    pub(crate) action: &'a str,
    pub(crate) subject_kind: &'static str,
    pub(crate) subject_id: &'a str,
    pub(crate) app_id: Option<&'a str>,
    pub(crate) organisation_id: Option<&'a str>,
    pub(crate) details: serde_json::Value,
}

/// Adds an act to the trail.
pub(crate) async fn record(transaction: &DatabaseTransaction, now: i64, act: Act<'_>) -> Result<(), DbErr> {
    let token_id = match act.who {
        Who::User(caller) => caller.token.as_ref().map(|token| token.id.clone()),
        Who::Machine(_) => None,
    };
    let row = ActiveModel {
        sequence: NotSet,
        at: Set(now),
        actor_id: Set(act.who.user_id().map(str::to_owned)),
        actor_name: Set(act.who.name().to_owned()),
        token_id: Set(token_id),
        action: Set(act.action.to_owned()),
        subject_kind: Set(act.subject_kind.to_owned()),
        subject_id: Set(act.subject_id.to_owned()),
        app_id: Set(act.app_id.map(str::to_owned)),
        organisation_id: Set(act.organisation_id.map(str::to_owned)),
        details: Set(act.details.to_string()),
    };
    Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}
