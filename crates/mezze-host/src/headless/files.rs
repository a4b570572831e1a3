//! The files of a package, as the headless host reads them.

use std::collections::BTreeMap;
use std::sync::Arc;

use mezze_model::AppConfig;
use mezze_package::{Package, PackageError};

/// An app: its configuration and the files of its package by path.
#[derive(Debug, Clone)]
pub struct AppFiles {
    pub config: AppConfig,
    files: BTreeMap<String, Arc<[u8]>>,
}

impl AppFiles {
    /// Of a package's contents. The files may be shared with whoever made them.
    #[must_use]
    pub fn new(config: AppConfig, files: BTreeMap<String, Arc<[u8]>>) -> Self {
        Self { config, files }
    }

    /// Of a package that was read.
    ///
    /// # Errors
    /// It has no configuration of the form that this build reads.
    pub fn of_package(package: &Package) -> Result<Self, PackageError> {
        let files = package.files().map(|(path, file)| (path.to_string(), Arc::from(file.bytes()))).collect();
        Ok(Self { config: package.app_config()?, files })
    }

    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }

    /// Joins files as the shell does: each ends with a newline, so that lines add up.
    pub(super) fn joined<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
        let mut text = Vec::new();
        for path in paths {
            text.extend_from_slice(self.get(path).unwrap_or_default());
            if text.last() != Some(&b'\n') {
                text.push(b'\n');
            }
        }
        text
    }
}
