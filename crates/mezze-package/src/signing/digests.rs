//! The digest of a container as it would be without its signing block.

use mezze_model::{Digest, DigestBuilder};

use crate::PackageError;
use crate::container::{Archive, CENTRAL_OFFSET_FIELD, END_LENGTH};

/// SHA-256 over the files, the central directory, and the end record with its offset set to where the files end.
pub(crate) fn container_digest(archive: &Archive<'_>) -> Result<Digest, PackageError> {
    let (before_end, end) = archive.bytes.split_at(archive.bytes.len() - END_LENGTH);
    let mut digest = DigestBuilder::new();
    digest.update(&before_end[..archive.end_of_entries()]);
    digest.update(&before_end[archive.central_offset..]);
    digest.update(&with_central_offset(end, archive.end_of_entries())?);
    Ok(digest.finish())
}

/// An end record that says that the central directory is at `offset`.
pub(super) fn with_central_offset(end: &[u8], offset: usize) -> Result<Vec<u8>, PackageError> {
    let offset = u32::try_from(offset).map_err(|_| PackageError::Container { rule: "it is too long for ZIP" })?;
    let mut end = end.to_vec();
    end[CENTRAL_OFFSET_FIELD].copy_from_slice(&offset.to_le_bytes());
    Ok(end)
}
