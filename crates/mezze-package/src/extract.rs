//! Writes a package into a folder: beside it first, then swapped, so that there is never half a package.
//!
//! Nothing is ever written outside the staging folder: paths are checked by type, the staging folder is new, so that
//! no link can stand in it, and files are only ever created, never opened.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::Package;

/// How many names are tried for the folder beside the destination.
const MOST_STAGINGS: u32 = 1000;

/// Extracts all files to `destination`, replacing the folder that is there.
///
/// # Errors
/// The destination is not a folder, or a file can't be written; then the old folder is as it was.
pub fn extract(package: &Package, destination: &Path) -> Result<(), ExtractError> {
    let parent = match destination.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = destination.file_name().ok_or_else(|| ExtractError::Destination { path: destination.to_owned() })?;
    match fs::symlink_metadata(destination) {
        Ok(metadata) if !metadata.is_dir() => {
            return Err(ExtractError::Destination { path: destination.to_owned() });
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(ExtractError::Io { path: destination.to_owned(), source }),
    }
    fs::create_dir_all(parent).map_err(|source| ExtractError::Io { path: parent.to_owned(), source })?;
    let beside = |kind: &str, number: u32| parent.join(format!(".{}.{kind}-{number}", name.display()));
    // A folder that a killed process had moved aside may hold the only copy of an old package: its number is skipped.
    let is_free = |number: &u32| !beside("old", *number).exists();
    let (staging, number) = Staging::new((0..MOST_STAGINGS).filter(is_free), |number| beside("new", number))?;
    for (path, file) in package.files() {
        write_file(&staging.path, path.as_str(), file.bytes())?;
    }
    swap(&staging.path, destination, &beside("old", number))
}

/// A new folder that is removed with all that is in it, unless it was moved away.
struct Staging {
    path: PathBuf,
}

impl Staging {
    /// Makes the first folder whose name is free; what a killed process or another one left is not touched.
    fn new(numbers: impl Iterator<Item = u32>, path_of: impl Fn(u32) -> PathBuf) -> Result<(Self, u32), ExtractError> {
        let mut last = ExtractError::Io { path: path_of(0), source: io::ErrorKind::AlreadyExists.into() };
        for number in numbers {
            let path = path_of(number);
            match fs::create_dir(&path) {
                Ok(()) => return Ok((Self { path }, number)),
                Err(source) => {
                    let taken = source.kind() == io::ErrorKind::AlreadyExists;
                    last = ExtractError::Io { path, source };
                    if !taken {
                        break;
                    }
                }
            }
        }
        Err(last)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn write_file(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), ExtractError> {
    let target = folder.join(path);
    let write = || -> io::Result<()> {
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        OpenOptions::new().write(true).create_new(true).open(&target)?.write_all(bytes)
    };
    write().map_err(|source| ExtractError::Io { path: target.clone(), source })
}

fn swap(staging: &Path, destination: &Path, old: &Path) -> Result<(), ExtractError> {
    let fault = |source| ExtractError::Io { path: destination.to_owned(), source };
    if !destination.exists() {
        return fs::rename(staging, destination).map_err(fault);
    }
    fs::rename(destination, old).map_err(fault)?;
    if let Err(source) = fs::rename(staging, destination) {
        // Put back what was there; if that fails too, the old folder is still beside it.
        let _ = fs::rename(old, destination);
        return Err(fault(source));
    }
    fs::remove_dir_all(old).map_err(|source| ExtractError::Io { path: old.to_owned(), source })
}

/// Why a package can't be extracted.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    #[error("can't extract to {}: it is not a folder", .path.display())]
    Destination { path: PathBuf },
    #[error("can't write {}", .path.display())]
    Io { path: PathBuf, source: io::Error },
}
