//! The shell's files: content, type, digest, and a gzipped copy that is made once.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use serde::Deserialize;

/// Names the hashes of inline scripts for the policy; not served.
pub(super) const POLICY_FILE: &str = "csp.json";

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Embedded;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PolicyFile {
    #[serde(default)]
    script_hashes: Vec<String>,
}

/// One file.
pub(crate) struct Asset {
    content: Bytes,
    /// SHA-256, hex.
    pub(super) digest: String,
    pub(super) media_type: String,
}

/// How a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Gzip,
}

/// The files, and their gzipped copies by digest.
#[derive(Default)]
pub(crate) struct ShellAssets {
    gzipped: Mutex<HashMap<String, Bytes>>,
    /// In tests, instead of the built files.
    #[cfg(test)]
    fixture: Option<HashMap<String, Vec<u8>>>,
}

impl ShellAssets {
    /// A file by its path without a leading slash.
    pub(crate) fn find(&self, path: &str) -> Option<Asset> {
        #[cfg(test)]
        if let Some(files) = &self.fixture {
            let content = files.get(path)?;
            let digest = mezze_model::Digest::of(content).to_string();
            return Some(Asset { content: content.clone().into(), digest, media_type: media_type(path, "text/plain") });
        }
        let file = Embedded::get(path)?;
        Some(Asset {
            digest: hex::encode(file.metadata.sha256_hash()),
            media_type: media_type(path, file.metadata.mimetype()),
            content: match file.data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
            },
        })
    }

    /// Files instead of the built ones.
    #[cfg(test)]
    pub(crate) fn fixture<const N: usize>(files: [(&str, &[u8]); N]) -> Self {
        let fixture = files.into_iter().map(|(path, content)| (path.to_owned(), content.to_vec())).collect();
        Self { gzipped: Mutex::default(), fixture: Some(fixture) }
    }

    /// As before the web build.
    #[cfg(test)]
    pub(crate) fn empty() -> Self {
        Self::fixture([])
    }

    /// Hashes of the inline scripts that the policy allows. A value that is not a hash is left out: it could add
    /// anything to the policy.
    pub(crate) fn script_hashes(&self) -> Vec<String> {
        let file = self.find(POLICY_FILE).and_then(|asset| serde_json::from_slice::<PolicyFile>(&asset.content).ok());
        let hashes = file.map(|file| file.script_hashes).unwrap_or_default();
        hashes.into_iter().filter(|hash| is_script_hash(hash)).collect()
    }

    /// The bytes to send.
    pub(super) fn encoded(&self, asset: &Asset, encoding: Encoding) -> Bytes {
        if encoding == Encoding::Plain {
            return asset.content.clone();
        }
        let mut gzipped = self.gzipped.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = gzipped.get(&asset.digest) {
            return known.clone();
        }
        let made = gzip(&asset.content);
        // A debug build's files change; old copies must not pile up.
        if gzipped.len() > 1_000 {
            gzipped.clear();
        }
        gzipped.insert(asset.digest.clone(), made.clone());
        made
    }
}

impl Encoding {
    /// Gzip where the browser takes it and it helps.
    pub(super) fn choose(headers: &HeaderMap, asset: &Asset) -> Self {
        let accepted = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .split(',')
            .filter_map(|offer| offer.split(';').next())
            .any(|offer| offer.trim().eq_ignore_ascii_case("gzip"));
        let helps = asset.content.len() > 512
            && [
                "text/",
                "application/javascript",
                "application/json",
                "application/manifest+json",
                "application/wasm",
                "image/svg+xml",
            ]
            .iter()
            .any(|kind| asset.media_type.starts_with(kind));
        if accepted && helps { Self::Gzip } else { Self::Plain }
    }
}

fn gzip(content: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 3), Compression::best());
    // Writing into memory does not fail.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default().into()
}

fn media_type(path: &str, guessed: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8".to_owned(),
        "js" | "mjs" => "text/javascript; charset=utf-8".to_owned(),
        "css" => "text/css; charset=utf-8".to_owned(),
        "webmanifest" => "application/manifest+json".to_owned(),
        "json" | "map" => "application/json".to_owned(),
        _ => guessed.to_owned(),
    }
}

fn is_script_hash(text: &str) -> bool {
    ["sha256-", "sha384-", "sha512-"].iter().any(|prefix| {
        text.strip_prefix(prefix).is_some_and(|digest| {
            !digest.is_empty() && digest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte))
        })
    })
}
