//! What an access token may be used for. A token never reaches further than its user, and never further than its
//! scopes; a session has all of them.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One thing that a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub(crate) enum Scope {
    /// Upload packages, make drafts, submit them for review.
    #[serde(rename = "packages:write")]
    PackagesWrite,
    /// Read releases, reports and comments of one's own mini apps.
    #[serde(rename = "releases:read")]
    ReleasesRead,
    /// Stage, release, roll back, withdraw.
    #[serde(rename = "releases:write")]
    ReleasesWrite,
    /// Reserve mini apps, change their keys, testers and members.
    #[serde(rename = "apps:write")]
    AppsWrite,
    /// Review on the operator's side.
    #[serde(rename = "review:write")]
    ReviewWrite,
    /// Read the audit trail.
    #[serde(rename = "audit:read")]
    AuditRead,
}

impl Scope {
    const ALL: [Self; 6] = [
        Self::PackagesWrite,
        Self::ReleasesRead,
        Self::ReleasesWrite,
        Self::AppsWrite,
        Self::ReviewWrite,
        Self::AuditRead,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PackagesWrite => "packages:write",
            Self::ReleasesRead => "releases:read",
            Self::ReleasesWrite => "releases:write",
            Self::AppsWrite => "apps:write",
            Self::ReviewWrite => "review:write",
            Self::AuditRead => "audit:read",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// As the database keeps them; names that this version does not know count for nothing.
pub(super) fn read_scopes(text: &str) -> Vec<Scope> {
    text.split(' ').filter_map(|name| Scope::ALL.into_iter().find(|scope| scope.name() == name)).collect()
}

pub(super) fn write_scopes(scopes: &[Scope]) -> String {
    let mut names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(" ")
}
