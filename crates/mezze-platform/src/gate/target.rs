//! The gate itself, and the proof that a URL may be reached: only [`Gate::check`] makes a [`DeclaredTarget`].

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::StatusCode;
use mezze_model::{OriginRule, OriginUse, Origins};
use rustls::ClientConfig;
use url::{Host, Url};

use super::capacity::Capacity;
use super::extensions::ExtensionServices;
use super::resolver::PinningResolver;
use super::statements::AppStatements;
use super::tiles::TileServer;
use crate::keys::MasterKeys;
use crate::options::{PlatformLimits, PlatformOptions};
use crate::problem::Problem;

/// What the gate keeps between requests.
pub(crate) struct Gate {
    pub(super) client: reqwest::Client,
    pub(super) resolver: PinningResolver,
    pub(super) tls: Arc<ClientConfig>,
    pub(super) capacity: Capacity,
    pub(super) limits: PlatformLimits,
    pub(super) statements: AppStatements,
    pub(super) tiles: Option<TileServer>,
    pub(super) extensions: ExtensionServices,
    /// Every origin and plain http, for `mezze dev`.
    open: bool,
}

/// Who asks: a release that a user runs.
#[derive(Debug, Clone)]
pub(crate) struct GateCaller {
    pub(super) user_id: String,
    pub(super) app_id: String,
    pub(super) version: String,
    pub(super) origins: Arc<Origins>,
}

impl GateCaller {
    /// What the release declares.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }
}

/// A URL whose origin the caller's release declares for this use.
#[derive(Debug, Clone)]
pub(super) struct DeclaredTarget(Url);

impl DeclaredTarget {
    pub(super) fn url(&self) -> &Url {
        &self.0
    }
}

impl Gate {
    /// A gate with the system's name resolution and the web's certificate authorities.
    pub(crate) fn new(options: &PlatformOptions, statements: &MasterKeys) -> Result<Self, reqwest::Error> {
        let open = options.development.is_some();
        let loopback = options.development.as_ref().is_some_and(|development| development.gate_loopback);
        let (resolver, tls) = (PinningResolver::new(loopback), super::outbound::tls_configuration());
        Self::with_parts(options, open, resolver, tls, AppStatements::new(options, statements))
    }

    pub(super) fn with_parts(
        options: &PlatformOptions,
        open: bool,
        resolver: PinningResolver,
        tls: ClientConfig,
        statements: AppStatements,
    ) -> Result<Self, reqwest::Error> {
        let client = super::outbound::client(&tls, &resolver)?;
        Ok(Self {
            client,
            resolver,
            tls: Arc::new(tls),
            capacity: Capacity::new(options.limits.gate_requests, options.limits.gate_sockets),
            limits: options.limits.clone(),
            statements,
            tiles: options.map_tiles.clone().map(TileServer::new).transpose()?,
            extensions: ExtensionServices::new(options.host_extensions.clone())?,
            open,
        })
    }

    /// Whether `caller` may reach `url` for `origin_use`.
    pub(super) fn check(
        &self,
        caller: &GateCaller,
        origin_use: OriginUse,
        url: &str,
    ) -> Result<DeclaredTarget, Problem> {
        let mut url = Url::parse(url)
            .map_err(|cause| refused("gate-bad-url", format!("`{}` is not an absolute URL: {cause}.", shorten(url))))?;
        url.set_fragment(None);
        self.check_scheme(origin_use, &url)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "gate-credentials",
                format!("The URL of {} holds a user name or password.", origin(&url)),
            )
            .hint("Send credentials in a header."));
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.check_address(&url, IpAddr::V4(address))?,
            Some(Host::Ipv6(address)) => self.check_address(&url, IpAddr::V6(address))?,
            Some(Host::Domain(_)) => {}
            None => return Err(refused("gate-bad-url", format!("`{}` names no host.", shorten(url.as_str())))),
        }
        if !self.open && !is_declared(&caller.origins, origin_use, &url) {
            return Err(undeclared(caller, origin_use, &url));
        }
        Ok(DeclaredTarget(url))
    }

    fn check_scheme(&self, origin_use: OriginUse, url: &Url) -> Result<(), Problem> {
        let (safe, plain) = if origin_use == OriginUse::Socket { ("wss", "ws") } else { ("https", "http") };
        let scheme = url.scheme();
        if scheme == safe || (self.open && scheme == plain) {
            return Ok(());
        }
        Err(refused("gate-scheme", format!("`{scheme}:` can't be used for `{}`.", origin_use.as_str()))
            .hint(format!("Use {safe}://. Plain {plain}:// works in `mezze dev` only.")))
    }

    fn check_address(&self, url: &Url, address: IpAddr) -> Result<(), Problem> {
        if self.open && self.resolver.allows(address) {
            return Ok(());
        }
        Err(refused("gate-address", format!("{} is an address, not a name.", origin(url)))
            .hint("Releases reach servers by name. `mezze dev` also reaches public and loopback addresses."))
    }
}

/// `*` means nothing here: releases can't declare it, and development does not ask.
fn is_declared(origins: &Origins, origin_use: OriginUse, url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    origins.for_use(origin_use).iter().any(|rule| match rule {
        OriginRule::Declared(origin) => origin.permits(url.scheme(), host, url.port()),
        OriginRule::AnyInDevelopment => false,
    })
}

fn undeclared(caller: &GateCaller, origin_use: OriginUse, url: &Url) -> Problem {
    let allowed: Vec<String> = caller.origins.for_use(origin_use).iter().map(ToString::to_string).collect();
    let allowed = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
    let member = origin_use.as_str();
    refused(
        "gate-undeclared",
        format!(
            "{} {} does not declare {} for `{member}`; it declares: {allowed}.",
            caller.app_id,
            caller.version,
            origin(url)
        ),
    )
    .hint(format!("Add the origin to `mezze.origins.{member}` and release a new version."))
}

/// The URL without path and query, which may hold what only app and server should know.
pub(super) fn origin(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{}://{host}:{port}", url.scheme()),
        (Some(host), None) => format!("{}://{host}", url.scheme()),
        (None, _) => format!("{}:", url.scheme()),
    }
}

pub(super) fn refused(name: &str, detail: String) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, name, "The gate refused the request", detail)
}

fn shorten(url: &str) -> String {
    url.chars().take(200).collect()
}
