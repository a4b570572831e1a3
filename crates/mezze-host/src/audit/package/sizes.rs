//! How large the package is, by code package and by file, and what is in it twice.

use std::collections::BTreeMap;

use mezze_package::Limits;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Module;
use crate::headless::AppFiles;

/// Sizes, largest first.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SizeReport {
    pub total: u64,
    pub packages: Vec<CodePackageSize>,
    /// The largest files, unpacked.
    pub files: Vec<FileSize>,
    pub duplicates: Vec<DuplicateModule>,
}

/// A code package.
#[derive(Debug, Clone, Serialize)]
pub struct CodePackageSize {
    /// Empty for the main package.
    pub root: String,
    pub bytes: u64,
    pub limit: u64,
    pub pages: usize,
}

/// A file of the package.
#[derive(Debug, Clone, Serialize)]
pub struct FileSize {
    pub path: String,
    pub bytes: u64,
}

/// Modules with the same code.
#[derive(Debug, Clone, Serialize)]
pub struct DuplicateModule {
    pub modules: Vec<String>,
    /// Code packages that hold one.
    pub roots: Vec<String>,
    /// Of one of them.
    pub bytes: u64,
}

const MOST_FILES: usize = 20;
/// A duplicate that is smaller is not worth a word.
const SMALLEST_DUPLICATE: usize = 512;

pub fn measure(files: &AppFiles, modules: &[Module], stored: &[(String, u64)], limits: &Limits) -> SizeReport {
    let config = &files.config;
    let of_files = unpacked_sizes(files);
    let packages = config.packages.iter().map(|package| {
        let bytes = stored.iter().find(|(root, _)| *root == package.root).map(|(_, bytes)| *bytes);
        CodePackageSize {
            root: package.root.clone(),
            bytes: bytes.or_else(|| of_files.get(package.root.as_str()).copied()).unwrap_or_default(),
            limit: if package.root.is_empty() { limits.main_package_bytes } else { limits.subpackage_bytes },
            pages: package.pages.len(),
        }
    });
    let packages: Vec<CodePackageSize> = packages.collect();
    let mut sizes: Vec<FileSize> =
        files.iter().map(|(path, bytes)| FileSize { path: path.to_owned(), bytes: bytes.len() as u64 }).collect();
    sizes.sort_by_key(|file| (std::cmp::Reverse(file.bytes), file.path.clone()));
    sizes.truncate(MOST_FILES);
    SizeReport {
        total: packages.iter().map(|package| package.bytes).sum(),
        packages,
        files: sizes,
        duplicates: duplicates(modules),
    }
}

/// Bytes of the files of each code package.
fn unpacked_sizes(files: &AppFiles) -> BTreeMap<&str, u64> {
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for (path, bytes) in files.iter() {
        let in_project = path.split_once('/').map_or("", |(_, rest)| rest);
        let holds =
            |root: &&str| !root.is_empty() && in_project.strip_prefix(*root).is_some_and(|rest| rest.starts_with('/'));
        let roots = files.config.packages.iter().map(|package| package.root.as_str());
        let root = roots.filter(holds).max_by_key(|root| root.len()).unwrap_or("");
        *sizes.entry(root).or_default() += bytes.len() as u64;
    }
    sizes
}

/// Modules whose bodies are the same, in more than one code package.
fn duplicates(modules: &[Module]) -> Vec<DuplicateModule> {
    let mut by_content: BTreeMap<String, Vec<&Module>> = BTreeMap::new();
    for module in modules {
        let body = body_of(&module.text);
        if body.len() >= SMALLEST_DUPLICATE {
            by_content.entry(hex::encode(Sha256::digest(body.as_bytes()))).or_default().push(module);
        }
    }
    let mut duplicates: Vec<DuplicateModule> = by_content
        .into_values()
        .filter_map(|same| {
            let mut roots: Vec<String> = same.iter().map(|module| module.root.clone()).collect();
            roots.sort();
            roots.dedup();
            let bytes = same.first().map(|module| module.text.len() as u64)?;
            let modules = same.iter().map(|module| module.name.clone()).collect();
            (roots.len() > 1).then_some(DuplicateModule { modules, roots, bytes })
        })
        .collect();
    duplicates.sort_by_key(|duplicate| std::cmp::Reverse(duplicate.bytes * (duplicate.modules.len() as u64 - 1)));
    duplicates
}

/// A module without its wrapper's first line, which has its name in it.
fn body_of(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, body)| body)
}

impl SizeReport {
    /// Of an app that is audited.
    pub fn of(input: &crate::audit::AuditInput<'_>, inspection: &super::Inspection) -> Self {
        measure(&input.files, &inspection.modules, &input.stored_sizes, &input.limits)
    }
}
