//! A release as reviewers and testers run it: countersigned with a key that no user's host is told.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial_builds")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) release_id: String,
    /// The upload that it was made from.
    pub(crate) submitted_digest: String,
    pub(crate) package_digest: String,
    pub(crate) sealed_digest: String,
    pub(crate) sealed_size: i64,
    pub(crate) wrapped_content_key: Vec<u8>,
    pub(crate) platform_key: String,
    pub(crate) created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
