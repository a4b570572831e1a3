//! Rows of the job table: adding, taking, finishing.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::model::{ActiveModel, Column, Entity, Model};
use super::{JobKind, KEPT_SECONDS, LEASE_SECONDS, MOST_ATTEMPTS};

/// Adds a job, in the transaction of what it is for. One that waits or runs for the same subject is replaced: when it
/// was running already, it may have read what has changed since.
pub(crate) async fn enqueue(
    transaction: &DatabaseTransaction,
    id: &str,
    kind: JobKind,
    subject: &str,
    run_at: i64,
    now: i64,
) -> Result<(), DbErr> {
    cancel(transaction, kind, subject).await?;
    let job = Model {
        id: id.to_owned(),
        kind: kind.name().to_owned(),
        subject: subject.to_owned(),
        state: "queued".to_owned(),
        attempts: 0,
        run_at,
        lease_until: None,
        lease_owner: None,
        last_failure: None,
        created_at: now,
        finished_at: None,
    };
    Entity::insert(ActiveModel::from(job)).exec_without_returning(transaction).await?;
    Ok(())
}

/// Takes a job back.
pub(crate) async fn cancel(transaction: &DatabaseTransaction, kind: JobKind, subject: &str) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Kind.eq(kind.name()))
        .filter(Column::Subject.eq(subject))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Waiting and due, or left behind by a node that died.
fn due(now: i64) -> Condition {
    let waiting = Condition::all().add(Column::State.eq("queued")).add(Column::RunAt.lte(now));
    let abandoned = Condition::all().add(Column::State.eq("running")).add(Column::LeaseUntil.lt(now));
    Condition::any().add(waiting).add(abandoned)
}

/// Whether there is anything to take: asked often, so it only reads.
pub(super) async fn any_due(database: &impl sea_orm::ConnectionTrait, now: i64) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(due(now)).one(database).await?.is_some())
}

/// Takes the job that has been due the longest, if there is one.
pub(super) async fn take(transaction: &DatabaseTransaction, owner: &str, now: i64) -> Result<Option<Model>, DbErr> {
    let Some(job) = Entity::find().filter(due(now)).order_by_asc(Column::RunAt).one(transaction).await? else {
        return Ok(None);
    };
    Entity::update_many()
        .col_expr(Column::State, Expr::value("running"))
        .col_expr(Column::LeaseOwner, Expr::value(owner))
        .col_expr(Column::LeaseUntil, Expr::value(now + LEASE_SECONDS))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.eq(&job.id))
        .exec(transaction)
        .await?;
    Ok(Some(Model { attempts: job.attempts + 1, ..job }))
}

/// Keeps a job for longer; gives whether it was still this node's.
pub(super) async fn renew(
    transaction: &DatabaseTransaction,
    job: &Model,
    owner: &str,
    now: i64,
) -> Result<bool, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(now + LEASE_SECONDS))
        .filter(still_mine(job, owner))
        .exec(transaction)
        .await?;
    Ok(update.rows_affected > 0)
}

/// Puts everything back that a node took; for the start of one that knows to be the only one.
pub(super) async fn take_back(transaction: &DatabaseTransaction) -> Result<u64, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .filter(Column::State.eq("running"))
        .exec(transaction)
        .await?;
    Ok(update.rows_affected)
}

/// Whether a job that was taken is still this node's: it may have been replaced, or its lease may have ended.
fn still_mine(job: &Model, owner: &str) -> Condition {
    Condition::all()
        .add(Column::Id.eq(&job.id))
        .add(Column::State.eq("running"))
        .add(Column::LeaseOwner.eq(owner))
        .add(Column::Attempts.eq(job.attempts))
}

/// Marks a job as done and forgets old ones.
pub(super) async fn finish(transaction: &DatabaseTransaction, job: &Model, owner: &str, now: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value("done"))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(still_mine(job, owner))
        .exec(transaction)
        .await?;
    Entity::delete_many()
        .filter(Column::State.eq("done"))
        .filter(Column::FinishedAt.lt(now - KEPT_SECONDS))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Puts a job that failed back for later; gives whether it was given up instead.
pub(super) async fn put_back(
    transaction: &DatabaseTransaction,
    job: &Model,
    owner: &str,
    now: i64,
    failure: &str,
) -> Result<bool, DbErr> {
    let given_up = job.attempts >= MOST_ATTEMPTS;
    let pause = 5_i64 << job.attempts.clamp(1, 10).saturating_sub(1);
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(if given_up { "failed" } else { "queued" }))
        .col_expr(Column::RunAt, Expr::value(now + pause))
        .col_expr(Column::LastFailure, Expr::value(failure))
        .filter(still_mine(job, owner))
        .exec(transaction)
        .await?;
    Ok(given_up && update.rows_affected > 0)
}
