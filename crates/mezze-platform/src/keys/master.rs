//! A key that is replaced while it is in use: the current one, and until that is done the one before it, which still opens
//! and checks what it made.

use super::{KeyFailure, KeyPurpose, KeyStore, SecretKey};

#[derive(Debug)]
pub(crate) struct MasterKeys {
    pub(crate) current: SecretKey,
    pub(crate) older: Option<SecretKey>,
}

impl MasterKeys {
    pub(crate) fn load(store: &dyn KeyStore, purpose: KeyPurpose) -> Result<Self, KeyFailure> {
        Ok(Self { current: store.key(purpose)?, older: store.older(purpose)? })
    }

    /// Opens by the current key, else by the older one. The failure is the current one's.
    pub(crate) fn open<T, E>(&self, open: impl Fn(&SecretKey) -> Result<T, E>) -> Result<T, E> {
        open(&self.current).or_else(|cause| match &self.older {
            Some(older) => open(older).map_err(|_| cause),
            None => Err(cause),
        })
    }
}

impl MasterKeys {
    /// The current one, then the older one.
    pub(crate) fn all(&self) -> impl Iterator<Item = &SecretKey> {
        std::iter::once(&self.current).chain(&self.older)
    }
}

#[cfg(test)]
impl From<SecretKey> for MasterKeys {
    fn from(current: SecretKey) -> Self {
        Self { current, older: None }
    }
}
