//! One person, or one tool that acts for itself.

use sea_orm::entity::prelude::*;

use crate::accounts::Role;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    /// What the user types to sign in, lower case.
    pub(crate) login: String,
    /// What others see.
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) avatar_color: String,
    /// Shown beside every prompt, so that a mini app can't fake one.
    pub(crate) mark: String,
    /// Argon2id in PHC form; nobody can sign in by password where it is missing.
    pub(crate) password_hash: Option<String>,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
