//! One mini app. Its id belongs to the developer key that first published it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "apps")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    /// Ed25519, base64url.
    pub(crate) developer_key: String,
    /// Who uploaded it first; none for `mezze dev`.
    pub(crate) publisher_id: Option<String>,
    /// The release that a launch without a version opens.
    pub(crate) current_release_id: Option<String>,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
