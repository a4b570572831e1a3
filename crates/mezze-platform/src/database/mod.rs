//! The database: SQLite in the data folder, or PostgreSQL by URL, behind one code path.
//!
//! Reads go straight to the connection. Every write goes through [`Database::write`], which gives it one
//! transaction and runs it again when the database asks for that.

mod migrations;
mod write;

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, SqlxSqliteConnector, Statement,
    TransactionTrait as _,
};
use sea_orm_migration::MigratorTrait as _;

pub(crate) use write::WriteStop;

/// Any fixed number: nodes that start together take turns on it.
const MIGRATION_LOCK: i64 = 0x006d_657a_7a65;

/// The platform's connection pool.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    connection: DatabaseConnection,
}

impl Database {
    /// Connects and brings the tables up to date.
    ///
    /// `durable` has SQLite wait for the disk with every commit: the head of the log that was shown to someone must not
    /// be taken back by a power cut.
    pub(crate) async fn open(url: Option<&str>, data: &Path, durable: bool) -> Result<Self, DbErr> {
        let connection = match url {
            None => open_sqlite(SqliteConnectOptions::new().filename(data.join("mezze.db")), durable).await?,
            Some(url) if url.starts_with("sqlite:") => {
                let options = SqliteConnectOptions::from_str(url)
                    .map_err(|cause| DbErr::Custom(format!("{url} is not an address of a SQLite file: {cause}")))?;
                open_sqlite(options, durable).await?
            }
            Some(url) => open_postgres(url).await?,
        };
        let database = Self { connection };
        database.migrate().await?;
        Ok(database)
    }

    /// For reads. Writes belong into [`Database::write`].
    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Whether no other node can be on this database: SQLite is one node's own.
    pub(crate) fn is_of_one_node(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Sqlite
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        self.connection.ping().await
    }

    pub(crate) async fn close(&self) -> Result<(), DbErr> {
        self.connection.clone().close().await
    }

    async fn migrate(&self) -> Result<(), DbErr> {
        if self.connection.get_database_backend() != DbBackend::Postgres {
            // All or nothing: a kill between two statements would leave a table half changed, and no later start mends that.
            let all = self.connection.begin().await?;
            migrations::Migrator::up(&all, None).await?;
            return all.commit().await;
        }
        let turn = self.connection.begin().await?;
        let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
        turn.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
        migrations::Migrator::up(&self.connection, None).await?;
        turn.commit().await
    }
}

/// Write-ahead logging lets readers go on beside the one writer; a waiting writer gives up after 5 s.
async fn open_sqlite(options: SqliteConnectOptions, durable: bool) -> Result<DatabaseConnection, DbErr> {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(if durable { SqliteSynchronous::Full } else { SqliteSynchronous::Normal })
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true);
    let pool = sea_orm::sqlx::sqlite::SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await
        .map_err(|cause| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(cause.into())))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

async fn open_postgres(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(16).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
    sea_orm::Database::connect(options).await
}
