//! One answer.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "permission_grants")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) user_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) app_id: String,
    /// The developer's key, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) signer: String,
    /// A scope, or `data.` and a category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) permission: String,
    /// `granted`, `refused`, or `ask` where the user took an answer back.
    pub(crate) state: String,
    /// When the user answered, milliseconds since 1970.
    pub(crate) changed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
