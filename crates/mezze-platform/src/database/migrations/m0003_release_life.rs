//! The life of a release: uploads, checks, review, staged release, withdrawal; jobs and the audit trail.
//!
//! Releases that were there before are either the current one of their mini app or superseded by it, and were all
//! signed with the key that their mini app belongs to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, integer, integer_null, string, string_null, text, text_null,
};

use super::{add_columns, cascade, drop_columns};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_release_life"
    }
}

const TABLES: [&str; 12] = [
    "uploads",
    "upload_parts",
    "release_listings",
    "check_reports",
    "jobs",
    "audit_entries",
    "review_claims",
    "review_comments",
    "trial_builds",
    "testers",
    "test_links",
    "revocations",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, columns()).await?;
        for statement in [
            "UPDATE releases SET developer_key = (SELECT developer_key FROM apps WHERE apps.id = releases.app_id)",
            "UPDATE releases SET state = 'superseded' WHERE state = 'released' \
             AND id NOT IN (SELECT current_release_id FROM apps WHERE current_release_id IS NOT NULL)",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        for mut table in uploading().into_iter().chain(working()).chain(reviewing()).chain(delivering()) {
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
        ("releases", big_integer("revision").default(0).take()),
        // The Ed25519 key that this release is signed with.
        ("releases", string_null("developer_key").take()),
        ("releases", string_null("created_by").take()),
        ("releases", text_null("notes").take()),
        ("releases", boolean("submit_when_checked").default(false).take()),
        ("releases", boolean("release_when_approved").default(false).take()),
        ("releases", boolean("forced").default(false).take()),
        // Basis points: 100 are one in a hundred.
        ("releases", integer_null("share").take()),
        ("releases", big_integer_null("scheduled_at").take()),
        ("releases", big_integer_null("submitted_at").take()),
        ("releases", string_null("approved_by").take()),
        ("releases", big_integer_null("withdrawn_at").take()),
        ("releases", big_integer_null("package_size").take()),
        ("apps", string_null("staged_release_id").take()),
        ("apps", big_integer("minimum_version_code").default(0).take()),
        ("apps", big_integer("revision").default(0).take()),
    ]
}

fn uploading() -> Vec<TableCreateStatement> {
    let uploads = Table::create()
        .table("uploads")
        .col(string("id").primary_key())
        .col(string("user_id"))
        .col(string("digest"))
        .col(big_integer("size"))
        .col(big_integer("received"))
        .col(string("state"))
        .col(string_null("release_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut cascade("uploads", "user_id", "users"))
        .take();
    let parts = Table::create()
        .table("upload_parts")
        .col(string("upload_id"))
        .col(big_integer("start"))
        .col(big_integer("size"))
        .col(string("blob"))
        .primary_key(Index::create().col("upload_id").col("start"))
        .foreign_key(&mut cascade("upload_parts", "upload_id", "uploads"))
        .take();
    let listings = Table::create()
        .table("release_listings")
        .col(string("release_id").primary_key())
        .col(text("files"))
        .foreign_key(&mut cascade("release_listings", "release_id", "releases"))
        .take();
    vec![uploads, parts, listings]
}

fn working() -> Vec<TableCreateStatement> {
    let reports = Table::create()
        .table("check_reports")
        .col(string("id").primary_key())
        .col(string("release_id"))
        .col(string("package_digest"))
        .col(string("outcome"))
        .col(text("report"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("check_reports", "release_id", "releases"))
        .take();
    let jobs = Table::create()
        .table("jobs")
        .col(string("id").primary_key())
        .col(string("kind"))
        .col(string("subject"))
        .col(string("state"))
        .col(integer("attempts"))
        .col(big_integer("run_at"))
        .col(big_integer_null("lease_until"))
        .col(string_null("lease_owner"))
        .col(text_null("last_failure"))
        .col(big_integer("created_at"))
        .col(big_integer_null("finished_at"))
        .take();
    let trail = Table::create()
        .table("audit_entries")
        .col(ColumnDef::new("sequence").big_integer().not_null().auto_increment().primary_key())
        .col(big_integer("at"))
        .col(string_null("actor_id"))
        .col(string("actor_name"))
        .col(string_null("token_id"))
        .col(string("action"))
        .col(string("subject_kind"))
        .col(string("subject_id"))
        .col(string_null("app_id"))
        .col(string_null("organisation_id"))
        .col(text("details"))
        .take();
    vec![reports, jobs, trail]
}

fn reviewing() -> Vec<TableCreateStatement> {
    let claims = Table::create()
        .table("review_claims")
        .col(string("release_id").primary_key())
        .col(string("reviewer_id"))
        .col(big_integer("claimed_at"))
        .col(big_integer("lease_until"))
        .col(text("ticked"))
        .foreign_key(&mut cascade("review_claims", "release_id", "releases"))
        .take();
    let comments = Table::create()
        .table("review_comments")
        .col(string("id").primary_key())
        .col(string("release_id"))
        .col(string("author_id"))
        .col(string("side"))
        .col(string("kind"))
        .col(text("text"))
        .col(boolean("internal"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("review_comments", "release_id", "releases"))
        .take();
    vec![claims, comments]
}

fn delivering() -> Vec<TableCreateStatement> {
    let builds = Table::create()
        .table("trial_builds")
        .col(string("release_id").primary_key())
        .col(string("submitted_digest"))
        .col(string("package_digest"))
        .col(string("sealed_digest"))
        .col(big_integer("sealed_size"))
        .col(binary("wrapped_content_key"))
        .col(string("platform_key"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("trial_builds", "release_id", "releases"))
        .take();
    let testers = Table::create()
        .table("testers")
        .col(string("app_id"))
        .col(string("user_id"))
        .col(string("added_by"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("app_id").col("user_id"))
        .foreign_key(&mut cascade("testers", "app_id", "apps"))
        .foreign_key(&mut cascade("testers", "user_id", "users"))
        .take();
    let links = Table::create()
        .table("test_links")
        .col(string("code_digest").primary_key())
        .col(string("app_id"))
        .col(string("label"))
        .col(integer("most_uses"))
        .col(integer("uses"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut cascade("test_links", "app_id", "apps"))
        .take();
    let revocations = Table::create()
        .table("revocations")
        .col(ColumnDef::new("sequence").big_integer().not_null().auto_increment().primary_key())
        .col(string("kind"))
        .col(string("app_id"))
        .col(string_null("version"))
        .col(string_null("package_digest"))
        .col(string_null("developer_key"))
        .col(text("reason"))
        .col(big_integer("at"))
        .take();
    vec![builds, testers, links, revocations]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("uploads_user_digest").table("uploads").col("user_id").col("digest").unique().take(),
        Index::create().name("check_reports_release").table("check_reports").col("release_id").take(),
        Index::create().name("jobs_due").table("jobs").col("state").col("run_at").take(),
        Index::create().name("jobs_subject").table("jobs").col("kind").col("subject").unique().take(),
        Index::create().name("audit_entries_app").table("audit_entries").col("app_id").take(),
        Index::create().name("audit_entries_subject").table("audit_entries").col("subject_id").take(),
        Index::create().name("audit_entries_organisation").table("audit_entries").col("organisation_id").take(),
        Index::create().name("review_comments_release").table("review_comments").col("release_id").take(),
        Index::create().name("trial_builds_sealed").table("trial_builds").col("sealed_digest").take(),
        Index::create().name("releases_state").table("releases").col("state").col("submitted_at").take(),
    ]
}
