//! A package that was read: every file inflated and checked. Whom it is from is for [`crate::VerifiedPackage`] to say.

use std::collections::BTreeMap;

use mezze_model::app_config::APP_CONFIG_PATH;
use mezze_model::manifest::MANIFEST_PATH;
use mezze_model::{AppConfig, Digest, Manifest, PackagePath};

use super::archive::Archive;
use super::compress::{Method, inflate};
use super::listing::{FileListing, ListedFile};
use crate::signing::{SignedStatement, read_block};
use crate::{Limits, PackageError};

/// The files of a package.
#[derive(Debug, Clone)]
pub struct Package {
    files: BTreeMap<PackagePath, PackageFile>,
    statements: Vec<SignedStatement>,
}

/// One file of a package.
#[derive(Debug, Clone)]
pub struct PackageFile {
    bytes: Vec<u8>,
    sha256: Digest,
    stored_size: u64,
    method: Method,
}

impl PackageFile {
    /// A file that comes from no container.
    pub(crate) fn assembled(bytes: Vec<u8>) -> Self {
        Self { sha256: Digest::of(&bytes), stored_size: bytes.len() as u64, method: Method::Stored, bytes }
    }

    /// The content.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the content.
    #[must_use]
    pub const fn sha256(&self) -> &Digest {
        &self.sha256
    }

    /// Size in the container.
    #[must_use]
    pub const fn stored_size(&self) -> u64 {
        self.stored_size
    }

    /// How it is stored.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }
}

impl Package {
    /// Reads a container, signed or not. Signatures are not checked.
    ///
    /// # Errors
    /// The first rule that is broken, with the entry that breaks it.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, PackageError> {
        Self::from_archive(&Archive::parse(bytes, limits)?)
    }

    /// Files and statements that were not read from one container.
    pub(crate) const fn assembled(files: BTreeMap<PackagePath, PackageFile>, statements: Vec<SignedStatement>) -> Self {
        Self { files, statements }
    }

    pub(crate) fn from_archive(archive: &Archive<'_>) -> Result<Self, PackageError> {
        let statements = archive.signing_block_bytes().map(read_block).transpose()?.unwrap_or_default();
        let mut files = BTreeMap::new();
        for entry in &archive.entries {
            let data = &archive.bytes[entry.data.clone()];
            let (bytes, sha256) = inflate(entry.path.as_str(), entry.method, data, entry.size, entry.crc)?;
            let stored_size = data.len() as u64;
            files.insert(entry.path.clone(), PackageFile { bytes, sha256, stored_size, method: entry.method });
        }
        Ok(Self { files, statements })
    }

    /// One file's content.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(PackageFile::bytes)
    }

    /// All files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&PackagePath, &PackageFile)> {
        self.files.iter()
    }

    /// Statements of the signing block as they stand there, not verified; empty where there is no block.
    #[must_use]
    pub fn statements(&self) -> &[SignedStatement] {
        &self.statements
    }

    /// Reads and checks `manifest.json`.
    ///
    /// # Errors
    /// It is missing, or not valid.
    pub fn manifest(&self) -> Result<Manifest, PackageError> {
        Ok(Manifest::from_json(self.required(MANIFEST_PATH)?)?)
    }

    /// Reads `config/app.json`.
    ///
    /// # Errors
    /// It is missing, or does not have the form that this build reads.
    pub fn app_config(&self) -> Result<AppConfig, PackageError> {
        let config: AppConfig = serde_json::from_slice(self.required(APP_CONFIG_PATH)?)
            .map_err(|error| PackageError::AppConfig { reason: error.to_string() })?;
        if config.format == AppConfig::FORMAT {
            Ok(config)
        } else {
            let reason = format!("format {} is not known, this build reads {}", config.format, AppConfig::FORMAT);
            Err(PackageError::AppConfig { reason })
        }
    }

    fn required(&self, path: &str) -> Result<&[u8], PackageError> {
        self.get(path).ok_or_else(|| PackageError::Missing { path: path.to_owned() })
    }

    /// Paths, sizes and digests of all files.
    #[must_use]
    pub fn listing(&self) -> FileListing {
        let listed = |file: &PackageFile| ListedFile { size: file.bytes.len() as u64, sha256: file.sha256 };
        self.files.iter().map(|(path, file)| (path.clone(), listed(file))).collect()
    }

    /// Stored size of each code package: the subpackages with the given roots, and `""` for all the rest.
    #[must_use]
    pub fn code_package_sizes<'r>(&self, roots: &[&'r str]) -> BTreeMap<&'r str, u64> {
        let mut sizes: BTreeMap<&str, u64> = roots.iter().map(|root| (*root, 0)).collect();
        sizes.insert("", 0);
        for (path, file) in &self.files {
            // `script/`, `template/`, `style/` or `file/` comes before the path that the project has.
            let in_project = path.as_str().split_once('/').map_or("", |(_, rest)| rest);
            let root = roots.iter().copied().find(|root| is_within(in_project, root)).unwrap_or("");
            *sizes.entry(root).or_default() += file.stored_size;
        }
        sizes
    }

    /// Refuses a main package or subpackage that is over its limit.
    ///
    /// # Errors
    /// Names the code package, its size and the limit.
    pub fn check_code_packages(&self, limits: &Limits, roots: &[&str]) -> Result<(), PackageError> {
        for (root, size) in self.code_package_sizes(roots) {
            let (what, limit) = match root {
                "" => ("the main package".to_owned(), limits.main_package_bytes),
                root => (format!("the subpackage `{root}`"), limits.subpackage_bytes),
            };
            if size > limit {
                return Err(PackageError::Limit { what, size, limit });
            }
        }
        Ok(())
    }
}

/// True where `path` lies below `root`, by whole segments; roots may be written with a slash at the end.
fn is_within(path: &str, root: &str) -> bool {
    let root = root.trim_matches('/');
    !root.is_empty() && path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
}
