//! Makes sure that the folder of the built web shell exists, so that `cargo build` works before the web build.
//!
//! The folder stays empty then, and the server answers with an explanation where the shell would be.

use std::path::Path;

fn main() {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_owned());
    let shell = Path::new(&manifest).join("../../web/dist");
    if let Err(failure) = std::fs::create_dir_all(&shell) {
        println!("cargo::error=can't create {} for the web shell: {failure}", shell.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads the files when they are asked for; only a release build has them inside.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", shell.display());
    }
}
