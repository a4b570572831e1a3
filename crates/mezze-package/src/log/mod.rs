//! The public log: an append-only Merkle tree in which a platform writes every release and withdrawal.
//!
//! | module | what it does |
//! |---|---|
//! | [`tree`] | which hashes a root or a proof needs; appending |
//! | [`proof`] | checks that an entry is in a tree, and that one tree continues another |
//! | [`checkpoint`] | the signed head of the tree, as a note |
//! | [`entry`] | what is written: releases, withdrawals, keys |
//! | [`tile`] | the same tree as files, for mirrors and for checks from outside |
//!
//! Hashing is RFC 6962's (leaf `00`, node `01`). Everything here is computed: hashes are stored by whoever keeps the
//! log, in any way that gives the hash of a complete subtree by its level and index.
//! References: RFC 6962 §2, RFC 9162 §2.1, <https://c2sp.org/tlog-tiles>, <https://c2sp.org/tlog-checkpoint>.

pub mod checkpoint;
pub mod entry;
pub mod proof;
pub mod tile;
pub mod tree;

#[cfg(test)]
mod tests;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use entry::{EntryError, LogEntry};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use tree::{Node, Span, appended, consistency_spans, inclusion_spans, leaf_hash, node_hash, root_of};
