//! Files that no row names: left behind when the platform was killed between writing a file and the transaction that
//! would have named it, or replaced. They open for nobody; sweeping gives their room back.

use std::collections::HashSet;

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter as _, QuerySelect as _};

use super::model::{release, trial_build};
use super::service::Registry;
use crate::delivery::delta;
use crate::organisations::model::document;
use crate::problem::Problem;
use crate::uploads::model::upload_part;

/// A younger file may belong to an upload that another node is about to commit.
const YOUNGEST_SECONDS: i64 = 60 * 60;
/// Databases cap the number of parameters of a statement.
const AT_ONCE: usize = 500;
const FOLDERS: [&str; 5] = ["sealed", "icons", "uploads", "documents", "deltas"];
/// Packages of which none is named: more likely the database of another platform than a row of kills.
const STRANGE: usize = 20;

impl Registry<'_> {
    /// Deletes such files; gives their number.
    pub(crate) async fn sweep(&self) -> Result<usize, Problem> {
        // Real time, as the store keeps it, not the platform's clock.
        let before = time::OffsetDateTime::now_utc().unix_timestamp() - YOUNGEST_SECONDS;
        self.sweep_where(|written| written < before).await
    }

    /// What a killed node left a moment ago, before this one takes anything in; only where it is alone. What is older is
    /// swept beside the requests.
    pub(crate) async fn sweep_at_start(&self) -> Result<usize, Problem> {
        let after = time::OffsetDateTime::now_utc().unix_timestamp() - 2 * YOUNGEST_SECONDS;
        if self.0.blobs.is_alone() { self.sweep_where(|written| written >= after).await } else { Ok(0) }
    }

    async fn sweep_where(&self, wanted: impl Fn(i64) -> bool) -> Result<usize, Problem> {
        let mut swept = 0;
        for folder in FOLDERS {
            let listed = self.0.blobs.list(folder).await?;
            let names: Vec<String> =
                listed.into_iter().filter(|(_, written)| wanted(*written)).map(|(name, _)| name).collect();
            let mut unnamed = Vec::new();
            for part in names.chunks(AT_ONCE) {
                let named = self.named(folder, part).await?;
                unnamed.extend(part.iter().filter(|name| !named.contains(*name)));
            }
            if folder == "sealed" && unnamed.len() == names.len() && unnamed.len() > STRANGE {
                tracing::warn!(blobs.unnamed = unnamed.len(), "no package here is in the database: nothing is removed");
                return Ok(swept);
            }
            for name in unnamed {
                self.0.blobs.delete(&format!("{folder}/{name}")).await?;
                swept += 1;
            }
        }
        if swept > 0 {
            tracing::info!(blobs.swept = swept, "files that nothing names were removed");
        }
        Ok(swept)
    }

    /// Which of these files a row names.
    async fn named(&self, folder: &str, names: &[String]) -> Result<HashSet<String>, DbErr> {
        let mut named = HashSet::new();
        match folder {
            "sealed" => {
                named.extend(self.values::<release::Entity>(release::Column::SealedDigest, names).await?);
                named.extend(self.values::<trial_build::Entity>(trial_build::Column::SealedDigest, names).await?);
            }
            "icons" => named.extend(self.values::<release::Entity>(release::Column::IconDigest, names).await?),
            "uploads" => named.extend(self.values::<upload_part::Entity>(upload_part::Column::Blob, names).await?),
            "deltas" => named.extend(self.values::<delta::Entity>(delta::Column::SealedDigest, names).await?),
            _ => named.extend(self.values::<document::Entity>(document::Column::Blob, names).await?),
        }
        Ok(named)
    }

    async fn values<E: EntityTrait>(&self, column: E::Column, names: &[String]) -> Result<Vec<String>, DbErr> {
        let among: SimpleExpr = column.is_in(names);
        E::find().select_only().column(column).filter(among).into_tuple().all(self.0.database.read()).await
    }
}
