//! Signing in to mini apps: codes, secrets of apps, sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

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
        .foreign_key(&mut of_app("login_codes"))
        .foreign_key(&mut of_user("login_codes"))
        .take()
}

fn app_secrets() -> TableCreateStatement {
    Table::create()
        .table("app_secrets")
        .col(string("app_id").primary_key())
        .col(string("secret_digest"))
        .col(big_integer("created_at"))
        .foreign_key(&mut of_app("app_secrets"))
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
        .foreign_key(&mut of_app("app_sessions"))
        .foreign_key(&mut of_user("app_sessions"))
        .take()
}

fn of_app(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "app_id").to("apps", "id").on_delete(ForeignKeyAction::Cascade).take()
}

fn of_user(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "user_id").to("users", "id").on_delete(ForeignKeyAction::Cascade).take()
}
