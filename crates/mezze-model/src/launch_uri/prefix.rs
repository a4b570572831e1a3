//! The part of a launch URI before `miniapp/`: a host on the web, or our own scheme.

use std::fmt;

use super::InvalidLaunchUri;

/// Our scheme.
const SCHEME: &str = "mezze";

/// Through which door the URI comes in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LaunchPrefix {
    /// `mezze://`: whatever host the device has.
    Scheme,
    /// `https://HOST/`, or `http://localhost…/` in development. Build it with [`LaunchPrefix::web`].
    Web(WebHost),
}

/// A checked host and port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebHost {
    secure: bool,
    host: String,
    port: Option<u16>,
}

impl WebHost {
    /// Host name or bracketed IPv6 address, in lower case.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Port where one other than the scheme's is written.
    #[must_use]
    pub const fn port(&self) -> Option<u16> {
        self.port
    }

    /// False for `http` to this machine.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

impl LaunchPrefix {
    /// Reads an origin, for example a platform's public URL (`https://apps.example.org`).
    ///
    /// # Errors
    /// A scheme other than https (http for this machine), credentials, a path, a bad host or port.
    pub fn web(origin: &str) -> Result<Self, InvalidLaunchUri> {
        let (scheme, rest) = origin.split_once("://").ok_or(InvalidLaunchUri::Prefix)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        web_host(&scheme.to_ascii_lowercase(), authority).map(Self::Web)
    }
}

impl fmt::Display for LaunchPrefix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => write!(formatter, "{SCHEME}://"),
            Self::Web(web) => {
                let scheme = if web.secure { "https" } else { "http" };
                write!(formatter, "{scheme}://{}", web.host)?;
                match web.port {
                    Some(port) => write!(formatter, ":{port}/"),
                    None => formatter.write_str("/"),
                }
            }
        }
    }
}

/// Splits the prefix and `miniapp/` off a URI. Both are compared without case, as literals of an ABNF are.
pub(super) fn split(text: &str) -> Result<(LaunchPrefix, &str), InvalidLaunchUri> {
    let (scheme, rest) = text.split_once("://").ok_or(InvalidLaunchUri::Prefix)?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme == SCHEME {
        let rest = after_infix(rest).ok_or(InvalidLaunchUri::Prefix)?;
        return Ok((LaunchPrefix::Scheme, rest));
    }
    let (authority, rest) = rest.split_once('/').ok_or(InvalidLaunchUri::Prefix)?;
    let web = web_host(&scheme, authority)?;
    let rest = after_infix(rest).ok_or(InvalidLaunchUri::Prefix)?;
    Ok((LaunchPrefix::Web(web), rest))
}

fn after_infix(text: &str) -> Option<&str> {
    const INFIX: &str = "miniapp/";
    let found = text.get(..INFIX.len())?;
    if found.eq_ignore_ascii_case(INFIX) { text.get(INFIX.len()..) } else { None }
}

fn web_host(scheme: &str, authority: &str) -> Result<WebHost, InvalidLaunchUri> {
    let fault = || InvalidLaunchUri::Host { host: authority.to_owned() };
    let (secure, default_port) = match scheme {
        "https" => (true, 443),
        "http" => (false, 80),
        _ => return Err(InvalidLaunchUri::Prefix),
    };
    let end_of_host = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']').map(|end| end + 2).ok_or_else(fault)?,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, rest) = authority.split_at(end_of_host);
    let port = match rest.strip_prefix(':') {
        None if rest.is_empty() => None,
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(digits.parse::<u16>().map_err(|_| fault())?)
        }
        _ => return Err(fault()),
    };
    let host = host.to_ascii_lowercase();
    if !is_host(&host) {
        return Err(fault());
    }
    if !secure && !is_this_machine(&host) {
        return Err(InvalidLaunchUri::Insecure { host });
    }
    Ok(WebHost { secure, host, port: port.filter(|port| *port != default_port) })
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost")
}
