//! What the public log is told of a release, in the transaction in which users may have it, or may not any more.

use mezze_model::{AppId, Digest, VersionName};
use mezze_package::FileListing;
use mezze_package::log::LogEntry;
use sea_orm::{DatabaseTransaction, EntityTrait as _};

use super::machine::Action;
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

fn time(now: i64) -> u64 {
    u64::try_from(now).unwrap_or_default()
}

struct Names {
    app_id: AppId,
    version: VersionName,
    package_digest: Digest,
}

fn names(row: &Release) -> Result<Names, Problem> {
    let digest = row.package_digest.as_deref().ok_or_else(|| damaged(&"the release is not countersigned"))?;
    Ok(Names {
        app_id: AppId::parse(&row.app_id).map_err(|cause| damaged(&cause))?,
        version: VersionName::parse(&row.version).map_err(|cause| damaged(&cause))?,
        package_digest: Digest::parse(digest).map_err(|cause| damaged(&cause))?,
    })
}

async fn release_of(transaction: &DatabaseTransaction, row: &Release, now: i64) -> Result<LogEntry, WriteStop> {
    let Names { app_id, version, package_digest } = names(row)?;
    let listing = release_listing::Entity::find_by_id(&row.id).one(transaction).await?;
    let listing = listing.ok_or_else(|| damaged(&"the release has no list of files"))?;
    let files: FileListing = serde_json::from_str(&listing.files).map_err(|cause| damaged(&cause))?;
    let developer = row.developer_key.as_deref().and_then(|key| key.parse().ok());
    Ok(LogEntry::Release {
        app_id,
        developer: developer.ok_or_else(|| damaged(&"the developer's key is none"))?,
        files_digest: files.digest(),
        package_digest,
        time: time(now),
        version,
    })
}

fn withdrawal_of(row: &Release, reason: &str, now: i64) -> Result<LogEntry, Problem> {
    let Names { app_id, version, package_digest } = names(row)?;
    Ok(LogEntry::Withdrawal { app_id, package_digest, reason: reason.trim().to_owned(), time: time(now), version })
}
