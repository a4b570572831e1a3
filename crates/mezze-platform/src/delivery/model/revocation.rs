//! Something that hosts must not run any more.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocations")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) sequence: i64,
    /// `release` or `key`.
    pub(crate) kind: String,
    pub(crate) app_id: String,
    pub(crate) version: Option<String>,
    pub(crate) package_digest: Option<String>,
    pub(crate) developer_key: Option<String>,
    /// What users read.
    #[sea_orm(column_type = "Text")]
    pub(crate) reason: String,
    pub(crate) at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
