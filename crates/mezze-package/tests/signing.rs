//! Signatures: a bit flipped anywhere is refused, and so is everything that is right but not what was asked for.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{CREATED, MANIFEST, countersigned, developer, platform, sample_builder, signed, unsigned};
use mezze_model::{AppId, VersionName};
use mezze_package::{
    Limits, Package, PackageBuilder, PackageError, PublicKey, Role, SigningKey, Trust, VerifiedPackage, countersign,
    sign,
};
use proptest::prelude::*;

fn both() -> Trust {
    Trust::developers([developer().public()]).platforms([platform().public()])
}

fn verify(bytes: &[u8], trust: &Trust) -> Result<VerifiedPackage, PackageError> {
    VerifiedPackage::verify(bytes, trust, &Limits::default())
}

fn central_offset(bytes: &[u8]) -> usize {
    u32::from_le_bytes(bytes[bytes.len() - 6..bytes.len() - 2].try_into().unwrap()) as usize
}

/// A container's signing block, without what is around it.
fn block_of(bytes: &[u8]) -> Vec<u8> {
    let end = central_offset(bytes);
    let size = u64::from_le_bytes(bytes[end - 24..end - 16].try_into().unwrap());
    bytes[end - usize::try_from(size).unwrap() - 8..end].to_vec()
}

/// The unsigned container with any bytes where its signing block would be.
fn with_block(unsigned: &[u8], block: &[u8]) -> Vec<u8> {
    let offset = central_offset(unsigned);
    let mut bytes = [&unsigned[..offset], block, &unsigned[offset..]].concat();
    let field = bytes.len() - 6;
    bytes[field..field + 4].copy_from_slice(&u32::try_from(offset + block.len()).unwrap().to_le_bytes());
    bytes
}

/// A block of one pair, made by hand.
fn block(id: u32, statement: &[u8], key: &SigningKey) -> Vec<u8> {
    use ed25519_dalek::Signer as _;
    let signature = ed25519_dalek::SigningKey::from_bytes(&key.seed()).sign(statement).to_bytes();
    let length = u32::try_from(statement.len()).unwrap().to_le_bytes();
    let value = [&length[..], statement, key.public().as_bytes(), &signature].concat();
    let pair = [&(value.len() as u64 + 4).to_le_bytes()[..], &id.to_le_bytes(), &value].concat();
    let size = (pair.len() as u64 + 24).to_le_bytes();
    [&size[..], &pair, &size, b"MEZZE SIG BLK 01"].concat()
}

/// The right statement about the sample package.
fn statement() -> String {
    serde_json::to_string(verify(&signed(), &Trust::any_developer()).unwrap().developer().statement()).unwrap()
}

const DEVELOPER_ID: u32 = 0x4D5A_0101;

#[test]
fn a_package_verifies_by_whom_it_was_signed() {
    let verified = verify(&countersigned(), &both()).unwrap();
    assert_eq!(verified.app_id().as_str(), "org.example.vector");
    assert_eq!(verified.version().as_str(), "1.0.0-rc1");
    assert_eq!(verified.developer().key(), &developer().public());
    assert_eq!(verified.platform().unwrap().key(), &platform().public());
    assert_eq!(verified.developer().statement().created, CREATED);
    assert_eq!(verified.package().get("file/empty.txt"), Some(b"".as_slice()));
    verify(&signed(), &Trust::any_developer()).unwrap();
    verify(&signed(), &Trust::developers([developer().public()])).unwrap();
    verify(&countersigned(), &Trust::any_developer()).unwrap();
}

