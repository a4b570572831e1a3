//! Keys under a key management service: at rest each is a file that only the service can open.
//!
//! ```text
//! NAME.key.wrapped = base64 of what the service made of 32 random bytes
//! ```
//! A thief of the data folder has nothing, and the service's own log says who opened which key when. What speaks to the
//! service is a program of the operator's ([`KeyCommand`]): a few lines around the client of Vault, AWS, GCP, Azure or
//! a hardware module. The keys are opened once, when the platform starts.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mezze_package::private_file;

use super::{KeyFailure, KeyPurpose, KeyStore, SecretKey, create_private_folder};
use crate::clock::{Randomness, random_bytes};

/// Wraps and unwraps small secrets under a key that never leaves it.
pub trait KeyManagement: Send + Sync + 'static {
    /// Makes what may lie on a disk.
    ///
    /// # Errors
    /// The service can't be reached or refuses.
    fn wrap(&self, purpose: KeyPurpose, secret: &[u8]) -> Result<Vec<u8>, KeyFailure>;

    /// Opens what [`KeyManagement::wrap`] made for the same purpose.
    ///
    /// # Errors
    /// The service can't be reached, refuses, or it was not made for this purpose.
    fn unwrap(&self, purpose: KeyPurpose, wrapped: &[u8]) -> Result<Vec<u8>, KeyFailure>;
}

/// A program that speaks to the service: `PROGRAM wrap PURPOSE` and `PROGRAM unwrap PURPOSE`, base64 in and out by its
/// standard streams.
pub struct KeyCommand {
    /// What to start.
    pub program: PathBuf,
}

impl KeyManagement for KeyCommand {
    fn wrap(&self, purpose: KeyPurpose, secret: &[u8]) -> Result<Vec<u8>, KeyFailure> {
        self.ask("wrap", purpose, secret)
    }

    fn unwrap(&self, purpose: KeyPurpose, wrapped: &[u8]) -> Result<Vec<u8>, KeyFailure> {
        self.ask("unwrap", purpose, wrapped)
    }
}

impl KeyCommand {
    fn ask(&self, what: &'static str, purpose: KeyPurpose, bytes: &[u8]) -> Result<Vec<u8>, KeyFailure> {
        let failed = |reason: String| KeyFailure::Service { what, purpose: purpose.name(), reason };
        let mut child = Command::new(&self.program)
            .args([what, purpose.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|cause| failed(format!("{} can't be started: {cause}", self.program.display())))?;
        if let Some(mut input) = child.stdin.take() {
            // One that ends without reading says why on its own stream.
            let _ = writeln!(input, "{}", STANDARD.encode(bytes));
        }
        let output = child.wait_with_output().map_err(|cause| failed(cause.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(failed(format!("{}: {}", output.status, said.trim())));
        }
        STANDARD.decode(output.stdout.trim_ascii()).map_err(|_| failed("it answered no base64".to_owned()))
    }
}

/// Keeps keys in a folder, each wrapped by a service.
pub struct ManagedKeyStore {
    folder: PathBuf,
    service: Box<dyn KeyManagement>,
    randomness: Arc<dyn Randomness>,
}

impl ManagedKeyStore {
    /// A store in `folder`, which is made on first use.
    #[must_use]
    pub fn new(folder: PathBuf, service: impl KeyManagement, randomness: Arc<dyn Randomness>) -> Self {
        Self { folder, service: Box::new(service), randomness }
    }

    fn read(&self, purpose: KeyPurpose, name: &str) -> Result<Option<SecretKey>, KeyFailure> {
        let path = self.folder.join(name);
        let text = match fs::read_to_string(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|cause| KeyFailure::File { path: path.clone(), cause })?,
        };
        let malformed = || KeyFailure::Malformed { place: path.display().to_string() };
        let wrapped = STANDARD.decode(text.trim()).map_err(|_| malformed())?;
        let key: [u8; 32] = self.service.unwrap(purpose, &wrapped)?.try_into().map_err(|_| malformed())?;
        Ok(Some(SecretKey(key)))
    }

    fn make(&self, purpose: KeyPurpose, name: &str) -> Result<(), KeyFailure> {
        let path = self.folder.join(name);
        let failed = |cause| KeyFailure::File { path: path.clone(), cause };
        let wrapped = self.service.wrap(purpose, &random_bytes::<32>(self.randomness.as_ref()))?;
        create_private_folder(&self.folder).map_err(failed)?;
        match private_file::create(&path, format!("{}\n", STANDARD.encode(wrapped)).as_bytes()) {
            // Another process was first.
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            made => made.map_err(failed),
        }
    }
}

impl KeyStore for ManagedKeyStore {
    fn key(&self, purpose: KeyPurpose) -> Result<SecretKey, KeyFailure> {
        let name = format!("{}.key.wrapped", purpose.name());
        if let Some(key) = self.read(purpose, &name)? {
            return Ok(key);
        }
        self.make(purpose, &name)?;
        self.read(purpose, &name)?.ok_or(KeyFailure::Malformed { place: name })
    }

