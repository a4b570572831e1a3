#![expect(clippy::unwrap_used, reason = "tests")]

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;
use crate::{FileListing, Limits, Package, PackageBuilder, PackageError, SigningKey, Trust, countersign, sign};

fn manifest(version: &str, code: u64) -> String {
    format!(
        r#"{{"app_id":"org.example.menu","name":"Menu","version":{{"code":{code},"name":"{version}"}},
        "platform_version":{{"min_code":1}},"pages":["pages/index"],"icons":[{{"src":"icon.png"}}],
        "mezze":{{"format":1,"namespace":"wx","entry_page":"pages/index","origins":{{}}}}}}"#
    )
}

fn keys() -> (SigningKey, SigningKey) {
    let mut random = StdRng::seed_from_u64(7);
    (SigningKey::generate(&mut random), SigningKey::generate(&mut random))
}

fn signed(version: &str, code: u64, files: &[(&str, &str)]) -> Vec<u8> {
    let (developer, platform) = keys();
    let mut builder = PackageBuilder::new().file("manifest.json", manifest(version, code).as_bytes());
    for (path, text) in files {
        builder.add_file(path, text.as_bytes());
    }
    let limits = Limits::default();
    let package = sign(&builder.finish().unwrap(), &developer, crate::Role::Developer, 1_700_000_000, &limits);
    countersign(&package.unwrap(), &platform, 1_700_000_001, &limits).unwrap()
}

fn trust() -> Trust {
    let (developer, platform) = keys();
    Trust::developers([developer.public()]).platforms([platform.public()])
}

fn first() -> Vec<u8> {
    signed("1.0.0", 1, &[("a.js", "first"), ("kept.js", "kept"), ("gone.js", "gone")])
}

fn second() -> Vec<u8> {
    signed("1.1.0", 2, &[("a.js", "second"), ("moved.js", "kept"), ("new.js", "second")])
}

fn listing(package: &[u8]) -> FileListing {
    Package::read(package, &Limits::default()).unwrap().listing()
}

fn contents_of(package: &[u8]) -> impl Fn(&Digest) -> Option<Vec<u8>> {
    let package = Package::read(package, &Limits::default()).unwrap();
    move |digest| package.files().find(|(_, file)| file.sha256() == digest).map(|(_, file)| file.bytes().to_vec())
}

#[test]
fn leads_from_one_release_to_the_other_and_sends_each_new_content_once() {
    let delta = make_delta(&listing(&first()), &second(), &Limits::default()).unwrap();
    let sent = Package::read(&delta, &Limits::default()).unwrap();
    let contents = sent.files().filter(|(path, _)| path.as_str().starts_with("content/")).count();
    assert_eq!(contents, 2, "the manifest and the text `second`, which two files share");
    let files = apply_delta(&delta, &contents_of(&first()), &trust(), &Limits::default()).unwrap();
    assert_eq!(files.package().listing(), listing(&second()));
    assert_eq!(files.package().get("moved.js"), Some(b"kept".as_slice()));
    assert_eq!(files.manifest().version.name.as_str(), "1.1.0");
    assert!(files.platform().is_some());
    assert_eq!(delta, make_delta(&listing(&first()), &second(), &Limits::default()).unwrap());
}

#[test]
fn a_part_holds_what_it_is_asked_for_and_the_whole_list() {
    let limits = Limits::default();
    let holds = |path: &PackagePath| path.as_str().ends_with(".json");
    let part = make_part(&second(), &holds, &limits).unwrap();
    let sent = Package::read(&part, &limits).unwrap();
    assert_eq!(sent.files().filter(|(path, _)| path.as_str().starts_with("content/")).count(), 1, "the manifest");
    assert!(matches!(apply_delta(&part, &|_| None, &trust(), &limits), Err(PackageError::Delta { .. })));
    let files = apply_delta(&part, &contents_of(&second()), &trust(), &limits).unwrap();
    assert_eq!(files.package().listing(), listing(&second()));
}

#[test]
fn a_content_that_is_not_there_or_is_damaged_is_refused() {
    let delta = make_delta(&listing(&first()), &second(), &Limits::default()).unwrap();
    let missing = apply_delta(&delta, &|_| None, &trust(), &Limits::default()).unwrap_err();
    assert!(matches!(&missing, PackageError::Delta { reason } if reason.contains("moved.js")), "{missing}");
    let damaged = apply_delta(&delta, &|_| Some(b"other".to_vec()), &trust(), &Limits::default()).unwrap_err();
    assert!(damaged.to_string().contains("not the one that its list names"), "{damaged}");
}

fn changed(change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> PackageError {
    let delta = make_delta(&listing(&first()), &second(), &Limits::default()).unwrap();
    let mut builder = PackageBuilder::new();
    for (path, file) in Package::read(&delta, &Limits::default()).unwrap().files() {
        if let Some(bytes) = change(path.as_str(), file.bytes().to_vec()) {
            builder.add_file(path.as_str(), &bytes);
        }
    }
    let delta = builder.finish().unwrap();
    apply_delta(&delta, &contents_of(&first()), &trust(), &Limits::default()).unwrap_err()
}

#[test]
fn what_the_signatures_do_not_cover_is_refused() {
    let rewrite = |from: &'static str, to: &'static str| {
        changed(move |path, bytes| match path {
            LIST_PATH => Some(String::from_utf8(bytes).unwrap().replace(from, to).into_bytes()),
            _ => Some(bytes),
        })
    };
    let renamed = rewrite("new.js", "other.js");
    assert_eq!(renamed, PackageError::DigestMismatch { what: "list of files" });
    assert!(matches!(rewrite("\"new.js\"", "\"../new.js\""), PackageError::Delta { .. }));
    assert!(matches!(rewrite("\"new.js\"", "\"a.js\""), PackageError::Delta { .. }));
    assert!(matches!(rewrite("\"new.js\"", "\"MOVED.js\""), PackageError::Collision { .. }));
    assert!(matches!(rewrite("\"format\":1", "\"format\":2"), PackageError::Delta { .. }));
    let unsigned = changed(|path, bytes| (path != STATEMENTS_PATH).then_some(bytes));
    assert!(matches!(unsigned, PackageError::Delta { .. }), "{unsigned}");
    let other = first();
    let limits = Limits::default();
    let archive = crate::container::Archive::parse(&other, &limits).unwrap();
    let block = archive.signing_block_bytes().unwrap().to_vec();
    let replayed = changed(move |path, bytes| Some(if path == STATEMENTS_PATH { block.clone() } else { bytes }));
    assert_eq!(replayed, PackageError::DigestMismatch { what: "list of files" });
}

#[test]
fn sizes_that_the_list_claims_are_capped_before_anything_is_copied() {
    let delta = make_delta(&listing(&first()), &second(), &Limits::default()).unwrap();
    let limits = Limits { inflated_bytes: 10, ..Limits::default() };
    let refused = apply_delta(&delta, &contents_of(&first()), &trust(), &limits).unwrap_err();
    assert!(matches!(refused, PackageError::Limit { .. }), "{refused}");
}

#[test]
fn every_flipped_byte_is_refused_or_changes_nothing() {
    let delta = make_delta(&listing(&first()), &second(), &Limits::default()).unwrap();
    let wanted = listing(&second());
    for at in 0..delta.len() {
        let mut flipped = delta.clone();
        flipped[at] ^= 1;
        if let Ok(files) = apply_delta(&flipped, &contents_of(&first()), &trust(), &Limits::default()) {
            assert_eq!(files.package().listing(), wanted, "byte {at}");
        }
    }
}