#[test]
fn signing_again_and_countersigning_leave_the_content_as_it_is() {
    let before = verify(&signed(), &Trust::any_developer()).unwrap();
    let after = verify(&countersigned(), &both()).unwrap();
    assert_eq!(before.container_digest(), after.container_digest());
    assert_eq!(before.files_digest(), after.files_digest());
    assert_ne!(before.package_digest(), after.package_digest());
    assert_eq!(signed(), signed(), "signing is deterministic");
    // The developer signs a countersigned package again: the platform's statement is gone, it must be reviewed again.
    let again = sign(&countersigned(), &developer(), Role::Developer, CREATED, &Limits::default()).unwrap();
    assert_eq!(again, signed());
    // A platform that countersigns twice has one statement.
    let twice = countersign(&countersigned(), &platform(), CREATED + 60, &Limits::default()).unwrap();
    assert_eq!(twice, countersigned());
}

#[test]
fn every_flipped_bit_is_refused() {
    let good = countersigned();
    verify(&good, &both()).unwrap();
    for bit in 0..good.len() * 8 {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&bytes, &both()).is_err(), "bit {} of byte {}", bit % 8, bit / 8);
    }
}

#[test]
fn every_flipped_bit_is_refused_by_a_host_that_asks_for_the_developer_only() {
    let good = countersigned();
    let trust = Trust::any_developer();
    for bit in 0..good.len() * 8 {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&bytes, &trust).is_err(), "bit {} of byte {}", bit % 8, bit / 8);
    }
}

#[test]
fn cut_off_and_appended_packages_are_refused() {
    let good = countersigned();
    for length in 0..good.len() {
        assert!(verify(&good[..length], &both()).is_err(), "{length}");
    }
    assert!(verify(&[good.as_slice(), b"\0"].concat(), &both()).is_err());
    assert!(verify(&[good.as_slice(), &good].concat(), &both()).is_err());
}

#[test]
fn the_wrong_signers_are_refused() {
    let other = SigningKey::from_seed([9; 32]);
    assert_eq!(verify(&unsigned(), &both()).unwrap_err(), PackageError::Unsigned);
    assert_eq!(
        verify(&signed(), &both()).unwrap_err(),
        PackageError::StatementMissing { role: Role::Platform },
        "no countersignature"
    );
    let by_other = sign(&unsigned(), &other, Role::Developer, CREATED, &Limits::default()).unwrap();
    let refusal = verify(&by_other, &Trust::developers([developer().public()])).unwrap_err();
    assert_eq!(refusal, PackageError::UntrustedSigner { role: Role::Developer, key: other.public() });
    let by_other = countersign(&signed(), &other, CREATED, &Limits::default()).unwrap();
    let refusal = verify(&by_other, &both()).unwrap_err();
    assert_eq!(refusal, PackageError::UntrustedSigner { role: Role::Platform, key: other.public() });
    // The developer can't countersign for the platform.
    let by_developer = countersign(&signed(), &developer(), CREATED, &Limits::default()).unwrap();
    assert!(matches!(verify(&by_developer, &both()).unwrap_err(), PackageError::UntrustedSigner { .. }));
    assert!(matches!(
        verify(&signed(), &Trust::developers([])).unwrap_err(),
        PackageError::UntrustedSigner { role: Role::Developer, .. }
    ));
}

#[test]
fn another_release_than_asked_for_is_refused() {
    let ask =
        |app: &str, version: &str| both().release(AppId::parse(app).unwrap(), VersionName::parse(version).unwrap());
    verify(&countersigned(), &ask("ORG.example.vector", "1.0.0-rc1")).unwrap();
    for (app, version) in [("org.example.other", "1.0.0-rc1"), ("org.example.vector", "1.0.1")] {
        let refusal = verify(&countersigned(), &ask(app, version)).unwrap_err();
        assert!(matches!(refusal, PackageError::NotWhatWasAsked { .. }), "{refusal}");
    }
}

