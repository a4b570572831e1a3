//! A release as its developers and the operator see it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::machine::actions_from;
use crate::registry::{Release, ReleaseState};

/// A release with all that insiders may know.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReleaseView {
    pub(crate) id: String,
    #[schema(example = "org.example.menu")]
    pub(crate) app_id: String,
    pub(crate) name: String,
    #[schema(example = "1.2.0")]
    pub(crate) version: String,
    pub(crate) version_code: i64,
    pub(crate) state: ReleaseState,
    /// Why it was rejected or withdrawn.
    pub(crate) state_reason: Option<String>,
    /// The actions that lead on from this state; some need other powers than yours.
    pub(crate) actions: Vec<String>,
    /// What is new, in the developer's words.
    pub(crate) notes: Option<String>,
    /// SHA-256 of the package as uploaded, hex; empty for a draft.
    pub(crate) submitted_digest: String,
    /// SHA-256 of the countersigned package, hex, once approved.
    pub(crate) package_digest: Option<String>,
    /// Bytes of the package as uploaded.
    pub(crate) package_size: Option<i64>,
    /// Ed25519 key that it is signed with, base64url.
    pub(crate) developer_key: Option<String>,
    /// While staged: the part of the users that gets it, in percent.
    pub(crate) share: Option<f64>,
    /// Seconds since 1970.
    pub(crate) scheduled_at: Option<i64>,
    /// Hosts update before they open it.
    pub(crate) forced: bool,
    pub(crate) submit_when_checked: bool,
    pub(crate) release_when_approved: bool,
    /// None where a program approved it.
    pub(crate) approved_by: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) submitted_at: Option<i64>,
    pub(crate) released_at: Option<i64>,
    pub(crate) withdrawn_at: Option<i64>,
    /// For `If-Match`, as in the `ETag`.
    pub(crate) revision: i64,
}

impl From<Release> for ReleaseView {
    fn from(row: Release) -> Self {
        Self {
            actions: actions_from(row.state).into_iter().map(str::to_owned).collect(),
            share: row.share.map(|share| f64::from(share) / 100.0),
            id: row.id,
            app_id: row.app_id,
            name: row.name,
            version: row.version,
            version_code: row.version_code,
            state: row.state,
            state_reason: row.state_reason,
            notes: row.notes,
            submitted_digest: row.submitted_digest,
            package_digest: row.package_digest,
            package_size: row.package_size,
            developer_key: row.developer_key,
            scheduled_at: row.scheduled_at,
            forced: row.forced,
            submit_when_checked: row.submit_when_checked,
            release_when_approved: row.release_when_approved,
            approved_by: row.approved_by,
            created_at: row.created_at,
            submitted_at: row.submitted_at,
            released_at: row.released_at,
            withdrawn_at: row.withdrawn_at,
            revision: row.revision,
        }
    }
}
