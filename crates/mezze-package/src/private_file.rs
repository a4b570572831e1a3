//! Files with secrets: mode 0600, whole or not there, and never in the place of another.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a new file that only its owner can read. It appears with its whole content, so that a second process that
/// makes the same file at the same time either finds it or is told that it exists.
///
/// # Errors
/// `AlreadyExists` where there is such a file, else what the system says.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Mode 0600 is how the library makes its files.
    let mut staged = tempfile::NamedTempFile::new_in(folder)?;
    staged.write_all(content)?;
    staged.as_file().sync_all()?;
    staged.persist_noclobber(path).map(drop).map_err(|failure| failure.error)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::create;
    use std::io;

    #[test]
    fn of_many_at_once_one_writes_and_nobody_reads_half() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/one");
        let made: Vec<bool> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..8_u8)
                .map(|writer| {
                    let path = &path;
                    scope.spawn(move || match create(path, &[writer; 4096]) {
                        Ok(()) => true,
                        Err(error) => {
                            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
                            let found = std::fs::read(path).unwrap();
                            assert_eq!(found, [found[0]; 4096]);
                            false
                        }
                    })
                })
                .collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        assert_eq!(made.iter().filter(|made| **made).count(), 1);
        assert_eq!(std::fs::read_dir(folder.path().join("keys")).unwrap().count(), 1, "nothing staged is left");
    }
}