#[test]
fn a_block_of_another_package_is_refused() {
    let other_content = sample_builder().file("file/more.txt", b"more").finish().unwrap();
    let refusal = verify(&with_block(&other_content, &block_of(&countersigned())), &both()).unwrap_err();
    assert_eq!(refusal, PackageError::DigestMismatch { what: "container" });
    let renamed = PackageBuilder::new()
        .file("manifest.json", MANIFEST.as_bytes())
        .file("file/icon2.png", &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A]);
    let refusal = verify(&with_block(&renamed.finish().unwrap(), &block_of(&signed())), &Trust::any_developer());
    assert_eq!(refusal.unwrap_err(), PackageError::DigestMismatch { what: "container" });
    // The platform's statement about one release, the developer's about another.
    let next = MANIFEST.replace("1.0.0-RC1", "1.0.1");
    let next = PackageBuilder::new().file("manifest.json", next.as_bytes()).finish().unwrap();
    let next = sign(&next, &developer(), Role::Developer, CREATED, &Limits::default()).unwrap();
    let (developer_block, both_block) = (block_of(&next), block_of(&countersigned()));
    let platform_pair = {
        let first = 8 + usize::try_from(u64::from_le_bytes(both_block[8..16].try_into().unwrap())).unwrap();
        both_block[8 + first..both_block.len() - 24].to_vec()
    };
    let pairs = [&developer_block[8..developer_block.len() - 24], &platform_pair].concat();
    let size = (pairs.len() as u64 + 24).to_le_bytes();
    let mixed = [&size[..], &pairs, &size, b"MEZZE SIG BLK 01"].concat();
    let offset = central_offset(&next) - developer_block.len();
    let mut unsigned_next = [&next[..offset], &next[central_offset(&next)..]].concat();
    let field = unsigned_next.len() - 6;
    unsigned_next[field..field + 4].copy_from_slice(&u32::try_from(offset).unwrap().to_le_bytes());
    let refusal = verify(&with_block(&unsigned_next, &mixed), &both()).unwrap_err();
    assert!(refusal.to_string().contains("another app, version or content"), "{refusal}");
}

#[test]
fn a_statement_has_one_form_only() {
    let good = statement();
    let accepted = with_block(&unsigned(), &block(DEVELOPER_ID, good.as_bytes(), &developer()));
    verify(&accepted, &Trust::any_developer()).unwrap();
    assert_eq!(accepted, signed());
    for (what, changed) in [
        ("white space", good.replace(':', ": ")),
        ("a newline at the end", format!("{good}\n")),
        ("another member", good.replace("\"role\"", "\"extra\":1,\"role\"")),
        ("a member twice", good.replace("\"role\"", "\"app_id\":\"org.example.vector\",\"role\"")),
        ("members in another order", {
            let rest = good.trim_start_matches("{\"app_id\":\"org.example.vector\",").trim_end_matches('}').to_owned();
            format!("{{{rest},\"app_id\":\"org.example.vector\"}}")
        }),
        ("an upper-case id", good.replace("org.example.vector", "Org.example.vector")),
        ("an escape", good.replace("org.example", "org\\u002eexample")),
        ("a fraction", good.replace("1760000000", "1760000000.0")),
        ("an exponent", good.replace("1760000000", "1.76e9")),
        ("a negative time", good.replace("1760000000", "-1")),
        ("a time that JavaScript can't hold", good.replace("1760000000", "9007199254740992")),
        ("another type", good.replace("statement.v1", "statement.v2")),
        ("another role", good.replace("\"developer\"", "\"platform\"")),
        ("no JSON", "developer says yes".to_owned()),
        ("nothing", String::new()),
        ("too long", good.replace("\"role\"", &format!("{}\"role\"", " ".repeat(5000)))),
    ] {
        assert_ne!(changed, good, "{what}");
        let bytes = with_block(&unsigned(), &block(DEVELOPER_ID, changed.as_bytes(), &developer()));
        let refusal = verify(&bytes, &Trust::any_developer()).unwrap_err();
        assert!(matches!(refusal, PackageError::Statement { .. }), "{what}: {refusal}");
    }
}

