//! Files that go into the package as they are: pictures, fonts, media, data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use globset::{Glob, GlobMatcher};

use super::cache::{Asset, Cache};
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::IgnoreRule;
use crate::project::{Sources, paths};

/// Kinds of files that an app may read or show. Others (documents, archives, keys, sources of other tools) stay out,
/// as they do in the original host, so that nothing is published by accident.
const KINDS: [&str; 45] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "avif", "apng", "mp3", "aac", "m4a", "wav", "ogg",
    "flac", "silk", "mp4", "webm", "mov", "m4v", "ttf", "otf", "woff", "woff2", "eot", "json", "txt", "csv", "xml",
    "geojson", "bin", "wasm", "br", "glb", "gltf", "obj", "mtl", "hdr", "ktx", "ktx2", "cer", "fbx", "atlas", "skel",
];
/// Files at the root that configure tools.
const CONFIGURATION: [&str; 12] = [
    "app.json",
    "project.config.json",
    "project.private.config.json",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "jsconfig.json",
    "mezze.json",
    "theme.json",
    "ext.json",
    "components.json",
    "tslint.json",
];
const NAMED: usize = 5;

/// What was asked for and what there is.
pub struct Request<'a> {
    pub sources: &'a Sources,
    pub ignored: &'a [IgnoreRule],
    /// Installed component libraries that the app uses: their pictures and fonts come with them.
    pub libraries: &'a BTreeSet<String>,
    /// Files that were compiled, or configure something: they are not copied.
    pub is_source: &'a dyn Fn(&str) -> bool,
    /// All files together may have this many bytes.
    pub limit: u64,
    pub configuration: String,
}

/// Reads the assets; answers them by their path in the package (`file/…`).
pub fn collect(
    request: &Request<'_>,
    cache: &mut Cache,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Arc<[u8]>> {
    let rules: Vec<Rule> = request.ignored.iter().filter_map(Rule::new).collect();
    let of_libraries: Vec<String> = request
        .libraries
        .iter()
        .flat_map(|name| request.sources.library_files(name))
        .filter(|path| paths::extension(path) != "json")
        .collect();
    let chosen: Vec<&String> = request
        .sources
        .files()
        .iter()
        .chain(&of_libraries)
        .filter(|path| is_asset(path) && !(request.is_source)(path) && !rules.iter().any(|rule| rule.matches(path)))
        .collect();
    let mut sizes = Vec::new();
    for path in chosen {
        let metadata = request.sources.locate(path).and_then(|location| std::fs::metadata(location).ok());
        if let Some(metadata) = metadata {
            sizes.push((path.clone(), metadata.len(), metadata.modified().ok()));
        }
    }
    let total: u64 = sizes.iter().map(|(_, size, _)| size).sum();
    if total > request.limit {
        sizes.sort_by_key(|(path, size, _)| (std::cmp::Reverse(*size), path.clone()));
        let largest: Vec<(String, u64)> =
            sizes.iter().take(NAMED).map(|(path, size, _)| (request.sources.display(path), *size)).collect();
        let file = largest.first().map_or_else(|| request.configuration.clone(), |(file, _)| file.clone());
        findings.push(catalog::too_large(&file, total, request.limit, &largest));
        return BTreeMap::new();
    }
    let mut files = BTreeMap::new();
    for (path, size, modified) in sizes {
        let package_path = format!("file/{path}");
        if let Err(error) = mezze_model::PackagePath::parse(&package_path) {
            findings.push(catalog::unpackable_name(&request.sources.display(&path), &error.to_string()));
            continue;
        }
        match read(&path, size, modified, request.sources, cache) {
            Ok(bytes) => {
                files.insert(package_path, bytes);
            }
            Err(error) => findings.push(catalog::unreadable(&request.sources.display(&path), &error.to_string())),
        }
    }
    files
}

fn is_asset(path: &str) -> bool {
    let kind = paths::extension(path).to_ascii_lowercase();
    KINDS.contains(&kind.as_str()) && !CONFIGURATION.contains(&path) && paths::file_name(path) != "package.json"
}

fn read(
    path: &str,
    size: u64,
    modified: Option<std::time::SystemTime>,
    sources: &Sources,
    cache: &mut Cache,
) -> std::io::Result<Arc<[u8]>> {
    if let Some(kept) = cache.assets.get(path)
        && kept.size == size
        && kept.modified == modified
        && modified.is_some()
    {
        return Ok(Arc::clone(&kept.bytes));
    }
    let location = sources.locate(path).ok_or(std::io::ErrorKind::NotFound)?;
    let bytes: Arc<[u8]> = std::fs::read(location)?.into();
    cache.assets.insert(path.to_owned(), Asset { modified, size, bytes: Arc::clone(&bytes) });
    Ok(bytes)
}

/// A rule that is ready to match.
enum Rule {
    File(String),
    Folder(String),
    Suffix(String),
    Prefix(String),
    Glob(Box<GlobMatcher>),
}

impl Rule {
    /// Rules that can't be understood match nothing. Regular expressions are read as globs where they are plain.
    fn new(rule: &IgnoreRule) -> Option<Self> {
        Some(match rule {
            IgnoreRule::File(path) => Self::File(path.clone()),
            IgnoreRule::Folder(path) => Self::Folder(format!("{path}/")),
            IgnoreRule::Suffix(suffix) => Self::Suffix(suffix.clone()),
            IgnoreRule::Prefix(prefix) => Self::Prefix(prefix.clone()),
            IgnoreRule::Glob(glob) => Self::Glob(Box::new(Glob::new(glob).ok()?.compile_matcher())),
            IgnoreRule::Regex(_) => return None,
        })
    }

    fn matches(&self, path: &str) -> bool {
        match self {
            Self::File(file) => path == file,
            Self::Folder(folder) => path.starts_with(folder.as_str()),
            Self::Suffix(suffix) => path.ends_with(suffix.as_str()),
            Self::Prefix(prefix) => paths::file_name(path).starts_with(prefix.as_str()),
            Self::Glob(glob) => glob.is_match(path),
        }
    }
}
