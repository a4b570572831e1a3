//! Who answers for a package: statements signed with Ed25519 by its developer and, after review, by the platform.
//!
//! ```text
//! [files] [signing block] [central directory] [end record]
//!         └ size u64 │ pairs (size u64, id u32, value) │ size u64 │ "MEZZE SIG BLK 01"
//!                        value: length u32 │ statement (canonical JSON) │ public key 32 │ signature 64
//! ```
//! A statement covers the app's id and version, the digest of the list of files (so that a package put together from
//! an update can be verified) and the digest of the container without the block (so that any flipped bit is caught,
//! padding bits of deflate included). Layout and order of checks: `docs/architecture/signing.md`.

mod block;
mod digests;
mod keys;
mod sign;
mod statement;
mod verify;

pub(crate) use block::{block_range, read_block};
pub(crate) use digests::container_digest;

pub use block::MAGIC;
pub use keys::{InvalidPublicKey, PublicKey, SigningKey};
pub use sign::{countersign, sign};
pub use statement::{Role, SignedStatement, Statement};
pub use verify::{Trust, VerifiedFiles, VerifiedPackage};
