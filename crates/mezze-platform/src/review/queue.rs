//! The queue, claims, ticks and comments.

use axum::http::StatusCode;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _, Order,
    QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use super::desk::{CHECKLIST, Desk, LEASE_SECONDS, desk, desks};
use super::model::{claim, comment};
use crate::accounts::Caller;
use crate::audit_trail::{Act, Who, record};
use crate::database::WriteStop;
use crate::http::PageQuery;
use crate::organisations::{StaffRole, Standing, duties_of};
use crate::problem::Problem;
use crate::registry::model::release;
use crate::registry::{Registry, Release, ReleaseState};
use crate::state::Services;

const LONGEST_COMMENT: usize = 4_000;

/// The reviewers' desk.
pub(super) struct Reviews<'a>(pub(super) &'a Services);

/// One line of the talk.
pub(super) struct NewComment {
    pub(super) text: String,
    pub(super) is_question: bool,
    pub(super) internal: bool,
}

impl Reviews<'_> {
    /// What waits for review, the oldest first.
    pub(super) async fn queue(&self, caller: &Caller, page: &PageQuery) -> Result<Vec<(Release, Desk)>, Problem> {
        self.require_reviewer(caller).await?;
        let database = self.0.database.read();
        let query = release::Entity::find().filter(release::Column::State.eq(ReleaseState::InReview));
        let keys = (release::Column::SubmittedAt, release::Column::Id);
        let rows = page.sorted(query, keys, &Order::Asc)?.all(database).await?;
        let mut desks = desks(database, rows.iter().map(|row| row.id.clone()).collect(), self.0.now()).await?;
        let queue = rows.into_iter().map(|row| {
            let desk = desks.remove(&row.id).unwrap_or_default();
            (row, desk)
        });
        Ok(queue.collect())
    }

    pub(super) async fn require_reviewer(&self, caller: &Caller) -> Result<(), Problem> {
        let duties = duties_of(self.0.database.read(), &caller.user).await?;
        if duties.include(StaffRole::Reviewer) {
            return Ok(());
        }
        Err(Problem::not_allowed("This is for the operator's reviewers."))
    }

    /// Takes a release on, or holds on to it for another half hour.
    pub(super) async fn claim(&self, caller: Caller, id: &str) -> Result<(Release, Desk), Problem> {
        self.require_reviewer(&caller).await?;
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let who = &who;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let row = in_review(transaction, id).await?;
                    let reviewer = who.user_id().unwrap_or_default();
                    let known = claim::Entity::find_by_id(id).one(transaction).await?;
                    let (fresh, ticked) = match known {
                        Some(known) if known.lease_until > now && known.reviewer_id != reviewer => {
                            return Err(claimed(&known).into());
                        }
                        Some(known) if known.reviewer_id == reviewer => (false, known.ticked),
                        Some(_) => (true, "[]".to_owned()),
                        None => (true, "[]".to_owned()),
                    };
                    claim::Entity::delete_by_id(id).exec(transaction).await?;
                    let claim = claim::Model {
                        release_id: id.to_owned(),
                        reviewer_id: reviewer.to_owned(),
                        claimed_at: now,
                        lease_until: now + LEASE_SECONDS,
                        ticked,
                    };
                    claim::Entity::insert(claim::ActiveModel::from(claim)).exec_without_returning(transaction).await?;
                    if fresh {
                        write_down(transaction, who, &row, "review.claim", json!({}), now).await?;
                    }
                    Ok((row, desk(transaction, id, now).await?))
                })
            })
            .await
    }

    /// Leaves a release to others.
    pub(super) async fn leave(&self, caller: Caller, id: &str) -> Result<(), Problem> {
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let who = &who;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let row = in_review(transaction, id).await?;
                    mine(transaction, who, id, now).await?;
                    claim::Entity::delete_by_id(id).exec(transaction).await?;
                    Ok(write_down(transaction, who, &row, "review.leave", json!({}), now).await?)
                })
            })
            .await
    }

    /// Sets which points are ticked.
    pub(super) async fn tick(&self, caller: Caller, id: &str, points: &[String]) -> Result<Desk, Problem> {
        let unknown = points.iter().find(|point| !CHECKLIST.iter().any(|(known, _)| known == point));
        if let Some(unknown) = unknown {
            return Err(Problem::bad_request(format!("`{unknown}` is no point of the check list.")));
        }
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let ticked = json!(points).to_string();
        let (who, ticked) = (&who, &ticked);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    in_review(transaction, id).await?;
                    let claim = mine(transaction, who, id, now).await?;
                    let claim = claim::Model { ticked: ticked.clone(), lease_until: now + LEASE_SECONDS, ..claim };
                    claim.into_active_model().reset_all().update(transaction).await?;
                    Ok(desk(transaction, id, now).await?)
                })
            })
            .await
    }

    /// The talk; what reviewers keep to themselves is left out for developers.
    pub(super) async fn comments(&self, row: &Release, standing: &Standing) -> Result<Vec<comment::Model>, Problem> {
        let mut query = comment::Entity::find()
            .filter(comment::Column::ReleaseId.eq(&row.id))
            .order_by_asc(comment::Column::CreatedAt)
            .order_by_asc(comment::Column::Id);
        if !standing.duties.is_staff() {
            query = query.filter(comment::Column::Internal.eq(false));
        }
        Ok(query.all(self.0.database.read()).await?)
    }

    /// Adds a line to the talk.
    pub(super) async fn comment(&self, caller: Caller, id: &str, new: NewComment) -> Result<comment::Model, Problem> {
        let length = new.text.trim().chars().count();
        if !(1..=LONGEST_COMMENT).contains(&length) {
            return Err(Problem::bad_request(format!("A comment has 1 to {LONGEST_COMMENT} characters.")));
        }
        let services = self.0;
        let who = Who::from(caller);
        let (row, _, standing) = Registry(services).insider(&who, id).await?;
        let speaks_as_reviewer = standing.duties.include(StaffRole::Reviewer) && !standing.develops();
        if (new.internal || new.is_question) && !speaks_as_reviewer {
            return Err(Problem::not_allowed("Questions and internal notes are for reviewers."));
        }
        let now = services.now();
        let row_of = |id: String, author: &str| comment::Model {
            id,
            release_id: row.id.clone(),
            author_id: author.to_owned(),
            side: if speaks_as_reviewer { "reviewer" } else { "developer" }.to_owned(),
            kind: if new.is_question { "question" } else { "comment" }.to_owned(),
            text: new.text.trim().to_owned(),
            internal: new.internal,
            created_at: now,
        };
        let line = row_of(services.fresh_identifier(), who.user_id().unwrap_or_default());
        let (who, row, line) = (&who, &row, &line);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    comment::Entity::insert(comment::ActiveModel::from(line.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    let details = json!({"kind": line.kind, "internal": line.internal});
                    write_down(transaction, who, row, "review.comment", details, now).await?;
                    Ok(line.clone())
                })
            })
            .await
    }
}

