//! Where `mezze dev` listens and keeps its data.

use crate::failure::Failure;
use crate::lan::Lan;
use std::collections::hash_map::DefaultHasher;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

/// How often one project may be developed at the same time.
const MOST_AT_ONCE: u32 = 16;
/// Ports that are tried where none is asked for.
const PORTS: std::ops::Range<u16> = 7700..7800;

/// How the shell is reached.
pub struct Address {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    /// Set where other devices are let in.
    pub lan: Option<Lan>,
}

/// The address that was asked for, or a free one. A port in use is told here, before anything is started.
pub fn choose(wanted: Option<SocketAddr>) -> Result<SocketAddr, Failure> {
    if let Some(wanted) = wanted {
        return bound(wanted).map_err(|error| {
            let hint = match error.kind() {
                std::io::ErrorKind::AddrInUse => "stop the program that uses it, or choose another port with --listen",
                _ => "choose an address of this machine, for example 127.0.0.1:7700",
            };
            Failure::new(format!("can't listen on {wanted}: {}", in_words(&error)), hint)
        });
    }
    PORTS.filter_map(|port| bound(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).ok()).next().ok_or_else(|| {
        Failure::new("every port from 7700 to 7799 is in use", "choose one with --listen 127.0.0.1:PORT")
    })
}

/// Takes the address for a moment; port 0 becomes the port that the system gave.
fn bound(address: SocketAddr) -> std::io::Result<SocketAddr> {
    TcpListener::bind(address)?.local_addr()
}

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => "the port is in use".to_owned(),
        std::io::ErrorKind::PermissionDenied => "ports below 1024 are the administrator's".to_owned(),
        std::io::ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
        _ => error.to_string(),
    }
}

/// The data folder of one `mezze dev`, its own as long as this lives.
pub struct DataFolder {
    pub path: PathBuf,
    /// Its lock is what keeps a second `mezze dev` of the same project out.
    _lock: File,
}

/// Takes the project's data folder, or the next one where another `mezze dev` of the same project holds it.
pub fn data_folder(below: &Path, project: &Path) -> Result<DataFolder, Failure> {
    let name = folder_name(project);
    for number in 1..=MOST_AT_ONCE {
        let path = below.join(if number == 1 { name.clone() } else { format!("{name}-{number}") });
        std::fs::create_dir_all(&path).map_err(|error| Failure::writing(&path, &error))?;
        let file = path.join("lock");
        let lock = File::create(&file).map_err(|error| Failure::writing(&file, &error))?;
        if lock.try_lock().is_ok() {
            return Ok(DataFolder { path, _lock: lock });
        }
    }
    Err(Failure::new(
        format!("`mezze dev` runs for {} {MOST_AT_ONCE} times already", project.display()),
        "end one of them with Ctrl-C",
    ))
}

/// One folder a project, told apart by its whole path.
fn folder_name(project: &Path) -> String {
    let path = project.canonicalize().unwrap_or_else(|_| project.to_path_buf());
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("project");
    let name: String =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).take(32).collect();
    format!("{name}-{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at its first failure")]

    use super::data_folder;

    #[test]
    fn two_at_once_have_a_folder_each() {
        let below = tempfile::tempdir().unwrap();
        let first = data_folder(below.path(), below.path()).unwrap();
        let second = data_folder(below.path(), below.path()).unwrap();
        assert_ne!(first.path, second.path);
        let path = first.path.clone();
        drop(first);
        assert_eq!(data_folder(below.path(), below.path()).unwrap().path, path, "a folder that is free is used again");
    }
}
