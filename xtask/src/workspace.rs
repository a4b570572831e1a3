//! Where things are, and how children of xtask are started.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The checkout this program was started in. Checkouts share one build folder, so the one that it was built from
    /// may be another, or gone.
    pub fn find() -> Self {
        let started = std::env::current_dir().unwrap_or_default();
        let built_from = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        let root = started.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
        let root = root.unwrap_or_else(built_from).to_path_buf();
        let target = target_folder(&root);
        Self { root, target }
    }

    /// A path inside the repository.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The built command line, in the debug profile.
    pub fn mezze(&self) -> PathBuf {
        self.target.join("debug").join(format!("mezze{}", std::env::consts::EXE_SUFFIX))
    }

    /// The built command line, in the release profile.
    pub fn mezze_release(&self) -> PathBuf {
        self.target.join("release").join(format!("mezze{}", std::env::consts::EXE_SUFFIX))
    }

    /// A command that runs at the repository's root with one target folder for every build.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Cargo, the one that started us where there is one.
    pub fn cargo(&self) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(program);
        // Cargo tells its children about the package it runs; a child cargo must not believe that.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        command.env_remove("CARGO_MANIFEST_DIR");
        command
    }

    /// npm in a folder of the repository.
    pub fn npm(&self, folder: &str) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(self.path(folder));
        command
    }
}

/// `CARGO_TARGET_DIR`, else the user's cache folder: a checkout then stays small and several share one build.
fn target_folder(root: &Path) -> PathBuf {
    if let Some(given) = std::env::var_os("CARGO_TARGET_DIR") {
        return root.join(given);
    }
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
    cache.map_or_else(|| root.join("target"), |cache| cache.join("mezze").join("target"))
}
