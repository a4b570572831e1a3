//! Who stands behind mini apps.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) name_skeleton: String,
    pub(crate) website: Option<String>,
    /// `unverified`, `domain` or `operator`.
    pub(crate) verification: String,
    pub(crate) verified_domain: Option<String>,
    pub(crate) verified_at: Option<i64>,
    pub(crate) revision: i64,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
