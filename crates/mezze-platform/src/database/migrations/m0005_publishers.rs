//! Mini apps before their first release: a reserved id and name, their signing keys, and who stands behind them.
//!
//! Every mini app that was there before keeps the one key that it was bound to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text_null};

use super::{add_columns, cascade, drop_columns};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_publishers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, columns()).await?;
        for mut table in tables() {
            manager.create_table(table.take()).await?;
        }
        for statement in [
            "INSERT INTO app_keys (app_id, public_key, state, label, created_at) \
             SELECT id, developer_key, 'active', 'first', created_at FROM apps WHERE developer_key <> ''",
            "UPDATE apps SET name = (SELECT name FROM releases WHERE releases.id = apps.current_release_id) \
             WHERE current_release_id IS NOT NULL",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        for mut index in [
            Index::create().name("apps_skeleton").table("apps").col("name_skeleton").take(),
            Index::create()
                .name("publisher_documents_owner")
                .table("publisher_documents")
                .col("organisation_id")
                .take(),
        ] {
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["publisher_documents", "domain_challenges", "app_keys"] {
            manager.drop_table(Table::drop().table(table).if_exists().take()).await?;
        }
        drop_columns(manager, columns()).await
    }
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("apps", string_null("name").take()),
        // What the name looks like (Unicode TR 39); filled when the platform starts where it is missing.
        ("apps", string_null("name_skeleton").take()),
        ("apps", string_null("category").take()),
        ("apps", text_null("description").take()),
        // 64 bits of the picture's gradients, hex.
        ("apps", string_null("icon_hash").take()),
        ("apps", string_null("created_by").take()),
    ]
}

fn tables() -> Vec<TableCreateStatement> {
    let keys = Table::create()
        .table("app_keys")
        .col(string("app_id"))
        .col(string("public_key"))
        .col(string("state"))
        .col(string("label"))
        .col(string_null("vouched_by_key"))
        .col(string_null("vouched_by_user"))
        .col(big_integer("created_at"))
        .col(big_integer_null("revoked_at"))
        .col(text_null("revoked_reason"))
        .primary_key(Index::create().col("app_id").col("public_key"))
        .foreign_key(&mut cascade("app_keys", "app_id", "apps"))
        .take();
    let challenges = Table::create()
        .table("domain_challenges")
        .col(string("organisation_id"))
        .col(string("domain"))
        .col(string("token"))
        .col(big_integer("created_at"))
        .col(big_integer_null("proved_at"))
        .primary_key(Index::create().col("organisation_id").col("domain"))
        .foreign_key(&mut cascade("domain_challenges", "organisation_id", "organisations"))
        .take();
    let documents = Table::create()
        .table("publisher_documents")
        .col(string("id").primary_key())
        .col(string("organisation_id"))
        .col(string("name"))
        .col(string("media_type"))
        .col(big_integer("size"))
        .col(string("blob"))
        .col(string("added_by"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("publisher_documents", "organisation_id", "organisations"))
        .take();
    vec![keys, challenges, documents]
}
