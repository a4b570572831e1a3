//! The vectors that the shell's reader is tested with too: `tests/fixtures/package/vector-1.json`.
//!
//! They are made here from fixed keys, and the test fails where the committed file is not what this build makes.
//! After a change on purpose: `UPDATE_FIXTURES=1 cargo test -p mezze-package --test vectors`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use common::{CREATED, CountingRandom, countersigned, developer, platform, signed, unsigned};
use hpke::kem::DhP256HkdfSha256;
use hpke::{Kem as _, Serializable as _};
use mezze_model::Digest;
use mezze_package::sealing::{DEVICE_CHALLENGE_INFO, unwrap_content_key, unwrap_for_device};
use mezze_package::{
    ContentKey, ContentKeyContext, Limits, Package, PackageError, Role, SigningKey, Trust, VerifiedPackage, Wrapped,
    seal, sign, unseal, wrap_content_key, wrap_for_device,
};
use serde_json::{Value, json};

fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/package/vector-1.json")
}

fn verified() -> VerifiedPackage {
    let trust = Trust::developers([developer().public()]).platforms([platform().public()]);
    VerifiedPackage::verify(&countersigned(), &trust, &Limits::default()).unwrap()
}

/// Packages that must be refused when the vector's two keys are required.
fn refused() -> Vec<(&'static str, Vec<u8>)> {
    let good = countersigned();
    let find = |needle: &[u8]| good.windows(needle.len()).position(|window| window == needle).unwrap();
    let changed = |at: usize, bit: u8| {
        let mut bytes = good.clone();
        bytes[at] ^= bit;
        bytes
    };
    // The last file's data ends where the block begins; bits after the end of a deflate stream are padding.
    let block_length = good.len() - unsigned().len();
    let central = u32::from_le_bytes(good[good.len() - 6..good.len() - 2].try_into().unwrap()) as usize;
    let end_of_entries = central - block_length;
    let wrong_signer = sign(&unsigned(), &SigningKey::from_seed([9; 32]), Role::Developer, CREATED, &Limits::default());
    vec![
        ("last bit of the last file's deflate stream (padding)", changed(end_of_entries - 1, 0x80)),
        ("a byte of a stored file", changed(find(b"\x89PNG"), 1)),
        ("a file's name in both headers", renamed(&good)),
        ("a digit of the developer's statement", changed(find(b"\"created\":17") + 10, 1)),
        ("a bit of the block's first size", changed(end_of_entries, 1)),
        ("a byte after the end", [good.clone(), vec![0]].concat()),
        ("cut off by one byte", good[..good.len() - 1].to_vec()),
        ("not signed", unsigned()),
        ("no statement of the platform", signed()),
        ("another developer's key", wrong_signer.unwrap()),
    ]
}

/// `icon.png` as `Icon.png`, in the local header and in the central directory (the manifest's mention is deflated).
fn renamed(package: &[u8]) -> Vec<u8> {
    let mut bytes = package.to_vec();
    let mut renames = 0;
    while let Some(at) = bytes.windows(8).position(|window| window == b"icon.png") {
        bytes[at] = b'I';
        renames += 1;
    }
    assert_eq!(renames, 2);
    bytes
}

/// Without the container digest the first refused package would pass: it inflates to the same files.
#[test]
fn the_flipped_padding_bit_changes_no_file() {
    let (what, bytes) = refused().swap_remove(0);
    let listing = |bytes: &[u8]| Package::read(bytes, &Limits::default()).unwrap().listing();
    assert_eq!(listing(&bytes), listing(&countersigned()), "{what}");
    let trust = Trust::developers([developer().public()]).platforms([platform().public()]);
    let refusal = VerifiedPackage::verify(&bytes, &trust, &Limits::default()).unwrap_err();
    assert_eq!(refusal, PackageError::DigestMismatch { what: "container" });
}

