//! Updates: what a release has that the one on the device has not, made when it is first asked for, and kept.

mod make;
mod model;
mod store;

#[cfg(test)]
mod tests;

pub(super) use make::{SealedPackage, offered};
pub(super) use store::{blob_name, sealed_size};
