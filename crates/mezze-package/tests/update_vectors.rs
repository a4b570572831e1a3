//! Vectors for updates and for the public log, which the shell reads too: `tests/fixtures/package/update-1.json`.
//!
//! After a change on purpose: `UPDATE_FIXTURES=1 cargo test -p mezze-package --test update_vectors`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{CREATED, countersigned, developer, platform, sample_builder};
use mezze_model::Digest;
use mezze_package::log::checkpoint::verifier_key;
use mezze_package::log::{Checkpoint, LogEntry, Node, Span, appended, consistency_spans, inclusion_spans, leaf_hash};
use mezze_package::{
    Limits, Package, PackageBuilder, Role, SigningKey, Trust, apply_delta, countersign, make_delta, sign,
};
use serde_json::{Value, json};

const ORIGIN: &str = "mezze.example/log";

fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/package/update-1.json")
}

/// The sample's next version: one file changed, one new, one renamed, the rest kept.
fn next_version() -> Vec<u8> {
    let mut builder = PackageBuilder::new();
    for (path, file) in Package::read(&sample_builder().finish().unwrap(), &Limits::default()).unwrap().files() {
        match path.as_str() {
            "manifest.json" => {
                let text = String::from_utf8(file.bytes().to_vec()).unwrap();
                let text = text.replace("1.0.0-RC1", "1.0.0").replace("\"code\": 3", "\"code\": 4");
                builder.add_file(path.as_str(), text.as_bytes());
            }
            "file/empty.txt" => builder.add_file("file/empty-too.txt", file.bytes()),
            path => builder.add_file(path, file.bytes()),
        }
    }
    builder.add_file("script/pages/index/more.js", b"__mezze__.module(\"pages/index/more.js\",function(){});\n");
    let package = sign(&builder.finish().unwrap(), &developer(), Role::Developer, CREATED + 100, &Limits::default());
    countersign(&package.unwrap(), &platform(), CREATED + 160, &Limits::default()).unwrap()
}

