//! Updates file by file: what one release has that another has not, and putting a release together from it.
//!
//! ```text
//! delta.json          {"files":[{"path","sha256","size"}, …],"format":1,"package_digest"}
//! statements.bin      the signing block of the release, as it stands in its package
//! content/SHA256HEX   each content that the older release does not have
//! ```
//! A delta is a container of its own, written and read by the same strict rules. Nothing in it is trusted: what it puts
//! together is checked against the signed list of files, so a wrong delta can only fail, and the whole package is
//! fetched then. Any two releases of an app have one; a content that both have is never sent.
//!
//! A part has the same form: of a release with subpackages it holds the contents of some, for a host that has nothing
//! of it yet, or lacks a subpackage that is opened now.

mod apply;
mod make;

#[cfg(test)]
mod tests;

use mezze_model::{Digest, PackagePath};
use serde::{Deserialize, Serialize};

pub use apply::apply_delta;
pub use make::{make_delta, make_part};

/// Name of the list in a delta.
pub const LIST_PATH: &str = "delta.json";
/// Name of the signing block in a delta.
pub const STATEMENTS_PATH: &str = "statements.bin";

const FORMAT: u32 = 1;

/// What the release consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeltaList {
    files: Vec<DeltaFile>,
    format: u32,
    /// SHA-256 of the release's whole package: which one this is about. Not checked here, the files are.
    package_digest: Digest,
}

/// One file of the release; its content is in the delta or known from the older release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeltaFile {
    path: PackagePath,
    sha256: Digest,
    size: u64,
}

fn content_path(sha256: &Digest) -> String {
    format!("content/{sha256}")
}