#[test]
fn a_statement_that_lies_is_refused() {
    let good = statement();
    let swap = |from: &str, to: &str| {
        let changed = good.replace(from, to);
        assert_ne!(changed, good);
        let bytes = with_block(&unsigned(), &block(DEVELOPER_ID, changed.as_bytes(), &developer()));
        verify(&bytes, &Trust::any_developer()).unwrap_err()
    };
    assert!(matches!(swap("org.example.vector", "org.example.other"), PackageError::StatementOfOther { .. }));
    assert!(matches!(swap("1.0.0-rc1", "2.0.0"), PackageError::StatementOfOther { .. }));
    let digest = |member: &str| {
        let start = good.find(member).unwrap() + member.len() + 3;
        good[start..start + 64].to_owned()
    };
    let zeros = "0".repeat(64);
    assert_eq!(swap(&digest("container_digest"), &zeros), PackageError::DigestMismatch { what: "container" });
    assert_eq!(swap(&digest("files_digest"), &zeros), PackageError::DigestMismatch { what: "list of files" });
}

#[test]
fn a_damaged_block_is_refused() {
    let good = block(DEVELOPER_ID, statement().as_bytes(), &developer());
    let pair = good[8..good.len() - 24].to_vec();
    let framed = |pairs: &[u8]| {
        let size = (pairs.len() as u64 + 24).to_le_bytes();
        [&size[..], pairs, &size, b"MEZZE SIG BLK 01"].concat()
    };
    let mut padded = pair.clone();
    padded[..8].copy_from_slice(&(pair.len() as u64 - 8 + 1).to_le_bytes());
    padded.push(0);
    for (what, block) in [
        ("no pair", framed(b"")),
        ("the same role twice", framed(&[&pair[..], &pair].concat())),
        ("an unknown id", block(0x4D5A_0103, statement().as_bytes(), &developer())),
        ("a pair that is cut off", framed(&pair[..pair.len() - 1])),
        ("a pair with more in it", framed(&padded)),
        ("half a pair after it", framed(&[&pair[..], &[0; 5]].concat())),
        ("a block before the block", [&good[..], &good].concat()),
        ("only the magic", b"MEZZE SIG BLK 01".to_vec()),
        ("a size of nothing", [&[0; 8][..], b"MEZZE SIG BLK 01"].concat()),
        ("the greatest size", [&[0xFF; 8][..], b"MEZZE SIG BLK 01"].concat()),
        ("another magic", [&good[..good.len() - 16], b"RPK Sig Block 42"].concat()),
    ] {
        let refusal = verify(&with_block(&unsigned(), &block), &Trust::any_developer());
        let known = matches!(
            refusal,
            Err(PackageError::SigningBlock { .. } | PackageError::Container { .. } | PackageError::Entry { .. })
        );
        assert!(known, "{what}: {refusal:?}");
        assert!(Package::read(&with_block(&unsigned(), &block), &Limits::default()).is_err(), "{what}, unverified");
    }
}

#[test]
fn a_weak_key_is_no_key() {
    // The neutral element: with it, one signature is right for many messages.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert!(PublicKey::from_bytes(&neutral).is_err());
    assert!("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse::<PublicKey>().is_err());
    assert!("short".parse::<PublicKey>().is_err());
    let key = developer().public();
    assert_eq!(key.to_string().parse::<PublicKey>().unwrap(), key);
}

#[test]
fn only_what_the_developer_signed_is_countersigned() {
    let limits = Limits::default();
    assert_eq!(countersign(&unsigned(), &platform(), CREATED, &limits).unwrap_err(), PackageError::Unsigned);
    let mut damaged = signed();
    damaged[40] ^= 1;
    assert!(countersign(&damaged, &platform(), CREATED, &limits).is_err());
    let without_manifest = PackageBuilder::new().file("a", b"").finish().unwrap();
    let refusal = sign(&without_manifest, &developer(), Role::Developer, CREATED, &limits).unwrap_err();
    assert_eq!(refusal, PackageError::Missing { path: "manifest.json".to_owned() });
}

proptest! {
    #[test]
    fn bytes_changed_in_any_way_are_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let good = countersigned();
        let mut bytes = good.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        prop_assert_eq!(verify(&bytes, &both()).is_ok(), bytes == good);
    }
}
