//! How big a package may be. The operator sets these; everything is checked from declared sizes before inflation.

const MEBIBYTE: u64 = 1024 * 1024;

/// Upper bounds for a package. Sizes are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Whole container, as it is sent and stored.
    pub container_bytes: u64,
    /// Files in it.
    pub entries: usize,
    /// One file, inflated.
    pub file_bytes: u64,
    /// All files, inflated.
    pub inflated_bytes: u64,
    /// How many times its stored size a file of over 1 MiB may inflate to.
    pub ratio: u64,
    /// Main package: everything that is in no subpackage, as stored.
    pub main_package_bytes: u64,
    /// One subpackage, as stored.
    pub subpackage_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            container_bytes: 30 * MEBIBYTE,
            entries: 20_000,
            file_bytes: 30 * MEBIBYTE,
            inflated_bytes: 120 * MEBIBYTE,
            ratio: 200,
            main_package_bytes: 4 * MEBIBYTE,
            subpackage_bytes: 2 * MEBIBYTE,
        }
    }
}

impl Limits {
    /// From this inflated size on, [`Limits::ratio`] counts: small files of one byte repeated are no bombs.
    pub const RATIO_COUNTS_FROM: u64 = MEBIBYTE;
}
