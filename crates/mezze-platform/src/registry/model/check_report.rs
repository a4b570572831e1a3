//! What an automatic check found, kept for good.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "check_reports")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) release_id: String,
    /// The bytes that were checked.
    pub(crate) package_digest: String,
    /// `passed` or `failed`.
    pub(crate) outcome: String,
    /// JSON of a `CheckReport`.
    #[sea_orm(column_type = "Text")]
    pub(crate) report: String,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
