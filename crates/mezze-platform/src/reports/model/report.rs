//! A user's report of a mini app.

use sea_orm::entity::prelude::*;

use crate::reports::kinds::{Outcome, Reason, ReportState};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "abuse_reports")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) app_id: String,
    /// The version that the user ran, lower case.
    pub(crate) version: String,
    /// Path of the page that the user was on, without its query; empty where none was open.
    pub(crate) page: String,
    pub(crate) reason: Reason,
    #[sea_orm(column_type = "Text")]
    pub(crate) text: String,
    /// How the user may be reached, in their words; none where they don't want to be.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) contact: Option<String>,
    pub(crate) reporter_id: String,
    pub(crate) state: ReportState,
    /// Whoever of the staff took it on.
    pub(crate) handler_id: Option<String>,
    pub(crate) taken_at: Option<i64>,
    pub(crate) outcome: Option<Outcome>,
    /// What only the staff reads.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) note: Option<String>,
    /// What the reporter reads.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) answer: Option<String>,
    pub(crate) resolved_at: Option<i64>,
    pub(crate) created_at: i64,
    /// Goes up with every act; the entity tag.
    pub(crate) revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
