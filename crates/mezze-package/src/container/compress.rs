//! One file's bytes as they stand in a container, and the way back.

use std::io::Write;
use std::sync::Arc;

use flate2::{Compression, Decompress, FlushDecompress, Status, write::DeflateEncoder};
use mezze_model::Digest;

use crate::PackageError;

/// How a file is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Stored,
    Deflate,
}

impl Method {
    pub(super) const fn code(self) -> u16 {
        match self {
            Self::Stored => 0,
            Self::Deflate => 8,
        }
    }

    pub(super) const fn from_code(code: u16) -> Option<Self> {
        match code {
            0 => Some(Self::Stored),
            8 => Some(Self::Deflate),
            _ => None,
        }
    }
}

/// A file ready to be written. Cheap to clone, so that an incremental build can keep it by the content's digest.
#[derive(Debug, Clone)]
pub struct CompressedEntry {
    pub(super) method: Method,
    pub(super) crc: u32,
    pub(super) size: usize,
    pub(super) data: Arc<[u8]>,
}

impl CompressedEntry {
    /// Bytes as they are: nothing to compute but the checksum. For development builds.
    #[must_use]
    pub fn stored(bytes: &[u8]) -> Self {
        Self { method: Method::Stored, crc: crc32fast::hash(bytes), size: bytes.len(), data: bytes.into() }
    }

    /// Deflated at the default level.
    #[must_use]
    pub fn deflated(bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
        // Writing to a `Vec` has no way to fail; were there one, the file is stored, which is always right.
        match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
            Ok(data) => {
                Self { method: Method::Deflate, crc: crc32fast::hash(bytes), size: bytes.len(), data: data.into() }
            }
            Err(_) => Self::stored(bytes),
        }
    }

    /// Deflated where that is smaller, else stored (pictures, fonts, empty files).
    #[must_use]
    pub fn smaller(bytes: &[u8]) -> Self {
        let deflated = Self::deflated(bytes);
        if deflated.data.len() < bytes.len() { deflated } else { Self::stored(bytes) }
    }

    /// Size in the container.
    #[must_use]
    pub fn stored_size(&self) -> usize {
        self.data.len()
    }

    /// Size of the content.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }
}

/// Inflated bytes of an entry whose sizes have passed the limits, and their digest.
pub(super) fn inflate(
    entry: &str,
    method: Method,
    data: &[u8],
    size: usize,
    crc: u32,
) -> Result<(Vec<u8>, Digest), PackageError> {
    let bytes = match method {
        Method::Stored => data.to_vec(),
        Method::Deflate => inflate_exactly(entry, data, size)?,
    };
    if crc32fast::hash(&bytes) != crc {
        return Err(PackageError::entry(entry, "its checksum (CRC-32) does not match"));
    }
    let digest = Digest::of(&bytes);
    Ok((bytes, digest))
}

fn inflate_exactly(entry: &str, data: &[u8], size: usize) -> Result<Vec<u8>, PackageError> {
    // One byte more than declared shows a stream that has more to give.
    let mut output = Vec::with_capacity(size + 1);
    let mut inflater = Decompress::new(false);
    loop {
        let before = (inflater.total_in(), inflater.total_out());
        let rest = usize::try_from(before.0).ok().and_then(|read| data.get(read..)).unwrap_or_default();
        let status = inflater
            .decompress_vec(rest, &mut output, FlushDecompress::Finish)
            .map_err(|_| PackageError::entry(entry, "its compressed data is damaged"))?;
        if output.len() > size {
            return Err(PackageError::entry(entry, "it inflates to more than its declared size"));
        }
        let stuck = before == (inflater.total_in(), inflater.total_out());
        match status {
            Status::StreamEnd => break,
            _ if stuck => return Err(PackageError::entry(entry, "its compressed data ends too early")),
            Status::Ok | Status::BufError => {}
        }
    }
    if output.len() != size {
        return Err(PackageError::entry(entry, "it inflates to less than its declared size"));
    }
    if inflater.total_in() != data.len() as u64 {
        return Err(PackageError::entry(entry, "there is data after the end of its compressed stream"));
    }
    Ok(output)
}
