//! A passkey: the public half of a key that a user's device keeps.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub(crate) struct Model {
    /// The credential id, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) name: String,
    /// `es256` or `eddsa`.
    pub(crate) algorithm: String,
    /// base64url: an uncompressed SEC1 point, or the 32 bytes of an Ed25519 key.
    #[sea_orm(column_type = "Text")]
    pub(crate) public_key: String,
    pub(crate) sign_count: i64,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