/// The delta with one of its files changed; `None` leaves it out.
fn changed(delta: &[u8], change: impl Fn(&str, &[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut builder = PackageBuilder::new();
    for (path, file) in Package::read(delta, &Limits::default()).unwrap().files() {
        if let Some(bytes) = change(path.as_str(), file.bytes()) {
            builder.add_file(path.as_str(), &bytes);
        }
    }
    builder.finish().unwrap()
}

fn refused(delta: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let in_list = |from: &str, to: &str| {
        changed(delta, |path, bytes| match path {
            "delta.json" => Some(String::from_utf8(bytes.to_vec()).unwrap().replacen(from, to, 1).into_bytes()),
            _ => Some(bytes.to_vec()),
        })
    };
    vec![
        ("a file renamed in its list", in_list("file/empty-too.txt", "file/empty-two.txt")),
        ("a path that climbs", in_list("file/empty-too.txt", "../empty-too.txt")),
        ("a path listed twice", in_list("file/empty-too.txt", "file/icon.png")),
        ("another size", in_list("\"size\":8", "\"size\":9")),
        ("another package's digest", in_list("\"package_digest\":\"", "\"package_digest\":\"0")),
        ("an unknown format", in_list("\"format\":1", "\"format\":2")),
        ("no statements", changed(delta, |path, bytes| (path != "statements.bin").then(|| bytes.to_vec()))),
        ("a content left out", changed(delta, |path, bytes| (!path.starts_with("content/")).then(|| bytes.to_vec()))),
        (
            "a content exchanged",
            changed(delta, |path, bytes| {
                Some(if path.starts_with("content/") { b"evil".to_vec() } else { bytes.to_vec() })
            }),
        ),
        ("cut off by one byte", delta[..delta.len() - 1].to_vec()),
    ]
}

/// A log in which entry 5 of 11 is the next version's release.
fn log(package: &[u8]) -> Value {
    let key = SigningKey::from_seed([3; 32]);
    let read = Package::read(package, &Limits::default()).unwrap();
    let release = LogEntry::Release {
        app_id: "org.example.vector".parse().unwrap(),
        developer: developer().public(),
        files_digest: read.listing().digest(),
        package_digest: Digest::of(package),
        time: CREATED + 200,
        version: "1.0.0".parse().unwrap(),
    };
    let mut nodes: BTreeMap<Node, Digest> = BTreeMap::new();
    for place in 0..11_u64 {
        let entry = if place == 5 { release.to_bytes().unwrap() } else { format!("entry {place}").into_bytes() };
        let Ok(added) = appended(place, leaf_hash(&entry), |node| Ok::<_, Infallible>(nodes[&node]));
        nodes.extend(added);
    }
    let hash = |span: Span| Span::fold(&span.nodes().iter().map(|node| nodes[node]).collect::<Vec<_>>());
    let hashes = |spans: Vec<Span>| spans.into_iter().map(|span| hash(span).to_string()).collect::<Vec<_>>();
    let checkpoint = |size| Checkpoint { origin: ORIGIN.to_owned(), size, root: hash(Span::whole(size)) }.sign(&key);
    let inclusions: Vec<Value> = (1..=11_u64)
        .flat_map(|size| (0..size).map(move |index| (size, index)))
        .map(|(size, index)| {
            json!({ "size": size, "index": index,
            "leaf": nodes[&Node { level: 0, index }].to_string(), "root": hash(Span::whole(size)).to_string(),
            "proof": hashes(inclusion_spans(index, size).unwrap()) })
        })
        .collect();
    let consistencies: Vec<Value> = (1..=11_u64)
        .flat_map(|new| (1..=new).map(move |old| (old, new)))
        .map(|(old, new)| {
            json!({ "from": old, "to": new, "old_root": hash(Span::whole(old)).to_string(),
            "new_root": hash(Span::whole(new)).to_string(), "proof": hashes(consistency_spans(old, new).unwrap()) })
        })
        .collect();
    json!({
        "origin": ORIGIN,
        "verifier_key": verifier_key(ORIGIN, &key.public()),
        "older_checkpoint": checkpoint(7).as_str(),
        "release": {
            "index": 5,
            "entry": String::from_utf8(release.to_bytes().unwrap()).unwrap(),
            "proof": hashes(inclusion_spans(5, 11).unwrap()),
            "checkpoint": checkpoint(11).as_str(),
        },
        "consistency": hashes(consistency_spans(7, 11).unwrap()),
        "inclusions": inclusions,
        "consistencies": consistencies,
    })
}

fn vector() -> Value {
    let (base, target) = (countersigned(), next_version());
    let limits = Limits::default();
    let delta = make_delta(&Package::read(&base, &limits).unwrap().listing(), &target, &limits).unwrap();
    let encoded = |bytes: &[u8]| STANDARD.encode(bytes);
    let refused: Vec<Value> =
        refused(&delta).iter().map(|(what, bytes)| json!({ "what": what, "delta": encoded(bytes) })).collect();
    json!({
        "app_id": "org.example.vector",
        "version": "1.0.0",
        "package_digest": Digest::of(&target).to_string(),
        "developer_key": developer().public().to_string(),
        "platform_key": platform().public().to_string(),
        "base": encoded(&base),
        "base_version": "1.0.0-rc1",
        "base_digest": Digest::of(&base).to_string(),
        "target": encoded(&target),
        "delta": encoded(&delta),
        "refused": refused,
        "log": log(&target),
    })
}

#[test]
fn the_vectors_are_what_this_build_makes() {
    let made = format!("{}\n", serde_json::to_string_pretty(&vector()).unwrap());
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(fixture(), &made).unwrap();
    }
    let kept = std::fs::read_to_string(fixture()).unwrap();
    assert!(kept == made, "update-1.json is stale; run UPDATE_FIXTURES=1 cargo test -p mezze-package");
}

#[test]
fn every_refused_delta_is_refused_here() {
    let base = Package::read(&countersigned(), &Limits::default()).unwrap();
    let limits = Limits::default();
    let delta = make_delta(&base.listing(), &next_version(), &limits).unwrap();
    let trust = Trust::developers([developer().public()]).platforms([platform().public()]);
    let content =
        |digest: &Digest| base.files().find(|(_, file)| file.sha256() == digest).map(|(_, file)| file.bytes().to_vec());
    apply_delta(&delta, &content, &trust, &limits).unwrap();
    for (what, bytes) in refused(&delta) {
        // Which package a delta says that it is about is for whoever asked for it to compare.
        if what != "another package's digest" {
            assert!(apply_delta(&bytes, &content, &trust, &limits).is_err(), "{what}");
        }
    }
}
