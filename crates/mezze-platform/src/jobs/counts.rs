//! How many jobs there are, for whoever runs the platform.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Column, Entity};

/// How many jobs of a kind are in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct JobCount {
    #[schema(example = "check")]
    kind: String,
    /// `queued`, `running`, `done` or `failed`.
    state: String,
    count: i64,
}

impl JobCount {
    /// Whether they wait or are under way.
    pub(crate) fn is_due(&self) -> bool {
        matches!(self.state.as_str(), "queued" | "running")
    }

    pub(crate) fn count(&self) -> i64 {
        self.count
    }
}

/// Whether something is to be done about `subject`.
pub(crate) async fn has_job(database: &impl ConnectionTrait, subject: &str) -> Result<bool, DbErr> {
    let jobs = Entity::find().filter(Column::Subject.eq(subject)).filter(Column::State.is_in(["queued", "running"]));
    Ok(jobs.one(database).await?.is_some())
}

/// Jobs by kind and state; done ones are forgotten after a day.
pub(crate) async fn count_jobs(database: &impl ConnectionTrait) -> Result<Vec<JobCount>, DbErr> {
    let rows: Vec<(String, String, i64)> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::Kind)
        .group_by(Column::State)
        .order_by_asc(Column::Kind)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|(kind, state, count)| JobCount { kind, state, count }).collect())
}
