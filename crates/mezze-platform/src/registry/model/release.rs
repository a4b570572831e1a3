//! One version of a mini app.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a version is on its way to users. `releases::machine` says what leads from one to the next.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter, DeriveActiveEnum, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReleaseState {
    /// A version and its notes, without a package.
    Draft,
    /// Its package is here; the automatic check is due.
    Uploaded,
    /// The automatic check passed.
    Checked,
    /// With the reviewers.
    InReview,
    /// Countersigned; hosts don't get it yet.
    Approved,
    /// The check or a reviewer refused it.
    Rejected,
    /// A share of the users gets it.
    Staged,
    /// Every user gets it.
    Released,
    /// A newer one took its place.
    Superseded,
    /// Nobody gets it any more.
    Withdrawn,
}

impl ReleaseState {
    /// All states, in the order of a release's life.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 10] = [
        Self::Draft,
        Self::Uploaded,
        Self::Checked,
        Self::InReview,
        Self::Approved,
        Self::Rejected,
        Self::Staged,
        Self::Released,
        Self::Superseded,
        Self::Withdrawn,
    ];

    /// As it is written in the interface and the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Uploaded => "uploaded",
            Self::Checked => "checked",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Staged => "staged",
            Self::Released => "released",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As it is said in a sentence.
    pub(crate) fn words(self) -> String {
        self.name().replace('_', " ")
    }

    /// Whether users may have it.
    pub(crate) fn is_public(self) -> bool {
        matches!(self, Self::Staged | Self::Released | Self::Superseded)
    }
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
    /// The developer's Ed25519 key that this release is signed with, base64url.
    pub(crate) developer_key: Option<String>,
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
    /// Why it was rejected or withdrawn, as its developer or the users read it.
    pub(crate) state_reason: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) released_at: Option<i64>,
    /// Goes up with every act; the entity tag.
    pub(crate) revision: i64,
    pub(crate) created_by: Option<String>,
    /// What is new, in the developer's words.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) notes: Option<String>,
    pub(crate) submit_when_checked: bool,
    pub(crate) release_when_approved: bool,
    /// Hosts update before they open it.
    pub(crate) forced: bool,
    /// While staged, in basis points: 100 are one user in a hundred.
    pub(crate) share: Option<i32>,
    pub(crate) scheduled_at: Option<i64>,
    pub(crate) submitted_at: Option<i64>,
    /// None where a program approved it.
    pub(crate) approved_by: Option<String>,
    pub(crate) withdrawn_at: Option<i64>,
    /// Bytes of the package as uploaded.
    pub(crate) package_size: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
