//! After the master key was replaced: what is wrapped under the one before is wrapped under the current one.
//!
//! Runs beside the requests and may be killed and run again: each row is changed only if it is still what was read.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::content_key::{is_under_current, unwrap_content_key, wrap_content_key};
use super::model::{release, trial_build};
use super::service::Registry;
use super::trial::trial_subject;
use crate::delivery::{delta, delta_subject};
use crate::problem::Problem;
use crate::uploads::Uploads;

/// A wrapped key, and what it is bound to.
struct Kept {
    table: Table,
    id: String,
    /// Of an update: the package that it leads to.
    to: String,
    wrapped: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Table {
    Releases,
    TrialBuilds,
    Deltas,
}

impl Kept {
    fn subject(&self) -> String {
        match self.table {
            Table::Releases => self.id.clone(),
            Table::TrialBuilds => trial_subject(&self.id),
            Table::Deltas => delta_subject(&self.id, &self.to),
        }
    }
}

impl Registry<'_> {
    /// Wraps again what is under the older key; gives how much that was.
    pub(crate) async fn rewrap(&self) -> Result<usize, Problem> {
        let services = self.0;
        if services.keys.content_keys.older.is_none() {
            return Ok(0);
        }
        let mut rewrapped = 0;
        for kept in self.under_older_key().await? {
            let (master, subject) = (&services.keys.content_keys, kept.subject());
            let key = unwrap_content_key(master, &subject, &kept.wrapped)?;
            let fresh = wrap_content_key(master, &subject, &key, services.randomness())?;
            rewrapped += usize::from(self.replace(&kept, &fresh).await?);
        }
        if rewrapped > 0 {
            tracing::info!(keys.rewrapped = rewrapped, "content keys are under the new master key");
        }
        Ok(rewrapped)
    }

    /// How many things still need the older key: content keys, and parts of uploads, which end by themselves.
    pub(crate) async fn needs_older_key(&self) -> Result<usize, Problem> {
        Ok(self.under_older_key().await?.len() + Uploads(self.0).parts_under_older_key().await?)
    }

    async fn under_older_key(&self) -> Result<Vec<Kept>, Problem> {
        let mut all = self.kept().await?;
        let master = &self.0.keys.content_keys;
        all.retain(|kept| !is_under_current(master, &kept.subject(), &kept.wrapped));
        Ok(all)
    }

    async fn kept(&self) -> Result<Vec<Kept>, Problem> {
        let database = self.0.database.read();
        let releases: Vec<(String, Option<Vec<u8>>)> = release::Entity::find()
            .select_only()
            .columns([release::Column::Id, release::Column::WrappedContentKey])
            .into_tuple()
            .all(database)
            .await?;
        let builds: Vec<(String, Option<Vec<u8>>)> = trial_build::Entity::find()
            .select_only()
            .columns([trial_build::Column::ReleaseId, trial_build::Column::WrappedContentKey])
            .into_tuple()
            .all(database)
            .await?;
        let deltas: Vec<(String, String, Option<Vec<u8>>)> = delta::Entity::find()
            .select_only()
            .columns([delta::Column::FromDigest, delta::Column::ToDigest, delta::Column::WrappedContentKey])
            .into_tuple()
            .all(database)
            .await?;
        let kept = |table, id, to, wrapped: Option<Vec<u8>>| wrapped.map(|wrapped| Kept { table, id, to, wrapped });
        let releases = releases.into_iter().filter_map(|(id, key)| kept(Table::Releases, id, String::new(), key));
        let builds = builds.into_iter().filter_map(|(id, key)| kept(Table::TrialBuilds, id, String::new(), key));
        let deltas = deltas.into_iter().filter_map(|(from, to, key)| kept(Table::Deltas, from, to, key));
        Ok(releases.chain(builds).chain(deltas).collect())
    }

    async fn replace(&self, kept: &Kept, fresh: &[u8]) -> Result<bool, Problem> {
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let (old, fresh) = (kept.wrapped.clone(), Expr::value(fresh.to_vec()));
                    let changed = match kept.table {
                        Table::Releases => {
                            release::Entity::update_many()
                                .col_expr(release::Column::WrappedContentKey, fresh)
                                .filter(release::Column::Id.eq(&kept.id))
                                .filter(release::Column::WrappedContentKey.eq(old))
                                .exec(transaction)
                                .await?
                        }
                        Table::TrialBuilds => {
                            trial_build::Entity::update_many()
                                .col_expr(trial_build::Column::WrappedContentKey, fresh)
                                .filter(trial_build::Column::ReleaseId.eq(&kept.id))
                                .filter(trial_build::Column::WrappedContentKey.eq(old))
                                .exec(transaction)
                                .await?
                        }
                        Table::Deltas => {
                            delta::Entity::update_many()
                                .col_expr(delta::Column::WrappedContentKey, fresh)
                                .filter(delta::Column::FromDigest.eq(&kept.id))
                                .filter(delta::Column::ToDigest.eq(&kept.to))
                                .filter(delta::Column::WrappedContentKey.eq(old))
                                .exec(transaction)
                                .await?
                        }
                    };
                    Ok(changed.rows_affected > 0)
                })
            })
            .await
    }
}
