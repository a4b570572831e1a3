//! The public log against its own entries, and against what became of the releases.

use std::collections::HashMap;

use mezze_model::Digest;
use mezze_package::log::{LogEntry, Node, leaf_hash, node_hash, root_of};
use sea_orm::{EntityTrait as _, QueryOrder as _};

use super::Examination;
use crate::log::model::{log_entry, log_node};
use crate::problem::Problem;
use crate::registry::ReleaseState;
use crate::registry::model::release;
use crate::releases::{Told, told_by_trail};
use crate::state::Services;

pub(super) async fn examine(services: &Services, examination: &mut Examination) -> Result<(), Problem> {
    let database = services.database.read();
    let entries = log_entry::Entity::find().order_by_asc(log_entry::Column::Place).all(database).await?;
    examination.log_entries = entries.len();
    let mut told: HashMap<String, Told> = HashMap::new();
    for (place, row) in entries.iter().enumerate() {
        if usize::try_from(row.place) != Ok(place) {
            examination.finding(format!("the log has no entry {place}, but later ones"));
            return Ok(());
        }
        match LogEntry::parse(row.entry.as_bytes()) {
            Ok(LogEntry::Release { package_digest, .. }) => {
                told.entry(package_digest.to_string()).or_default().released += 1;
            }
            Ok(LogEntry::Withdrawal { package_digest, .. }) => {
                told.entry(package_digest.to_string()).or_default().withdrawn += 1;
            }
            Ok(_) => {}
            Err(cause) => examination.finding(format!("the log's entry {place} can't be read: {cause}")),
        }
    }
    let leaves = entries.iter().map(|row| leaf_hash(row.entry.as_bytes())).collect();
    examine_tree(services, leaves, examination).await?;
    examine_releases(services, told, examination).await
}

/// Every node that is kept is the hash of its part of the entries, and none is missing.
async fn examine_tree(services: &Services, leaves: Vec<Digest>, examination: &mut Examination) -> Result<(), Problem> {
    let mut wanted: HashMap<Node, Digest> = HashMap::new();
    let mut hashes = leaves.clone();
    for level in 0_u8.. {
        if hashes.is_empty() {
            break;
        }
        wanted.extend((0_u64..).zip(&hashes).map(|(index, hash)| (Node { level, index }, *hash)));
        hashes = hashes.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    for row in log_node::Entity::find().all(services.database.read()).await? {
        let (Ok(level), Ok(index)) = (u8::try_from(row.level), u64::try_from(row.place)) else { continue };
        match wanted.remove(&Node { level, index }) {
            Some(hash) if hash.to_string() == row.hash => {}
            Some(_) => examination.finding(format!("the log's node {level}/{index} is not the hash of its entries")),
            None => examination.finding(format!("the log's node {level}/{index} is of entries that are not there")),
        }
    }
    if !wanted.is_empty() {
        examination.finding(format!("{} nodes of the log are missing", wanted.len()));
    }
    examination.log_root = root_of(&leaves).to_string();
    Ok(())
}

/// A release is in the log once for each time that it became what users have, and its withdrawal once.
async fn examine_releases(
    services: &Services,
    mut told: HashMap<String, Told>,
    examination: &mut Examination,
) -> Result<(), Problem> {
    for row in release::Entity::find().all(services.database.read()).await? {
        let Some(digest) = &row.package_digest else { continue };
        let log = told.remove(digest).unwrap_or_default();
        let done = told_by_trail(services.database.read(), &row.id).await?;
        let name = format!("{} {} ({})", row.app_id, row.version, row.state.name());
        if log.released != done.released || log.withdrawn != done.withdrawn {
            examination.finding(format!(
                "{name} was released {} and withdrawn {} times, but stands in the log {} and {} times",
                done.released, done.withdrawn, log.released, log.withdrawn
            ));
        }
        if matches!(row.state, ReleaseState::Released | ReleaseState::Staged) && log.released == 0 {
            examination.finding(format!("{name} is not in the log"));
        }
    }
    for digest in told.keys() {
        examination.finding(format!("the log tells of the package {digest}, which no release has"));
    }
    Ok(())
}
