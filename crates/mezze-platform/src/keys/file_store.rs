//! Keys as files of mode 0600 in a folder of mode 0700, or from the environment.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{KeyFailure, KeyPurpose, KeyStore, SecretKey};
use crate::clock::{Randomness, random_bytes};
use mezze_package::private_file;

/// Keeps keys in a folder; an environment variable for a purpose takes the place of its file.
pub struct FileKeyStore {
    folder: PathBuf,
    randomness: Arc<dyn Randomness>,
    environment: fn(&str) -> Option<String>,
}

impl FileKeyStore {
    /// A store in `folder`, which is made on first use.
    #[must_use]
    pub fn new(folder: PathBuf, randomness: Arc<dyn Randomness>) -> Self {
        Self { folder, randomness, environment: |name| std::env::var(name).ok() }
    }

    /// Reads the secret text in `name`, or keeps `make()` there where there is none yet.
    ///
    /// # Errors
    /// When the file can't be read or written, or can be read by others.
    pub(crate) fn read_or_create(&self, name: &str, make: impl Fn() -> String) -> Result<String, KeyFailure> {
        let path = self.folder.join(name);
        let failed = |cause| KeyFailure::File { path: path.clone(), cause };
        if !path.exists() {
            create_private_folder(&self.folder).map_err(failed)?;
            match private_file::create(&path, format!("{}\n", make()).as_bytes()) {
                // Another process was first.
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                made => made.map_err(failed)?,
            }
        }
        refuse_exposed(&path)?;
        Ok(fs::read_to_string(&path).map_err(failed)?.trim().to_owned())
    }
}

impl FileKeyStore {
    /// Removes key files whose writing was broken off: they appear under a name of `tempfile` and are then renamed.
    pub(crate) fn remove_unfinished(&self) -> Result<(), KeyFailure> {
        let failed = |cause| KeyFailure::File { path: self.folder.clone(), cause };
        let entries = match fs::read_dir(&self.folder) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(failed)?,
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_string_lossy().starts_with(".tmp") {
                fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl KeyStore for FileKeyStore {
    fn key(&self, purpose: KeyPurpose) -> Result<SecretKey, KeyFailure> {
        if let Some(text) = (self.environment)(purpose.variable()) {
            return parse(&text, || format!("the environment variable {}", purpose.variable()));
        }
        let name = format!("{}.key", purpose.name());
        let text = self.read_or_create(&name, || hex::encode(random_bytes::<32>(self.randomness.as_ref())))?;
        parse(&text, || self.folder.join(&name).display().to_string())
    }

    fn older(&self, purpose: KeyPurpose) -> Result<Option<SecretKey>, KeyFailure> {
        let variable = format!("{}_PREVIOUS", purpose.variable());
        if let Some(text) = (self.environment)(&variable) {
            return parse(&text, || format!("the environment variable {variable}")).map(Some);
        }
        let path = self.folder.join(format!("{}.previous.key", purpose.name()));
        if !path.exists() {
            return Ok(None);
        }
        refuse_exposed(&path)?;
        let text = fs::read_to_string(&path).map_err(|cause| KeyFailure::File { path: path.clone(), cause })?;
        parse(&text, || path.display().to_string()).map(Some)
    }

    fn replace(&self, purpose: KeyPurpose) -> Result<(), KeyFailure> {
        if (self.environment)(purpose.variable()).is_some() {
            return Err(KeyFailure::InEnvironment { variable: purpose.variable() });
        }
        let names = ["key", "previous.key"].map(|end| format!("{}.{end}", purpose.name()));
        super::move_aside(&self.folder, &names)?;
        self.key(purpose).map(drop)
    }

    fn forget_older(&self, purpose: KeyPurpose) -> Result<(), KeyFailure> {
        super::remove(&self.folder.join(format!("{}.previous.key", purpose.name())))
    }
}

fn parse(text: &str, place: impl Fn() -> String) -> Result<SecretKey, KeyFailure> {
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key).map_err(|_| KeyFailure::Malformed { place: place() })?;
    Ok(SecretKey(key))
}

/// Makes a folder that only its owner may look into; one that is there keeps its mode.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
fn refuse_exposed(path: &Path) -> Result<(), KeyFailure> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path).map_err(|cause| KeyFailure::File { path: path.to_owned(), cause })?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyFailure::Exposed { path: path.to_owned(), mode });
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_exposed(_path: &Path) -> Result<(), KeyFailure> {
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::clock::SystemRandomness;

    fn store(folder: &Path) -> FileKeyStore {
        FileKeyStore { folder: folder.join("keys"), randomness: Arc::new(SystemRandomness), environment: |_| None }
    }

    #[test]
    fn keeps_one_key_for_each_purpose() {
        let folder = tempfile::tempdir().unwrap();
        let first = KeyPurpose::ALL.map(|purpose| store(folder.path()).key(purpose).unwrap().0);
        let second = KeyPurpose::ALL.map(|purpose| store(folder.path()).key(purpose).unwrap().0);
        assert_eq!(first, second);
        for (index, key) in first.iter().enumerate() {
            assert!(!first[..index].contains(key), "two purposes share a key");
        }
        assert_eq!(fs::read_dir(folder.path().join("keys")).unwrap().count(), KeyPurpose::ALL.len());
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private_and_an_exposed_one_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        store(folder.path()).key(KeyPurpose::Gate).unwrap();
        let path = folder.path().join("keys/gate.key");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let failure = store(folder.path()).key(KeyPurpose::Gate).unwrap_err();
        assert!(matches!(failure, KeyFailure::Exposed { mode: 0o644, .. }), "{failure}");
    }

    #[test]
    fn the_environment_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut keys = store(folder.path());
        keys.environment = |name| (name == "MEZZE_KEY_GATE").then(|| "ab".repeat(32));
        assert_eq!(keys.key(KeyPurpose::Gate).unwrap().0, [0xab; 32]);
        keys.environment = |_| Some("short".to_owned());
        let failure = keys.key(KeyPurpose::Gate).unwrap_err();
        assert!(failure.to_string().contains("MEZZE_KEY_GATE"), "{failure}");
        assert!(!folder.path().join("keys").exists());
    }
}
