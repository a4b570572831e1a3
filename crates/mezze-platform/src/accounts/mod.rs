//! Accounts: users, how they sign in, and the tokens by which tools act for them.

mod identity;
mod mark;
pub(crate) mod model;
mod own_routes;
mod passkeys;
mod password;
mod routes;
mod scope;
mod service;
mod session_cookie;
mod ways_in;

#[cfg(test)]
mod tests;

pub(crate) use identity::{Caller, SignedIn, Uploader, bearer_token};
pub(crate) use model::user::Model as User;
pub(crate) use routes::router;
pub(crate) use scope::Scope;
pub use service::NewAccount;
pub(crate) use service::{Accounts, names_of};

use sea_orm::prelude::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// What a user may do besides using mini apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Uses mini apps.
    User,
    /// Uploads packages.
    Developer,
    /// Runs the platform.
    Operator,
}

impl Role {
    /// Whether packages may be uploaded.
    #[must_use]
    pub fn may_upload(self) -> bool {
        matches!(self, Self::Developer | Self::Operator)
    }
}
