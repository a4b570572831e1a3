//! An invitation by code, to an organisation or to the operator's staff.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) code_digest: String,
    /// None: to the operator's staff.
    pub(crate) organisation_id: Option<String>,
    pub(crate) role: String,
    /// Whom it is for, in the words of whoever made it.
    pub(crate) label: String,
    pub(crate) created_by: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) accepted_by: Option<String>,
    pub(crate) accepted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
