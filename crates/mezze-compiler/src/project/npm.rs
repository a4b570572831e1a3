//! Packages installed by npm but not built for mini apps, shown where building them would put them.
//!
//! The original tool's "build npm" copies the folder that `package.json` names in `miniprogram` (a component library),
//! or bundles the main entry, to `miniprogram_npm/NAME`. Here nothing is copied: the path `miniprogram_npm/NAME/x.js`
//! stands for `node_modules/NAME/FOLDER/x.js`, and a package's own `node_modules` for its `miniprogram_npm`.

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
    located: RwLock<HashMap<String, Option<PathBuf>>>,
    /// Component folder of each package that was looked at.
    folders: RwLock<HashMap<PathBuf, Option<String>>>,
}

impl InstalledPackages {
    pub fn new(project_root: &Path, source_root: &Path) -> Self {
        let mut bases = vec![source_root.to_owned()];
        let mut folder = source_root;
        while folder != project_root {
            let Some(parent) = folder.parent() else { break };
            folder = parent;
            bases.push(folder.to_owned());
        }
        bases.retain(|base| base.join(INSTALLED).is_dir());
        Self { bases, ..Self::default() }
    }

    /// Looks again at what is installed.
    pub fn forget(&mut self) {
        self.located = RwLock::default();
        self.folders = RwLock::default();
    }

    /// Place on disk of `miniprogram_npm/…` paths.
    pub fn locate(&self, path: &str) -> Option<PathBuf> {
        let rest = path.strip_prefix(BUILT)?.strip_prefix('/')?;
        if self.bases.is_empty() {
            return None;
        }
        if let Ok(located) = self.located.read()
            && let Some(known) = located.get(path)
        {
            return known.clone();
        }
        let found = self.bases.iter().find_map(|base| self.locate_below(base, rest));
        if let Ok(mut located) = self.located.write() {
            located.insert(path.to_owned(), found.clone());
        }
        found
    }

    /// Files of a component library, as paths below `miniprogram_npm`; none for a package of scripts.
    pub fn library_files(&self, name: &str) -> Vec<String> {
        let packages = self.bases.iter().map(|base| base.join(INSTALLED).join(name));
        let found = packages.filter_map(|package| Some(package.join(self.component_folder(&package)?))).next();
        let Some(folder) = found else { return Vec::new() };
        super::sources::list(&folder).into_iter().map(|file| format!("{BUILT}/{name}/{file}")).collect()
    }

    /// `rest` is `NAME/inner/path`, where `inner/path` may again start with `miniprogram_npm/`.
    fn locate_below(&self, base: &Path, rest: &str) -> Option<PathBuf> {
        let (name, inner) = split_package_name(rest)?;
        let package = base.join(INSTALLED).join(name);
        let file = match self.component_folder(&package) {
            Some(folder) if inner != "package.json" => package.join(folder).join(inner),
            _ => package.join(inner),
        };
        // A component library may carry the packages it needs, built, inside its own folder.
        if file.is_file() {
            return Some(file);
        }
        let nested = inner.strip_prefix(BUILT).and_then(|nested| nested.strip_prefix('/'))?;
        self.locate_below(&package, nested)
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

/// Splits `@scope/name/inner` or `name/inner`.
pub fn split_package_name(path: &str) -> Option<(&str, &str)> {
    let first = path.find('/')?;
    let end = if path.starts_with('@') { first + 1 + path[first + 1..].find('/')? } else { first };
    Some((&path[..end], &path[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::split_package_name;

    #[test]
    fn scoped_names_have_two_segments() {
        assert_eq!(split_package_name("@vant/weapp/button/index"), Some(("@vant/weapp", "button/index")));
        assert_eq!(split_package_name("dayjs/index.js"), Some(("dayjs", "index.js")));
        assert_eq!(split_package_name("dayjs"), None);
    }
}
