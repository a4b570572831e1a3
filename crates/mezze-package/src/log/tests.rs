//! The tree is held against another implementation of RFC 6962 (`ct-merkle`), entry by entry.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::convert::Infallible;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use mezze_model::Digest;
use proptest::prelude::*;
use sha2::Sha256;

use super::tile::{Tile, bundle, unbundle};
use super::tree::{Node, needed_to_append};
use super::*;
use crate::SigningKey;

/// A log in memory, and the other implementation of it.
#[derive(Default)]
struct Log {
    nodes: BTreeMap<Node, Digest>,
    size: u64,
}

impl Log {
    fn of(size: u64) -> (Self, MemoryBackedTree<Sha256, Vec<u8>>) {
        let (mut log, mut other) = (Self::default(), MemoryBackedTree::new());
        for entry in 0..size {
            let bytes = format!("entry {entry}").into_bytes();
            log.append(&bytes);
            other.push(bytes);
        }
        (log, other)
    }

    fn append(&mut self, entry: &[u8]) {
        let mut asked = Vec::new();
        let added = appended(self.size, leaf_hash(entry), |node| {
            asked.push(node);
            Ok::<_, Infallible>(self.nodes[&node])
        });
        let Ok(added) = added;
        assert_eq!(asked, needed_to_append(self.size));
        self.nodes.extend(added);
        self.size += 1;
    }

    fn hash(&self, span: Span) -> Digest {
        Span::fold(&span.nodes().iter().map(|node| self.nodes[node]).collect::<Vec<_>>())
    }

    fn root(&self, size: u64) -> Digest {
        self.hash(Span::whole(size))
    }

    fn proof(&self, spans: Option<Vec<Span>>) -> Vec<Digest> {
        spans.unwrap().into_iter().map(|span| self.hash(span)).collect()
    }
}

