//! What an audit is given.

use std::sync::Arc;

use super::finding::{Finding, Place};
use crate::headless::{AppFiles, Budget, PackagePosition};

/// Leads a place in a package file back to the developer's own.
pub type Locate<'a> = dyn Fn(&PackagePosition) -> Option<Place> + Sync + 'a;

/// An app to be audited.
pub struct AuditInput<'a> {
    pub files: Arc<AppFiles>,
    /// Bytes of each code package as they are stored, by root; of the files' own sizes where nothing is given.
    pub stored_sizes: Vec<(String, u64)>,
    pub limits: mezze_package::Limits,
    /// Where a place in the package came from; nothing where only the package is known.
    pub locate: Option<&'a Locate<'a>>,
    /// What is known already, from the compiler for example.
    pub findings: Vec<Finding>,
}

impl AuditInput<'_> {
    /// The developer's place, or the package's.
    pub fn place(&self, position: &PackagePosition) -> Place {
        self.locate.and_then(|locate| locate(position)).unwrap_or_else(|| Place {
            file: position.file.clone(),
            line: Some(position.line),
            column: Some(position.column),
        })
    }
}

/// How to audit.
#[derive(Debug, Clone)]
pub struct AuditOptions {
    /// Only this page.
    pub page: Option<String>,
    /// Warnings fail the audit too.
    pub strict: bool,
    /// Pages visited side by side. 0 visits them in the caller's thread, which must have [`super::STACK`]: a confined
    /// process starts none.
    pub threads: usize,
    /// For each page.
    pub budget: Budget,
    /// Taps on a page.
    pub most_taps: usize,
}