async fn in_review(transaction: &DatabaseTransaction, id: &str) -> Result<Release, WriteStop> {
    let row = release::Entity::find_by_id(id).one(transaction).await?;
    let row = row.ok_or_else(|| Problem::not_found(format!("There is no release {id}.")))?;
    if row.state == ReleaseState::InReview {
        return Ok(row);
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        "wrong-state",
        "The release is in another state",
        format!("It is {}, not in review.", row.state.words()),
    )
    .hint("Load the queue again.")
    .into())
}

async fn mine(transaction: &DatabaseTransaction, who: &Who, id: &str, now: i64) -> Result<claim::Model, WriteStop> {
    let claim = claim::Entity::find_by_id(id).one(transaction).await?;
    match claim {
        Some(claim) if claim.lease_until > now && Some(claim.reviewer_id.as_str()) == who.user_id() => Ok(claim),
        Some(claim) if claim.lease_until > now => Err(claimed(&claim).into()),
        _ => Err(Problem::new(
            StatusCode::CONFLICT,
            "not-claimed",
            "Nobody is at work on this review",
            "You have not claimed it, or your lease has ended.",
        )
        .hint("Claim it first.")
        .into()),
    }
}

fn claimed(claim: &claim::Model) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "claimed",
        "Another reviewer is at work on it",
        format!("Their lease lasts until {} (seconds since 1970).", claim.lease_until),
    )
    .hint("Take another one, or wait until their lease ends.")
}

async fn write_down(
    transaction: &DatabaseTransaction,
    who: &Who,
    row: &Release,
    action: &str,
    details: serde_json::Value,
    now: i64,
) -> Result<(), sea_orm::DbErr> {
    let act = Act {
        who,
        action,
        subject_kind: "release",
        subject_id: &row.id,
        app_id: Some(&row.app_id),
        organisation_id: None,
        details,
    };
    record(transaction, now, act).await
}
