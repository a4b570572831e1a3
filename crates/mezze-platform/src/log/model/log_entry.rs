//! One event of the log.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_entries")]
pub(crate) struct Model {
    /// Place in the log, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: i64,
    /// The bytes that are hashed: canonical JSON.
    pub(crate) entry: String,
    /// The package that a release is about; hex. A withdrawal has none, so that a package has one entry.
    pub(crate) package_digest: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