fn bytes_of(proof: &[Digest]) -> Vec<u8> {
    proof.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

#[test]
fn roots_and_inclusion_are_what_another_implementation_says() {
    for size in 1..=70 {
        let (log, other) = Log::of(size);
        assert_eq!(log.root(size).as_bytes(), other.root().as_bytes().as_slice(), "size {size}");
        for index in 0..size {
            let proof = log.proof(inclusion_spans(index, size));
            let theirs = other.prove_inclusion(usize::try_from(index).unwrap());
            assert_eq!(bytes_of(&proof), theirs.as_bytes(), "entry {index} of {size}");
            let leaf = leaf_hash(format!("entry {index}").as_bytes());
            verify_inclusion(leaf, index, size, &proof, &log.root(size)).unwrap();
        }
    }
    assert_eq!(Span::fold(&[]), Digest::of(b""));
    assert_eq!(inclusion_spans(3, 3), None);
}

#[test]
fn consistency_is_what_another_implementation_says() {
    let (log, _) = Log::of(70);
    for new in 1..=70_u64 {
        let (_, other) = Log::of(new);
        for old in 1..=new {
            let proof = log.proof(consistency_spans(old, new));
            if old < new {
                let theirs = other.prove_consistency(usize::try_from(new - old).unwrap());
                assert_eq!(bytes_of(&proof), theirs.as_bytes(), "{old} to {new}");
            }
            verify_consistency((old, log.root(old)), (new, log.root(new)), &proof).unwrap();
        }
    }
    assert_eq!(consistency_spans(5, 4), None);
}

proptest! {
    #[test]
    fn a_proof_with_anything_changed_proves_nothing(
        size in 2_u64..60, index in 0_u64..60, place in 0_usize..8, change in 0_u8..4,
    ) {
        let index = index % size;
        let (log, _) = Log::of(size);
        let mut proof = log.proof(inclusion_spans(index, size));
        let mut leaf = leaf_hash(format!("entry {index}").as_bytes());
        let (mut at, mut of) = (index, size);
        match change {
            0 => leaf = leaf_hash(b"another"),
            1 => { let place = place % proof.len(); proof[place] = Digest::of(b"x"); }
            2 => { proof.pop(); }
            _ => { at = (index + 1) % size; of = size.max(at + 1); }
        }
        prop_assert!(verify_inclusion(leaf, at, of, &proof, &log.root(size)).is_err());
    }

    #[test]
    fn a_log_that_was_rewritten_is_not_consistent(old in 1_u64..50, more in 1_u64..20, at in 0_u64..50) {
        let new = old + more;
        let (log, _) = Log::of(new);
        let mut rewritten = Log::default();
        for entry in 0..new {
            let text = if entry == at % old { "rewritten".to_owned() } else { format!("entry {entry}") };
            rewritten.append(text.as_bytes());
        }
        let proof = rewritten.proof(consistency_spans(old, new));
        let checked = verify_consistency((old, log.root(old)), (new, rewritten.root(new)), &proof);
        prop_assert!(checked.is_err());
    }

    #[test]
    fn tiles_have_one_path(level in proptest::option::of(0_u8..8), index in 0_u64..5_000_000, width in 1_u64..=256) {
        let tile = Tile { level, index, width };
        prop_assert_eq!(Tile::parse(&tile.path()), Some(tile));
    }

    #[test]
    fn paths_from_outside_never_stop_it(path in "(tile/)?[0-9a-z/.x]{0,40}") {
        if let Some(tile) = Tile::parse(&path) {
            prop_assert_eq!(tile.path(), path);
            let _ = tile.is_in(u64::MAX);
        }
    }
}

#[test]
fn forks_and_shrinking_are_named() {
    let (log, _) = Log::of(8);
    let other = Digest::of(b"other");
    assert_eq!(verify_consistency((8, log.root(8)), (8, other), &[]), Err(ProofError::Forked));
    assert_eq!(verify_consistency((8, log.root(8)), (7, other), &[]), Err(ProofError::Shrunk { old: 8, new: 7 }));
    assert_eq!(verify_inclusion(other, 8, 8, &[], &other), Err(ProofError::OutOfRange { index: 8, size: 8 }));
}

#[test]
fn tiles_stand_where_the_specification_says() {
    let tile = |level, index, width| Tile { level, index, width }.path();
    assert_eq!(tile(Some(0), 0, 256), "tile/0/000");
    assert_eq!(tile(Some(1), 1234067, 17), "tile/1/x001/x234/067.p/17");
    assert_eq!(tile(None, 5, 256), "tile/entries/005");
    for wrong in ["tile/0/0", "tile/0/000.p/256", "tile/0/000.p/0", "tile/00/000", "tile/0/x000/000", "tile/0/001/234"]
    {
        assert_eq!(Tile::parse(wrong), None, "{wrong}");
    }
    let first = Tile { level: Some(1), index: 0, width: 2 };
    assert_eq!(first.nodes(), [Node { level: 8, index: 0 }, Node { level: 8, index: 1 }]);
    assert!(first.is_in(512) && !first.is_in(511));
}

#[test]
fn bundles_give_back_their_entries() {
    let entries: [&[u8]; 3] = [b"a", b"", b"longer"];
    let bytes = bundle(entries);
    assert_eq!(unbundle(&bytes).unwrap(), entries);
    assert_eq!(unbundle(&bytes[..bytes.len() - 1]), None);
}

#[test]
fn a_checkpoint_is_read_back_only_with_its_key_and_name() {
    let key = SigningKey::from_seed([3; 32]);
    let checkpoint = Checkpoint { origin: "mezze.example/log".to_owned(), size: 12, root: Digest::of(b"root") };
    let signed = checkpoint.sign(&key);
    let read = |text: &str, origin: &str, key: &SigningKey| SignedCheckpoint::verify(text, origin, &key.public());
    assert_eq!(read(signed.as_str(), "mezze.example/log", &key).unwrap(), checkpoint);
    assert!(matches!(read(signed.as_str(), "other/log", &key), Err(CheckpointError::OtherLog { .. })));
    let other = SigningKey::from_seed([4; 32]);
    assert_eq!(read(signed.as_str(), "mezze.example/log", &other), Err(CheckpointError::Unsigned));
    let grown = signed.as_str().replace("\n12\n", "\n13\n");
    assert_eq!(read(&grown, "mezze.example/log", &key), Err(CheckpointError::Unsigned));
    let padded = signed.as_str().replace("\n12\n", "\n012\n");
    assert!(matches!(read(&padded, "mezze.example/log", &key), Err(CheckpointError::Form(_))));
    let written = checkpoint::verifier_key("mezze.example/log", &key.public());
    let (origin, read_key) = checkpoint::parse_verifier_key(&written).unwrap();
    assert_eq!((origin.as_str(), read_key), ("mezze.example/log", key.public()));
    assert!(checkpoint::parse_verifier_key(&written.replace("mezze.", "other.")).is_err());
    let witnessed = format!("{}— witness.example AAAA\n", signed.as_str());
    assert_eq!(read(&witnessed, "mezze.example/log", &key).unwrap(), checkpoint);
}

#[test]
fn an_entry_has_one_spelling() {
    let entry = LogEntry::Withdrawal {
        app_id: "org.example.menu".parse().unwrap(),
        package_digest: Digest::of(b"package"),
        reason: "It loses orders.".to_owned(),
        time: 1_700_000_000,
        version: "1.2.0".parse().unwrap(),
    };
    let bytes = entry.to_bytes().unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with(r#"{"app_id":"org.example.menu","package_digest":""#), "{text}");
    assert_eq!(LogEntry::parse(&bytes).unwrap(), entry);
    assert_eq!(LogEntry::parse(text.replace("\"time\":", "\"time\": ").as_bytes()), Err(EntryError::NotCanonical));
    assert!(matches!(LogEntry::parse(b"{}"), Err(EntryError::Form(_))));
}
