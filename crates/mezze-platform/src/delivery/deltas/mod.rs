//! Updates: what a release has that the one on the device has not, made when it is first asked for, and kept.

mod make;
pub(crate) mod model;
mod parts;
mod store;
mod turns;

#[cfg(test)]
mod tests;

pub(super) use make::{SealedPackage, offered, part};
pub(super) use parts::{Layout, Parts};
pub(crate) use store::blob_name;
pub(super) use store::sealed_size;
pub(crate) use turns::Turns;
