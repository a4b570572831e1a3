//! The ZIP container: a strict reader and a deterministic writer for the one form that packages have.
//!
//! Own code and not a ZIP library: a library is made to read whatever exists, this must refuse whatever it would not
//! have written itself (two directories, gaps, trailing data, names that collide), before a byte is inflated.
//! Reference: <https://www.w3.org/TR/miniapp-packaging/>, APPNOTE 6.3; rules in `docs/architecture/signing.md`.

mod archive;
mod builder;
mod bytes;
mod compress;
mod layout;
mod listing;
mod names;
mod package;

pub(crate) use archive::Archive;
pub(crate) use bytes::ByteReader;
pub(crate) use layout::{CENTRAL_OFFSET_FIELD, END_LENGTH};
pub(crate) use names::check_collisions;

pub use builder::PackageBuilder;
pub use compress::{CompressedEntry, Method};
pub use listing::{FileListing, ListedFile};
pub use package::{Package, PackageFile};