fn vector() -> Value {
    let package = countersigned();
    let verified = verified();
    let content_key = ContentKey::from_bytes(*b"mezze vector key");
    let salt = *b"mezze salt no. 1";
    let sealed = seal(&package, &content_key, salt).unwrap();
    let (device_private, device_public) = DhP256HkdfSha256::derive_keypair(&[3; 32]);
    let (device_private, device_public) = (device_private.to_bytes().to_vec(), device_public.to_bytes().to_vec());
    let context = ContentKeyContext {
        app_id: verified.app_id(),
        version: verified.version(),
        package_digest: verified.package_digest(),
    };
    let wrapped = wrap_content_key(&content_key, &context, &device_public, &mut CountingRandom(0)).unwrap();
    assert_eq!(unwrap_content_key(&wrapped, &context, &device_private).unwrap(), content_key);
    let nonce = b"a nonce of the platform";
    let challenge = wrap_for_device(nonce, DEVICE_CHALLENGE_INFO, b"", &device_public, &mut CountingRandom(7)).unwrap();
    assert_eq!(unwrap_for_device(&challenge, DEVICE_CHALLENGE_INFO, b"", &device_private).unwrap(), nonce);
    assert_eq!(unseal(&sealed, &content_key).unwrap(), package);
    let wrapped_json = |wrapped: &Wrapped| json!({"enc": wrapped.enc_text(), "ciphertext": wrapped.ciphertext_text()});
    let statements: Vec<Value> = verified
        .package()
        .statements()
        .iter()
        .map(|signed| json!({"role": signed.role(), "key": signed.key(), "statement": signed.statement()}))
        .collect();
    json!({
        "about": "Made by crates/mezze-package/tests/vectors.rs from fixed test keys; see docs/architecture/signing.md",
        "app_id": verified.app_id(),
        "version": verified.version(),
        "developer_key": developer().public(),
        "platform_key": platform().public(),
        "package": STANDARD.encode(&package),
        "unsigned": STANDARD.encode(unsigned()),
        "files": verified.package().listing(),
        "statements": statements,
        "files_digest": verified.files_digest(),
        "container_digest": verified.container_digest(),
        "package_digest": verified.package_digest(),
        "refused": refused().iter().map(|(what, bytes)| json!({"what": what, "package": STANDARD.encode(bytes)})).collect::<Vec<_>>(),
        "sealing": {
            "content_key": URL_SAFE_NO_PAD.encode(content_key.as_bytes()),
            "salt": URL_SAFE_NO_PAD.encode(salt),
            "sealed": STANDARD.encode(&sealed),
            "sealed_digest": Digest::of(&sealed),
        },
        "device": {
            "private_jwk": {
                "kty": "EC",
                "crv": "P-256",
                "x": URL_SAFE_NO_PAD.encode(&device_public[1..33]),
                "y": URL_SAFE_NO_PAD.encode(&device_public[33..]),
                "d": URL_SAFE_NO_PAD.encode(&device_private),
            },
            "content_key": wrapped_json(&wrapped),
            "challenge": wrapped_json(&challenge),
            "challenge_nonce": URL_SAFE_NO_PAD.encode(nonce),
        },
    })
}

#[test]
fn the_committed_vector_is_what_this_build_makes() {
    let made = serde_json::to_string_pretty(&vector()).unwrap() + "\n";
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(fixture(), &made).unwrap();
    }
    let committed = std::fs::read_to_string(fixture()).unwrap();
    assert!(committed == made, "vector-1.json is stale; if the change is wanted, run this with UPDATE_FIXTURES=1");
}

#[test]
fn the_committed_vector_verifies_and_what_it_says_is_refused_is() {
    let committed: Value = serde_json::from_slice(&std::fs::read(fixture()).unwrap()).unwrap();
    let bytes = |value: &Value| STANDARD.decode(value.as_str().unwrap()).unwrap();
    let key = |member: &str| committed[member].as_str().unwrap().parse().unwrap();
    let trust = Trust::developers([key("developer_key")]).platforms([key("platform_key")]);
    let verified = VerifiedPackage::verify(&bytes(&committed["package"]), &trust, &Limits::default()).unwrap();
    assert_eq!(verified.files_digest().to_string(), committed["files_digest"].as_str().unwrap());
    assert_eq!(verified.app_id().as_str(), "org.example.vector");
    Package::read(&bytes(&committed["unsigned"]), &Limits::default()).unwrap();
    let refused = committed["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 10);
    for case in refused {
        let result = VerifiedPackage::verify(&bytes(&case["package"]), &trust, &Limits::default());
        assert!(result.is_err(), "{}", case["what"]);
    }
}
