//! The tables, one migration a step. A migration that was released is never changed again.

mod m0001_first;
mod m0002_identity;
mod m0006_grants;
mod m0007_log;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0006_grants::Migration),
            Box::new(m0007_log::Migration),
        ]
    }
}
