//! Users' answers to mini apps' questions for permission.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

use super::cascade;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_grants"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("permission_grants")
            .col(string("user_id"))
            // No reference to the app: an answer outlives an app that is taken down, so that it does not come back
            // with fewer questions than before.
            .col(string("app_id"))
            .col(string("signer"))
            .col(string("permission"))
            .col(string("state"))
            .col(big_integer("changed_at"))
            .primary_key(Index::create().col("user_id").col("app_id").col("signer").col("permission"))
            .foreign_key(&mut cascade("permission_grants", "user_id", "users"))
            .take();
        manager.create_table(table.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("permission_grants").if_exists().take()).await
    }
}
