//! `Mezze-App`: the platform's word, on every request through the gate, for which mini app is asking.
//!
//! ```text
//! Mezze-App: base64url(HEADER).base64url(CLAIMS).base64url(Ed25519 signature)      a JWS (RFC 7515), valid for a minute
//! HEADER  {"alg": "EdDSA", "typ": "mezze-app+jwt", "kid": RFC 7638 thumbprint}
//! CLAIMS  {"iss": platform's origin, "aud": target's origin, "sub": app id, "ver": version, "env": release|develop,
//!          "htm": method, "htu": URL without query, "iat", "exp", "jti"}
//! ```
//! The public key is at `/.well-known/mezze-app-keys.json`. An app can't set the header itself, and a server can't use
//! what it got against another one, since `aud` names it. It says nothing of the user: for that there is `login`. Only
//! the operator's own services (`extensions`) may be told the account, as a further claim `usr`.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, Method};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::target::{GateCaller, origin};
use crate::clock::{Clock, Randomness, random_identifier};
use crate::encoding::base64url;
use crate::keys::MasterKeys;
use crate::options::PlatformOptions;
use crate::problem::Problem;

/// The header.
pub(super) const MEZZE_APP: HeaderName = HeaderName::from_static("mezze-app");
/// How long a statement holds, in seconds.
const SECONDS: i64 = 60;

/// Makes statements and publishes their key.
pub(crate) struct AppStatements {
    key: SigningKey,
    key_id: String,
    /// While the key is being replaced: what it signed a moment ago is good still.
    older: Option<SigningKey>,
    issuer: String,
    environment: &'static str,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

impl AppStatements {
    pub(super) fn new(options: &PlatformOptions, keys: &MasterKeys) -> Self {
        let key = SigningKey::from_bytes(&keys.current.0);
        let older = keys.older.as_ref().map(|older| SigningKey::from_bytes(&older.0));
        let issuer = options.public_url.as_ref().map_or_else(|| "http://localhost".to_owned(), origin);
        let environment = if options.development.is_some() { "develop" } else { "release" };
        let (clock, randomness) = (options.clock.clone(), options.randomness.clone());
        Self { key_id: thumbprint(&key), key, older, issuer, environment, clock, randomness }
    }

    /// The statement for one request to one target.
    pub(super) fn sign(&self, caller: &GateCaller, method: &Method, url: &Url) -> Result<HeaderValue, Problem> {
        self.sign_for(caller, None, method, url)
    }

    /// The same, with the account that asks.
    pub(super) fn sign_for(
        &self,
        caller: &GateCaller,
        user: Option<&str>,
        method: &Method,
        url: &Url,
    ) -> Result<HeaderValue, Problem> {
        let now = self.clock.now();
        let mut target = url.clone();
        target.set_query(None);
        target.set_fragment(None);
        let header = json!({"alg": "EdDSA", "typ": "mezze-app+jwt", "kid": self.key_id});
        let mut claims = json!({
            "iss": self.issuer,
            "aud": origin(url),
            "sub": caller.app_id,
            "ver": caller.version,
            "env": self.environment,
            "htm": method.as_str(),
            "htu": target.as_str(),
            "iat": now,
            "exp": now + SECONDS,
            "jti": random_identifier(self.randomness.as_ref()),
        });
        if let Some(user) = user {
            claims["usr"] = user.into();
        }
        let signed =
            format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()));
        let signature = self.key.sign(signed.as_bytes());
        HeaderValue::from_str(&format!("{signed}.{}", base64url(&signature.to_bytes())))
            .map_err(|cause| Problem::internal("sign an app's request", &cause))
    }

    /// The public keys as a JWK set (RFC 7517, RFC 8037), the one that signs first.
    pub(super) fn key_set(&self) -> Value {
        let keys: Vec<_> = std::iter::once(&self.key)
            .chain(&self.older)
            .map(|key| {
                let x = base64url(key.verifying_key().as_bytes());
                json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": thumbprint(key), "alg": "EdDSA", "use": "sig"})
            })
            .collect();
        json!({"keys": keys})
    }
}

/// RFC 7638: SHA-256 over the key's required members in order.
fn thumbprint(key: &SigningKey) -> String {
    let x = base64url(key.verifying_key().as_bytes());
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    base64url(&Sha256::digest(canonical.as_bytes()))
}

#[cfg(test)]
pub(super) mod tests;
