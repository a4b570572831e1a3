//! Passwords: Argon2id, computed off the async threads and a few at a time.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// Each computation takes 19 MiB and a processor for tens of milliseconds: sign-ins must not starve the rest.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Compared with when there is no such user, so that the time taken does not tell.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

fn verify_now(password: &str, hash: Option<&str>) -> bool {
    let known = hash.is_some();
    let Some(hash) = hash.or(NOBODY.as_deref()) else {
        return false;
    };
    let matches =
        PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    matches && known
}

/// Argon2id in PHC form, with the crate's default cost (19 MiB, 2 passes: OWASP's first choice) and a fresh salt.
pub(super) async fn hash(password: String) -> Result<String, Problem> {
    let _turn = TURNS.acquire().await;
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .map_err(|cause| Problem::internal("hash a password", &cause))?
        .map_err(|cause| Problem::internal("hash a password", &cause))
}

/// Whether `password` is the one of `hash`; without a hash it takes as long and is false.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, Problem> {
    let _turn = TURNS.acquire().await;
    tokio::task::spawn_blocking(move || verify_now(&password, hash.as_deref()))
        .await
        .map_err(|cause| Problem::internal("check a password", &cause))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_user_matches() {
        let hash = hash("open sesame".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(verify("open sesame".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!verify("open sesam".to_owned(), Some(hash)).await.unwrap());
        assert!(!verify("nobody has this password".to_owned(), None).await.unwrap());
    }
}
