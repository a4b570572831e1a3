//! What the parts of Mezze say to each other: types and their rules, no input or output.
//!
//! | module | what it holds |
//! |---|---|
//! | [`app_id`], [`version`] | names of a mini app and of one of its versions, lower case, unreserved characters |
//! | [`digest`] | SHA-256 as a type |
//! | [`manifest`] | `manifest.json`: W3C MiniApp Manifest plus the member `mezze`; rules; JSON Schema |
//! | [`app_config`] | `config/app.json`, the compiled configuration, as `web/runtime/protocol/config.ts` |
//! | [`launch_uri`] | W3C MiniApp Addressing |
//! | [`origin`] | origins that a release declares |
//! | [`package_path`] | names of files in a package |

pub mod app_config;
pub mod app_id;
pub mod digest;
pub mod launch_uri;
pub mod manifest;
pub mod origin;
pub mod package_path;
pub mod version;

mod text;

pub use app_config::AppConfig;
pub use app_id::{AppId, InvalidAppId};
pub use digest::{Digest, DigestBuilder, InvalidDigest};
pub use launch_uri::{InvalidLaunchUri, LaunchPath, LaunchPrefix, LaunchUri};
pub use manifest::{DataUse, LocalisedText, Manifest, ManifestError, ManifestProblem, manifest_schema};
pub use origin::{DeclaredOrigin, InvalidOrigin, OriginRule, OriginScheme, OriginUse, Origins};
pub use package_path::{InvalidPackagePath, PackagePath};
pub use version::{InvalidVersionName, Version, VersionName};
