//! Everything that is checked about a container before anything in it is inflated.
//!
//! Input: bytes from anywhere. Output: an [`Archive`], which knows where each file's data is, where the signing block
//! is, and that nothing else is there: from the first local header to the end record each byte has one meaning.

use std::ops::Range;

use mezze_model::PackagePath;

use super::bytes::ByteReader;
use super::compress::Method;
use super::layout::{CentralRecord, CommonFields, END_LENGTH, EndRecord, FLAG_UTF8, LOCAL_SIGNATURE, VERSION_NEEDED};
use super::names::check_collisions;
use crate::signing::block_range;
use crate::{Limits, PackageError};

/// Where things are in a container.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) entries: Vec<ArchiveEntry>,
    /// Where the signing block is, where there is one.
    pub(crate) signing_block: Option<Range<usize>>,
    pub(crate) central_offset: usize,
}

/// Where one file is, and what its headers declare.
#[derive(Debug)]
pub(crate) struct ArchiveEntry {
    pub(crate) path: PackagePath,
    pub(crate) method: Method,
    pub(crate) crc: u32,
    pub(crate) size: usize,
    pub(crate) data: Range<usize>,
}

const fn container(rule: &'static str) -> PackageError {
    PackageError::Container { rule }
}

impl<'a> Archive<'a> {
    pub(crate) fn parse(bytes: &'a [u8], limits: &Limits) -> Result<Self, PackageError> {
        if bytes.len() as u64 > limits.container_bytes {
            return Err(over("the package", bytes.len() as u64, limits.container_bytes));
        }
        let (end, central_offset) = end_record(bytes)?;
        let count = usize::from(end.entries);
        if count > limits.entries {
            return Err(over("the number of files", count as u64, limits.entries as u64));
        }
        let central = &bytes[central_offset..bytes.len() - END_LENGTH];
        let records = central_records(central, count)?;
        let signing_block = block_range(bytes, central_offset)?;
        let end_of_entries = signing_block.as_ref().map_or(central_offset, |block| block.start);
        let entries = locate(&bytes[..end_of_entries], &records)?;
        check_sizes(&entries, limits)?;
        check_collisions(entries.iter().map(|entry| &entry.path))?;
        Ok(Self { bytes, entries, signing_block, central_offset })
    }

    /// The signing block's bytes.
    pub(crate) fn signing_block_bytes(&self) -> Option<&'a [u8]> {
        self.signing_block.as_ref().map(|range| &self.bytes[range.clone()])
    }

    /// Where the files end, and the signing block stands or would stand.
    pub(crate) fn end_of_entries(&self) -> usize {
        self.signing_block.as_ref().map_or(self.central_offset, |block| block.start)
    }
}

/// The end record, and the central directory's offset, which is known to be inside the bytes.
fn end_record(bytes: &[u8]) -> Result<(EndRecord, usize), PackageError> {
    let start = bytes.len().checked_sub(END_LENGTH).ok_or(container("it is too short to be one"))?;
    let end = EndRecord::read(&mut ByteReader::new(&bytes[start..]))
        .ok_or(container("it does not end in the ZIP end record (cut off, or followed by other data)"))?;
    if end.comment_length != 0 {
        return Err(container("it has a comment"));
    }
    if end.disk != 0 || end.central_disk != 0 || end.entries_here != end.entries {
        return Err(container("it is split over several files"));
    }
    if end.entries == u16::MAX || end.central_size == u32::MAX || end.central_offset == u32::MAX {
        return Err(container("it is in the ZIP64 format"));
    }
    let central_offset = end.central_offset as usize;
    if central_offset.checked_add(end.central_size as usize) != Some(start) {
        return Err(container("the central directory is not directly before the end record"));
    }
    Ok((end, central_offset))
}

fn central_records(central: &[u8], count: usize) -> Result<Vec<CentralRecord<'_>>, PackageError> {
    let mut reader = ByteReader::new(central);
    // A record has 46 bytes at least: a count that can't be true reserves nothing.
    let mut records = Vec::with_capacity(count.min(central.len() / 46));
    for _ in 0..count {
        let record = CentralRecord::read(&mut reader)
            .ok_or(container("the central directory has fewer entries than it says"))?;
        check_record(&record)?;
        records.push(record);
    }
    if !reader.is_empty() {
        return Err(container("the central directory has more in it than it says"));
    }
    Ok(records)
}

