//! What the public log is told of a release, in the transaction in which users may have it, or may not any more; and what
//! it should have been told by the audit trail.

use mezze_model::{AppId, Digest, VersionName};
use mezze_package::log::LogEntry;
use mezze_package::{FileListing, PublicKey};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _};

use super::before_log;
use super::machine::Action;
use crate::audit_trail;
use crate::database::WriteStop;
use crate::log;
use crate::problem::Problem;
use crate::registry::model::release_listing;
use crate::registry::{Release, ReleaseState};

/// Tells the log of `action`, if it is one that users notice. Going back releases once more; a share that grows does not.
pub(super) async fn tell_log(
    transaction: &DatabaseTransaction,
    row: &Release,
    from: ReleaseState,
    action: &Action,
    now: i64,
) -> Result<(), WriteStop> {
    let is_told = match &row.package_digest {
        Some(digest) => log::tells_of(transaction, digest).await?,
        None => false,
    };
    let entry = match action {
        Action::Release | Action::Stage { .. } if from == ReleaseState::Approved => {
            release_of(transaction, row, now).await?
        }
        Action::RollBack => release_of(transaction, row, now).await?,
        // One that gave way to a newer one before it was released was never told of.
        Action::Withdraw { reason } if is_told => withdrawal_of(row, reason, now)?,
        _ => return Ok(()),
    };
    log::append(transaction, &entry).await?;
    Ok(())
}

fn damaged(cause: &dyn std::fmt::Display) -> Problem {
    Problem::internal("write the public log", cause)
}

pub(super) fn time(now: i64) -> u64 {
    u64::try_from(now).unwrap_or_default()
}

pub(super) struct Names {
    app_id: AppId,
    version: VersionName,
    pub(super) package_digest: Digest,
}

pub(super) fn names(row: &Release) -> Result<Names, Problem> {
    let digest = row.package_digest.as_deref().ok_or_else(|| damaged(&"the release is not countersigned"))?;
    Ok(Names {
        app_id: AppId::parse(&row.app_id).map_err(|cause| damaged(&cause))?,
        version: VersionName::parse(&row.version).map_err(|cause| damaged(&cause))?,
        package_digest: Digest::parse(digest).map_err(|cause| damaged(&cause))?,
    })
}

async fn release_of(transaction: &DatabaseTransaction, row: &Release, now: i64) -> Result<LogEntry, WriteStop> {
    let listing = release_listing::Entity::find_by_id(&row.id).one(transaction).await?;
    let listing = listing.ok_or_else(|| damaged(&"the release has no list of files"))?;
    let files: FileListing = serde_json::from_str(&listing.files).map_err(|cause| damaged(&cause))?;
    let developer = row.developer_key.as_deref().and_then(|key| key.parse().ok());
    let developer = developer.ok_or_else(|| damaged(&"the developer's key is none"))?;
    Ok(release_entry(row, developer, &files, now)?)
}

pub(super) fn release_entry(
    row: &Release,
    developer: PublicKey,
    files: &FileListing,
    now: i64,
) -> Result<LogEntry, Problem> {
    let Names { app_id, version, package_digest } = names(row)?;
    let (files_digest, time) = (files.digest(), time(now));
    Ok(LogEntry::Release { app_id, developer, files_digest, package_digest, time, version })
}

pub(super) fn withdrawal_of(row: &Release, reason: &str, now: i64) -> Result<LogEntry, Problem> {
    let Names { app_id, version, package_digest } = names(row)?;
    Ok(LogEntry::Withdrawal { app_id, package_digest, reason: reason.trim().to_owned(), time: time(now), version })
}

/// How often a release became what users have, and how often it stopped being that.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) released: usize,
    pub(crate) withdrawn: usize,
}

/// As the audit trail has it.
pub(crate) async fn told_by_trail(database: &impl ConnectionTrait, release_id: &str) -> Result<Told, Problem> {
    let acts = audit_trail::Entity::find().filter(audit_trail::Column::SubjectId.eq(release_id)).all(database).await?;
    let mut told = Told::default();
    for act in acts {
        let details: serde_json::Value = serde_json::from_str(&act.details).unwrap_or_default();
        let from = details["from"].as_str().unwrap_or_default();
        match act.action.as_str() {
            "release.release" | "release.stage" if from == "approved" => told.released += 1,
            "release.roll_back" => told.released += 1,
            // From before there was a trail.
            before_log::ACTION => {
                let untrailed = details["untrailed"].as_u64().and_then(|count| usize::try_from(count).ok());
                told.released += untrailed.unwrap_or_default();
            }
            "release.withdraw" if matches!(from, "staged" | "released" | "superseded") => told.withdrawn += 1,
            _ => {}
        }
    }
    // One that gave way before it was released is withdrawn without a word.
    if told.released == 0 {
        told.withdrawn = 0;
    }
    Ok(told)
}
