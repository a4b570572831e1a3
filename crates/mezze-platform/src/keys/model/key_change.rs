//! An older key's word for a newer one; kept for ever, since a device may come back after years.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_changes")]
pub(crate) struct Model {
    /// Name of the purpose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) purpose: String,
    /// Public keys, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) older: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) newer: String,
    /// base64url, see `mezze_package::key_change`.
    pub(crate) signature: String,
    pub(crate) at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
