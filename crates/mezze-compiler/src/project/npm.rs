//! Packages installed by npm but not built for mini apps, shown where building them would put them.
//!
//! The original tool's "build npm" copies the folder that `package.json` names in `miniprogram` (a component library),
//! or bundles the main entry, to `miniprogram_npm/NAME`. Here nothing is copied: the path `miniprogram_npm/NAME/x.js`
//! stands for `node_modules/NAME/FOLDER/x.js`, and a package's own `node_modules` for its `miniprogram_npm`.
//! A dependency on a folder (`"NAME": "file:../ui"`) needs no installation: it is looked up in that folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::RwLock;

const BUILT: &str = "miniprogram_npm";
const INSTALLED: &str = "node_modules";

/// Looks up files of installed packages; answers are kept for the length of a build.
#[derive(Debug, Default)]
pub struct InstalledPackages {
    /// Folders whose `node_modules` is searched, nearest first.
    bases: Vec<PathBuf>,
    /// Folders that `package.json` names as dependencies, by package name.
    linked: HashMap<String, PathBuf>,
    located: RwLock<HashMap<String, Option<PathBuf>>>,
    /// Component folder of each package that was looked at.
    folders: RwLock<HashMap<PathBuf, Option<String>>>,
}

impl InstalledPackages {
    pub fn new(project_root: &Path, source_root: &Path, host_libraries: Option<&Path>) -> Self {
        let mut bases = vec![source_root.to_owned()];
        let mut folder = source_root;
        while folder != project_root {
            let Some(parent) = folder.parent() else { break };
            folder = parent;
            bases.push(folder.to_owned());
        }
        let linked = bases.iter().rev().flat_map(|base| linked_folders(base)).collect();
        bases.extend(host_libraries.map(Path::to_owned));
        bases.retain(|base| base.join(INSTALLED).is_dir());
        Self { bases, linked, ..Self::default() }
    }

    /// Looks again at what is installed.
    pub fn forget(&mut self) {
        self.located = RwLock::default();
        self.folders = RwLock::default();
    }

    /// Place on disk of `miniprogram_npm/…` paths.
    pub fn locate(&self, path: &str) -> Option<PathBuf> {
        let rest = path.strip_prefix(BUILT)?.strip_prefix('/')?;
        if self.bases.is_empty() && self.linked.is_empty() {
            return None;
        }
        if let Ok(located) = self.located.read()
            && let Some(known) = located.get(path)
        {
            return known.clone();
        }
        let installed = self.bases.iter().find_map(|base| self.locate_below(base, rest));
        let found = installed.or_else(|| {
            let (name, inner) = split_package_name(rest)?;
            self.locate_in(self.linked.get(name)?, inner)
        });
        if let Ok(mut located) = self.located.write() {
            located.insert(path.to_owned(), found.clone());
        }
        found
    }

    /// Files of a component library, as paths below `miniprogram_npm`; none for a package of scripts.
    pub fn library_files(&self, name: &str) -> Vec<String> {
        let installed = self.bases.iter().map(|base| base.join(INSTALLED).join(name));
        let packages = installed.chain(self.linked.get(name).cloned());
        let found = packages.filter_map(|package| Some(package.join(self.component_folder(&package)?))).next();
        let Some(folder) = found else { return Vec::new() };
        super::sources::list(&folder).into_iter().map(|file| format!("{BUILT}/{name}/{file}")).collect()
    }

    /// `rest` is `NAME/inner/path`, where `inner/path` may again start with `miniprogram_npm/`.
    fn locate_below(&self, base: &Path, rest: &str) -> Option<PathBuf> {
        let (name, inner) = split_package_name(rest)?;
        self.locate_in(&base.join(INSTALLED).join(name), inner)
    }

    fn locate_in(&self, package: &Path, inner: &str) -> Option<PathBuf> {
        let file = match self.component_folder(package) {
            Some(folder) if inner != "package.json" => package.join(folder).join(inner),
            _ => package.join(inner),
        };
        // A component library may carry the packages it needs, built, inside its own folder.
        if file.is_file() {
            return Some(file);
        }
        let nested = inner.strip_prefix(BUILT).and_then(|nested| nested.strip_prefix('/'))?;
        self.locate_below(package, nested)
    }

    fn component_folder(&self, package: &Path) -> Option<String> {
        if let Ok(folders) = self.folders.read()
            && let Some(known) = folders.get(package)
        {
            return known.clone();
        }
        let folder = component_folder(package);
        if let Ok(mut folders) = self.folders.write() {
            folders.insert(package.to_owned(), folder.clone());
        }
        folder
    }
}

/// The package's `miniprogram` setting, where it has one.
fn component_folder(package: &Path) -> Option<String> {
    let text = std::fs::read_to_string(package.join("package.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    let folder = manifest.get("miniprogram")?.as_str()?;
    let folder = super::paths::resolve("", folder);
    package.join(&folder).is_dir().then_some(folder)
}

/// Dependencies of a folder's `package.json` that are folders themselves.
fn linked_folders(base: &Path) -> Vec<(String, PathBuf)> {
    let Ok(text) = std::fs::read_to_string(base.join("package.json")) else { return Vec::new() };
    let Ok(manifest) = serde_json::from_str::<serde_json::Value>(&text) else { return Vec::new() };
    let dependencies = manifest.get("dependencies").and_then(serde_json::Value::as_object);
    let folder = |written: &serde_json::Value| {
        let folder = base.join(written.as_str()?.strip_prefix("file:")?);
        folder.is_dir().then_some(folder)
    };
    let named = dependencies.into_iter().flatten();
    named.filter_map(|(name, written)| Some((name.clone(), folder(written)?))).collect()
}

/// Splits `@scope/name/inner` or `name/inner`.
pub fn split_package_name(path: &str) -> Option<(&str, &str)> {
    let first = path.find('/')?;
    let end = if path.starts_with('@') { first + 1 + path[first + 1..].find('/')? } else { first };
    Some((&path[..end], &path[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{InstalledPackages, split_package_name};

    #[test]
    fn a_dependency_on_a_folder_needs_no_installation() {
        let root = std::env::temp_dir().join(format!("mezze-linked-{}", std::process::id()));
        let (app, library) = (root.join("app"), root.join("ui"));
        for folder in [&app, &library.join("dist/tag")] {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        let write = |path: &std::path::Path, text: &str| std::fs::write(path, text).expect("a file");
        write(
            &app.join("package.json"),
            r#"{"dependencies": {"@x/ui": "file:../ui", "gone": "file:../gone", "y": "1"}}"#,
        );
        write(&library.join("package.json"), r#"{"miniprogram": "dist"}"#);
        write(&library.join("dist/tag/tag.json"), "{}");
        let packages = InstalledPackages::new(&app, &app, None);
        let found = packages.locate("miniprogram_npm/@x/ui/tag/tag.json").expect("it is found");
        assert!(found.ends_with("ui/dist/tag/tag.json"), "{}", found.display());
        assert_eq!(packages.library_files("@x/ui"), ["miniprogram_npm/@x/ui/tag/tag.json"]);
        assert_eq!(packages.locate("miniprogram_npm/gone/tag.json"), None);
        std::fs::remove_dir_all(root).expect("it goes");
    }

    #[test]
    fn scoped_names_have_two_segments() {
        assert_eq!(split_package_name("@vant/weapp/button/index"), Some(("@vant/weapp", "button/index")));
        assert_eq!(split_package_name("dayjs/index.js"), Some(("dayjs", "index.js")));
        assert_eq!(split_package_name("dayjs"), None);
    }
}
