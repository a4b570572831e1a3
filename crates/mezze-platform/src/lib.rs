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
//! | `releases` | the life of a release: state machine, acts, schedule |
//! | `apps` | reserved ids and names, look-alikes, signing keys |
//! | `uploads` | packages on their way, in parts |
//! | `organisations` | members, roles, the operator's staff, verification |
//! | `review` | the seam where a package is decided over, and the reviewers' desk |
//! | `reports` | users' reports of abuse and their handling |
//! | `jobs` | what is done outside of requests and survives a kill |
//! | `audit_trail` | every act, written with it |
//! | `delivery` | launching, sealed files |
//! | `log` | the public log of releases |
//! | `identity` | signing users in to mini apps, and who they are there |
//! | `grants` | users' answers to mini apps' questions for permission |
//! | `gate` | requests of mini apps to other servers |
//! | `webview` | web pages inside mini apps |
//! | `shell` | the web shell's files and policy |
//! | `console` | the web console's page and policy |
//! | `development` | what `mezze dev` adds |
//! | `operation` | health, readiness, metrics |
//! | `examination` | whether rows, files and log agree |
//! | `rotation` | replacing keys |
//! | `keys`, `database`, `blobs` | where secrets, rows and files are kept |
//! | `http` | what holds for every route |

mod accounts;
mod api;
mod apps;
mod audit_trail;
mod blobs;
mod clock;
mod console;
mod database;
mod delivery;
mod development;
mod devices;
mod encoding;
mod examination;
mod gate;
mod grants;
mod http;
mod identity;
mod jobs;
mod keys;
mod log;
mod operation;
mod options;
mod organisations;
mod policy;
mod problem;
mod rates;
mod registry;
mod releases;
mod reports;
mod review;
mod rotation;
mod shell;
mod start;
mod state;
#[cfg(test)]
mod testing;
mod uploads;
mod webview;

pub use accounts::{NewAccount, Role};
pub use api::openapi;
pub use axum::http::HeaderName;
pub use blobs::BlobStoreFailure;
pub use clock::{Clock, ManualClock, Randomness, SystemClock, SystemRandomness};
pub use development::{DevelopmentEvent, PageState, Side, SourcePosition};
pub use examination::{Examination, examine};
pub use keys::{
    FileKeyStore, KeyCommand, KeyFailure, KeyManagement, KeyPurpose, KeyStore, ManagedKeyStore, Replacement, SecretKey,
};
pub use options::{
    Datum, DevelopmentOptions, HostExtensions, HostExtensionsFailure, MapTiles, MapTilesFailure, PlatformLimits,
    PlatformOptions, TlsFiles,
};
pub use problem::{PROBLEM_MEDIA_TYPE, Problem};
pub use rates::{Rate, RateLimits};
pub use registry::{AuditFailure, Auditor, ProcessAuditor, Published, SharedAuditor};
pub use review::{AutomaticReview, Review, ReviewByPeople, ReviewFailure, Submission, Verdict};
pub use rotation::{OlderKey, RotationCause, finish_rotation, rotate_key};
pub use start::{Platform, PlatformHandle, Running, StartFailure};
