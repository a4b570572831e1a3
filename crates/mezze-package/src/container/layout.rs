//! The records of a ZIP file that packages use, field by field.

use super::bytes::ByteReader;

pub(super) const LOCAL_SIGNATURE: u32 = 0x0403_4B50;
pub(super) const CENTRAL_SIGNATURE: u32 = 0x0201_4B50;
pub(super) const END_SIGNATURE: u32 = 0x0605_4B50;

/// Length of the end record; packages have no comment, so it is always the end of the file.
pub(crate) const END_LENGTH: usize = 22;
/// Where the end record says at which offset the central directory begins.
pub(crate) const CENTRAL_OFFSET_FIELD: std::ops::Range<usize> = 16..20;

/// Names are UTF-8.
pub(super) const FLAG_UTF8: u16 = 0x0800;
/// Folders and deflate: the newest ZIP feature that packages use.
pub(super) const VERSION_NEEDED: u16 = 20;
/// Made by Unix, 2.0: says that the external attributes hold a Unix mode.
pub(super) const VERSION_MADE_BY: u16 = 0x0314;
/// 1980-01-01, the first day ZIP knows.
pub(super) const FIXED_DATE: u16 = 0x0021;
/// A regular file that its owner may write and all may read.
pub(super) const REGULAR_FILE_MODE: u32 = 0o100_644;

/// What local header and central record say in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CommonFields {
    pub(super) version_needed: u16,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) time: u16,
    pub(super) date: u16,
    pub(super) crc: u32,
    pub(super) compressed_size: u32,
    pub(super) size: u32,
    pub(super) name_length: u16,
    pub(super) extra_length: u16,
}

impl CommonFields {
    pub(super) fn read(reader: &mut ByteReader<'_>) -> Option<Self> {
        Some(Self {
            version_needed: reader.u16()?,
            flags: reader.u16()?,
            method: reader.u16()?,
            time: reader.u16()?,
            date: reader.u16()?,
            crc: reader.u32()?,
            compressed_size: reader.u32()?,
            size: reader.u32()?,
            name_length: reader.u16()?,
            extra_length: reader.u16()?,
        })
    }

    pub(super) fn write(&self, output: &mut Vec<u8>) {
        for field in [self.version_needed, self.flags, self.method, self.time, self.date] {
            output.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.compressed_size, self.size] {
            output.extend(field.to_le_bytes());
        }
        output.extend(self.name_length.to_le_bytes());
        output.extend(self.extra_length.to_le_bytes());
    }
}

/// A record of the central directory.
#[derive(Debug, Clone, Copy)]
pub(super) struct CentralRecord<'a> {
    pub(super) common: CommonFields,
    pub(super) comment_length: u16,
    pub(super) disk: u16,
    pub(super) external_attributes: u32,
    pub(super) local_offset: u32,
    pub(super) name: &'a [u8],
}

impl<'a> CentralRecord<'a> {
    /// Reads a record that has neither extra field nor comment; their lengths are for the caller to judge.
    pub(super) fn read(reader: &mut ByteReader<'a>) -> Option<Self> {
        if reader.u32()? != CENTRAL_SIGNATURE {
            return None;
        }
        let _made_by = reader.u16()?;
        let common = CommonFields::read(reader)?;
        let comment_length = reader.u16()?;
        let disk = reader.u16()?;
        let _internal_attributes = reader.u16()?;
        let external_attributes = reader.u32()?;
        let local_offset = reader.u32()?;
        let name = reader.take(usize::from(common.name_length))?;
        Some(Self { common, comment_length, disk, external_attributes, local_offset, name })
    }
}

/// The record at the end of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct EndRecord {
    pub(super) disk: u16,
    pub(super) central_disk: u16,
    pub(super) entries_here: u16,
    pub(super) entries: u16,
    pub(super) central_size: u32,
    pub(super) central_offset: u32,
    pub(super) comment_length: u16,
}

impl EndRecord {
    pub(super) fn read(reader: &mut ByteReader<'_>) -> Option<Self> {
        if reader.u32()? != END_SIGNATURE {
            return None;
        }
        Some(Self {
            disk: reader.u16()?,
            central_disk: reader.u16()?,
            entries_here: reader.u16()?,
            entries: reader.u16()?,
            central_size: reader.u32()?,
            central_offset: reader.u32()?,
            comment_length: reader.u16()?,
        })
    }
}