    fn older(&self, purpose: KeyPurpose) -> Result<Option<SecretKey>, KeyFailure> {
        self.read(purpose, &format!("{}.previous.key.wrapped", purpose.name()))
    }

    fn replace(&self, purpose: KeyPurpose) -> Result<(), KeyFailure> {
        let names = ["key.wrapped", "previous.key.wrapped"].map(|end| format!("{}.{end}", purpose.name()));
        super::move_aside(&self.folder, &names)?;
        self.make(purpose, &names[0])
    }

    fn forget_older(&self, purpose: KeyPurpose) -> Result<(), KeyFailure> {
        super::remove(&self.folder.join(format!("{}.previous.key.wrapped", purpose.name())))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::clock::SystemRandomness;

    /// Turns bytes around; tells purposes apart by a first byte.
    struct Turning;

    impl KeyManagement for Turning {
        fn wrap(&self, purpose: KeyPurpose, secret: &[u8]) -> Result<Vec<u8>, KeyFailure> {
            let first = purpose.name().len().to_le_bytes()[0];
            Ok(std::iter::once(first).chain(secret.iter().map(|byte| !byte)).collect())
        }

        fn unwrap(&self, purpose: KeyPurpose, wrapped: &[u8]) -> Result<Vec<u8>, KeyFailure> {
            match wrapped.split_first() {
                Some((first, rest)) if usize::from(*first) == purpose.name().len() => {
                    Ok(rest.iter().map(|byte| !byte).collect())
                }
                _ => Err(KeyFailure::Service { what: "unwrap", purpose: purpose.name(), reason: "denied".to_owned() }),
            }
        }
    }

    fn store(folder: &std::path::Path) -> ManagedKeyStore {
        ManagedKeyStore::new(folder.join("keys"), Turning, Arc::new(SystemRandomness))
    }

    #[test]
    fn what_lies_in_the_folder_opens_by_the_service_only() {
        let folder = tempfile::tempdir().unwrap();
        let key = store(folder.path()).key(KeyPurpose::Log).unwrap();
        assert_eq!(store(folder.path()).key(KeyPurpose::Log).unwrap().0, key.0);
        let text = fs::read_to_string(folder.path().join("keys/log.key.wrapped")).unwrap();
        let kept = STANDARD.decode(text.trim()).unwrap();
        assert!(!kept.windows(32).any(|window| window == key.0));
        fs::rename(folder.path().join("keys/log.key.wrapped"), folder.path().join("keys/gate.key.wrapped")).unwrap();
        let failure = store(folder.path()).key(KeyPurpose::Gate).unwrap_err();
        assert_eq!(failure.to_string(), "the key service can't unwrap the key for gate: denied");
    }

    #[test]
    fn a_key_is_replaced_and_the_older_one_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        let old = store.key(KeyPurpose::ContentKeys).unwrap();
        assert!(store.older(KeyPurpose::ContentKeys).unwrap().is_none());
        store.replace(KeyPurpose::ContentKeys).unwrap();
        assert_eq!(store.older(KeyPurpose::ContentKeys).unwrap().unwrap().0, old.0);
        assert_ne!(store.key(KeyPurpose::ContentKeys).unwrap().0, old.0);
        assert!(matches!(store.replace(KeyPurpose::ContentKeys), Err(KeyFailure::Rotating { .. })));
        store.forget_older(KeyPurpose::ContentKeys).unwrap();
        assert!(store.older(KeyPurpose::ContentKeys).unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_speaks_to_the_service() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("service");
        let script = "#!/bin/sh\nread text\ncase $1-$2 in\n  wrap-log) echo \"$text\" | rev;;\n  \
                      unwrap-log) echo \"$text\" | rev;;\n  *) echo \"no key for $2\" >&2; exit 3;;\nesac\n";
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        // 33 bytes have no padding, which would stand in front when turned around.
        let command = KeyCommand { program };
        let wrapped = command.wrap(KeyPurpose::Log, &[7; 33]).unwrap();
        assert_eq!(command.unwrap(KeyPurpose::Log, &wrapped).unwrap(), [7; 33]);
        let failure = command.wrap(KeyPurpose::Gate, &[7; 33]).unwrap_err().to_string();
        assert_eq!(failure, "the key service can't wrap the key for gate: exit status: 3: no key for gate");
        let missing = KeyCommand { program: folder.path().join("nothing") };
        assert!(missing.wrap(KeyPurpose::Log, &[1]).unwrap_err().to_string().contains("can't be started"));
    }
}
