//! Reading and writing entries and nodes.

use std::collections::HashMap;

use mezze_model::{AppId, Digest};
use mezze_package::log::tree::needed_to_append;
use mezze_package::log::{LogEntry, Node, Span, appended, leaf_hash};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::model::{log_entry, log_node};
use crate::database::WriteStop;
use crate::problem::Problem;

/// A tree has at most this many nodes on the way that a proof takes; a query asks for no more at once.
const NODES_AT_ONCE: usize = 100;

/// Writes an entry at the end of the log, in the transaction of what it tells. Gives its place.
pub(crate) async fn append(transaction: &DatabaseTransaction, entry: &LogEntry) -> Result<u64, WriteStop> {
    let bytes = entry.to_bytes().map_err(|cause| damaged(&cause))?;
    let text = String::from_utf8(bytes).map_err(|cause| damaged(&cause))?;
    let size = size(transaction).await?;
    let known = nodes(transaction, &needed_to_append(size)).await?;
    let lookup = |node| known.get(&node).copied().ok_or_else(|| damaged(&"a node of the log is missing"));
    let added = appended(size, leaf_hash(text.as_bytes()), lookup)?;
    let package_digest = match entry {
        LogEntry::Release { package_digest, .. } => Some(package_digest.to_string()),
        _ => None,
    };
    let row = log_entry::Model { place: signed(size)?, entry: text, package_digest };
    log_entry::Entity::insert(log_entry::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    let mut rows = Vec::with_capacity(added.len());
    for (node, hash) in added {
        let row = log_node::Model { level: i32::from(node.level), place: signed(node.index)?, hash: hash.to_string() };
        rows.push(log_node::ActiveModel::from(row));
    }
    log_node::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(size)
}

/// Entries in the log.
pub(super) async fn size(database: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let last = log_entry::Entity::find().order_by_desc(log_entry::Column::Place).one(database).await?;
    Ok(last.and_then(|entry| u64::try_from(entry.place).ok()).map_or(0, |place| place + 1))
}

/// Hashes of nodes; those that are not there are left out.
pub(super) async fn nodes(database: &impl ConnectionTrait, wanted: &[Node]) -> Result<HashMap<Node, Digest>, DbErr> {
    let mut found = HashMap::with_capacity(wanted.len());
    for part in wanted.chunks(NODES_AT_ONCE) {
        let any = part.iter().fold(Condition::any(), |any, node| {
            let place = i64::try_from(node.index).unwrap_or(-1);
            let level = log_node::Column::Level.eq(i32::from(node.level));
            any.add(Condition::all().add(level).add(log_node::Column::Place.eq(place)))
        });
        for row in log_node::Entity::find().filter(any).all(database).await? {
            if let (Ok(level), Ok(index), Ok(hash)) =
                (u8::try_from(row.level), u64::try_from(row.place), Digest::parse(&row.hash))
            {
                found.insert(Node { level, index }, hash);
            }
        }
    }
    Ok(found)
}

/// The hashes of spans of entries, in their order.
pub(super) async fn hashes(database: &impl ConnectionTrait, spans: &[Span]) -> Result<Vec<Digest>, Problem> {
    let parts: Vec<Vec<Node>> = spans.iter().map(|span| span.nodes()).collect();
    let known = nodes(database, &parts.concat()).await?;
    let hash_of = |nodes: &Vec<Node>| {
        let hashes: Option<Vec<Digest>> = nodes.iter().map(|node| known.get(node).copied()).collect();
        hashes.map(|hashes| Span::fold(&hashes)).ok_or_else(|| damaged(&"a node of the log is missing"))
    };
    parts.iter().map(hash_of).collect()
}

/// `width` entries from `first` on.
pub(super) async fn entries(database: &impl ConnectionTrait, first: u64, width: u64) -> Result<Vec<String>, Problem> {
    let found = log_entry::Entity::find()
        .filter(log_entry::Column::Place.gte(signed(first)?))
        .filter(log_entry::Column::Place.lt(signed(first.saturating_add(width))?))
        .order_by_asc(log_entry::Column::Place)
        .all(database)
        .await?;
    Ok(found.into_iter().map(|row| row.entry).collect())
}

/// Place and text of the newest entry that tells of a package's release: rolling back releases it once more.
pub(super) async fn release_of(
    database: &impl ConnectionTrait,
    package_digest: &Digest,
) -> Result<Option<(u64, String)>, DbErr> {
    let found = log_entry::Entity::find()
        .filter(log_entry::Column::PackageDigest.eq(package_digest.to_string()))
        .order_by_desc(log_entry::Column::Place)
        .one(database)
        .await?;
    Ok(found.and_then(|row| Some((u64::try_from(row.place).ok()?, row.entry))))
}

/// Whether the log tells of a package's release.
pub(crate) async fn tells_of(database: &impl ConnectionTrait, package_digest: &str) -> Result<bool, DbErr> {
    let told = log_entry::Entity::find().filter(log_entry::Column::PackageDigest.eq(package_digest));
    Ok(told.one(database).await?.is_some())
}

/// What the log tells of a mini app, in its order.
pub(crate) async fn told_of(database: &impl ConnectionTrait, app: &AppId) -> Result<Vec<LogEntry>, Problem> {
    let found = log_entry::Entity::find()
        .filter(log_entry::Column::Entry.contains(format!("\"app_id\":\"{app}\"")))
        .order_by_asc(log_entry::Column::Place)
        .all(database)
        .await?;
    let parsed = found.iter().map(|row| LogEntry::parse(row.entry.as_bytes()).map_err(|cause| damaged(&cause)));
    // The database reads `_` as any character.
    Ok(parsed.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|entry| entry.app_id() == app).collect())
}

fn signed(number: u64) -> Result<i64, Problem> {
    i64::try_from(number).map_err(|cause| damaged(&cause))
}

fn damaged(cause: &dyn std::fmt::Display) -> Problem {
    Problem::internal("use the public log", cause)
}
