//! Replacing the platform's keys. Each purpose has its way ([`Replacement`]):
//!
//! | | a new key is made, and the one before |
//! |---|---|
//! | content keys | still opens, until what it wraps is wrapped again beside the requests |
//! | gate, device challenges, statements | still checks what it made, until that is over |
//! | log, revocations | signs the new one, for devices that remember it, and is gone |
//! | countersigning, trial | is gone: what it signed names it |
//! | identity | is gone, and with it everybody's names in mini apps |
//!
//! It may be broken off at any point and done again: without a current key a fresh one is made, and the older one is
//! there until nothing needs it.

use crate::keys::{FileKeyStore, KeyFailure, KeyPurpose, KeyStore, KnownKeys, ManagedKeyStore, Replacement};
use crate::options::PlatformOptions;
use crate::problem::Problem;
use crate::registry::Registry;
use crate::start::{StartFailure, open};
use crate::state::Services;

/// Why a key is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotationCause {
    /// As a habit.
    Habit,
    /// Somebody else may have it: what can do without it does so at once.
    Leaked,
    /// Nobody has it.
    Lost,
}

/// What became of the older key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OlderKey {
    /// Kept, until [`finish_rotation`].
    Kept,
    /// Gone.
    Gone,
}

/// The store that the options name.
pub(crate) fn key_store(options: &PlatformOptions) -> Box<dyn KeyStore> {
    let folder = options.data.join("keys");
    match &options.key_service {
        Some(service) => {
            let service = crate::keys::KeyCommand { program: service.clone() };
            Box::new(ManagedKeyStore::new(folder, service, options.randomness.clone()))
        }
        None => Box::new(FileKeyStore::new(folder, options.randomness.clone())),
    }
}

/// Makes a new key for `purpose`. Nodes use it when they start again.
///
/// # Errors
/// A rotation is not finished yet, the key is not this store's to replace, or is not to be replaced for this cause.
pub async fn rotate_key(
    options: PlatformOptions,
    purpose: KeyPurpose,
    cause: RotationCause,
) -> Result<OlderKey, StartFailure> {
    let store = key_store(&options);
    if cause == RotationCause::Lost {
        let outcome = with_services(options, async |services| {
            known(services, store.as_ref()).take(purpose).await?;
            Ok(OlderKey::Gone)
        });
        return outcome.await;
    }
    match purpose.replacement() {
        Replacement::Rewrap => {
            store.replace(purpose)?;
            Ok(OlderKey::Kept)
        }
        Replacement::Overlap => {
            store.replace(purpose)?;
            if cause == RotationCause::Leaked {
                store.forget_older(purpose)?;
                return Ok(OlderKey::Gone);
            }
            Ok(OlderKey::Kept)
        }
        Replacement::AtOnce => {
            store.replace(purpose)?;
            store.forget_older(purpose)?;
            Ok(OlderKey::Gone)
        }
        Replacement::Vouched => {
            match store.replace(purpose) {
                // Broken off before: what is left of it is done now.
                Ok(()) | Err(KeyFailure::Rotating { .. }) => {}
                Err(failure) => return Err(failure.into()),
            }
            vouch(options, store.as_ref(), purpose).await
        }
        Replacement::Anew if cause == RotationCause::Leaked => {
            store.replace(purpose)?;
            let outcome = with_services(options, async |services| known(services, store.as_ref()).take(purpose).await);
            outcome.await?;
            store.forget_older(purpose)?;
            Ok(OlderKey::Gone)
        }
        Replacement::Anew => Err(KeyFailure::Irreplaceable { purpose }.into()),
    }
}

/// Wraps again what is still under the older key, and forgets it where nothing needs it any more. Gives how much
/// still does: parts of uploads that are under way, which end within a day.
///
/// # Errors
/// The platform's parts can't be opened or used.
pub async fn finish_rotation(options: PlatformOptions, purpose: KeyPurpose) -> Result<usize, StartFailure> {
    let store = key_store(&options);
    if purpose.replacement() == Replacement::Vouched {
        vouch(options, store.as_ref(), purpose).await?;
        return Ok(0);
    }
    let mut needed = 0;
    if purpose.replacement() == Replacement::Rewrap {
        let outcome = with_services(options, async |services| {
            // Another key than the known one is not wrapped under: it would hide what is lost.
            known(services, store.as_ref()).acknowledge().await?;
            rewrap(services).await.map_err(StartFailure::Examination)
        });
        needed = outcome.await?;
    }
    if needed == 0 {
        store.forget_older(purpose)?;
    }
    Ok(needed)
}

/// The older key signs the new one; then nobody needs it.
async fn vouch(options: PlatformOptions, store: &dyn KeyStore, purpose: KeyPurpose) -> Result<OlderKey, StartFailure> {
    with_services(options, async |services| known(services, store).acknowledge().await).await?;
    store.forget_older(purpose)?;
    Ok(OlderKey::Gone)
}

async fn rewrap(services: &Services) -> Result<usize, Problem> {
    let registry = Registry(services);
    registry.rewrap().await?;
    registry.needs_older_key().await
}

fn known<'a>(services: &'a Services, store: &'a dyn KeyStore) -> KnownKeys<'a> {
    KnownKeys { database: &services.database, store, now: services.now() }
}

/// Opens the platform's parts beside the nodes that run.
async fn with_services<T>(
    options: PlatformOptions,
    work: impl AsyncFnOnce(&Services) -> Result<T, StartFailure>,
) -> Result<T, StartFailure> {
    let (_stop, stopping) = tokio::sync::watch::channel(false);
    let (services, _) = open(options, stopping).await?;
    services.blobs.share()?;
    let outcome = work(&services).await;
    services.database.close().await?;
    outcome
}

#[cfg(test)]
mod tests;
