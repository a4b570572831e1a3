//! Files that no release names: left behind when the platform was killed between writing a file and the transaction
//! that would have named it, or replaced in development. They open for nobody; sweeping gives their room back.

use std::collections::HashSet;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::model::release;
use super::service::Registry;
use crate::problem::Problem;

/// A younger file may belong to an upload that another node is about to commit.
const YOUNGEST_SECONDS: i64 = 60 * 60;
/// Databases cap the number of parameters of a statement.
const AT_ONCE: usize = 500;

impl Registry<'_> {
    /// Deletes such files; gives their number.
    pub(crate) async fn sweep(&self) -> Result<usize, Problem> {
        let mut swept = 0;
        for (folder, column) in [("sealed", release::Column::SealedDigest), ("icons", release::Column::IconDigest)] {
            // Real time, as the store keeps it, not the platform's clock.
            let before = time::OffsetDateTime::now_utc().unix_timestamp() - YOUNGEST_SECONDS;
            let names = self.0.blobs.older_than(folder, before).await?;
            for part in names.chunks(AT_ONCE) {
                swept += self.sweep_part(folder, column, part).await?;
            }
        }
        if swept > 0 {
            tracing::info!(blobs.swept = swept, "files without a release were removed");
        }
        Ok(swept)
    }

    async fn sweep_part(&self, folder: &str, column: release::Column, digests: &[String]) -> Result<usize, Problem> {
        let named: HashSet<String> = release::Entity::find()
            .select_only()
            .column(column)
            .filter(column.is_in(digests))
            .into_tuple()
            .all(self.0.database.read())
            .await?
            .into_iter()
            .collect();
        let mut swept = 0;
        for digest in digests.iter().filter(|digest| !named.contains(*digest)) {
            self.0.blobs.delete(&format!("{folder}/{digest}")).await?;
            swept += 1;
        }
        Ok(swept)
    }
}
