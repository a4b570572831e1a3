//! What is fuzzed of packages, releases and the log: one function for each kind of bytes that strangers send. Used by
//! the targets and, with fixed mutations, by `crates/mezze-package/tests/mutations.rs`.

use mezze_model::{Digest, LaunchUri, Manifest};
use mezze_package::log::checkpoint::{parse_verifier_key, verifier_key};
use mezze_package::log::tile::{Tile, bundle, unbundle};
use mezze_package::log::{
    Checkpoint, LogEntry, SignedCheckpoint, leaf_hash, node_hash, verify_consistency, verify_inclusion,
};
use mezze_package::{
    ContentKey, Limits, Package, PackageBuilder, Role, SigningKey, Trust, Unsealer, VerifiedPackage, apply_delta,
    make_delta, sign, unseal,
};

/// Small limits: what is slow is a finding too, and inflating 100 MiB is not what is looked for.
fn limits() -> Limits {
    Limits { file_bytes: 4 << 20, inflated_bytes: 8 << 20, ..Limits::default() }
}

/// A package that is read is read the same again, and can be written again from its files.
pub fn package(bytes: &[u8]) {
    let limits = limits();
    let Ok(package) = Package::read(bytes, &limits) else {
        assert!(VerifiedPackage::verify(bytes, &Trust::any_developer(), &limits).is_err(), "verified but not readable");
        return;
    };
    let _ = (package.manifest(), package.app_config(), package.check_code_packages(&limits, &["a", "pages"]));
    let mut builder = PackageBuilder::new();
    for (path, file) in package.files() {
        builder.add_file(path.as_str(), file.bytes());
    }
    let written = builder.finish().expect("files that were read can be written");
    // What was stored as bombs may not be; right content of right size is all that can differ.
    if let Ok(again) = Package::read(&written, &limits) {
        assert_eq!(again.listing(), package.listing());
    }
    if let Ok(verified) = VerifiedPackage::verify(bytes, &Trust::any_developer(), &limits) {
        assert_eq!(verified.files_digest(), &package.listing().digest());
    }
}

/// A fixed, rightly signed package and where its signing block is.
fn signed() -> (Vec<u8>, std::ops::Range<usize>) {
    let manifest = br#"{"app_id":"fuzz","name":"Fuzz","icons":[],"version":{"name":"1","code":1},
        "platform_version":{"min_code":1},"pages":["a"],"mezze":{"format":1,"namespace":"wx","entry_page":"a"}}"#;
    let unsigned = PackageBuilder::new().file("manifest.json", manifest).finish().expect("right names");
    let key = SigningKey::from_seed([7; 32]);
    let signed = sign(&unsigned, &key, Role::Developer, 1, &limits()).expect("a right package");
    let central = central_offset(&signed);
    let start = central_offset(&unsigned);
    (signed, start..central)
}

fn central_offset(package: &[u8]) -> usize {
    let field = package.len() - 6;
    let bytes: [u8; 4] = package[field..field + 4].try_into().expect("four bytes");
    u32::from_le_bytes(bytes) as usize
}

/// The signing block of a right package, for seeds.
pub fn right_block() -> Vec<u8> {
    let (package, block) = signed();
    package[block].to_vec()
}

/// Any bytes where the signing block stands: they verify by the trusted key only if they are the right ones.
pub fn signing_block(bytes: &[u8]) {
    let (package, block) = signed();
    let mut changed = [&package[..block.start], bytes, &package[block.end..]].concat();
    let field = changed.len() - 6;
    let offset = u32::try_from(block.start + bytes.len()).unwrap_or(u32::MAX);
    changed[field..field + 4].copy_from_slice(&offset.to_le_bytes());
    let trust = Trust::developers([SigningKey::from_seed([7; 32]).public()]);
    let verified = VerifiedPackage::verify(&changed, &trust, &limits()).is_ok();
    assert!(!verified || bytes == &package[block], "another block than the signed one was accepted");
}

/// A sealed stream opens to the same, or is refused, whole and in pieces. The first byte says how long pieces are.
pub fn sealed(bytes: &[u8]) {
    let Some((piece, stream)) = bytes.split_first() else { return };
    let key = ContentKey::from_bytes([1; 16]);
    let whole = unseal(stream, &key);
    let mut content = Vec::new();
    let mut unsealer = Unsealer::new(key);
    let pushed: Result<(), _> =
        stream.chunks(usize::from(*piece).max(1)).try_for_each(|chunk| unsealer.push(chunk, &mut content));
    let in_pieces = pushed.and_then(|()| unsealer.finish(&mut content)).map(|()| content);
    assert_eq!(whole.as_ref().ok(), in_pieces.as_ref().ok());
}

/// A launch URI prints to what reads the same, and its path stays inside.
pub fn launch_uri(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(uri) = LaunchUri::parse(text) else { return };
    let printed = uri.to_string();
    assert!(printed.is_ascii());
    // Percent-encoding may make it longer than what may be read.
    if printed.len() <= mezze_model::launch_uri::LONGEST_LAUNCH_URI {
        assert_eq!(LaunchUri::parse(&printed).as_ref(), Ok(&uri));
    }
    if let Some(path) = &uri.path {
        let inside = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains('\\');
        assert!(path.as_str().split('/').all(inside));
    }
}

