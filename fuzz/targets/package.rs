//! See `package` in `entries.rs`.
#![no_main]

#[path = "../entries.rs"]
#[expect(dead_code, reason = "each target uses one of the entries")]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::package(bytes));
