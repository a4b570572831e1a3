//! Writes: one transaction each, run again where the database says so.
//!
//! SQLite: `BEGIN IMMEDIATE`, because a transaction that begins by reading can't become a writer while another
//! one writes. PostgreSQL: `SERIALIZABLE`, so that what was read still holds when it commits.

use std::marker::PhantomData;
use std::time::Duration;

use futures::future::BoxFuture;
use sea_orm::{
    DatabaseTransaction, DbBackend, DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};

use super::Database;
use crate::problem::Problem;

const ATTEMPTS: u32 = 8;

/// `'e` lives longer than `'t`.
pub(crate) type Outlives<'t, 'e> = PhantomData<&'t &'e ()>;

/// Why a write did not happen.
#[derive(Debug)]
pub(crate) enum WriteStop {
    /// The database failed; the write may be tried again.
    Database(DbErr),
    /// The write itself found that it must not happen.
    Refused(Problem),
}

impl From<DbErr> for WriteStop {
    fn from(cause: DbErr) -> Self {
        Self::Database(cause)
    }
}

impl From<Problem> for WriteStop {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl Database {
    /// Runs `operation` in one transaction. It may run several times, so it must have no effect but its own writes.
    pub(crate) async fn write<T, F>(&self, operation: F) -> Result<T, Problem>
    where
        T: Send,
        F: for<'t> Fn(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, WriteStop>> + Send + Sync,
    {
        self.write_borrowing(move |transaction, _| operation(transaction)).await
    }

    /// As [`Database::write`], for an operation that borrows from where it is written: the second parameter tells the
    /// compiler that what it borrows lives longer than the transaction.
    pub(crate) async fn write_borrowing<'e, T, F>(&self, operation: F) -> Result<T, Problem>
    where
        T: Send,
        F: for<'t> Fn(&'t DatabaseTransaction, Outlives<'t, 'e>) -> BoxFuture<'t, Result<T, WriteStop>> + Send + Sync,
    {
        let mut attempt = 1;
        loop {
            match self.write_once(&operation).await {
                Ok(value) => return Ok(value),
                Err(WriteStop::Refused(problem)) => return Err(problem),
                Err(WriteStop::Database(cause)) if attempt < ATTEMPTS && is_worth_another_try(&cause) => {
                    tracing::debug!(database.attempt = attempt, "write runs again");
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                    attempt += 1;
                }
                Err(WriteStop::Database(cause)) => return Err(cause.into()),
            }
        }
    }

    async fn write_once<'e, T, F>(&self, operation: &F) -> Result<T, WriteStop>
    where
        F: for<'t> Fn(&'t DatabaseTransaction, Outlives<'t, 'e>) -> BoxFuture<'t, Result<T, WriteStop>> + Send + Sync,
    {
        let options = match self.connection.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::Serializable),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
        };
        let transaction = self.connection.begin_with_options(options).await?;
        match operation(&transaction, PhantomData).await {
            Ok(value) => {
                transaction.commit().await?;
                Ok(value)
            }
            Err(stop) => {
                // The first cause is the one to report; a rollback that fails is done by the connection's end.
                let _ = transaction.rollback().await;
                Err(stop)
            }
        }
    }
}

/// PostgreSQL: serialization failure, deadlock, and a key that another transaction took meanwhile, which is found before
/// the failure to serialize; on another try, what the other one wrote is seen. SQLite: busy, locked and their extended codes.
fn is_worth_another_try(cause: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = cause
    else {
        return false;
    };
    let Some(code) = cause.as_database_error().and_then(|cause| cause.code()) else {
        return false;
    };
    matches!(code.as_ref(), "40001" | "40P01" | "23505")
        || code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6))
}
