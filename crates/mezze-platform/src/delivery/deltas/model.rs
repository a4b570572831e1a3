//! The update from one package to another.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deltas")]
pub(crate) struct Model {
    /// SHA-256 of the package that is on the device, hex; or the name of a part, for hosts that have nothing of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) from_digest: String,
    /// SHA-256 of the package that it leads to, hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) to_digest: String,
    /// SHA-256 of the sealed update, hex; none where the whole package is hardly larger.
    pub(crate) sealed_digest: Option<String>,
    pub(crate) sealed_size: Option<i64>,
    /// Its content key, wrapped for rest.
    pub(crate) wrapped_content_key: Option<Vec<u8>>,
    pub(crate) created_at: i64,
}

impl Model {
    /// What its content key is bound to at rest.
    pub(crate) fn subject(&self) -> String {
        subject(&self.from_digest, &self.to_digest)
    }
}

pub(crate) fn subject(from: &str, to: &str) -> String {
    format!("delta {from} {to}")
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
