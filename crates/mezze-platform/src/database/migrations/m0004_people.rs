//! People: organisations with roles, the operator's staff, invitations, scoped tokens, sessions with their devices,
//! recovery codes, passkeys, and what keeps guessing slow.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, string_null, text, text_null};

use super::{add_columns, cascade, drop_columns};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_people"
    }
}

const TABLES: [&str; 8] =
    ["organisations", "memberships", "staff", "invitations", "recovery_codes", "passkeys", "ceremonies", "attempts"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, columns()).await?;
        for mut table in organisations().into_iter().chain(ways_in()) {
            manager.create_table(table.take()).await?;
        }
        for mut index in indexes() {
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).if_exists().take()).await?;
        }
        drop_columns(manager, columns()).await
    }
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("sessions", string_null("id").take()),
        ("sessions", string_null("user_agent").take()),
        ("sessions", big_integer_null("last_used_at").take()),
        ("access_tokens", string_null("id").take()),
        // Scopes, separated by spaces; none: all that the user may do.
        ("access_tokens", text_null("scopes").take()),
        ("access_tokens", big_integer_null("expires_at").take()),
        ("access_tokens", big_integer_null("last_used_at").take()),
        ("apps", string_null("organisation_id").take()),
    ]
}

fn organisations() -> Vec<TableCreateStatement> {
    let organisations = Table::create()
        .table("organisations")
        .col(string("id").primary_key())
        .col(string("name"))
        .col(string("name_skeleton"))
        .col(string_null("website"))
        .col(string("verification"))
        .col(string_null("verified_domain"))
        .col(big_integer_null("verified_at"))
        .col(big_integer("revision").default(0))
        .col(big_integer("created_at"))
        .take();
    let memberships = Table::create()
        .table("memberships")
        .col(string("organisation_id"))
        .col(string("user_id"))
        .col(string("role"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("organisation_id").col("user_id"))
        .foreign_key(&mut cascade("memberships", "organisation_id", "organisations"))
        .foreign_key(&mut cascade("memberships", "user_id", "users"))
        .take();
    let staff = Table::create()
        .table("staff")
        .col(string("user_id"))
        .col(string("role"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("user_id").col("role"))
        .foreign_key(&mut cascade("staff", "user_id", "users"))
        .take();
    let invitations = Table::create()
        .table("invitations")
        .col(string("id").primary_key())
        .col(string("code_digest").unique_key())
        // None: to the operator's staff.
        .col(string_null("organisation_id"))
        .col(string("role"))
        .col(string("label"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(string_null("accepted_by"))
        .col(big_integer_null("accepted_at"))
        .foreign_key(&mut cascade("invitations", "organisation_id", "organisations"))
        .take();
    vec![organisations, memberships, staff, invitations]
}

fn ways_in() -> Vec<TableCreateStatement> {
    let codes = Table::create()
        .table("recovery_codes")
        .col(string("code_digest").primary_key())
        .col(string("user_id"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("recovery_codes", "user_id", "users"))
        .take();
    let passkeys = Table::create()
        .table("passkeys")
        .col(string("id").primary_key())
        .col(string("user_id"))
        .col(string("name"))
        .col(string("algorithm"))
        .col(text("public_key"))
        .col(big_integer("sign_count"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut cascade("passkeys", "user_id", "users"))
        .take();
    let ceremonies = Table::create()
        .table("ceremonies")
        .col(string("challenge_digest").primary_key())
        .col(string("purpose"))
        .col(string_null("user_id"))
        .col(big_integer("expires_at"))
        .take();
    let attempts = Table::create()
        .table("attempts")
        .col(string("bucket").primary_key())
        .col(integer("used"))
        .col(big_integer("window_start"))
        .take();
    vec![codes, passkeys, ceremonies, attempts]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("memberships_user").table("memberships").col("user_id").take(),
        Index::create().name("sessions_id").table("sessions").col("id").unique().take(),
        Index::create().name("access_tokens_id").table("access_tokens").col("id").unique().take(),
        Index::create().name("access_tokens_user").table("access_tokens").col("user_id").take(),
        Index::create().name("passkeys_user").table("passkeys").col("user_id").take(),
        Index::create().name("recovery_codes_user").table("recovery_codes").col("user_id").take(),
        Index::create().name("apps_organisation").table("apps").col("organisation_id").take(),
        Index::create().name("organisations_skeleton").table("organisations").col("name_skeleton").take(),
    ]
}
