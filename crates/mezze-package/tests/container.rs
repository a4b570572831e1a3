//! The container: what is written is read, and each way of being wrong is refused for its own reason.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::io::Write as _;

use common::forge::{ForgedEntry, forge, forge_with};
use common::{sample_builder, unsigned};
use flate2::{Compression, write::DeflateEncoder};
use mezze_package::{CompressedEntry, Limits, Package, PackageBuilder};
use proptest::prelude::*;

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn file(name: &str) -> ForgedEntry {
    ForgedEntry::stored(name, name.as_bytes())
}

/// The refusal's text, as a person reads it.
fn refusal(bytes: &[u8]) -> String {
    refusal_within(bytes, &Limits::default())
}

fn refusal_within(bytes: &[u8], limits: &Limits) -> String {
    match Package::read(bytes, limits) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn assert_refused(bytes: &[u8], because: &str) {
    let refusal = refusal(bytes);
    assert!(refusal.contains(because), "expected `{because}`, got `{refusal}`");
}

#[test]
fn the_forger_writes_right_containers_when_asked_to() {
    let data = deflate(b"hello hello hello");
    let deflated = ForgedEntry::deflated("b.txt", &data, 17, crc32fast::hash(b"hello hello hello"));
    let package = Package::read(&forge(&[file("a.txt"), deflated]), &Limits::default()).unwrap();
    assert_eq!(package.get("a.txt"), Some(b"a.txt".as_slice()));
    assert_eq!(package.get("b.txt"), Some(b"hello hello hello".as_slice()));
    // Names in ASCII need no flag, and a mode of none is fine: other tools write such files.
    let plain = file("a.txt").with(|entry| (entry.flags, entry.mode) = (0, 0));
    assert_eq!(refusal(&forge(&[plain])), "accepted");
    assert_eq!(refusal(&forge(&[])), "accepted");
}

#[test]
fn the_same_files_give_the_same_bytes_in_any_order() {
    let forward = PackageBuilder::new().file("a", b"1").file("b/c", &[7; 5000]).finish().unwrap();
    let backward = PackageBuilder::new().file("b/c", &[7; 5000]).file("a", b"1").finish().unwrap();
    assert_eq!(forward, backward);
    assert_eq!(unsigned(), unsigned());
}

#[test]
fn a_cached_entry_writes_what_the_file_would() {
    let content = b"some text some text some text".repeat(10);
    let cached = CompressedEntry::smaller(&content);
    let from_cache = PackageBuilder::new().entry("x", cached.clone()).entry("y", cached).finish().unwrap();
    let from_files = PackageBuilder::new().file("x", &content).file("y", &content).finish().unwrap();
    assert_eq!(from_cache, from_files);
    let stored = PackageBuilder::new().entry("x", CompressedEntry::stored(&content)).finish().unwrap();
    assert_eq!(Package::read(&stored, &Limits::default()).unwrap().get("x"), Some(content.as_slice()));
}

#[test]
fn the_writer_refuses_what_the_reader_would() {
    for (first, second) in [("a", "A"), ("a", "a/b"), ("../a", "b"), ("/a", "b"), ("a", "a"), ("b\\c", "d")] {
        let built = PackageBuilder::new().file(first, b"1").file(second, b"2").finish();
        assert!(built.is_err(), "{first:?} {second:?}");
    }
}

#[test]
fn names_that_leave_their_folder_are_refused() {
    for name in ["../a", "a/../../b", "/etc/passwd", "a\\b", "C:\\a", "C:/a", "a\0b", "a//b", "./a", "a/.", "a.", ""] {
        assert_refused(&forge(&[file(name)]), "file name");
    }
    assert_refused(&forge(&[ForgedEntry::stored([b'a', 0xFF], b"")]), "not UTF-8");
    assert_refused(&forge(&[ForgedEntry::stored("é", b"").with(|entry| entry.flags = 0)]), "flags must say UTF-8");
}

#[test]
fn names_that_collide_are_refused() {
    assert_refused(&forge(&[file("a"), file("a")]), "same name twice");
    assert_refused(&forge(&[file("a"), file("A")]), "differ only in case");
    assert_refused(&forge(&[file("caf\u{e9}"), file("cafe\u{301}")]), "differ only in case");
    assert_refused(&forge(&[file("A/b"), file("a/c")]), "differ only in case");
    assert_refused(&forge(&[file("a"), file("a/b")]), "a file and a folder");
}

#[test]
fn links_folders_and_devices_are_refused() {
    for (mode, because) in
        [(0o120_777, "symbolic link"), (0o040_755, "folder"), (0o060_644, "regular file"), (0o010_644, "regular file")]
    {
        assert_refused(&forge(&[file("a").with(|entry| entry.mode = mode)]), because);
    }
    assert_refused(&forge(&[ForgedEntry::stored("a/", b"")]), "folder");
}

#[test]
fn features_of_zip_that_packages_do_not_use_are_refused() {
    let changed = |change: fn(&mut ForgedEntry)| forge(&[file("a").with(change)]);
    assert_refused(&changed(|entry| entry.flags |= 0x0001), "encrypted");
    assert_refused(&changed(|entry| entry.flags |= 0x0040), "encrypted");
    assert_refused(&changed(|entry| entry.flags |= 0x2000), "encrypted");
    assert_refused(&changed(|entry| entry.flags |= 0x0008), "data descriptor");
    assert_refused(&changed(|entry| entry.flags |= 0x0002), "flags");
    assert_refused(&changed(|entry| entry.method = 93), "neither stored nor deflated");
    assert_refused(&changed(|entry| entry.version = 45), "newer ZIP version");
    assert_refused(&changed(|entry| entry.extra = vec![1, 0, 0, 0]), "extra fields");
    assert_refused(&changed(|entry| entry.comment = b"x".to_vec()), "extra fields and comments");
    assert_refused(&changed(|entry| entry.disk = 1), "another disk");
    assert_refused(&changed(|entry| entry.size = u32::MAX), "ZIP64");
    assert_refused(&changed(|entry| entry.offset = Some(u32::MAX)), "ZIP64");
    assert_refused(&forge_with(&[file("a")], |end| end.entries = u16::MAX), "split");
    assert_refused(&forge_with(&[file("a")], |end| (end.entries, end.entries_here) = (u16::MAX, u16::MAX)), "ZIP64");
    assert_refused(&forge_with(&[file("a")], |end| end.central_offset = u32::MAX), "ZIP64");
    assert_refused(&forge_with(&[file("a")], |end| end.disk = 1), "split");
}

#[test]
fn gaps_overlaps_and_foreign_data_are_refused() {
    let entries = [file("a"), file("b")];
    let good = forge(&entries);
    assert_refused(&good[..good.len() - 1], "end record");
    assert_refused(&good[1..], "not directly before");
    assert_refused(&[good.as_slice(), b"x"].concat(), "end record");
    assert_refused(&[b"x".as_slice(), &good].concat(), "not directly before");
    assert_refused(&[good.as_slice(), &good].concat(), "not directly before");
    assert_refused(&forge_with(&entries, |end| end.comment = b"hi".to_vec()), "end record");
    assert_refused(&forge_with(&entries, |end| end.before_end = b"x".to_vec()), "not directly before");
    let between = forge_with(&entries, |end| {
        end.before_central = b"xx".to_vec();
        end.central_offset += 2;
    });
    assert_refused(&between, "data between the last file");
    assert_refused(&forge(&[file("a"), file("b").with(|entry| entry.gap = vec![0])]), "a gap");
    assert_refused(&forge(&[file("a").with(|entry| entry.gap = vec![0]), file("b")]), "a gap");
    // Two entries that share one file's data.
    assert_refused(&forge(&[file("a"), file("b").with(|entry| entry.offset = Some(0))]), "an overlap");
    // A comment that holds an end record of its own: a reader that searches backwards may find either.
    let inner = good[good.len() - 22..].to_vec();
    assert_refused(&forge_with(&entries, |end| end.comment = inner), "not directly before");
    let (short, long) = (forge_with(&entries, |end| end.entries_here = 1), forge_with(&entries, |end| end.entries = 3));
    assert_refused(&short, "split");
    assert_refused(&long, "split");
    assert_refused(&forge_with(&entries, |end| (end.entries, end.entries_here) = (1, 1)), "more in it");
    assert_refused(&forge_with(&entries, |end| (end.entries, end.entries_here) = (3, 3)), "fewer entries");
}

#[test]
fn headers_that_disagree_are_refused() {
    let named = file("a").with(|entry| entry.local_name = Some(b"b".to_vec()));
    assert_refused(&forge(&[named]), "do not agree");
    let sized = file("a").with(|entry| entry.local_size = Some(2));
    assert_refused(&forge(&[sized]), "do not agree");
    let stored = file("a").with(|entry| entry.size = 2);
    assert_refused(&forge(&[stored]), "two sizes differ");
    let longer = file("a").with(|entry| (entry.size, entry.compressed_size) = (5000, 5000));
    assert_refused(&forge(&[longer]), "cut off");
}

#[test]
fn content_that_is_not_as_declared_is_refused() {
    let data = deflate(b"hello hello hello");
    let crc = crc32fast::hash(b"hello hello hello");
    let with_size = |size| forge(&[ForgedEntry::deflated("a", &data, size, crc)]);
    assert_refused(&with_size(16), "more than its declared size");
    assert_refused(&with_size(0), "more than its declared size");
    assert_refused(&with_size(18), "less than its declared size");
    assert_refused(&forge(&[ForgedEntry::deflated("a", &data, 17, crc ^ 1)]), "CRC-32");
    assert_refused(&forge(&[ForgedEntry::deflated("a", &data[..data.len() - 1], 17, crc)]), "ends too early");
    assert_refused(&forge(&[ForgedEntry::deflated("a", &[&data[..], b"xx"].concat(), 17, crc)]), "after the end");
    assert_refused(&forge(&[ForgedEntry::deflated("a", &[0xFF; 9], 17, crc)]), "damaged");
    assert_refused(&forge(&[ForgedEntry::deflated("a", b"", 0, 0)]), "ends too early");
    assert_refused(&forge(&[file("a").with(|entry| entry.crc ^= 1)]), "CRC-32");
}

#[test]
fn bombs_are_refused_by_what_they_declare() {
    let limits = Limits::default();
    let zeros = vec![0; 8 << 20];
    let bomb = PackageBuilder::new().file("bomb", &zeros).finish().unwrap();
    assert!(refusal(&bomb).contains("file `bomb`, inflated"), "{}", refusal(&bomb));
    // To the byte, as the shell counts: 200 times is allowed (and then found to be no deflate stream), more is not.
    let declared = |size| forge(&[ForgedEntry::deflated("a", &[0xFF; 10_000], size, 0)]);
    assert_refused(&declared(2_000_000), "damaged");
    assert_refused(&declared(2_000_001), "over the limit of 2000000");
    // 4 GiB declared over a few bytes; nothing of that size is ever reserved.
    let huge = ForgedEntry::deflated("huge", &[3, 0], u32::MAX - 1, 0);
    assert_refused(&forge(&[huge]), "over the limit");
    // A bomb that lies about its size stops where the lie shows.
    let lying = forge(&[ForgedEntry::deflated("bomb", &deflate(&zeros), 1000, 0)]);
    assert_refused(&lying, "more than its declared size");
    let many = Limits { inflated_bytes: 1500, ..limits.clone() };
    let two = PackageBuilder::new().file("a", &[1; 1000]).file("b", &[1; 1000]).finish().unwrap();
    assert!(refusal_within(&two, &many).contains("content of all files is 2000"));
    let small = Limits { container_bytes: 100, ..limits.clone() };
    assert!(refusal_within(&two, &small).contains("the package is"));
    let one = Limits { file_bytes: 999, ..limits };
    assert!(refusal_within(&two, &one).contains("file `a` is 1000, over the limit of 999"));
}

#[test]
fn too_many_entries_are_refused() {
    let mut builder = PackageBuilder::new();
    for number in 0..60_000 {
        builder.add_entry(&format!("f{number}"), CompressedEntry::stored(b""));
    }
    let bytes = builder.finish().unwrap();
    assert_refused(&bytes, "the number of files is 60000, over the limit of 20000");
    let mut builder = PackageBuilder::new();
    for number in 0..100_000 {
        builder.add_entry(&format!("f{number}"), CompressedEntry::stored(b""));
    }
    assert!(builder.finish().unwrap_err().to_string().contains("the number of files is 100000"));
}

#[test]
fn code_packages_have_limits_of_their_own() {
    let limits = Limits { main_package_bytes: 3000, subpackage_bytes: 2000, ..Limits::default() };
    let noise: Vec<u8> = (0..1500_u32).flat_map(|number| (number.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
    let package = |path: &str, size: usize| {
        let bytes = PackageBuilder::new().entry(path, CompressedEntry::stored(&noise[..size])).finish().unwrap();
        Package::read(&bytes, &Limits::default()).unwrap()
    };
    let roots = ["packageA", "v1"];
    package("file/packageA/x.png", 2000).check_code_packages(&limits, &roots).unwrap();
    let refusal = package("file/packageA/x.png", 2001).check_code_packages(&limits, &roots).unwrap_err();
    assert_eq!(refusal.to_string(), "the subpackage `packageA` is 2001, over the limit of 2000");
    // `v10` is not in `v1`.
    package("script/v10/x.js", 3000).check_code_packages(&limits, &roots).unwrap();
    let refusal = package("script/v10/x.js", 3001).check_code_packages(&limits, &roots).unwrap_err();
    assert_eq!(refusal.to_string(), "the main package is 3001, over the limit of 3000");
}

#[test]
fn a_list_of_files_sees_renames_moves_and_swaps() {
    let listing = |first: &str, second: &str| {
        let bytes = PackageBuilder::new().file(first, b"1").file(second, b"2").finish().unwrap();
        Package::read(&bytes, &Limits::default()).unwrap().listing().digest()
    };
    let digests = [listing("a", "b"), listing("b", "a"), listing("a", "c"), listing("a", "d/b"), listing("a", "b ")];
    for (index, digest) in digests.iter().enumerate() {
        assert!(!digests[index + 1..].contains(digest), "{index}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        files in proptest::collection::btree_map("[a-z]{1,6}(/[a-z]{1,6}){0,2}", proptest::collection::vec(any::<u8>(), 0..400), 0..12)
    ) {
        let mut builder = PackageBuilder::new();
        for (path, content) in &files {
            builder.add_file(path, content);
        }
        // A path may also be another's folder; then both sides must say no.
        if let Ok(bytes) = builder.finish() {
            let package = Package::read(&bytes, &Limits::default()).unwrap();
            prop_assert_eq!(package.files().count(), files.len());
            for (path, content) in &files {
                prop_assert_eq!(package.get(path), Some(content.as_slice()));
            }
        }
    }

    #[test]
    fn a_byte_changed_anywhere_never_panics(at in 0_usize..2000, byte in any::<u8>()) {
        let mut bytes = sample_builder().finish().unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = Package::read(&bytes, &Limits::default());
    }
}
