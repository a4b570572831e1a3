//! Keys that only their device opens, and folders that nothing leaves.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::fs;

use common::{CountingRandom, unsigned};
use hpke::kem::DhP256HkdfSha256;
use hpke::{Kem as _, Serializable as _};
use mezze_model::{AppId, Digest, VersionName};
use mezze_package::sealing::{DEVICE_CHALLENGE_INFO, unwrap_content_key, unwrap_for_device};
use mezze_package::{
    ContentKey, ContentKeyContext, ExtractError, Limits, Package, PackageBuilder, SealingError, Wrapped, extract,
    wrap_content_key, wrap_for_device,
};

fn device(seed: u8) -> (Vec<u8>, Vec<u8>) {
    let (private, public) = DhP256HkdfSha256::derive_keypair(&[seed; 32]);
    (private.to_bytes().to_vec(), public.to_bytes().to_vec())
}

#[test]
fn a_wrapped_key_opens_for_its_device_and_release_only() {
    let (private, public) = device(1);
    assert_eq!(public.len(), 65);
    let key = ContentKey::generate(&mut CountingRandom(1));
    let (app_id, other_app) = (AppId::parse("org.example.a").unwrap(), AppId::parse("org.example.b").unwrap());
    let version = VersionName::parse("1.0.0").unwrap();
    let (digest, other_digest) = (Digest::of(b"package"), Digest::of(b"other"));
    let context = ContentKeyContext { app_id: &app_id, version: &version, package_digest: &digest };
    let aad = format!("org.example.a\n1.0.0\n{digest}");
    assert_eq!(context.aad(), aad.as_bytes());
    let wrapped = wrap_content_key(&key, &context, &public, &mut CountingRandom(2)).unwrap();
    assert_eq!((wrapped.enc.len(), wrapped.ciphertext.len()), (65, 32));
    assert_eq!(unwrap_content_key(&wrapped, &context, &private).unwrap(), key);

    let refuse = |wrapped: &Wrapped, context: &ContentKeyContext<'_>, private: &[u8]| {
        assert_eq!(unwrap_content_key(wrapped, context, private).unwrap_err(), SealingError::Wrapped);
    };
    refuse(&wrapped, &context, &device(2).0);
    refuse(&wrapped, &ContentKeyContext { app_id: &other_app, ..context }, &private);
    refuse(&wrapped, &ContentKeyContext { package_digest: &other_digest, ..context }, &private);
    for byte in 0..32 {
        let mut changed = wrapped.clone();
        changed.ciphertext[byte] ^= 1;
        refuse(&changed, &context, &private);
    }
    let mut changed = wrapped.clone();
    changed.enc[10] ^= 1;
    refuse(&changed, &context, &private);
    // What was wrapped for one purpose does not open for another.
    let nonce =
        wrap_for_device(b"0123456789abcdef", DEVICE_CHALLENGE_INFO, b"", &public, &mut CountingRandom(3)).unwrap();
    refuse(&nonce, &context, &private);
    assert_eq!(unwrap_for_device(&nonce, DEVICE_CHALLENGE_INFO, b"", &private).unwrap(), b"0123456789abcdef");
}

#[test]
fn a_key_that_is_no_point_is_refused() {
    let mut random = CountingRandom(1);
    let (_, public) = device(1);
    let compressed = [&[2], &public[1..33]].concat();
    let mut off_the_curve = public.clone();
    off_the_curve[64] ^= 1;
    let hybrid = [&[6], &public[1..]].concat();
    for key in [&[][..], &[0; 65], &[0], &public[..64], &compressed, &off_the_curve, &hybrid] {
        let refusal = wrap_for_device(b"x", b"info", b"", key, &mut random).unwrap_err();
        assert_eq!(refusal, SealingError::DeviceKey, "{key:?}");
    }
}

#[test]
fn a_package_is_extracted_whole_and_replaces_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let destination = folder.path().join("deep/app");
    let package = Package::read(&unsigned(), &Limits::default()).unwrap();
    extract(&package, &destination).unwrap();
    fs::write(destination.join("left over"), "x").unwrap();
    extract(&package, &destination).unwrap();
    assert!(!destination.join("left over").exists());
    for (path, file) in package.files() {
        assert_eq!(fs::read(destination.join(path.as_str())).unwrap(), file.bytes(), "{path}");
    }
    let beside: Vec<_> =
        fs::read_dir(folder.path().join("deep")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside, ["app"], "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn extraction_does_not_follow_a_link_and_leaves_the_old_folder_when_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let package = Package::read(&unsigned(), &Limits::default()).unwrap();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    assert!(matches!(extract(&package, &link), Err(ExtractError::Destination { .. })));
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert!(matches!(extract(&package, std::path::Path::new("/")), Err(ExtractError::Destination { .. })));

    // A path that no system takes: nothing of the package stays, and what was there does.
    let destination = folder.path().join("app");
    fs::create_dir(&destination).unwrap();
    fs::write(destination.join("old"), "old").unwrap();
    let deep = vec!["d".repeat(250); 40].join("/");
    let unwritable = PackageBuilder::new().file("a", b"a").file(&deep, b"b").finish().unwrap();
    let unwritable = Package::read(&unwritable, &Limits::default()).unwrap();
    let before = fs::read_dir(folder.path()).unwrap().count();
    assert!(matches!(extract(&unwritable, &destination), Err(ExtractError::Io { .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
    assert_eq!(fs::read_to_string(destination.join("old")).unwrap(), "old");

    // What a killed process left beside it is in nobody's way, and not touched.
    fs::create_dir(folder.path().join(".app.new-0")).unwrap();
    fs::create_dir_all(folder.path().join(".app.old-1/kept")).unwrap();
    extract(&package, &destination).unwrap();
    assert!(destination.join("manifest.json").exists() && folder.path().join(".app.new-0").exists());
    assert!(folder.path().join(".app.old-1/kept").exists() && !folder.path().join(".app.new-1").exists());
}

#[test]
fn a_sibling_with_the_same_beginning_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("v10")).unwrap();
    fs::write(folder.path().join("v10/x"), "mine").unwrap();
    let bytes = PackageBuilder::new().file("x", b"theirs").finish().unwrap();
    extract(&Package::read(&bytes, &Limits::default()).unwrap(), &folder.path().join("v1")).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("v10/x")).unwrap(), "mine");
}
