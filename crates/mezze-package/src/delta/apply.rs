//! Puts a release together from a delta and the contents that are there already.

use std::collections::BTreeMap;

use mezze_model::Digest;

use super::{DeltaFile, DeltaList, FORMAT, LIST_PATH, STATEMENTS_PATH, content_path};
use crate::container::check_collisions;
use crate::signing::read_block;
use crate::{Limits, Package, PackageError, PackageFile, Trust, VerifiedFiles};

/// Puts the release together and verifies it by its statements.
///
/// `content` gives what the older release has under a digest; it is digested again here, so a damaged cache is noticed.
///
/// # Errors
/// The delta is not one, is over a limit, needs a content that is not there, or leads to anything but signed files.
pub fn apply_delta(
    delta: &[u8],
    content: &dyn Fn(&Digest) -> Option<Vec<u8>>,
    trust: &Trust,
    limits: &Limits,
) -> Result<VerifiedFiles, PackageError> {
    let delta = Package::read(delta, limits)?;
    let list = read_list(&delta)?;
    check_limits(&list, limits)?;
    let mut files = BTreeMap::new();
    for DeltaFile { path, sha256, size } in list.files {
        let bytes = match delta.get(&content_path(&sha256)) {
            Some(bytes) => bytes.to_vec(),
            None => content(&sha256)
                .ok_or_else(|| fault(format!("`{path}` needs a content that neither it nor the older release has")))?,
        };
        let file = PackageFile::assembled(bytes);
        if file.sha256() != &sha256 || file.bytes().len() as u64 != size {
            return Err(fault(format!("the content of `{path}` is not the one that its list names")));
        }
        if files.insert(path.clone(), file).is_some() {
            return Err(fault(format!("`{path}` is listed twice")));
        }
    }
    check_collisions(files.keys())?;
    let statements = read_block(required(&delta, STATEMENTS_PATH)?)?;
    VerifiedFiles::verify(Package::assembled(files, statements), trust)
}

fn read_list(delta: &Package) -> Result<DeltaList, PackageError> {
    let list: DeltaList =
        serde_json::from_slice(required(delta, LIST_PATH)?).map_err(|error| fault(format!("{LIST_PATH}: {error}")))?;
    if list.format == FORMAT {
        Ok(list)
    } else {
        Err(fault(format!("format {} is not known, this build reads {FORMAT}", list.format)))
    }
}

/// Everything is counted before any content is copied.
fn check_limits(list: &DeltaList, limits: &Limits) -> Result<(), PackageError> {
    let over = |what: &str, size: u64, limit: u64| match size > limit {
        true => Err(PackageError::Limit { what: what.to_owned(), size, limit }),
        false => Ok(()),
    };
    over("the number of files", list.files.len() as u64, limits.entries as u64)?;
    for DeltaFile { path, size, .. } in &list.files {
        over(path.as_str(), *size, limits.file_bytes)?;
    }
    let total = list.files.iter().fold(0_u64, |total, file| total.saturating_add(file.size));
    over("all files together", total, limits.inflated_bytes)
}

fn required<'a>(delta: &'a Package, path: &str) -> Result<&'a [u8], PackageError> {
    delta.get(path).ok_or_else(|| fault(format!("it holds no `{path}`")))
}

fn fault(reason: String) -> PackageError {
    PackageError::Delta { reason }
}
