//! A device made of code: it registers, signs in, and is refused when anything is not as it should be.

use ciborium::Value;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::encoding::base64url;
use crate::testing::{Answer, Browser, TestPlatform, on_each_database};

on_each_database!(a_passkey_signs_in, an_answer_counts_once_and_for_its_own_purpose);

struct Authenticator {
    key: SigningKey,
    host: String,
    origin: String,
    count: u32,
    flags: u8,
}

impl Authenticator {
    fn new() -> Self {
        let key = SigningKey::from_slice(&[7; 32]).expect("a scalar");
        Self { key, host: "localhost".to_owned(), origin: "http://localhost:8080".to_owned(), count: 0, flags: 0x05 }
    }

    fn id(&self) -> Vec<u8> {
        b"credential-one".to_vec()
    }

    fn client_data(&self, kind: &str, challenge: &str) -> Vec<u8> {
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let host = Sha256::digest(self.host.as_bytes());
        [&host[..], &[flags], &self.count.to_be_bytes()].concat()
    }

    fn attestation(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let bytes = |range: std::ops::Range<usize>| Value::Bytes(point.as_bytes()[range].to_vec());
        let number = |value: i64| Value::Integer(value.into());
        let key = Value::Map(vec![
            (number(1), number(2)),
            (number(3), number(-7)),
            (number(-1), number(1)),
            (number(-2), bytes(1..33)),
            (number(-3), bytes(33..65)),
        ]);
        let mut cose = Vec::new();
        ciborium::into_writer(&key, &mut cose).expect("it can be written");
        let id = self.id();
        let length = u16::try_from(id.len()).expect("it is short").to_be_bytes();
        let data = [&self.data(self.flags | 0x40)[..], &[0; 16], &length, &id, &cose].concat();
        let object = Value::Map(vec![
            (Value::Text("fmt".to_owned()), Value::Text("none".to_owned())),
            (Value::Text("attStmt".to_owned()), Value::Map(Vec::new())),
            (Value::Text("authData".to_owned()), Value::Bytes(data)),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&object, &mut bytes).expect("it can be written");
        bytes
    }

    async fn register(&self, browser: &mut Browser) -> Answer {
        let begun = browser.post("/api/v1/me/passkeys/challenge", &json!({})).await.json();
        let challenge = begun["challenge"].as_str().expect("a challenge");
        let request = json!({
            "challenge": challenge, "name": "phone",
            "client_data": base64url(&self.client_data("webauthn.create", challenge)),
            "attestation": base64url(&self.attestation()),
        });
        browser.post("/api/v1/me/passkeys", &request).await
    }

    fn assertion(&self, challenge: &str) -> serde_json::Value {
        let client_data = self.client_data("webauthn.get", challenge);
        let data = self.data(self.flags);
        let signature: Signature = self.key.sign(&[&data[..], &Sha256::digest(&client_data)[..]].concat());
        json!({
            "challenge": challenge, "id": base64url(&self.id()), "client_data": base64url(&client_data),
            "authenticator_data": base64url(&data), "signature": base64url(signature.to_der().as_bytes()),
        })
    }

    async fn sign_in(&self, browser: &mut Browser) -> Answer {
        let begun = browser.post("/api/v1/session/passkey/challenge", &json!({})).await.json();
        let request = self.assertion(begun["challenge"].as_str().expect("a challenge"));
        browser.post("/api/v1/session/passkey", &request).await
    }
}

async fn a_passkey_signs_in(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    let mut device = Authenticator::new();
    let made = device.register(&mut browser).await;
    assert_eq!(made.status, 201, "{}", made.text());
    device.register(&mut browser).await.problem(409, "passkey-known");
    let mut elsewhere = platform.browser();
    let answer = device.sign_in(&mut elsewhere).await;
    assert_eq!((answer.status, answer.json()["login"].as_str()), (200, Some("demo")), "{}", answer.text());
    assert_eq!(elsewhere.get("/api/v1/me").await.status, 200);
    device.count = 5;
    assert_eq!(device.sign_in(&mut elsewhere).await.status, 200);
    let refused = device.sign_in(&mut elsewhere).await.problem(422, "passkey-refused");
    assert!(refused.contains("copied"), "{refused}");
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/me/passkeys/{id}");
    assert_eq!(browser.send(axum::http::Method::DELETE, &path, &[], axum::body::Body::empty()).await.status, 204);
    device.count = 9;
    device.sign_in(&mut elsewhere).await.problem(422, "passkey-refused");
}

async fn an_answer_counts_once_and_for_its_own_purpose(platform: TestPlatform) {
    let mut browser = platform.signed_in().await;
    let device = Authenticator::new();
    for broken in [
        Authenticator { host: "evil.example".to_owned(), ..Authenticator::new() },
        Authenticator { origin: "https://evil.example".to_owned(), ..Authenticator::new() },
        Authenticator { flags: 0x01, ..Authenticator::new() },
    ] {
        broken.register(&mut browser).await.problem(422, "passkey-refused");
    }
    assert_eq!(device.register(&mut browser).await.status, 201);
    let mut elsewhere = platform.browser();
    let begun = elsewhere.post("/api/v1/session/passkey/challenge", &json!({})).await.json();
    let challenge = begun["challenge"].as_str().expect("a challenge");
    let good = device.assertion(challenge);
    let mut forged = good.clone();
    forged["signature"] = json!(base64url(&[0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01]));
    elsewhere.post("/api/v1/session/passkey", &forged).await.problem(422, "passkey-refused");
    // The challenge was used up by the forged answer.
    elsewhere.post("/api/v1/session/passkey", &good).await.problem(422, "passkey-refused");
    let begun = elsewhere.post("/api/v1/session/passkey/challenge", &json!({})).await.json();
    let late = device.assertion(begun["challenge"].as_str().expect("a challenge"));
    platform.clock.advance(301);
    elsewhere.post("/api/v1/session/passkey", &late).await.problem(422, "passkey-refused");
    let other = Authenticator { key: SigningKey::from_slice(&[8; 32]).expect("a scalar"), ..Authenticator::new() };
    other.sign_in(&mut elsewhere).await.problem(422, "passkey-refused");
}
