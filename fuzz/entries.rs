//! What is fuzzed: one function for each kind of bytes that strangers send. Used by the targets beside this file and,
//! with fixed mutations, by `crates/mezze-package/tests/mutations.rs`.

use mezze_model::{LaunchUri, Manifest};
use mezze_package::{
    ContentKey, Limits, Package, PackageBuilder, Role, SigningKey, Trust, Unsealer, VerifiedPackage, sign, unseal,
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
