//! A bearer token by which a tool acts for a user. The token itself is only with the tool.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_tokens")]
pub(crate) struct Model {
    /// SHA-256 of the token in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) token_digest: String,
    pub(crate) user_id: String,
    /// Where the token is kept, for the person who cleans up.
    pub(crate) label: String,
    pub(crate) created_at: i64,
    /// What the list of tokens names it by.
    pub(crate) id: Option<String>,
    /// Scopes, separated by spaces; none: all that the user may do.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) scopes: Option<String>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) last_used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
