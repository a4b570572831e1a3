//! One mini app. Its id belongs to an organisation; its packages are signed with one of its keys.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "apps")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    /// The newest of its signing keys: Ed25519, base64url; empty before there is one.
    pub(crate) developer_key: String,
    /// Who uploaded it first; none for `mezze dev`.
    pub(crate) publisher_id: Option<String>,
    /// The release that a launch without a version opens.
    pub(crate) current_release_id: Option<String>,
    pub(crate) created_at: i64,
    /// The release that a share of the users gets instead.
    pub(crate) staged_release_id: Option<String>,
    /// Older versions don't open any more.
    pub(crate) minimum_version_code: i64,
    /// Goes up with every act; the entity tag.
    pub(crate) revision: i64,
    /// Whom it belongs to; none for `mezze dev`.
    pub(crate) organisation_id: Option<String>,
    pub(crate) name: Option<String>,
    /// What the name looks like.
    pub(crate) name_skeleton: Option<String>,
    pub(crate) category: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) description: Option<String>,
    pub(crate) icon_hash: Option<String>,
    pub(crate) created_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
