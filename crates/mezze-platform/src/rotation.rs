//! Replacing the master key of the content keys: a new key is made, nodes that start wrap by it and still open by the
//! one before, what is at rest is wrapped again beside the requests, and then the older key is forgotten.
//!
//! It may be broken off at any point: without a current key a fresh one is made, and the older one opens everything.

use crate::keys::{FileKeyStore, KeyPurpose, KeyStore, ManagedKeyStore};
use crate::options::PlatformOptions;
use crate::registry::Registry;
use crate::start::{StartFailure, open};

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

/// Makes a new master key and keeps the older one beside it. Nodes use it when they start again.
///
/// # Errors
/// A rotation is not finished yet, or the key is not this store's to replace.
pub fn rotate_master_key(options: &PlatformOptions) -> Result<(), StartFailure> {
    Ok(key_store(options).replace(KeyPurpose::ContentKeys)?)
}

/// Wraps again what is still under the older master key, and forgets it where nothing needs it any more. Gives how much
/// still does: parts of uploads that are under way, which end within a day.
///
/// # Errors
/// The platform's parts can't be opened or used.
pub async fn finish_rotation(options: PlatformOptions) -> Result<usize, StartFailure> {
    let store = key_store(&options);
    let (_stop, stopping) = tokio::sync::watch::channel(false);
    let (services, _) = open(options, stopping).await?;
    services.blobs.share()?;
    let registry = Registry(&services);
    let outcome = match registry.rewrap().await {
        Ok(_) => registry.needs_older_key().await,
        Err(problem) => Err(problem),
    };
    services.database.close().await?;
    let needed = outcome.map_err(StartFailure::Examination)?;
    if needed == 0 {
        store.forget_older(KeyPurpose::ContentKeys)?;
    }
    Ok(needed)
}

#[cfg(test)]
mod tests;
