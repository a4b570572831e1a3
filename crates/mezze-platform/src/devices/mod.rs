//! Devices: a key pair that one browser or desktop host keeps to itself, and that has proved that it does.
//!
//! Content keys are wrapped for a device's key, so what is on a disk or a CDN opens only where it was meant to.

mod challenge;
mod model;
mod public_key;
mod routes;
mod service;

#[cfg(test)]
mod tests;

pub(crate) use public_key::{WrappedSecret, seeded};
pub(crate) use routes::router;
pub(crate) use service::Devices;
