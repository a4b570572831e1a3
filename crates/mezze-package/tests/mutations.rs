//! The fuzz targets' functions over mutations of right inputs: the same ones in every run, a few seconds in all.
//! Long runs with coverage are in `fuzz/`; with `MEZZE_FUZZ_CORPUS=DIR` these tests write their seeds there.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

mod common;
#[path = "../../../fuzz/entries/package.rs"]
mod entries;
#[path = "../../../fuzz/harness.rs"]
mod harness;

use common::{MANIFEST, countersigned, unsigned};
use harness::{Seeds, mutate};
use mezze_package::{ContentKey, seal};

const JSON: &[&str] = &["{", "}", "[", "]", "\"", "\\u0000", "null", "-1", "1e999", "\\ud800", ":", ","];

#[test]
fn packages() {
    mutate("package", &Seeds::new(&[unsigned(), countersigned()], &[]), 20_000, entries::package);
}

#[test]
fn signing_blocks() {
    mutate("signing_block", &Seeds::new(&[entries::right_block(), Vec::new()], &[]), 3_000, entries::signing_block);
}

#[test]
fn sealed_streams() {
    let seal = |content: &[u8]| [&[5], &seal(content, &ContentKey::from_bytes([1; 16]), [2; 16]).unwrap()[..]].concat();
    mutate("sealed", &Seeds::new(&[seal(b""), seal(b"short"), seal(&[9; 70_000])], &[]), 1_000, entries::sealed);
}

#[test]
fn launch_uris() {
    let seeds = [
        "mezze://miniapp/org.example.menu;version=1.0.0/pages/index?a=1&b=%20#f",
        "https://apps.example.org:8443/miniapp/foo/%E7%B4%A2/..;/a%2e",
        "http://localhost/miniapp/foo;version=?#",
    ];
    let words = &["%2f", "..", ";version=", "//", "?", "#", "%00", "\\", "@", ":", "mezze://miniapp/", "%E0%80"];
    mutate("launch_uri", &Seeds::new(&seeds, words), 30_000, entries::launch_uri);
}

#[test]
fn manifests() {
    let seeds = [MANIFEST, "{\"mezze\":{\"origins\":{\"request\":[\"*\"]}}}", DECLARATIONS];
    mutate("manifest", &Seeds::new(&seeds, JSON), 15_000, entries::manifest);
}

#[test]
fn deltas() {
    let seeds = [[&[0], &entries::right_delta()[..]].concat(), [&[1], &entries::right_delta_list()[..]].concat()];
    mutate("delta", &Seeds::new(&seeds, JSON), 2_000, entries::delta);
}

#[test]
fn logs() {
    mutate("log", &Seeds::new(&entries::right_log(), &["tile/", "x", ".p/", "\n", "+", "— "]), 20_000, entries::log);
}

/// A manifest that declares what can be declared.
const DECLARATIONS: &str = r#"{
  "app_id": "org.example.menu", "name": "Menu", "icons": [], "version": {"name": "1.0.0", "code": 1},
  "platform_version": {"min_code": 1}, "pages": ["a", "b/c"],
  "req_permissions": [{"name": "scope.userLocation", "reason": {"en": "tables near you", "zh-Hans": "附近"}}],
  "mezze": {
    "format": 1, "namespace": "wx", "entry_page": "a",
    "permissions": [{"name": "scope.camera", "reason": "to scan"}],
    "data": [{"category": "location", "purpose": "tables near you", "retention": {"en": "not kept"}}],
    "origins": {"request": ["https://api.example.org:8443"], "socket": ["wss://live.example.org"]},
    "subpackages": [{"root": "b", "pages": ["b/c"]}], "category": "food", "publisher": {"name": "Example"}
  }
}"#;
