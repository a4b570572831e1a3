//! A package on its way, in parts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) user_id: String,
    /// SHA-256 that the whole will have.
    pub(crate) digest: String,
    pub(crate) size: i64,
    /// Bytes that are here.
    pub(crate) received: i64,
    /// `open`, `complete` or `used`.
    pub(crate) state: String,
    pub(crate) release_id: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
