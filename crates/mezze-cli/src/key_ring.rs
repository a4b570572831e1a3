//! The developer's signing keys: one file each in the configuration folder, mode 0600.

use crate::failure::Failure;
use crate::folders;
use mezze_package::SigningKey;
use mezze_package::key_file::{self, KeyFileError};
use std::path::PathBuf;

/// Name of the key that is used where none is named.
pub const DEFAULT_KEY: &str = "default";
/// Name of the key `mezze dev` signs with; packages signed by it are for this machine.
pub const DEVELOPMENT_KEY: &str = "development";

/// The folder of keys.
pub struct KeyRing {
    folder: PathBuf,
}

impl KeyRing {
    pub fn open() -> Result<Self, Failure> {
        Ok(Self { folder: folders::configuration()?.join("keys") })
    }

    /// Names of the keys there are, sorted.
    pub fn names(&self) -> Result<Vec<String>, Failure> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::reading(&self.folder, &error)),
        };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".pem").map(str::to_owned))
            .collect();
        names.sort();
        Ok(names)
    }

    /// The key of that name.
    pub fn load(&self, name: &str) -> Result<SigningKey, Failure> {
        let path = self.path(name)?;
        if !path.exists() {
            return Err(self.unknown(name));
        }
        key_file::load(&path).map_err(|error| {
            Failure::new(
                error.to_string(),
                "restore the file from a copy, or make another key with `mezze keys new NAME`",
            )
        })
    }

    /// Makes a key; refuses to replace one.
    pub fn create(&self, name: &str) -> Result<SigningKey, Failure> {
        self.create_where_none(name)?.ok_or_else(|| {
            Failure::new(
                format!("there is a key {name} already"),
                "choose another name; a key that signed releases can't be made again",
            )
        })
    }

    /// Another command may make the same key at the same moment: then there is one, and nothing was made.
    fn create_where_none(&self, name: &str) -> Result<Option<SigningKey>, Failure> {
        let key = SigningKey::generate(&mut rand::rng());
        match key_file::create(&self.path(name)?, &key) {
            Ok(()) => Ok(Some(key)),
            Err(KeyFileError::Exists { .. }) => Ok(None),
            Err(error) => Err(Failure::new(error.to_string(), "check the folder and free space on its disk")),
        }
    }

    /// The key of that name, made where there is none yet.
    pub fn load_or_create(&self, name: &str) -> Result<SigningKey, Failure> {
        if self.path(name)?.exists() {
            return self.load(name);
        }
        self.create_where_none(name)?.map_or_else(|| self.load(name), Ok)
    }

    /// The key to sign with: the named one, else the default one, which is made on first use.
    pub fn choose(&self, name: Option<&str>) -> Result<SigningKey, Failure> {
        match name {
            Some(name) => self.load(name),
            None => self.load_or_create(DEFAULT_KEY),
        }
    }

    /// Where the key of that name is kept.
    pub fn path(&self, name: &str) -> Result<PathBuf, Failure> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if name.is_empty() || !name.chars().all(plain) {
            return Err(Failure::new(
                format!("`{name}` can't be a key's name"),
                "use letters, digits, `-` and `_` only",
            ));
        }
        Ok(self.folder.join(format!("{name}.pem")))
    }

    fn unknown(&self, name: &str) -> Failure {
        let names = self.names().unwrap_or_default();
        let hint = if names.is_empty() {
            format!("make it with `mezze keys new {name}`")
        } else {
            format!("there is: {}; make another with `mezze keys new {name}`", names.join(", "))
        };
        Failure::new(format!("there is no key {name}"), hint)
    }
}
