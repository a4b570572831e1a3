//! What a publisher was told because of a report. Nothing in it says whose report that was.

use sea_orm::entity::prelude::*;

use crate::reports::kinds::Reason;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publisher_warnings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) app_id: String,
    /// For the staff; developers never see it.
    pub(crate) report_id: String,
    pub(crate) reason: Reason,
    #[sea_orm(column_type = "Text")]
    pub(crate) text: String,
    pub(crate) created_by: String,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
