//! The list of a package's files: what a signature covers, and what an update compares.

use std::collections::BTreeMap;

use mezze_model::{Digest, DigestBuilder, PackagePath};
use serde::{Deserialize, Serialize};

/// Size and digest of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// Content in bytes.
    pub size: u64,
    /// SHA-256 of the content.
    pub sha256: Digest,
}

/// All files of a package, sorted by the bytes of their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileListing {
    files: BTreeMap<PackagePath, ListedFile>,
}

impl FileListing {
    /// SHA-256 over `PATH 00 SIZE 00 SHA256HEX 0A` for each file: names, sizes and contents, so that a rename, a move
    /// or a swap changes it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut digest = DigestBuilder::new();
        for (path, file) in &self.files {
            digest.update(path.as_str().as_bytes());
            digest.update(b"\0");
            digest.update(file.size.to_string().as_bytes());
            digest.update(b"\0");
            digest.update(file.sha256.to_string().as_bytes());
            digest.update(b"\n");
        }
        digest.finish()
    }

    /// One file of the list.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&ListedFile> {
        self.files.get(path)
    }

    /// All files in order.
    pub fn iter(&self) -> impl Iterator<Item = (&PackagePath, &ListedFile)> {
        self.files.iter()
    }

    /// Number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// True where there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl FromIterator<(PackagePath, ListedFile)> for FileListing {
    fn from_iter<T: IntoIterator<Item = (PackagePath, ListedFile)>>(files: T) -> Self {
        Self { files: files.into_iter().collect() }
    }
}
