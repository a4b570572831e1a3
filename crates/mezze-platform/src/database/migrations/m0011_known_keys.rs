//! Which keys the platform had, and how they gave way to others.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_known_keys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let known = Table::create()
            .table("known_keys")
            .col(string("purpose").primary_key())
            .col(string("fingerprint"))
            .col(big_integer("noted_at"))
            .take();
        manager.create_table(known).await?;
        let changes = Table::create()
            .table("key_changes")
            .col(string("purpose"))
            .col(string("older"))
            .col(string("newer"))
            .col(string("signature"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("purpose").col("older").col("newer"))
            .take();
        manager.create_table(changes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["key_changes", "known_keys"] {
            manager.drop_table(Table::drop().table(table).if_exists().take()).await?;
        }
        Ok(())
    }
}
