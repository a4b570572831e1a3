//! The log as files (<https://c2sp.org/tlog-tiles>): 256 hashes a tile, 256 entries a bundle, so that a mirror or an
//! auditor fetches the whole log from any file server, and a full tile never changes.
//!
//! ```text
//! tile/0/x001/234          hashes of entries 1,234·256 …      tile/entries/x001/234     the entries themselves
//! tile/1/000.p/17          17 hashes of full tiles so far, which grows until it has 256
//! ```

use std::fmt::Write as _;

use super::tree::Node;

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;
/// Levels of the tree that one level of tiles spans.
const HEIGHT: u8 = 8;

/// A tile or a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// `None`: a bundle of entries.
    pub level: Option<u8>,
    pub index: u64,
    /// How much of it there is, 1 to 256.
    pub width: u64,
}

impl Tile {
    /// Path below the log's address.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = match self.level {
            Some(level) => format!("tile/{level}/"),
            None => "tile/entries/".to_owned(),
        };
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        while let Some(group) = groups.pop() {
            // Writing to a text can't fail.
            let _ = write!(path, "{}{group:03}", if groups.is_empty() { "" } else { "x" });
            if !groups.is_empty() {
                path.push('/');
            }
        }
        if self.width < WIDTH {
            let _ = write!(path, ".p/{}", self.width);
        }
        path
    }

    /// Reads what [`Tile::path`] writes, and nothing else.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = if level == "entries" { None } else { Some(level.parse().ok()?) };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (rest, WIDTH),
        };
        let mut index: u64 = 0;
        for group in number.split('/') {
            let digits: u64 = group.strip_prefix('x').unwrap_or(group).parse().ok()?;
            index = index.checked_mul(1000)?.checked_add(digits)?;
        }
        let tile = Self { level, index, width };
        (tile.path() == path && (1..=WIDTH).contains(&width)).then_some(tile)
    }

    /// The nodes whose hashes stand in a tile of hashes.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        let Some(level) = self.level.and_then(|level| level.checked_mul(HEIGHT)) else { return Vec::new() };
        let Some(first) = self.index.checked_mul(WIDTH) else { return Vec::new() };
        (0..self.width).map(|place| Node { level, index: first + place }).collect()
    }

    /// True where a log of `size` entries has this much of it.
    #[must_use]
    pub fn is_in(&self, size: u64) -> bool {
        let shift = u32::from(self.level.unwrap_or(0)).saturating_mul(u32::from(HEIGHT));
        let there = size.checked_shr(shift).unwrap_or(0);
        self.index.checked_mul(WIDTH).and_then(|first| first.checked_add(self.width)).is_some_and(|end| end <= there)
    }
}

/// A bundle: each entry behind its length, 16 bits, big-endian.
#[must_use]
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        // Entries are checked to be shorter where they are made.
        bytes.extend(u16::try_from(entry.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    bytes
}

/// The entries of a bundle; `None` where it is cut off.
#[must_use]
pub fn unbundle(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bytes = rest;
    }
    Some(entries)
}
