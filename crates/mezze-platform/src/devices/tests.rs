//! Proving device keys, through the router.

use serde_json::json;

use crate::testing::device::Device;
use crate::testing::{TestPlatform, on_each_database};

on_each_database!(a_proved_key_is_a_device, a_key_that_is_not_proved_is_none);

async fn a_proved_key_is_a_device(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    let device = Device::new(1);
    let first = device.register(&mut browser).await;
    assert_eq!(device.register(&mut browser).await, first, "the same key is the same device");
    assert_ne!(Device::new(2).register(&mut browser).await, first);
}

async fn a_key_that_is_not_proved_is_none(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    let (own, other) = (Device::new(1), Device::new(2));
    let proof = own.prove(&mut browser).await;
    // A proof is for one key …
    let answer = browser.post("/api/v1/devices", &json!({"public_key": other.public_key(), "proof": proof})).await;
    answer.problem(403, "device-not-proved");
    let answer = browser.post("/api/v1/devices", &json!({"public_key": own.public_key(), "proof": "AAAA"})).await;
    answer.problem(403, "device-not-proved");
    // … and for five minutes.
    platform.clock.advance(300);
    let answer = browser.post("/api/v1/devices", &json!({"public_key": own.public_key(), "proof": proof})).await;
    answer.problem(403, "device-not-proved");
}

#[tokio::test]
async fn what_is_not_a_key_is_refused() {
    let platform = TestPlatform::on_sqlite().await;
    let mut browser = platform.signed_in().await;
    let zero = crate::encoding::base64url(&[0; 32]);
    for key in [
        json!({"kty": "EC", "crv": "P-256", "x": zero, "y": zero}),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}),
        json!({"kty": "EC", "crv": "P-384", "x": zero, "y": zero}),
        json!({"kty": "OKP", "crv": "X25519", "x": zero, "y": ""}),
    ] {
        let answer = browser.post("/api/v1/devices/challenge", &json!({"public_key": key})).await;
        answer.problem(400, "bad-request");
    }
    let mut stranger = platform.browser();
    let key = Device::new(1).public_key();
    stranger.post("/api/v1/devices/challenge", &json!({"public_key": key})).await.problem(401, "not-signed-in");
}
