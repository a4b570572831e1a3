//! A reviewer at work on a release, for as long as the lease holds.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_claims")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) release_id: String,
    pub(crate) reviewer_id: String,
    pub(crate) claimed_at: i64,
    pub(crate) lease_until: i64,
    /// JSON: the points of the check list that are ticked.
    #[sea_orm(column_type = "Text")]
    pub(crate) ticked: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
