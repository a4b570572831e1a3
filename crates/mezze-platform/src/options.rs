//! What an operator may set, and the rules that hold before anything is started.

mod host_extensions;
mod map_tiles;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::http::HeaderName;
use mezze_host::permission::Policy;
use url::Url;

pub(crate) use host_extensions::HostModule;
pub use host_extensions::{HostExtensions, HostExtensionsFailure};
pub use map_tiles::{Datum, MapTiles, MapTilesFailure};

use crate::clock::{Clock, Randomness, SystemClock, SystemRandomness};
use crate::rates::RateLimits;
use crate::registry::SharedAuditor;
use crate::review::{AutomaticReview, Review};
use crate::start::StartFailure;

/// How a platform node is set up.
#[derive(Clone)]
pub struct PlatformOptions {
    /// Folder of the default database, the blobs and the keys. Created where it is missing.
    pub data: PathBuf,
    /// Addresses to listen on; port 0 picks a free one. Without TLS and `public_url`, loopback only.
    pub listen: Vec<SocketAddr>,
    /// The address that users see, for example `https://apps.example.org`, when it is not the one listened on.
    pub public_url: Option<Url>,
    /// Certificate and key, when the platform speaks TLS itself.
    pub tls: Option<TlsFiles>,
    /// `sqlite://…` or `postgres://…`. Default: `mezze.db` in the data folder.
    pub database_url: Option<String>,
    /// `file:///…` or `s3://BUCKET/PREFIX`. Default: `blobs` in the data folder.
    pub blobs_url: Option<String>,
    /// Whether anyone may sign in as the demo user.
    pub demo: bool,
    /// Whether anyone may make an account; otherwise an invitation is needed.
    pub open_registration: bool,
    /// Permissions that are forbidden or given beforehand, by app, publisher or category.
    pub permission_policy: Policy,
    /// Tiles for the map component. Without them a map draws the outline of the world.
    pub map_tiles: Option<MapTiles>,
    /// What the operator adds to the APIs of mini apps.
    pub host_extensions: HostExtensions,
    /// Sizes and counts that the platform accepts.
    pub limits: PlatformLimits,
    /// How often the interface may be called. `mezze dev` has no such limits.
    pub rate_limits: RateLimits,
    /// The header in which the proxy in front names the client's address, for example `x-forwarded-for`. Without it the
    /// other end of the connection counts, and no header.
    pub client_address_header: Option<HeaderName>,
    /// Set by `mezze dev`.
    pub development: Option<DevelopmentOptions>,
    /// A program that wraps and unwraps keys by the operator's key management service. Default: keys are files.
    pub key_service: Option<PathBuf>,
    /// Decides over uploaded packages. Default: everything that passes the checks is released.
    pub review: Arc<dyn Review>,
    /// Runs what is uploaded in a process of its own, as part of the check. Default: no audit.
    pub auditor: Option<SharedAuditor>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub randomness: Arc<dyn Randomness>,
}

impl PlatformOptions {
    /// Defaults for a platform that keeps everything in `data` and listens on `127.0.0.1:8080`.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            listen: vec![SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080)],
            public_url: None,
            tls: None,
            database_url: None,
            blobs_url: None,
            demo: true,
            open_registration: false,
            permission_policy: Policy::default(),
            map_tiles: None,
            host_extensions: HostExtensions::default(),
            limits: PlatformLimits::default(),
            rate_limits: RateLimits::default(),
            client_address_header: None,
            development: None,
            key_service: None,
            review: Arc::new(AutomaticReview),
            auditor: None,
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
        }
    }

    /// Whether users reach this platform by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        match &self.public_url {
            Some(url) => url.scheme() == "https",
            None => self.tls.is_some(),
        }
    }

    /// Whether browsers may be told to use https alone from now on (HSTS).
    ///
    /// Only for a public name: for `localhost` it would shut out every other program on the user's machine.
    #[must_use]
    pub fn promises_https(&self) -> bool {
        let public = self.public_url.as_ref().filter(|url| url.scheme() == "https" && self.development.is_none());
        public.and_then(Url::domain).is_some_and(|domain| domain.contains('.'))
    }

    /// Checks the rules between the options.
    ///
    /// # Errors
    /// Names the first option that breaks a rule, with what to do about it.
    pub fn validate(&self) -> Result<(), StartFailure> {
        if self.listen.is_empty() {
            return Err(StartFailure::NoListenAddress);
        }
        if let Some(url) = &self.public_url {
            validate_public_url(url)?;
        }
        let open = self.listen.iter().find(|address| !address.ip().is_loopback());
        match open {
            Some(address) if self.tls.is_none() && self.public_url.is_none() => {
                Err(StartFailure::PlainAddressNotLoopback { address: *address })
            }
            _ => Ok(()),
        }
    }
}

fn validate_public_url(url: &Url) -> Result<(), StartFailure> {
    let refuse = |reason| Err(StartFailure::PublicUrl { url: url.to_string(), reason });
    let Some(host) = url.host_str() else {
        return refuse("it names no host");
    };
    let loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        _ => {
            return refuse(
                "it must begin with https:// (http:// only for localhost), because the shell needs a secure context",
            );
        }
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return refuse("it must be an origin, without path, query or fragment");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("it must not hold a user name or password");
    }
    Ok(())
}

/// Certificate chain and private key as PEM files.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The chain, the server's own certificate first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Sizes in bytes and counts that the platform accepts.
#[derive(Debug, Clone)]
pub struct PlatformLimits {
    /// Uploaded packages.
    pub package: mezze_package::Limits,
    /// The body of an app's `request`.
    pub gate_request_bytes: usize,
    /// The body of an app's `upload`.
    pub gate_upload_bytes: usize,
    /// The answer to an app's `request`.
    pub gate_response_bytes: u64,
    /// The answer to an app's `download`, or a medium.
    pub gate_download_bytes: u64,
    /// One message on an app's socket.
    pub gate_message_bytes: usize,
    /// Requests under way for one user and app.
    pub gate_requests: usize,
    /// Sockets open for one user and app.
    pub gate_sockets: usize,
    /// Longest time for a request through the gate, in seconds.
    pub gate_seconds: u64,
}

impl Default for PlatformLimits {
    fn default() -> Self {
        const MEBIBYTE: usize = 1024 * 1024;
        Self {
            package: mezze_package::Limits::default(),
            gate_request_bytes: 10 * MEBIBYTE,
            gate_upload_bytes: 100 * MEBIBYTE,
            gate_response_bytes: 20 * MEBIBYTE as u64,
            gate_download_bytes: 200 * MEBIBYTE as u64,
            gate_message_bytes: 4 * MEBIBYTE,
            gate_requests: 10,
            gate_sockets: 5,
            gate_seconds: 60,
        }
    }
}

/// What `mezze dev` changes: versions may be replaced, the gate lets apps reach every origin.
#[derive(Debug, Clone)]
pub struct DevelopmentOptions {
    /// Whether apps may reach servers on this machine, and by plain http.
    pub gate_loopback: bool,
}

impl Default for DevelopmentOptions {
    fn default() -> Self {
        Self { gate_loopback: true }
    }
}

#[cfg(test)]
mod tests;
