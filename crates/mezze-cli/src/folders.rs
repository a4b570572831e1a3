//! Where the command line keeps things: keys in the user's configuration folder, what can be made again in the cache.

use crate::failure::Failure;
use std::path::{Path, PathBuf};

/// The environment variable that puts everything below one folder, for tests and for machines without a home.
const ONE_FOLDER: &str = "MEZZE_HOME";

/// `~/.config/mezze`: the developer's keys.
pub fn configuration() -> Result<PathBuf, Failure> {
    folder("XDG_CONFIG_HOME", ".config")
}

/// `~/.cache/mezze`: platforms of `mezze dev`.
pub fn cache() -> Result<PathBuf, Failure> {
    folder("XDG_CACHE_HOME", ".cache")
}

/// `~/.local/share/mezze`: the platform of `mezze serve`.
pub fn data() -> Result<PathBuf, Failure> {
    folder("XDG_DATA_HOME", ".local/share")
}

fn folder(variable: &str, default: &str) -> Result<PathBuf, Failure> {
    if let Some(folder) = std::env::var_os(ONE_FOLDER).filter(|folder| !folder.is_empty()) {
        return Ok(Path::new(&folder).join(default.trim_start_matches('.')));
    }
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(default)))
        .map(|folder| folder.join("mezze"))
        .ok_or_else(|| {
            Failure::new("the home folder is not known", format!("set {ONE_FOLDER} to a folder for Mezze's own files"))
        })
}
