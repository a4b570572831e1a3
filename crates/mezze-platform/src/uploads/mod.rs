//! Resumable uploads, in the manner of tus: make an upload with size and digest, send its bytes from an offset on, ask
//! for the offset after a break, and go on from there.
//!
//! An upload is named by its user and its digest: the same package again finds what is there already. Parts are kept
//! sealed (AES-256-GCM under the platform's key for content keys, bound to upload and offset), so that nothing lies in
//! the blob store in the clear.

pub(crate) mod model;
mod part;
mod routes;
mod service;

#[cfg(test)]
mod tests;

pub(crate) use routes::router;
pub(crate) use service::{Uploads, mark_used};
