//! Where a request comes from: the other end of its connection, or what a proxy in front says in the one header that the
//! operator named. No other header counts: anyone can write `X-Forwarded-For`.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

use crate::options::PlatformOptions;

/// The address; none where it is not known, or is this machine's.
pub(super) fn address_of(options: &PlatformOptions, request: &Request) -> Option<IpAddr> {
    let address = match &options.client_address_header {
        // Proxies add to the end; what stands before may be the client's invention.
        Some(name) => {
            let last = request.headers().get_all(name).iter().next_back()?.to_str().ok()?;
            parse(last.rsplit(',').next()?.trim())?
        }
        None => request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip(),
    };
    (!address.to_canonical().is_loopback()).then_some(address)
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn addresses_are_read_with_and_without_ports() {
        for (text, address) in [
            ("192.0.2.1", Some("192.0.2.1")),
            ("192.0.2.1:80", Some("192.0.2.1")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("[2001:db8::1]", Some("2001:db8::1")),
            ("[2001:db8::1]:80", Some("2001:db8::1")),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(parse(text), address.and_then(|address| address.parse().ok()), "{text}");
        }
    }
}
