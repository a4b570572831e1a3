//! What can be wrong with a mini app, where a report stands, and what came of it.

use sea_orm::prelude::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a user finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    /// It cheats people out of money or data.
    Fraud,
    /// It poses as someone else.
    Impersonation,
    /// Its content is illegal or does harm.
    Harmful,
    /// It asks for more data than it needs.
    TooMuchData,
    /// It does not do what it says.
    Broken,
    /// What the text says.
    Other,
}

impl Reason {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Fraud => "fraud",
            Self::Impersonation => "impersonation",
            Self::Harmful => "harmful",
            Self::TooMuchData => "too_much_data",
            Self::Broken => "broken",
            Self::Other => "other",
        }
    }
}

/// Where a report stands: open, taken on by someone of the staff, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportState {
    Open,
    Taken,
    Resolved,
}

impl ReportState {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Resolved => "resolved",
        }
    }
}

/// What came of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The mini app keeps the rules.
    NoAction,
    /// The publisher was told to mend it.
    PublisherWarned,
    /// Users don't get the version any more.
    AppWithdrawn,
    /// The publisher mended it already.
    Mended,
    /// It says the same as another report.
    Duplicate,
}
