//! The tree of a project's files and their text, kept between builds.
//!
//! Paths are relative to the source root. Packages that were installed but not built for mini apps appear under
//! `miniprogram_npm/…`, where building them would have put them (see [`super::npm`]).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

use ignore::WalkBuilder;

use super::npm::InstalledPackages;
use super::{Project, paths};

/// A file's text with a hash of it, by which results computed from it are kept.
#[derive(Debug, Clone)]
pub struct SourceText {
    pub text: Arc<str>,
    pub hash: u64,
}

#[derive(Debug, Clone)]
struct Kept {
    modified: Option<SystemTime>,
    size: u64,
    source: SourceText,
}

/// Files of a project. Shared by the threads of one build.
#[derive(Debug)]
pub struct Sources {
    project_root: PathBuf,
    root: PathBuf,
    /// Folder of a plugin, whose files stand below [`paths::PLUGIN_ROOT`].
    plugin: Option<PathBuf>,
    files: BTreeSet<String>,
    /// The same paths, for asking whether one is there.
    known: HashSet<String>,
    installed: InstalledPackages,
    texts: RwLock<HashMap<String, Kept>>,
    /// Paths whose kept text was compared with the disk in this build.
    checked: RwLock<HashSet<String>>,
}

impl Sources {
    /// Lists the files of the project; `previous` hands over what was read before.
    pub fn scan(project: &Project, previous: Option<Self>) -> Self {
        let root = project.source_root().to_owned();
        let texts = previous.map(|sources| sources.texts).unwrap_or_default();
        let mut files = list(&root);
        if let Some(plugin) = project.plugin_root() {
            files.extend(list(plugin).into_iter().map(|name| paths::join(paths::PLUGIN_ROOT, &name)));
        }
        Self {
            plugin: project.plugin_root().map(Path::to_owned),
            known: files.iter().cloned().collect(),
            files,
            installed: InstalledPackages::new(project.root(), &root, project.host_libraries()),
            project_root: project.root().to_owned(),
            root,
            texts,
            checked: RwLock::default(),
        }
    }

    /// Takes note of files that were changed, added or deleted since the scan; everything else is taken as it was.
    /// Answers whether files came or went.
    pub fn refresh(&mut self, changed: &[PathBuf]) -> bool {
        let before = self.files.len();
        let mut came = false;
        for path in changed {
            let Some(relative) = self.relative(path) else { continue };
            let hidden = |part: &str| part.starts_with('.') || part == "node_modules";
            if relative.split('/').any(hidden) {
                self.installed.forget();
                continue;
            }
            let absolute = self.on_disk(&relative);
            self.forget(&relative);
            if absolute.is_dir() {
                self.files.extend(list(&absolute).into_iter().map(|name| paths::join(&relative, &name)));
            } else if absolute.is_file() {
                came |= self.files.insert(relative);
            } else {
                let folder = format!("{relative}/");
                self.files.retain(|file| *file != relative && !file.starts_with(&folder));
            }
        }
        let changed = came || self.files.len() != before;
        if changed {
            self.known = self.files.iter().cloned().collect();
        }
        changed
    }

    fn relative(&self, path: &Path) -> Option<String> {
        let absolute = if path.is_absolute() { path.to_owned() } else { self.project_root.join(path) };
        let own = self.plugin.as_ref().and_then(|plugin| absolute.strip_prefix(plugin).ok());
        let (space, relative) = match own {
            Some(relative) => (paths::PLUGIN_ROOT, relative),
            None => ("", absolute.strip_prefix(&self.root).ok()?),
        };
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        Some(paths::join(space, &parts?.join("/")))
    }

    /// Where a path of the tree stands on disk.
    fn on_disk(&self, path: &str) -> PathBuf {
        let own = path.strip_prefix(paths::PLUGIN_ROOT).and_then(|rest| rest.strip_prefix('/'));
        match (own, &self.plugin) {
            (Some(rest), Some(plugin)) => plugin.join(rest),
            _ => self.root.join(path),
        }
    }

