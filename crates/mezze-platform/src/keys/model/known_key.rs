//! The key that the platform had when it last started, without the key.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_keys")]
pub(crate) struct Model {
    /// Name of the purpose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) purpose: String,
    /// The public key, or a digest of a secret one.
    pub(crate) fingerprint: String,
    pub(crate) noted_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
