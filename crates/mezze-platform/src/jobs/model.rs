//! One thing to be done, outside of any request.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) subject: String,
    /// `queued`, `running`, `done` or `failed`.
    pub(crate) state: String,
    pub(crate) attempts: i32,
    /// Not before this.
    pub(crate) run_at: i64,
    /// Another node may take it after this.
    pub(crate) lease_until: Option<i64>,
    pub(crate) lease_owner: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) last_failure: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) finished_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
