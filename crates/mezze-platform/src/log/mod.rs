//! The public log: every release and withdrawal, in an append-only Merkle tree that anyone may read and check.
//!
//! ```text
//! release, withdrawal ──append (same transaction)──▶ entries + nodes ──▶ checkpoint, tiles, proofs
//! ```
//! An entry is appended in the transaction of what it tells, so neither is there without the other. Hashes of complete
//! subtrees are kept as nodes; roots, proofs and tiles are folded from them (`mezze_package::log`).

pub(crate) mod model;
mod routes;
mod service;
mod store;

#[cfg(test)]
mod tests;

pub(crate) use routes::router;
pub(crate) use service::{Inclusion, Log};
pub(crate) use store::{append, tells_of, told_of};
