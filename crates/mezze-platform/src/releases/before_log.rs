//! Releases from before the platform had a public log: told of when it starts, so that hosts find their proof.
//!
//! Each is entered as often as it took place, an app's oldest first, with the keys that its developer had then; what was
//! withdrawn since, with its withdrawal. It may be broken off and done again: what the log knows is passed over, and a
//! mini app is one transaction. Nothing is told of what users never had.

use std::collections::{BTreeMap, HashSet};

use mezze_model::AppId;
use mezze_package::log::LogEntry;
use mezze_package::{FileListing, Package, PublicKey};
use sea_orm::sea_query::{ExprTrait as _, Query};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::logged::{Told, names, release_entry, time, told_by_trail, withdrawal_of};
use crate::audit_trail::{Act, Who, record};
use crate::database::WriteStop;
use crate::log;
use crate::problem::Problem;
use crate::registry::model::{app, app_key, release, release_listing};
use crate::registry::{Registry, Release, ReleaseState, off_thread};
use crate::state::Services;

/// The act in the audit trail.
pub(crate) const ACTION: &str = "release.log";

/// One release, and the entries that are owed to it.
struct Owed {
    row: Release,
    developer: PublicKey,
    told: Told,
    /// Acts that the trail does not know, because it began later.
    untrailed: usize,
    entries: Vec<LogEntry>,
    /// Its list of files, where none was kept yet.
    listing: Option<String>,
}

/// Tells the log of everything that users had before it; gives the number of releases.
pub(crate) async fn tell_of_earlier_releases(services: &Services) -> Result<usize, Problem> {
    if !services.keeps_trail() {
        return Ok(0);
    }
    let mut told = 0;
    for (app_id, rows) in untold(services).await? {
        let mut owed = Vec::new();
        for row in rows {
            let name = format!("{app_id} {}", row.version);
            match owed_to(services, row).await {
                Ok(found) => owed.extend(found),
                // One damaged package keeps no other from being told of.
                Err(problem) => {
                    tracing::warn!(release.name = name, problem.detail = problem.detail, "a release is not in the log");
                }
            }
        }
        told += tell(services, &app_id, owed).await?;
    }
    if told > 0 {
        tracing::info!(log.releases = told, "releases from before the public log are in it now");
    }
    Ok(told)
}

/// Countersigned releases that the log does not know, by mini app, in the order in which users had them.
async fn untold(services: &Services) -> Result<BTreeMap<String, Vec<Release>>, Problem> {
    let known = Query::select()
        .column(log::model::log_entry::Column::PackageDigest)
        .from(log::model::log_entry::Entity)
        .and_where(log::model::log_entry::Column::PackageDigest.is_not_null())
        .take();
    let states = [ReleaseState::Staged, ReleaseState::Released, ReleaseState::Superseded, ReleaseState::Withdrawn];
    let rows = release::Entity::find()
        .filter(release::Column::State.is_in(states))
        .filter(release::Column::PackageDigest.is_not_null())
        .filter(release::Column::PackageDigest.into_expr().not_in_subquery(known))
        .all(services.database.read())
        .await?;
    let mut by_app: BTreeMap<String, Vec<Release>> = BTreeMap::new();
    for row in rows {
        by_app.entry(row.app_id.clone()).or_default().push(row);
    }
    for rows in by_app.values_mut() {
        // Hosts take no release whose entry stands before the one of the release that they have.
        rows.sort_by_key(|row| (rank(row.state), row.released_at, row.version_code));
    }
    Ok(by_app)
}

fn rank(state: ReleaseState) -> u8 {
    match state {
        ReleaseState::Released => 1,
        ReleaseState::Staged => 2,
        _ => 0,
    }
}

async fn owed_to(services: &Services, row: Release) -> Result<Option<Owed>, Problem> {
    let trail = told_by_trail(services.database.read(), &row.id).await?;
    let was_had = row.released_at.is_some() || matches!(row.state, ReleaseState::Released | ReleaseState::Staged);
    let untrailed = usize::from(trail.released == 0 && was_had);
    let told = Told { released: trail.released + untrailed, withdrawn: trail.withdrawn };
    if told.released == 0 {
        return Ok(None);
    }
    let app = app::Entity::find_by_id(&row.app_id).one(services.database.read()).await?;
    let key = row.developer_key.clone().or_else(|| app.map(|app| app.developer_key)).unwrap_or_default();
    let damaged = |what: &str| Problem::internal("tell the public log of an earlier release", &what);
    let developer: PublicKey = key.parse().map_err(|_| damaged("its developer's key is none"))?;
    let (files, listing) = files_of(services, &row).await?;
    let now = services.now();
    let release = release_entry(&row, developer, &files, now)?;
    let mut entries = vec![release; told.released];
    if row.state == ReleaseState::Withdrawn {
        entries.push(withdrawal_of(&row, row.state_reason.as_deref().unwrap_or_default(), now)?);
    }
    Ok(Some(Owed { row, developer, told, untrailed, entries, listing }))
}

