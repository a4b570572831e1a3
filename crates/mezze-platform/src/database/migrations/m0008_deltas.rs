//! Updates between two packages.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary_null, string, string_null};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_deltas"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("deltas")
            .col(string("from_digest"))
            .col(string("to_digest"))
            .col(string_null("sealed_digest"))
            .col(big_integer_null("sealed_size"))
            .col(binary_null("wrapped_content_key"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("from_digest").col("to_digest"))
            .take();
        manager.create_table(table).await?;
        let sealed = Index::create().name("deltas_sealed").table("deltas").col("sealed_digest").take();
        manager.create_index(sealed).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("deltas").if_exists().take()).await
    }
}
