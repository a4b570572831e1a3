//! The fuzz targets' functions over mutations of right inputs: the same ones in every run, a few seconds in all.
//! Long runs with coverage are in `fuzz/`; with `MEZZE_FUZZ_CORPUS=DIR` these tests write their seeds there.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod common;
#[path = "../../../fuzz/entries.rs"]
mod entries;

use common::{CountingRandom, MANIFEST, countersigned, unsigned};
use mezze_package::{ContentKey, seal};
use rand::RngExt as _;

/// Runs `entry` over `count` mutations of the seeds: bytes changed, cut out, doubled, spliced from another seed.
fn mutate(target: &str, seeds: &[Vec<u8>], count: u64, entry: fn(&[u8])) {
    if let Some(corpus) = std::env::var_os("MEZZE_FUZZ_CORPUS") {
        let folder = std::path::Path::new(&corpus).join(target);
        std::fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
        }
    }
    for seed in seeds {
        entry(seed);
    }
    let mut random = CountingRandom(count);
    for _ in 0..count {
        let mut bytes = seeds[random.random_range(0..seeds.len())].clone();
        for _ in 0..random.random_range(1..4_u8) {
            change(&mut bytes, seeds, &mut random);
        }
        entry(&bytes);
    }
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut CountingRandom) {
    /// Values at which readers that count wrong go wrong.
    const EDGES: [u8; 8] = [0, 1, 0x7F, 0x80, 0xFF, b'.', b'/', b'"'];
    let Some(last) = bytes.len().checked_sub(1) else { return bytes.push(random.random()) };
    let (first, second) = (random.random_range(0..=last), random.random_range(0..=last));
    let range = first.min(second)..first.max(second);
    match random.random_range(0..7_u8) {
        0 => bytes[first] ^= 1 << random.random_range(0..8_u8),
        1 => bytes[first] = EDGES[random.random_range(0..EDGES.len())],
        2 => bytes[first] = random.random(),
        3 => drop(bytes.drain(range)),
        4 => {
            let copy = bytes[range].to_vec();
            bytes.splice(first..first, copy);
        }
        5 => bytes.truncate(first),
        _ => {
            let other = &seeds[random.random_range(0..seeds.len())];
            let start = random.random_range(0..=other.len());
            bytes.splice(range, other[start..].iter().copied().take(32));
        }
    }
}

#[test]
fn packages() {
    mutate("package", &[unsigned(), countersigned()], 20_000, entries::package);
}

#[test]
fn signing_blocks() {
    mutate("signing_block", &[entries::right_block(), Vec::new()], 3_000, entries::signing_block);
}

#[test]
fn sealed_streams() {
    let seal = |content: &[u8]| [&[5], &seal(content, &ContentKey::from_bytes([1; 16]), [2; 16]).unwrap()[..]].concat();
    mutate("sealed", &[seal(b""), seal(b"short"), seal(&[9; 70_000])], 1_000, entries::sealed);
}

#[test]
fn launch_uris() {
    let seeds = [
        "mezze://miniapp/org.example.menu;version=1.0.0/pages/index?a=1&b=%20#f",
        "https://apps.example.org:8443/miniapp/foo/%E7%B4%A2/..;/a%2e",
        "http://localhost/miniapp/foo;version=?#",
    ];
    mutate("launch_uri", &seeds.map(|seed| seed.as_bytes().to_vec()), 30_000, entries::launch_uri);
}

#[test]
fn manifests() {
    mutate(
        "manifest",
        &[MANIFEST.as_bytes().to_vec(), b"{\"mezze\":{\"origins\":{\"request\":[\"*\"]}}}".to_vec()],
        20_000,
        entries::manifest,
    );
}
