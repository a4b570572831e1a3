//! Makes sure that the folder of host libraries exists, so that `cargo build` works before the web build.

use std::path::Path;

fn main() {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_owned());
    let folder = Path::new(&manifest).join("../../web/libraries");
    if let Err(failure) = std::fs::create_dir_all(&folder) {
        println!("cargo::error=can't create {} for the host's libraries: {failure}", folder.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads the files when they are asked for; only a release build has them inside.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
}
