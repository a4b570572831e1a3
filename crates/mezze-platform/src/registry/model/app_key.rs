//! One key that packages of a mini app may be signed with.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "app_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) app_id: String,
    /// Ed25519, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) public_key: String,
    /// `active` or `revoked`.
    pub(crate) state: String,
    pub(crate) label: String,
    /// The key whose signature vouched for this one.
    pub(crate) vouched_by_key: Option<String>,
    /// That signature, base64url, for devices to check by themselves.
    pub(crate) vouch_signature: Option<String>,
    /// The operator's person who vouched for it instead.
    pub(crate) vouched_by_user: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) revoked_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) revoked_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
