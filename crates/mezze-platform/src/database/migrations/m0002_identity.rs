//! Signing in to mini apps: codes, secrets of apps, sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

use super::cascade;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_identity"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [login_codes(), app_secrets(), app_sessions()] {
            manager.create_table(table.take()).await?;
        }
        let expiry = Index::create().name("login_codes_expiry").table("login_codes").col("expires_at").take();
        manager.create_index(expiry).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["app_sessions", "app_secrets", "login_codes"] {
            manager.drop_table(Table::drop().table(table).if_exists().take()).await?;
        }
        Ok(())
    }
}

fn login_codes() -> TableCreateStatement {
    Table::create()
        .table("login_codes")
        .col(string("code_digest").primary_key())
        .col(string("app_id"))
        .col(string("user_id"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut cascade("login_codes", "app_id", "apps"))
        .foreign_key(&mut cascade("login_codes", "user_id", "users"))
        .take()
}

fn app_secrets() -> TableCreateStatement {
    Table::create()
        .table("app_secrets")
        .col(string("app_id").primary_key())
        .col(string("secret_digest"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("app_secrets", "app_id", "apps"))
        .take()
}

fn app_sessions() -> TableCreateStatement {
    Table::create()
        .table("app_sessions")
        .col(string("app_id"))
        .col(string("user_id"))
        .col(string("salt"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("app_id").col("user_id"))
        .foreign_key(&mut cascade("app_sessions", "app_id", "apps"))
        .foreign_key(&mut cascade("app_sessions", "user_id", "users"))
        .take()
}