    fn forget(&mut self, relative: &str) {
        if let Ok(texts) = self.texts.get_mut() {
            texts.remove(relative);
        }
        if let Ok(checked) = self.checked.get_mut() {
            checked.remove(relative);
        }
    }

    /// All files below the source root, in order; installed packages are not listed.
    pub fn files(&self) -> &BTreeSet<String> {
        &self.files
    }

    /// True where the path is a file of the project or of an installed package.
    pub fn exists(&self, path: &str) -> bool {
        self.known.contains(path) || self.installed.locate(path).is_some()
    }

    /// Where a path is on disk.
    pub fn locate(&self, path: &str) -> Option<PathBuf> {
        if self.known.contains(path) {
            return Some(self.on_disk(path));
        }
        self.installed.locate(path)
    }

    /// Name of the installed package that holds a path (`miniprogram_npm/NAME/…`); nothing for the project's own files.
    pub fn library_of(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix("miniprogram_npm/").filter(|_| !self.known.contains(path))?;
        super::npm::split_package_name(rest).map(|(name, _)| name.to_owned())
    }

    /// All files of an installed component library.
    pub fn library_files(&self, name: &str) -> Vec<String> {
        self.installed.library_files(name)
    }

    /// Entry module of an installed package, as a path of this tree.
    pub fn package_entry(&self, package_folder: &str) -> Option<String> {
        let manifest = self.read(&paths::join(package_folder, "package.json"))?;
        let manifest: serde_json::Value = serde_json::from_str(&manifest.text).ok()?;
        let main = manifest.get("main").and_then(|main| main.as_str()).unwrap_or("index.js");
        Some(paths::resolve(package_folder, main))
    }

    /// Text of a file without its byte order mark; `None` where there is no such file.
    /// Bytes that are not UTF-8 are replaced.
    pub fn read(&self, path: &str) -> Option<SourceText> {
        if let Ok(checked) = self.checked.read()
            && checked.contains(path)
            && let Ok(texts) = self.texts.read()
            && let Some(kept) = texts.get(path)
        {
            return Some(kept.source.clone());
        }
        let location = self.locate(path)?;
        let kept = self.read_from_disk(path, &location)?;
        let source = kept.source.clone();
        if let Ok(mut texts) = self.texts.write() {
            texts.insert(path.to_owned(), kept);
        }
        if let Ok(mut checked) = self.checked.write() {
            checked.insert(path.to_owned());
        }
        Some(source)
    }

    fn read_from_disk(&self, path: &str, location: &Path) -> Option<Kept> {
        let metadata = std::fs::metadata(location).ok()?;
        let modified = metadata.modified().ok();
        if let Ok(texts) = self.texts.read()
            && let Some(kept) = texts.get(path)
            && kept.size == metadata.len()
            && kept.modified == modified
            && modified.is_some()
        {
            return Some(kept.clone());
        }
        let bytes = std::fs::read(location).ok()?;
        let text =
            String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let text: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
        let hash = hash_of(&text);
        Some(Kept { modified, size: metadata.len(), source: SourceText { text, hash } })
    }

    /// Name of a file for a person: relative to the project folder.
    pub fn display(&self, path: &str) -> String {
        let location = self.locate(path).unwrap_or_else(|| self.on_disk(path));
        match location.strip_prefix(&self.project_root) {
            Ok(relative) => relative.to_string_lossy().replace('\\', "/"),
            Err(_) => path.to_owned(),
        }
    }
}

/// Hash of a text for the caches of one process; not stable between versions.
pub fn hash_of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

pub(super) fn list(root: &Path) -> BTreeSet<String> {
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(false)
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules")
        })
        .build();
    walk.flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| {
            let parts: Option<Vec<&str>> =
                entry.path().strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
            Some(parts?.join("/"))
        })
        .collect()
}
