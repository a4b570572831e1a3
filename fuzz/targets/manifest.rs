//! See `manifest` in `entries/package.rs`.
#![no_main]

#[path = "../entries/package.rs"]
#[expect(dead_code, reason = "each target uses one of the entries")]
mod entries;
#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::within_bounds(entries::manifest, bytes));
