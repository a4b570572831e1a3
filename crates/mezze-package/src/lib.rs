//! Packages: the W3C MiniApp ZIP container, its signing block, and sealing.
//!
//! | module | what it does |
//! |---|---|
//! | [`container`] | reads a `.ma` strictly, writes one deterministically |
//! | [`signing`] | digests, statements, the signing block, verification |
//! | [`sealing`] | RFC 8188 for what leaves the platform, HPKE for its key |
//! | [`delta`] | what an update sends, and a release put together from it |
//! | [`key_file`] | developer keys on disk |
//! | [`key_change`] | a platform's key that gives way to a new one |
//! | [`log`] | the public log: tree, proofs, checkpoint, entries, tiles |
//! | [`mod@extract`] | a package as a folder |
//!
//! The bytes are described in `docs/architecture/signing.md`; the shell has a reader of its own that must agree with
//! this one. No clock and no randomness is taken here: both are passed in.

pub mod container;
pub mod delta;
pub mod extract;
pub mod key_change;
pub mod key_file;
pub mod log;
pub mod private_file;
pub mod sealing;
pub mod signing;

mod error;
mod limits;

pub use container::{CompressedEntry, FileListing, ListedFile, Package, PackageBuilder, PackageFile};
pub use delta::{apply_delta, make_delta, make_part};
pub use error::PackageError;
pub use extract::{ExtractError, extract};
pub use key_change::{KeyChange, key_changes_lead};
pub use key_file::KeyFileError;
pub use limits::Limits;
pub use sealing::{
    ContentKey, ContentKeyContext, SealingError, Unsealer, Wrapped, seal, unseal, wrap_content_key, wrap_for_device,
};
pub use signing::{
    InvalidPublicKey, PublicKey, Role, SigningKey, Statement, Trust, VerifiedFiles, VerifiedPackage, countersign, sign,
};
