//! One version of a mini app.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a version is on its way to users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReleaseState {
    /// Kept for review; no host gets it.
    InReview,
    /// Hosts get it.
    Released,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "releases")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) app_id: String,
    /// The version's name, lower case.
    pub(crate) version: String,
    /// Orders versions.
    pub(crate) version_code: i64,
    pub(crate) state: ReleaseState,
    /// SHA-256 of the package as it was uploaded.
    pub(crate) submitted_digest: String,
    /// SHA-256 of the countersigned package.
    pub(crate) package_digest: Option<String>,
    /// The platform's Ed25519 key at the time, base64url.
    pub(crate) platform_key: Option<String>,
    /// SHA-256 and size of the sealed file. In review it seals the package as uploaded.
    pub(crate) sealed_digest: Option<String>,
    pub(crate) sealed_size: Option<i64>,
    /// The content key under the platform's key for content keys.
    pub(crate) wrapped_content_key: Option<Vec<u8>>,
    pub(crate) name: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) description: String,
    pub(crate) category: Option<String>,
    pub(crate) icon_digest: Option<String>,
    pub(crate) icon_media_type: Option<String>,
    /// JSON of the declared origins.
    #[sea_orm(column_type = "Text")]
    pub(crate) origins: String,
    /// JSON of the manifest.
    #[sea_orm(column_type = "Text")]
    pub(crate) manifest: String,
    /// What a review said.
    pub(crate) state_reason: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) released_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
