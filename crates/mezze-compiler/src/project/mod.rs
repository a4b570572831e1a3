//! A project folder: where its source root is, which files it has, and their text.
//!
//! Input: a folder with `app.json` (or the dialect's own name for it) in it or in the root its settings name.
//! Output: [`Sources`], a tree of paths relative to the source root, read once and kept by modification time.

mod npm;
pub mod paths;
mod sources;

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::dialect::{self, Dialect};

pub use sources::{SourceText, Sources, hash_of};

/// A project that was found on disk. Cheap: its files are read when it is compiled.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    source_root: PathBuf,
    plugin_root: Option<PathBuf>,
    dialect: &'static dyn Dialect,
    /// Folder whose `node_modules` holds the component libraries that the original host brings along.
    host_libraries: Option<PathBuf>,
}

/// Why a folder is not a project.
#[derive(Debug, Error, miette::Diagnostic)]
pub enum OpenProjectError {
    #[error("there is no folder {0}")]
    #[diagnostic(code(project::no_folder), help("check the path, or run the command inside the project folder"))]
    NoFolder(PathBuf),
    #[error("{folder} is not a mini app project: it has no app.json")]
    #[diagnostic(
        code(project::no_app_configuration),
        help(
            "the folder to open holds app.json, or a project.config.json whose miniprogramRoot names the folder that does"
        )
    )]
    NoApplication { folder: PathBuf },
    #[error("{file} names the source folder {source_root}, which does not exist")]
    #[diagnostic(code(project::no_source_root), help("create the folder, or correct the setting in {file}"))]
    NoSourceRoot { file: String, source_root: String },
    #[error("{file} can't be read: {reason}")]
    #[diagnostic(code(project::unreadable))]
    Unreadable { file: String, reason: String },
}

impl Project {
    /// Finds out where the project's sources are and which dialect they are written in.
    pub fn open(folder: &Path) -> Result<Self, OpenProjectError> {
        let root = folder.canonicalize().map_err(|_| OpenProjectError::NoFolder(folder.to_owned()))?;
        if !root.is_dir() {
            return Err(OpenProjectError::NoFolder(folder.to_owned()));
        }
        for &dialect in dialect::all() {
            if let Some(source_root) = dialect.find_source_root(&root)? {
                let plugin_root = dialect.find_plugin_root(&root).filter(|plugin| *plugin != source_root);
                return Ok(Self { root, source_root, plugin_root, dialect, host_libraries: None });
            }
        }
        Err(OpenProjectError::NoApplication { folder: folder.to_owned() })
    }

    /// Names the folder whose `node_modules` holds the component libraries that the original host brings along
    /// (`useExtendedLib`). What the project itself has installed comes first.
    #[must_use]
    pub fn with_host_libraries(mut self, folder: PathBuf) -> Self {
        self.host_libraries = Some(folder);
        self
    }

    pub(crate) fn host_libraries(&self) -> Option<&Path> {
        self.host_libraries.as_deref()
    }

    /// The folder that was opened.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that the app's paths start from.
    pub fn source_root(&self) -> &Path {
        &self.source_root
    }

    /// The folder of a plugin that is developed beside the app.
    pub(crate) fn plugin_root(&self) -> Option<&Path> {
        self.plugin_root.as_deref()
    }

    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.dialect
    }
}
