//! One line of the talk between reviewers and developer.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_comments")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) release_id: String,
    pub(crate) author_id: String,
    /// `reviewer` or `developer`.
    pub(crate) side: String,
    /// `comment`, `question` or `decision`.
    pub(crate) kind: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) text: String,
    /// Only reviewers see it.
    pub(crate) internal: bool,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
