//! The tables, one migration a step. A migration that was released is never changed again.

mod m0001_first;
mod m0002_identity;
mod m0003_release_life;
mod m0004_people;
mod m0005_publishers;
mod m0006_grants;
mod m0007_log;
mod m0008_deltas;
mod m0009_reports;
mod m0010_vouches;
mod m0011_known_keys;

#[cfg(test)]
mod tests;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0003_release_life::Migration),
            Box::new(m0004_people::Migration),
            Box::new(m0005_publishers::Migration),
            Box::new(m0006_grants::Migration),
            Box::new(m0007_log::Migration),
            Box::new(m0008_deltas::Migration),
            Box::new(m0009_reports::Migration),
            Box::new(m0010_vouches::Migration),
            Box::new(m0011_known_keys::Migration),
        ]
    }
}

/// Adds columns to tables that are there, one at a time, as SQLite wants it.
async fn add_columns(manager: &SchemaManager<'_>, columns: Vec<(&'static str, ColumnDef)>) -> Result<(), DbErr> {
    for (table, column) in columns {
        manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
    }
    Ok(())
}

async fn drop_columns(manager: &SchemaManager<'_>, columns: Vec<(&'static str, ColumnDef)>) -> Result<(), DbErr> {
    for (table, column) in columns {
        manager.alter_table(Table::alter().table(table).drop_column(column.get_column_name()).take()).await?;
    }
    Ok(())
}

/// A row goes with the one that it belongs to.
fn cascade(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).take()
}
