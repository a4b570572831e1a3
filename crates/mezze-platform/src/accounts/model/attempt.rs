//! How often something was tried of late.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub(crate) struct Model {
    /// A digest of what is limited and for whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) bucket: String,
    /// Tries that are counted now, for whoever looks into the table.
    pub(crate) used: i32,
    /// When the bucket is full again, milliseconds since 1970. The column has its name from when buckets were windows; it
    /// keeps it, so that nodes of both versions can be on one database while they are exchanged.
    #[sea_orm(column_name = "window_start")]
    pub(crate) full_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
