//! Names that keep the classes of one component apart from all others.

use sha2::{Digest, Sha256};

const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH: usize = 7;

/// Class prefix of a component: seven letters or digits from the hash of its path, a letter first. It depends on
/// nothing else, so that changing one component changes no other's style sheet.
pub fn scope_name(path: &str) -> String {
    let digest = Sha256::digest(path.as_bytes());
    let bytes = digest.iter().take(LENGTH).enumerate();
    bytes.map(|(index, byte)| char::from(LETTERS[usize::from(*byte) % if index == 0 { 26 } else { 36 }])).collect()
}

/// Class that stands for `:host` of a component. No class of an app begins with `-` after the prefix.
pub fn host_class(path: &str) -> String {
    format!("{}---host", scope_name(path))
}

#[cfg(test)]
mod tests {
    use super::scope_name;

    #[test]
    fn a_scope_is_an_identifier_of_its_own() {
        assert_eq!(scope_name("a").len(), 7);
        assert!(scope_name("a").starts_with(|letter: char| letter.is_ascii_lowercase()));
        assert_ne!(scope_name("components/a"), scope_name("components/b"));
    }
}
