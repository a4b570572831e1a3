//! The public log: its entries, and the hashes of complete subtrees.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, string_null, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_log"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [log_entries(), log_nodes()] {
            manager.create_table(table.take()).await?;
        }
        let packages = Index::create().name("log_entries_package").table("log_entries").col("package_digest").take();
        manager.create_index(packages).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["log_nodes", "log_entries"] {
            manager.drop_table(Table::drop().table(table).if_exists().take()).await?;
        }
        Ok(())
    }
}

fn log_entries() -> TableCreateStatement {
    Table::create()
        .table("log_entries")
        .col(big_integer("place").primary_key())
        .col(text("entry"))
        .col(string_null("package_digest"))
        .take()
}

fn log_nodes() -> TableCreateStatement {
    Table::create()
        .table("log_nodes")
        .col(integer("level"))
        .col(big_integer("place"))
        .col(string("hash"))
        .primary_key(Index::create().col("level").col("place"))
        .take()
}
