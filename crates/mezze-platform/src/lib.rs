//! The server: store, review, delivery, accounts and gate of a super app, on the operator's own machine.
//!
//! One folder a capability, each with its model, store, routes and tests. [`Platform::start`] starts a node; nodes keep
//! nothing in memory that another node would need. The HTTP interface is described by [`openapi`] and, in outline, by
//! `docs/architecture/rest.md`.
//!
//! | folder | what it holds |
//! |---|---|
//! | `accounts` | users, sessions, access tokens |
//! | `devices` | device keys, proved by a challenge |
//! | `registry` | mini apps, packages, releases |
//! | `review` | the seam where a package is decided over |
//! | `delivery` | launching, sealed files |
//! | `log` | the public log of releases |
//! | `identity` | signing users in to mini apps, and who they are there |
//! | `grants` | users' answers to mini apps' questions for permission |
//! | `gate` | requests of mini apps to other servers |
//! | `webview` | web pages inside mini apps |
//! | `shell` | the web shell's files and policy |
//! | `development` | what `mezze dev` adds |
//! | `operation` | health, readiness, metrics |
//! | `keys`, `database`, `blobs` | where secrets, rows and files are kept |
//! | `http` | what holds for every route |

mod accounts;
mod api;
mod blobs;
mod clock;
mod database;
mod delivery;
mod development;
mod devices;
mod encoding;
mod gate;
mod grants;
mod http;
mod identity;
mod keys;
mod log;
mod operation;
mod options;
mod problem;
mod registry;
mod review;
mod shell;
mod start;
mod state;
#[cfg(test)]
mod testing;
mod webview;

pub use accounts::{NewAccount, Role};
pub use api::openapi;
pub use blobs::BlobStoreFailure;
pub use clock::{Clock, ManualClock, Randomness, SystemClock, SystemRandomness};
pub use development::{DevelopmentEvent, PageState, Side, SourcePosition};
pub use keys::{FileKeyStore, KeyFailure, KeyPurpose, KeyStore, SecretKey};
pub use options::{Datum, DevelopmentOptions, MapTiles, MapTilesFailure, PlatformLimits, PlatformOptions, TlsFiles};
pub use problem::{PROBLEM_MEDIA_TYPE, Problem};
pub use registry::Published;
pub use review::{AutomaticReview, Review, ReviewFailure, Submission, Verdict};
pub use start::{Platform, PlatformHandle, Running, StartFailure};
