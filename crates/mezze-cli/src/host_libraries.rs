//! Component libraries that the original host brings along (`useExtendedLib`), carried in this program.
//!
//! The compiler reads libraries from a folder, so they are written once into the cache, under a name that changes with
//! what is in them.

use rust_embed::RustEmbed;
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "../../web/libraries"]
struct Embedded;

/// The folder with the libraries, written where it is not there yet; `None` where it can't be, or nothing is carried.
///
/// An app that needs none must build on a machine without a place to write, so nothing here is an error.
pub fn folder() -> Option<PathBuf> {
    let mut names: Vec<_> = Embedded::iter().collect();
    names.sort();
    let version = names.iter().find(|name| name.ends_with("weui-miniprogram/package.json"))?;
    let digest = mezze_model::Digest::of(&Embedded::get(version)?.data).to_string();
    let libraries = crate::folders::cache().ok()?.join("libraries");
    let folder = libraries.join(digest.get(..16)?);
    if folder.is_dir() {
        return Some(folder);
    }
    write(&libraries, &folder, &names).inspect_err(|cause| tracing::debug!(%cause, "libraries not written")).ok()
}

/// Staged beside its place and then renamed: a folder that is there is whole.
fn write(libraries: &Path, folder: &Path, names: &[impl AsRef<str>]) -> std::io::Result<PathBuf> {
    let staged = libraries.join(format!(".staged-{}", std::process::id()));
    for name in names.iter().map(AsRef::as_ref) {
        let path = staged.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&staged))?;
        std::fs::write(path, Embedded::get(name).map(|file| file.data).unwrap_or_default())?;
    }
    let renamed = std::fs::rename(&staged, folder);
    if renamed.is_err() {
        std::fs::remove_dir_all(&staged)?;
    }
    // Another process may have been first.
    if folder.is_dir() { Ok(folder.to_owned()) } else { renamed.map(|()| folder.to_owned()) }
}
