//! What a command fails with: what happened, then what to do.

use std::fmt;
use std::io;
use std::path::Path;

/// A failure as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened, without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()) }
    }

    /// A failure that says all there is to say.
    pub fn plain(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// A file or folder that could not be read.
    pub fn reading(path: &Path, error: &io::Error) -> Self {
        Self::file("can't read", path, error)
    }

    /// A file or folder that could not be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        Self::file("can't write", path, error)
    }

    fn file(action: &str, path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "check who owns it and its permissions",
            io::ErrorKind::StorageFull => "the disk is full; free some space and run the command again",
            io::ErrorKind::AlreadyExists => "choose another name",
            io::ErrorKind::IsADirectory => "give a file, not a folder",
            _ => "see the reason above",
        };
        Self::new(format!("{action} {}: {}", path.display(), reason(error)), hint)
    }
}

/// The system's own words without Rust's `(os error N)`.
pub fn reason(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut letters = text[..end].chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::Failure;
    use std::io;
    use std::path::Path;

    #[test]
    fn a_full_disk_says_so() {
        let failure = Failure::writing(Path::new("menu.ma"), &io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(failure.message, "can't write menu.ma: no storage space");
        assert!(failure.hint.is_some_and(|hint| hint.contains("disk is full")));
    }
}
