//! Accounts, devices, and mini apps with their releases.
//!
//! Times are seconds since 1970, digests lower-case hex.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary, binary_null, string, string_null, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [users(), sessions(), access_tokens(), devices(), apps(), releases()] {
            manager.create_table(table.take()).await?;
        }
        for mut index in indexes() {
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["releases", "apps", "devices", "access_tokens", "sessions", "users"] {
            manager.drop_table(Table::drop().table(table).if_exists().take()).await?;
        }
        Ok(())
    }
}

fn users() -> TableCreateStatement {
    Table::create()
        .table("users")
        .col(string("id").primary_key())
        .col(string("login").unique_key())
        .col(string("name"))
        .col(string("role"))
        .col(string("avatar_color"))
        .col(string("mark"))
        .col(text("password_hash").null())
        .col(big_integer("created_at"))
        .take()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(string("token_digest").primary_key())
        .col(string("user_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(
            ForeignKey::create().from("sessions", "user_id").to("users", "id").on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn access_tokens() -> TableCreateStatement {
    Table::create()
        .table("access_tokens")
        .col(string("token_digest").primary_key())
        .col(string("user_id"))
        .col(string("label"))
        .col(big_integer("created_at"))
        .foreign_key(
            ForeignKey::create()
                .from("access_tokens", "user_id")
                .to("users", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn devices() -> TableCreateStatement {
    Table::create()
        .table("devices")
        .col(string("id").primary_key())
        .col(string("user_id"))
        .col(binary("public_key"))
        .col(big_integer("created_at"))
        .foreign_key(
            ForeignKey::create().from("devices", "user_id").to("users", "id").on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn apps() -> TableCreateStatement {
    Table::create()
        .table("apps")
        .col(string("id").primary_key())
        .col(string("developer_key"))
        .col(string_null("publisher_id"))
        .col(string_null("current_release_id"))
        .col(big_integer("created_at"))
        .take()
}

fn releases() -> TableCreateStatement {
    Table::create()
        .table("releases")
        .col(string("id").primary_key())
        .col(string("app_id"))
        .col(string("version"))
        .col(big_integer("version_code"))
        .col(string("state"))
        .col(string("submitted_digest"))
        .col(string_null("package_digest"))
        .col(string_null("platform_key"))
        .col(string_null("sealed_digest"))
        .col(big_integer_null("sealed_size"))
        .col(binary_null("wrapped_content_key"))
        .col(string("name"))
        .col(text("description"))
        .col(string_null("category"))
        .col(string_null("icon_digest"))
        .col(string_null("icon_media_type"))
        .col(text("origins"))
        .col(text("manifest"))
        .col(string_null("state_reason"))
        .col(big_integer("created_at"))
        .col(big_integer_null("released_at"))
        .foreign_key(
            ForeignKey::create().from("releases", "app_id").to("apps", "id").on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn indexes() -> [IndexCreateStatement; 5] {
    [
        Index::create().name("sessions_user").table("sessions").col("user_id").take(),
        Index::create().name("sessions_expiry").table("sessions").col("expires_at").take(),
        Index::create().name("devices_user_key").table("devices").col("user_id").col("public_key").unique().take(),
        Index::create().name("releases_app_version").table("releases").col("app_id").col("version").unique().take(),
        Index::create().name("releases_sealed").table("releases").col("sealed_digest").take(),
    ]
}
