//! What the tests of this crate share: a sample app, fixed keys, and randomness that is none.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of this")]

pub mod forge;

use std::convert::Infallible;

use mezze_model::Digest;
use mezze_package::{Limits, PackageBuilder, Role, SigningKey, countersign, sign};
use rand::rand_core::{TryCryptoRng, TryRng};

/// When all samples were signed.
pub const CREATED: u64 = 1_760_000_000;

pub const MANIFEST: &str = r#"{
  "app_id": "org.example.Vector",
  "name": "Vector",
  "icons": [{"src": "file/icon.png"}],
  "version": {"name": "1.0.0-RC1", "code": 3},
  "platform_version": {"min_code": 1},
  "pages": ["pages/index/index"],
  "mezze": {"format": 1, "namespace": "wx", "entry_page": "pages/index/index"}
}
"#;

/// A fixed developer key.
pub fn developer() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

/// A fixed platform key.
pub fn platform() -> SigningKey {
    SigningKey::from_seed([2; 32])
}

/// Files that a reader can get wrong: one stored, one empty, one that must be inflated, and two names whose order by
/// UTF-8 bytes is not their order by UTF-16 units.
pub fn sample_builder() -> PackageBuilder {
    let script = "__mezze__.module(\"pages/index/index.js\",function(){});\n".repeat(7);
    PackageBuilder::new()
        .file("manifest.json", MANIFEST.as_bytes())
        .file("script/pages/index/index.js", script.as_bytes())
        .file("file/icon.png", &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A])
        .file("file/empty.txt", b"")
        .file("file/\u{ff5e}.txt", "full-width tilde".as_bytes())
        .file("file/\u{1f958}.txt", "shallow pan of food".as_bytes())
}

pub fn unsigned() -> Vec<u8> {
    sample_builder().finish().unwrap()
}

pub fn signed() -> Vec<u8> {
    sign(&unsigned(), &developer(), Role::Developer, CREATED, &Limits::default()).unwrap()
}

pub fn countersigned() -> Vec<u8> {
    countersign(&signed(), &platform(), CREATED + 60, &Limits::default()).unwrap()
}

/// SHA-256 of a counter: the same bytes in every run and on every machine. For tests only.
pub struct CountingRandom(pub u64);

impl TryRng for CountingRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&Digest::of(&self.0.to_le_bytes()).as_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for CountingRandom {}
