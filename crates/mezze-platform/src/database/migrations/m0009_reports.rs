//! Users' reports of abuse, and what publishers were told for them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text, text_null};

use super::cascade;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_reports"
    }
}

const TABLES: [&str; 2] = ["abuse_reports", "publisher_warnings"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [reports(), warnings()] {
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
        Ok(())
    }
}

fn reports() -> TableCreateStatement {
    Table::create()
        .table("abuse_reports")
        .col(string("id").primary_key())
        // No reference to app or version: a report outlives what it is about.
        .col(string("app_id"))
        .col(string("version"))
        .col(string("page"))
        .col(string("reason"))
        .col(text("text"))
        .col(text_null("contact"))
        .col(string("reporter_id"))
        .col(string("state"))
        .col(string_null("handler_id"))
        .col(big_integer_null("taken_at"))
        .col(string_null("outcome"))
        .col(text_null("note"))
        .col(text_null("answer"))
        .col(big_integer_null("resolved_at"))
        .col(big_integer("created_at"))
        .col(big_integer("revision").default(0))
        .foreign_key(&mut cascade("abuse_reports", "reporter_id", "users"))
        .take()
}

fn warnings() -> TableCreateStatement {
    Table::create()
        .table("publisher_warnings")
        .col(string("id").primary_key())
        .col(string("app_id"))
        .col(string("report_id"))
        .col(string("reason"))
        .col(text("text"))
        .col(string("created_by"))
        .col(big_integer("created_at"))
        .foreign_key(&mut cascade("publisher_warnings", "report_id", "abuse_reports"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name, table, first, second| Index::create().name(name).table(table).col(first).col(second).take();
    vec![
        index("abuse_reports_state", "abuse_reports", "state", "created_at"),
        index("abuse_reports_app", "abuse_reports", "app_id", "created_at"),
        index("abuse_reports_reporter", "abuse_reports", "reporter_id", "created_at"),
        index("publisher_warnings_app", "publisher_warnings", "app_id", "created_at"),
    ]
}
