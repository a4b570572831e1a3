//! One act, as it was done. Rows are only ever added.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) sequence: i64,
    pub(crate) at: i64,
    /// None: the platform itself.
    pub(crate) actor_id: Option<String>,
    pub(crate) actor_name: String,
    /// The access token that acted for the user.
    pub(crate) token_id: Option<String>,
    pub(crate) action: String,
    pub(crate) subject_kind: String,
    pub(crate) subject_id: String,
    pub(crate) app_id: Option<String>,
    pub(crate) organisation_id: Option<String>,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub(crate) details: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
