//! Writes a container. The same files give the same bytes, in whatever order they were added.

use std::collections::BTreeMap;

use mezze_model::{InvalidPackagePath, PackagePath};

use super::compress::CompressedEntry;
use super::layout::{
    CENTRAL_SIGNATURE, CommonFields, END_SIGNATURE, FIXED_DATE, FLAG_UTF8, LOCAL_SIGNATURE, REGULAR_FILE_MODE,
    VERSION_MADE_BY, VERSION_NEEDED,
};
use super::names::check_collisions;
use crate::PackageError;

/// Most entries that a container without ZIP64 can count; the value above it means ZIP64.
const MOST_ENTRIES: usize = u16::MAX as usize - 1;

/// Collects files and writes them as an unsigned package.
#[derive(Debug, Default)]
pub struct PackageBuilder {
    entries: BTreeMap<PackagePath, CompressedEntry>,
    /// The first name that can't be in a package; said when the package is finished.
    fault: Option<PackageError>,
}

impl PackageBuilder {
    /// A package without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, deflated where that makes it smaller.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: &[u8]) -> Self {
        self.add_file(path, bytes);
        self
    }

    /// Adds a file that was compressed before.
    #[must_use]
    pub fn entry(mut self, path: &str, entry: CompressedEntry) -> Self {
        self.add_entry(path, entry);
        self
    }

    /// As [`PackageBuilder::file`], for loops.
    pub fn add_file(&mut self, path: &str, bytes: &[u8]) {
        self.add_entry(path, CompressedEntry::smaller(bytes));
    }

    /// As [`PackageBuilder::entry`], for loops.
    pub fn add_entry(&mut self, path: &str, entry: CompressedEntry) {
        let parsed: Result<PackagePath, InvalidPackagePath> = PackagePath::parse(path);
        let fault = match parsed {
            Ok(path) => self.entries.insert(path.clone(), entry).map(|_| PackageError::Collision {
                first: path.to_string(),
                second: path.to_string(),
                rule: "are the same name twice",
            }),
            Err(error) => Some(error.into()),
        };
        self.fault = self.fault.take().or(fault);
    }

    /// Writes the container.
    ///
    /// # Errors
    /// A name that W3C does not allow, names that collide, or more than ZIP can count without ZIP64.
    pub fn finish(self) -> Result<Vec<u8>, PackageError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        check_collisions(self.entries.keys())?;
        if self.entries.len() > MOST_ENTRIES {
            let (size, limit) = (self.entries.len() as u64, MOST_ENTRIES as u64);
            return Err(PackageError::Limit { what: "the number of files".to_owned(), size, limit });
        }
        let content: usize =
            self.entries.iter().map(|(path, entry)| entry.data.len() + 76 + 2 * path.as_str().len()).sum();
        let mut output = Vec::with_capacity(content + 22);
        let mut central = Vec::with_capacity(self.entries.len() * 80);
        for (path, entry) in &self.entries {
            write_entry(path, entry, &mut output, &mut central)?;
        }
        let central_offset = count32("the package", output.len())?;
        let central_size = count32("the central directory", central.len())?;
        output.append(&mut central);
        write_end(&mut output, self.entries.len(), central_size, central_offset);
        Ok(output)
    }
}

fn write_entry(
    path: &PackagePath,
    entry: &CompressedEntry,
    output: &mut Vec<u8>,
    central: &mut Vec<u8>,
) -> Result<(), PackageError> {
    let offset = count32("the package", output.len())?;
    let name = path.as_str().as_bytes();
    let common = CommonFields {
        version_needed: VERSION_NEEDED,
        flags: FLAG_UTF8,
        method: entry.method.code(),
        time: 0,
        date: FIXED_DATE,
        crc: entry.crc,
        compressed_size: count32(path.as_str(), entry.data.len())?,
        size: count32(path.as_str(), entry.size)?,
        // `PackagePath` holds at most 65,535 bytes.
        name_length: u16::try_from(name.len()).unwrap_or(u16::MAX),
        extra_length: 0,
    };
    output.extend(LOCAL_SIGNATURE.to_le_bytes());
    common.write(output);
    output.extend_from_slice(name);
    output.extend_from_slice(&entry.data);

    central.extend(CENTRAL_SIGNATURE.to_le_bytes());
    central.extend(VERSION_MADE_BY.to_le_bytes());
    common.write(central);
    central.extend([0; 6]); // comment length, disk, internal attributes
    central.extend((REGULAR_FILE_MODE << 16).to_le_bytes());
    central.extend(offset.to_le_bytes());
    central.extend_from_slice(name);
    Ok(())
}

fn write_end(output: &mut Vec<u8>, entries: usize, central_size: u32, central_offset: u32) {
    let entries = u16::try_from(entries).unwrap_or(u16::MAX);
    output.extend(END_SIGNATURE.to_le_bytes());
    output.extend([0; 4]); // disk numbers
    output.extend(entries.to_le_bytes());
    output.extend(entries.to_le_bytes());
    output.extend(central_size.to_le_bytes());
    output.extend(central_offset.to_le_bytes());
    output.extend([0; 2]); // comment length
}

fn count32(what: &str, count: usize) -> Result<u32, PackageError> {
    let limit = u64::from(u32::MAX) - 1;
    match u32::try_from(count) {
        Ok(count) if count != u32::MAX => Ok(count),
        _ => Err(PackageError::Limit { what: what.to_owned(), size: count as u64, limit }),
    }
}