fn check_record(record: &CentralRecord<'_>) -> Result<(), PackageError> {
    let lossy = String::from_utf8_lossy(record.name);
    let fault = |rule| Err(PackageError::entry(&lossy, rule));
    let common = &record.common;
    if common.extra_length != 0 || record.comment_length != 0 {
        return fault("extra fields and comments are not allowed");
    }
    if common.flags & 0x2041 != 0 {
        return fault("it is encrypted");
    }
    if common.flags & 0x0008 != 0 {
        return fault("it has a data descriptor; sizes must stand in its header");
    }
    let ascii_without_flag = common.flags == 0 && record.name.is_ascii();
    if common.flags != FLAG_UTF8 && !ascii_without_flag {
        return fault("its flags must say UTF-8 and nothing else");
    }
    if common.version_needed > VERSION_NEEDED {
        return fault("it needs a newer ZIP version than 2.0");
    }
    if common.size == u32::MAX || common.compressed_size == u32::MAX || record.local_offset == u32::MAX {
        return fault("it is in the ZIP64 format");
    }
    if record.disk != 0 {
        return fault("it is on another disk");
    }
    match (record.external_attributes >> 16) & 0o170_000 {
        0 | 0o100_000 => {}
        0o120_000 => return fault("it is a symbolic link"),
        0o040_000 => return fault("it is a folder; folders come from the files' paths"),
        _ => return fault("it is not a regular file"),
    }
    if record.name.ends_with(b"/") {
        return fault("it is a folder; folders come from the files' paths");
    }
    Ok(())
}

/// Walks the local headers, which must follow each other without a gap and agree with the central directory.
fn locate(bytes: &[u8], records: &[CentralRecord<'_>]) -> Result<Vec<ArchiveEntry>, PackageError> {
    let mut entries = Vec::with_capacity(records.len());
    let mut offset = 0;
    for record in records {
        let entry = locate_one(bytes, offset, record)?;
        offset = entry.data.end;
        entries.push(entry);
    }
    if offset != bytes.len() {
        return Err(container("there is data between the last file and what must follow it"));
    }
    Ok(entries)
}

fn locate_one(bytes: &[u8], offset: usize, record: &CentralRecord<'_>) -> Result<ArchiveEntry, PackageError> {
    let lossy = String::from_utf8_lossy(record.name);
    let fault = |rule| PackageError::entry(&lossy, rule);
    if record.local_offset as usize != offset {
        return Err(fault("it does not begin where the file before it ends (a gap, an overlap or another order)"));
    }
    let rest = bytes.get(offset..).unwrap_or_default();
    let mut reader = ByteReader::new(rest);
    let mut header = || {
        let signature = reader.u32()?;
        let common = CommonFields::read(&mut reader)?;
        let name = reader.take(usize::from(common.name_length))?;
        Some((signature, common, name))
    };
    let (signature, common, name) = header().ok_or_else(|| fault("its local header is cut off"))?;
    if signature != LOCAL_SIGNATURE {
        return Err(fault("it has no local header"));
    }
    if common != record.common || name != record.name {
        return Err(fault("its local header and the central directory do not agree"));
    }
    let method = Method::from_code(common.method).ok_or_else(|| fault("it is neither stored nor deflated"))?;
    if method == Method::Stored && common.compressed_size != common.size {
        return Err(fault("it is stored, but its two sizes differ"));
    }
    let length = common.compressed_size as usize;
    let data = reader.take(length).ok_or_else(|| fault("its data is cut off"))?;
    let start = offset + (rest.len() - data.len() - reader.remaining());
    let name = std::str::from_utf8(name).map_err(|_| fault("its name is not UTF-8"))?;
    let path = PackagePath::parse(name)?;
    Ok(ArchiveEntry { path, method, crc: common.crc, size: common.size as usize, data: start..start + length })
}

fn check_sizes(entries: &[ArchiveEntry], limits: &Limits) -> Result<(), PackageError> {
    let mut total: u64 = 0;
    for entry in entries {
        let (size, stored) = (entry.size as u64, entry.data.len() as u64);
        if size > limits.file_bytes {
            return Err(over(&format!("file `{}`", entry.path), size, limits.file_bytes));
        }
        if size > Limits::RATIO_COUNTS_FROM && size > stored.saturating_mul(limits.ratio) {
            return Err(over(&format!("file `{}`, inflated,", entry.path), size, stored.saturating_mul(limits.ratio)));
        }
        total += size;
        if total > limits.inflated_bytes {
            return Err(over("the content of all files", total, limits.inflated_bytes));
        }
    }
    Ok(())
}

fn over(what: &str, size: u64, limit: u64) -> PackageError {
    PackageError::Limit { what: what.to_owned(), size, limit }
}
