//! Writes a delta.

use std::collections::BTreeSet;

use mezze_model::{Digest, PackagePath};

use super::{DeltaFile, DeltaList, FORMAT, LIST_PATH, STATEMENTS_PATH, content_path};
use crate::container::Archive;
use crate::{FileListing, Limits, Package, PackageBuilder, PackageError};

/// The delta that leads from a release with the files of `base` to the signed package `target`.
///
/// The same two releases give the same bytes.
///
/// # Errors
/// `target` can't be read, or is not signed: without statements nobody could verify what is put together.
pub fn make_delta(base: &FileListing, target: &[u8], limits: &Limits) -> Result<Vec<u8>, PackageError> {
    let known: BTreeSet<&Digest> = base.iter().map(|(_, file)| &file.sha256).collect();
    write(target, &|_, sha256| !known.contains(sha256), limits)
}

/// A part of the signed package `target`: the list of all its files, and the contents of those that `holds` names.
///
/// A host that has nothing of the release runs it from its parts, each fetched when it is needed.
///
/// # Errors
/// As [`make_delta`].
pub fn make_part(
    target: &[u8],
    holds: &dyn Fn(&PackagePath) -> bool,
    limits: &Limits,
) -> Result<Vec<u8>, PackageError> {
    write(target, &|path, _| holds(path), limits)
}

fn write(
    target: &[u8],
    sends: &dyn Fn(&PackagePath, &Digest) -> bool,
    limits: &Limits,
) -> Result<Vec<u8>, PackageError> {
    let archive = Archive::parse(target, limits)?;
    let statements = archive.signing_block_bytes().ok_or(PackageError::Unsigned)?;
    let package = Package::from_archive(&archive)?;
    let mut builder = PackageBuilder::new();
    let mut sent = BTreeSet::new();
    let mut files = Vec::new();
    for (path, file) in package.files() {
        let sha256 = *file.sha256();
        files.push(DeltaFile { path: path.clone(), sha256, size: file.bytes().len() as u64 });
        if sends(path, &sha256) && sent.insert(sha256) {
            builder.add_file(&content_path(&sha256), file.bytes());
        }
    }
    let list = DeltaList { files, format: FORMAT, package_digest: Digest::of(target) };
    let list = serde_json::to_vec(&list).map_err(|error| PackageError::Delta { reason: error.to_string() })?;
    builder.add_file(LIST_PATH, &list);
    builder.add_file(STATEMENTS_PATH, statements);
    builder.finish()
}
