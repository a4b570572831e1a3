//! Gates for tests: names resolve to a fixed address, and a certificate authority of the test's own is trusted.

use std::net::IpAddr;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

use super::resolver::PinningResolver;
use super::statements::AppStatements;
use super::target::Gate;
use crate::keys::{MasterKeys, SecretKey};
use crate::options::PlatformOptions;

/// A gate in release mode that finds every name at `address`, be it loopback.
pub(crate) fn gate_that_finds(
    options: &PlatformOptions,
    address: &str,
    loopback_allowed: bool,
    authority: Option<&CertificateDer<'static>>,
) -> Gate {
    let address: IpAddr = address.parse().expect("an address");
    let lookup = Arc::new(move |_| -> futures::future::BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(vec![address]) })
    });
    let resolver = PinningResolver::with_lookup(loopback_allowed, lookup);
    let mut roots = RootCertStore::empty();
    if let Some(certificate) = authority {
        roots.add(certificate.clone()).expect("a certificate");
    }
    let tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let statements = AppStatements::new(options, &MasterKeys::from(SecretKey([9; 32])));
    Gate::with_parts(options, options.development.is_some(), resolver, tls, statements).expect("a gate")
}

/// A certificate that is its own authority, and a server's settings with it.
pub(crate) fn certificate(names: &[&str]) -> (CertificateDer<'static>, ServerConfig) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let server = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .expect("certificate and key belong together");
    (certificate, server)
}
