//! Developer keys on disk: PKCS#8 in PEM, readable by their owner only.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding};

use crate::{SigningKey, private_file};

/// A key in PEM is far shorter; whatever is longer is something else.
const LONGEST_FILE: u64 = 4096;

/// Writes a key to a new file with mode 0600. An existing file is never overwritten: it may be the only copy of a key
/// that releases depend on.
///
/// # Errors
/// The file exists, or can't be written.
pub fn create(path: &Path, key: &SigningKey) -> Result<(), KeyFileError> {
    let pem =
        key.as_inner().to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyFileError::NotAKey { path: path.to_owned() })?;
    private_file::create(path, pem.as_bytes()).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists { path: path.to_owned() },
        _ => KeyFileError::Write { path: path.to_owned(), source },
    })
}

/// Reads a key.
///
/// # Errors
/// The file can't be read, others may read it too, or it holds no Ed25519 key.
pub fn load(path: &Path) -> Result<SigningKey, KeyFileError> {
    let fault = |source| KeyFileError::Read { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(fault)?;
    check_mode(path, &metadata)?;
    if metadata.len() > LONGEST_FILE {
        return Err(KeyFileError::NotAKey { path: path.to_owned() });
    }
    let pem = fs::read(path).map_err(fault)?;
    let pem = std::str::from_utf8(&pem).map_err(|_| KeyFileError::NotAKey { path: path.to_owned() })?;
    let key = ed25519_dalek::SigningKey::from_pkcs8_pem(pem);
    key.map(SigningKey::from).map_err(|_| KeyFileError::NotAKey { path: path.to_owned() })
}

#[cfg(unix)]
fn check_mode(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyFileError::Readable { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn check_mode(_path: &Path, _metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    Ok(())
}

/// Why a key file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("there is a key at {} already; remove it by hand if you are sure that nothing depends on it", .path.display())]
    Exists { path: PathBuf },
    #[error("can't write the key to {}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("can't read the key at {}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("others can read the key at {} (mode {mode:03o}); run `chmod 600` on it, and make a new key if it was shared", .path.display())]
    Readable { path: PathBuf, mode: u32 },
    #[error("{} is no Ed25519 key in PKCS#8 PEM", .path.display())]
    NotAKey { path: PathBuf },
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_key_comes_back_and_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/developer.pem");
        let key = SigningKey::from_seed([5; 32]);
        create(&path, &key).unwrap();
        assert_eq!(load(&path).unwrap().seed(), key.seed());
        assert!(fs::read_to_string(&path).unwrap().starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert!(matches!(create(&path, &key), Err(KeyFileError::Exists { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("developer.pem");
        create(&path, &SigningKey::from_seed([5; 32])).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(load(&path), Err(KeyFileError::Readable { mode: 0o644, .. })));
    }

    #[test]
    fn other_files_are_no_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("developer.pem");
        assert!(matches!(load(&path), Err(KeyFileError::Read { .. })));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).unwrap().write_all(b"not a key").unwrap();
        assert!(matches!(load(&path), Err(KeyFileError::NotAKey { .. })));
    }
}
