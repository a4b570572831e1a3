//! `mezze sign FILE`: adds the developer's statement to a package.

use crate::clock;
use crate::failure::Failure;
use crate::key_ring::KeyRing;
use crate::terminal::Terminal;
use mezze_package::{Limits, Role, SigningKey};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// The package to sign
    file: PathBuf,
    /// Name of the key; the key `default`, made on first use, where none is named
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
    /// Where to write the signed package; in place where it is not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| Failure::reading(&arguments.file, &error))?;
    let key = KeyRing::open()?.choose(arguments.key.as_deref())?;
    let signed = sign_bytes(&bytes, &key)?;
    let output = arguments.output.unwrap_or(arguments.file);
    write_whole(&output, &signed)?;
    terminal.result(&format!("Signed {} with {}", output.display(), key.public()));
    Ok(())
}

/// The package with the developer's statement.
pub fn sign_bytes(bytes: &[u8], key: &SigningKey) -> Result<Vec<u8>, Failure> {
    mezze_package::sign(bytes, key, Role::Developer, clock::seconds_since_epoch(), &Limits::default())
        .map_err(|error| Failure::new(error.to_string(), "build the package again with `mezze build`"))
}

/// Writes a file as a whole or not at all: into a temporary file beside it, then renamed over it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    written.map_err(|error| {
        // The failure that matters is the one reported; a part that can't be removed changes nothing.
        drop(std::fs::remove_file(&part));
        Failure::writing(path, &error)
    })
}