/// From before the platform kept lists, the list is read from the package, and given as it is to be kept.
async fn files_of(services: &Services, row: &Release) -> Result<(FileListing, Option<String>), Problem> {
    let damaged = |cause: &dyn std::fmt::Display| Problem::internal("read an earlier release", cause);
    if let Some(kept) = release_listing::Entity::find_by_id(&row.id).one(services.database.read()).await? {
        return Ok((serde_json::from_str(&kept.files).map_err(|cause| damaged(&cause))?, None));
    }
    let (Some(sealed), Some(wrapped)) = (&row.sealed_digest, &row.wrapped_content_key) else {
        return Err(damaged(&"it has no file"));
    };
    let bytes = Registry(services).unsealed(sealed, wrapped, &row.id).await?;
    let limits = services.options.limits.package.clone();
    let files = off_thread(move || {
        let package = Package::read(&bytes, &limits);
        package.map(|package| package.listing()).map_err(|cause| Problem::internal("read an earlier release", &cause))
    });
    let files = files.await?;
    let text = serde_json::to_string(&files).map_err(|cause| damaged(&cause))?;
    Ok((files, Some(text)))
}

async fn tell(services: &Services, app_id: &str, owed: Vec<Owed>) -> Result<usize, Problem> {
    let now = services.now();
    services
        .database
        .write_borrowing(|transaction, _| {
            let owed = &owed;
            Box::pin(async move { tell_at_once(transaction, app_id, owed, now).await })
        })
        .await
}

/// Another node may have been first: what the log knows by now is passed over.
async fn tell_at_once(
    transaction: &DatabaseTransaction,
    app_id: &str,
    owed: &[Owed],
    now: i64,
) -> Result<usize, WriteStop> {
    let app = AppId::parse(app_id).map_err(|cause| Problem::internal("write the public log", &cause))?;
    let mut ring = KeyRing::of(transaction, &app, now).await?;
    let mut told = 0;
    for Owed { row, developer, entries, untrailed, told: counts, listing } in owed {
        if log::tells_of(transaction, &names(row)?.package_digest.to_string()).await? {
            continue;
        }
        if let Some(files) = listing {
            let row = release_listing::Model { release_id: row.id.clone(), files: files.clone() };
            let row = release_listing::ActiveModel::from(row);
            release_listing::Entity::insert(row).exec_without_returning(transaction).await?;
        }
        ring.bring(transaction, developer).await?;
        for entry in entries {
            log::append(transaction, entry).await?;
        }
        let act = Act {
            who: &Who::Machine("log"),
            action: ACTION,
            subject_kind: "release",
            subject_id: &row.id,
            app_id: Some(app_id),
            organisation_id: None,
            details: json!({"version": row.version, "entries": counts.released, "untrailed": untrailed}),
        };
        record(transaction, now, act).await?;
        told += 1;
    }
    ring.close(transaction).await?;
    Ok(told)
}

/// The keys that the log knows of a mini app: auditors refuse a release by a key that it does not know.
struct KeyRing<'a> {
    app: &'a AppId,
    is_first: bool,
    known: HashSet<PublicKey>,
    brought: Vec<PublicKey>,
    now: i64,
}

impl<'a> KeyRing<'a> {
    async fn of(transaction: &DatabaseTransaction, app: &'a AppId, now: i64) -> Result<Self, WriteStop> {
        let told = log::told_of(transaction, app).await?;
        let mut known = HashSet::new();
        for entry in &told {
            match entry {
                LogEntry::Release { developer, .. } | LogEntry::Key { developer, .. } => {
                    known.insert(*developer);
                }
                LogEntry::KeyRevocation { developer, .. } => {
                    known.remove(developer);
                }
                LogEntry::Withdrawal { .. } => {}
            }
        }
        Ok(Self { app, is_first: told.is_empty(), known, brought: Vec::new(), now })
    }

    /// An app's first release brings its key; any other is announced before.
    async fn bring(&mut self, transaction: &DatabaseTransaction, developer: &PublicKey) -> Result<(), WriteStop> {
        let is_first = std::mem::take(&mut self.is_first);
        if !self.known.insert(*developer) {
            return Ok(());
        }
        self.brought.push(*developer);
        if !is_first {
            let row = self.kept(transaction, developer).await?;
            let vouched = match row {
                Some(row) if row.vouched_by_key.is_some() => "rotation",
                Some(row) if row.vouched_by_user.is_some() => "operator",
                _ => "first",
            };
            let (app_id, time) = (self.app.clone(), time(self.now));
            let entry = LogEntry::Key { app_id, developer: *developer, time, vouched: vouched.to_owned() };
            log::append(transaction, &entry).await?;
        }
        Ok(())
    }

    /// What does not count any more did not become good by being told of.
    async fn close(self, transaction: &DatabaseTransaction) -> Result<(), WriteStop> {
        for developer in &self.brought {
            if self.kept(transaction, developer).await?.is_some_and(|row| row.state == "revoked") {
                let (app_id, time) = (self.app.clone(), time(self.now));
                log::append(transaction, &LogEntry::KeyRevocation { app_id, developer: *developer, time }).await?;
            }
        }
        Ok(())
    }

    async fn kept(
        &self,
        transaction: &DatabaseTransaction,
        developer: &PublicKey,
    ) -> Result<Option<app_key::Model>, WriteStop> {
        let key = (self.app.as_str().to_owned(), developer.to_string());
        Ok(app_key::Entity::find_by_id(key).one(transaction).await?)
    }
}

#[cfg(test)]
mod tests;