/// A valid manifest is written and read as the same.
pub fn manifest(bytes: &[u8]) {
    let Ok(manifest) = Manifest::from_json(bytes) else { return };
    assert!(manifest.validate().is_empty());
    let written = manifest.to_json().expect("a manifest has a JSON form");
    assert_eq!(Manifest::from_json(&written).as_ref(), Ok(&manifest));
}

/// An update from an empty release: the whole of a right package as a delta.
pub fn right_delta() -> Vec<u8> {
    let (package, _) = signed();
    let nothing = Package::read(&PackageBuilder::new().file("empty", b"").finish().expect("a right name"), &limits());
    make_delta(&nothing.expect("a right package").listing(), &package, &limits()).expect("a signed package")
}

/// The list in a right delta, for seeds.
pub fn right_delta_list() -> Vec<u8> {
    let delta = Package::read(&right_delta(), &limits()).expect("a right delta");
    delta.get("delta.json").expect("a delta has a list").to_vec()
}

/// A delta leads to signed files or to nothing. The first byte says whether the rest is a delta, or the list in a right
/// one: a container whose checksums are wrong says little about what reads the list.
pub fn delta(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let trust = Trust::developers([SigningKey::from_seed([7; 32]).public()]);
    let apply = |delta: &[u8]| apply_delta(delta, &|_| None, &trust, &limits());
    let applied = if kind % 2 == 0 {
        apply(rest)
    } else {
        let right = Package::read(&right_delta(), &limits()).expect("a right delta");
        let mut builder = PackageBuilder::new();
        for (path, file) in right.files() {
            builder.add_file(path.as_str(), if path.as_str() == "delta.json" { rest } else { file.bytes() });
        }
        apply(&builder.finish().expect("the names are right"))
    };
    let (package, _) = signed();
    if let Ok(files) = applied {
        let right = Package::read(&package, &limits()).expect("a right package");
        assert_eq!(files.package().listing().digest(), right.listing().digest(), "another release than the signed one");
    }
}

const LOG: &str = "fuzz.example/log";

/// The head of a log of four entries, `a` to `d`.
fn head() -> Checkpoint {
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|entry| leaf_hash(entry.as_bytes()));
    Checkpoint { origin: LOG.to_owned(), size: 4, root: node_hash(&node_hash(&a, &b), &node_hash(&c, &d)) }
}

/// One of each kind that [`log`] reads.
pub fn right_log() -> Vec<Vec<u8>> {
    let key = SigningKey::from_seed([7; 32]);
    let [c, d] = ["c", "d"].map(|entry| leaf_hash(entry.as_bytes()));
    let b = leaf_hash(b"b");
    let proof = [&3_u64.to_be_bytes()[..], b.as_bytes(), node_hash(&c, &d).as_bytes()].concat();
    let entry = LogEntry::KeyRevocation {
        app_id: "org.example.menu".parse().expect("a right id"),
        developer: key.public(),
        time: 1,
    };
    let seeds = [
        (0, head().sign(&key).as_str().as_bytes().to_vec()),
        (1, entry.to_bytes().expect("a short entry")),
        (2, b"tile/1/x001/234.p/17".to_vec()),
        (2, b"tile/entries/000".to_vec()),
        (3, bundle([&b"a"[..], b"", b"bc"])),
        (4, verifier_key(LOG, &key.public()).into_bytes()),
        (5, proof),
    ];
    seeds.map(|(kind, bytes): (u8, Vec<u8>)| [&[kind][..], &bytes].concat()).to_vec()
}

/// What a log is served as. The first byte says what the rest is.
pub fn log(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let text = || String::from_utf8_lossy(rest);
    match kind % 6 {
        0 => {
            let read = SignedCheckpoint::verify(&text(), LOG, &SigningKey::from_seed([7; 32]).public());
            assert!(read.is_err() || read == Ok(head()), "a head that was never signed");
        }
        1 => {
            if let Ok(entry) = LogEntry::parse(rest) {
                assert_eq!(entry.to_bytes().as_deref(), Ok(rest));
            }
        }
        2 => {
            if let Some(tile) = Tile::parse(&text()) {
                assert_eq!(tile.path(), text());
                assert!(tile.nodes().len() as u64 <= tile.width && (!tile.is_in(0)));
            }
        }
        3 => {
            if let Some(entries) = unbundle(rest) {
                assert_eq!(bundle(entries), rest);
            }
        }
        4 => {
            if let Ok((origin, key)) = parse_verifier_key(&text()) {
                assert_eq!(verifier_key(&origin, &key), text());
            }
        }
        _ => proofs(rest),
    }
}

/// No proof, whatever is in it, puts a strange entry into the log, or a strange log before it.
fn proofs(bytes: &[u8]) {
    let Some((number, hashes)) = bytes.split_first_chunk::<8>() else { return };
    let number = u64::from_be_bytes(*number);
    let proof: Vec<Digest> = hashes.as_chunks::<32>().0.iter().map(|hash| Digest::from_bytes(*hash)).collect();
    let stranger = leaf_hash(b"stranger");
    let Checkpoint { size, root, .. } = head();
    for size in [size, number, number.saturating_add(1)] {
        assert!(verify_inclusion(stranger, number, size, &proof, &root).is_err());
        assert!(number == 0 || verify_consistency((number, stranger), (size, root), &proof).is_err());
    }
    let _ = verify_consistency((4, root), (number, stranger), &proof);
}
