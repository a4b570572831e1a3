//! Names are resolved once, here, and the connection goes to exactly the addresses that were checked.
//!
//! The HTTP client asks this resolver and connects to what it gives; the socket code does the same. So there is no
//! second resolution for an attacker to answer differently.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// Looks a host name up: the system's way, or a fixed table in tests.
pub(crate) type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> + Send + Sync>;

/// Resolves names to addresses that apps may reach.
#[derive(Clone)]
pub(crate) struct PinningResolver {
    lookup: Lookup,
    loopback_allowed: bool,
}

impl PinningResolver {
    pub(crate) fn new(loopback_allowed: bool) -> Self {
        Self::with_lookup(loopback_allowed, Arc::new(|host| Box::pin(system_lookup(host))))
    }

    pub(crate) fn with_lookup(loopback_allowed: bool, lookup: Lookup) -> Self {
        Self { lookup, loopback_allowed }
    }

    /// Whether an address may be reached, be it resolved or written into the URL.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || (self.loopback_allowed && is_loopback(address))
    }

    /// The addresses of `host`. One address that is not allowed refuses all of them: a name that is public and
    /// private at once is an attack or a mistake.
    pub(super) async fn resolve_host(&self, host: &str) -> Result<Vec<IpAddr>, UnreachableHost> {
        let refused = |reason| UnreachableHost { host: host.to_owned(), reason };
        let addresses = (self.lookup)(host.to_owned()).await.map_err(|_| refused(UnreachableReason::Unknown))?;
        if addresses.is_empty() {
            return Err(refused(UnreachableReason::Unknown));
        }
        if addresses.iter().all(|address| self.allows(*address)) {
            Ok(addresses)
        } else {
            Err(refused(UnreachableReason::NotPublic))
        }
    }
}

impl Resolve for PinningResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let addresses = resolver.resolve_host(name.as_str()).await?;
            // Port 0: the client fills in the URL's.
            Ok(Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

async fn system_lookup(host: String) -> std::io::Result<Vec<IpAddr>> {
    let found = tokio::net::lookup_host((host, 0)).await?;
    Ok(found.map(|address| address.ip()).collect())
}

fn is_loopback(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.to_ipv4_mapped().is_some_and(|inner| inner.is_loopback())
        }
    }
}

/// A host that apps can't reach.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{host} {reason}")]
pub(crate) struct UnreachableHost {
    pub(super) host: String,
    pub(super) reason: UnreachableReason,
}

/// Why it can't be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnreachableReason {
    Unknown,
    NotPublic,
}

impl fmt::Display for UnreachableReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unknown => "can't be resolved",
            Self::NotPublic => "has an address that is not public",
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn fixed(loopback_allowed: bool, addresses: &'static [&'static str]) -> PinningResolver {
        PinningResolver::with_lookup(
            loopback_allowed,
            Arc::new(move |_| {
                Box::pin(async move { Ok(addresses.iter().map(|text| text.parse().unwrap()).collect()) })
            }),
        )
    }

    #[tokio::test]
    async fn one_private_address_refuses_the_name() {
        let refused = fixed(false, &["1.1.1.1", "10.0.0.1"]).resolve_host("a.example").await.unwrap_err();
        assert_eq!(refused.reason, UnreachableReason::NotPublic);
        assert_eq!(refused.to_string(), "a.example has an address that is not public");
        assert_eq!(fixed(false, &["1.1.1.1"]).resolve_host("a.example").await.unwrap().len(), 1);
        assert_eq!(fixed(false, &[]).resolve_host("a.example").await.unwrap_err().reason, UnreachableReason::Unknown);
    }

    #[tokio::test]
    async fn development_opens_loopback_and_nothing_else() {
        for address in [&["127.0.0.1"], &["::1"], &["::ffff:127.0.0.1"]] {
            assert!(fixed(true, address).resolve_host("localhost").await.is_ok(), "{address:?}");
            assert!(fixed(false, address).resolve_host("localhost").await.is_err(), "{address:?}");
        }
        for address in [&["10.0.0.1"], &["169.254.169.254"], &["fe80::1"]] {
            assert!(fixed(true, address).resolve_host("a.example").await.is_err(), "{address:?}");
        }
    }
}
