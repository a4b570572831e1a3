//! Passkeys (Web Authentication, Level 3), without attestation: a key pair of the user's device for this platform's
//! name, checked by the RustCrypto curves that are in the tree anyway. Why not a library: docs/decisions/passkeys.md.
//!
//! A challenge is a row that is deleted when it is used: it can't be answered twice, on whichever node.

mod check;
mod routes;

#[cfg(test)]
mod tests;

pub(super) use routes::router;
