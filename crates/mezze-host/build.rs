//! Makes sure that the folder of the built runtime exists, so that `cargo build` works before the web build.
//!
//! The folder stays empty then, and a headless run fails with what to do about it.

use std::path::Path;

fn main() {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_owned());
    let folder = Path::new(&manifest).join("../../web/dist/headless");
    if let Err(failure) = std::fs::create_dir_all(&folder) {
        println!("cargo::error=can't create {} for the logic runtime: {failure}", folder.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads the file when it is asked for; only a release build has it inside.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
}
