//! Origins a release declares, by use: where its requests, sockets, media and web views may go.
//!
//! ```text
//! https://api.example.org      exact host, port 443
//! https://api.example.org:8443 exact host and port
//! wss://live.example.org       for sockets
//! *                            anything; accepted in development only
//! ```
//! No address literals, no `localhost`, no paths, no wildcards in a name: what is declared is what a reviewer reads
//! and the outbound gate enforces.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::checked_string;

/// Scheme of a declared origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginScheme {
    Https,
    Wss,
}

impl OriginScheme {
    /// `https` or `wss`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Wss => "wss",
        }
    }
}

/// An origin that a release may talk to. Both schemes have the default port 443.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeclaredOrigin {
    scheme: OriginScheme,
    host: String,
    port: u16,
}

const DEFAULT_PORT: u16 = 443;

impl DeclaredOrigin {
    /// Checks `https://HOST[:PORT]` or `wss://HOST[:PORT]`; the host comes out in lower case.
    ///
    /// # Errors
    /// Another scheme, an address literal, `localhost`, a name without a dot, a path, credentials, a bad port.
    pub fn parse(text: &str) -> Result<Self, InvalidOrigin> {
        let fault = |rule: OriginFault| InvalidOrigin { origin: text.to_owned(), rule };
        let (scheme, rest) = text.split_once("://").ok_or_else(|| fault(OriginFault::Scheme))?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "https" => OriginScheme::Https,
            "wss" => OriginScheme::Wss,
            _ => return Err(fault(OriginFault::Scheme)),
        };
        if rest.contains(['/', '?', '#', '\\']) {
            return Err(fault(OriginFault::Path));
        }
        if rest.contains('@') {
            return Err(fault(OriginFault::Credentials));
        }
        if rest.starts_with('[') {
            return Err(fault(OriginFault::Address));
        }
        let (host, port) = match rest.split_once(':') {
            Some((host, port)) => (host, parse_port(port).ok_or_else(|| fault(OriginFault::Port))?),
            None => (rest, DEFAULT_PORT),
        };
        let host = host.to_ascii_lowercase();
        check_host(&host).map_err(fault)?;
        Ok(Self { scheme, host, port })
    }

    /// Scheme, `https` or `wss`.
    #[must_use]
    pub const fn scheme(&self) -> OriginScheme {
        self.scheme
    }

    /// Host name in lower case.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Port, 443 where none was written.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// True for exactly this scheme, host (any case) and port (`None` is the default one).
    #[must_use]
    pub fn permits(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        scheme.eq_ignore_ascii_case(self.scheme.as_str())
            && host.eq_ignore_ascii_case(&self.host)
            && port.unwrap_or(DEFAULT_PORT) == self.port
    }
}

impl fmt::Display for DeclaredOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme.as_str(), self.host)?;
        if self.port == DEFAULT_PORT { Ok(()) } else { write!(formatter, ":{}", self.port) }
    }
}

checked_string!(
    DeclaredOrigin,
    InvalidOrigin,
    r"^(https|wss)://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?$",
    "https or wss origin without a path, for example https://api.example.org; no IP addresses"
);

fn parse_port(text: &str) -> Option<u16> {
    let plain = !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn check_host(host: &str) -> Result<(), OriginFault> {
    if host == "localhost" || host.ends_with(".localhost") {
        return Err(OriginFault::Localhost);
    }
    let labels: Vec<&str> = host.split('.').collect();
    let legal = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if host.len() > 253 || !labels.iter().all(legal) {
        return Err(OriginFault::Host);
    }
    // URL parsers read a name whose last label is a number (also 0x…) as an IPv4 address.
    let last = labels.last().copied().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") {
        return Err(OriginFault::Address);
    }
    if labels.len() < 2 { Err(OriginFault::SingleLabel) } else { Ok(()) }
}

/// Why a text is no declared origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{origin}` can't be declared as an origin: {rule}")]
pub struct InvalidOrigin {
    /// The text as it was given.
    pub origin: String,
    /// The rule that it breaks.
    pub rule: OriginFault,
}

/// The rule that an origin breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginFault {
    #[error("it must start with https:// or wss://")]
    Scheme,
    #[error("it must be an origin only, without path, query or fragment")]
    Path,
    #[error("it must not hold credentials")]
    Credentials,
    #[error("it must name a host, not an IP address")]
    Address,
    #[error("localhost is allowed in development only")]
    Localhost,
    #[error("the host is not a domain name of letters, digits and hyphens (write others as xn--…)")]
    Host,
    #[error("the host needs a domain, as in api.example.org")]
    SingleLabel,
    #[error("the port is not a number from 1 to 65535")]
    Port,
}

/// One entry of a release's origin list: an origin, or anything (`*`), which only a development build may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum OriginRule {
    Declared(DeclaredOrigin),
    /// Written `*`. [`crate::Manifest::validate`] refuses it in a release.
    AnyInDevelopment,
}

impl OriginRule {
    /// Reads `*` or an origin.
    ///
    /// # Errors
    /// As [`DeclaredOrigin::parse`].
    pub fn parse(text: &str) -> Result<Self, InvalidOrigin> {
        if text == "*" { Ok(Self::AnyInDevelopment) } else { DeclaredOrigin::parse(text).map(Self::Declared) }
    }

    /// True where scheme, host and port are allowed by this entry.
    #[must_use]
    pub fn permits(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        match self {
            Self::Declared(origin) => origin.permits(scheme, host, port),
            Self::AnyInDevelopment => true,
        }
    }
}

impl fmt::Display for OriginRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(origin) => origin.fmt(formatter),
            Self::AnyInDevelopment => formatter.write_str("*"),
        }
    }
}

checked_string!(
    OriginRule,
    InvalidOrigin,
    r"^(\*|(https|wss)://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?)$",
    "https or wss origin without a path; * in development only"
);

/// What an origin is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OriginUse {
    Request,
    Upload,
    Download,
    Socket,
    Media,
    Webview,
}

impl OriginUse {
    /// All uses, in the order they are written in.
    pub const ALL: [Self; 6] = [Self::Request, Self::Upload, Self::Download, Self::Socket, Self::Media, Self::Webview];

    /// The member's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Upload => "upload",
            Self::Download => "download",
            Self::Socket => "socket",
            Self::Media => "media",
            Self::Webview => "webview",
        }
    }

    /// The scheme that an origin for this use must have.
    #[must_use]
    pub const fn scheme(self) -> OriginScheme {
        match self {
            Self::Socket => OriginScheme::Wss,
            _ => OriginScheme::Https,
        }
    }
}

/// Declared origins by use; a use that is left out allows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Origins {
    pub request: Vec<OriginRule>,
    pub upload: Vec<OriginRule>,
    pub download: Vec<OriginRule>,
    pub socket: Vec<OriginRule>,
    pub media: Vec<OriginRule>,
    pub webview: Vec<OriginRule>,
}

impl Origins {
    /// Anything for every use: what a development build declares.
    #[must_use]
    pub fn development() -> Self {
        let any = || vec![OriginRule::AnyInDevelopment];
        Self { request: any(), upload: any(), download: any(), socket: any(), media: any(), webview: any() }
    }

    /// These origins and, for every use, anything: what a development build declares. The declared ones stay, so that
    /// a host can say what a release would be refused.
    #[must_use]
    pub fn relaxed(&self) -> Self {
        let mut relaxed = Self::development();
        let lists = [
            (&mut relaxed.request, &self.request),
            (&mut relaxed.upload, &self.upload),
            (&mut relaxed.download, &self.download),
            (&mut relaxed.socket, &self.socket),
            (&mut relaxed.media, &self.media),
            (&mut relaxed.webview, &self.webview),
        ];
        for (list, declared) in lists {
            list.extend(declared.iter().filter(|rule| **rule != OriginRule::AnyInDevelopment).cloned());
        }
        relaxed
    }

    /// These origins and those of `more`, each once.
    #[must_use]
    pub fn with(mut self, more: &Self) -> Self {
        let lists = [
            (&mut self.request, &more.request),
            (&mut self.upload, &more.upload),
            (&mut self.download, &more.download),
            (&mut self.socket, &more.socket),
            (&mut self.media, &more.media),
            (&mut self.webview, &more.webview),
        ];
        for (list, added) in lists {
            let new: Vec<OriginRule> = added.iter().filter(|rule| !list.contains(rule)).cloned().collect();
            list.extend(new);
        }
        self
    }

    /// The list for one use.
    #[must_use]
    pub fn for_use(&self, origin_use: OriginUse) -> &[OriginRule] {
        match origin_use {
            OriginUse::Request => &self.request,
            OriginUse::Upload => &self.upload,
            OriginUse::Download => &self.download,
            OriginUse::Socket => &self.socket,
            OriginUse::Media => &self.media,
            OriginUse::Webview => &self.webview,
        }
    }

    /// True where the use's list allows scheme, host and port.
    #[must_use]
    pub fn permits(&self, origin_use: OriginUse, scheme: &str, host: &str, port: Option<u16>) -> bool {
        self.for_use(origin_use).iter().any(|rule| rule.permits(scheme, host, port))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn origins_are_normalised() {
        let origin = DeclaredOrigin::parse("HTTPS://API.Example.org:443").unwrap();
        assert_eq!(origin.to_string(), "https://api.example.org");
        assert_eq!(DeclaredOrigin::parse("wss://a.example:8443").unwrap().to_string(), "wss://a.example:8443");
    }

    #[test]
    fn each_rule_is_named() {
        use OriginFault as Fault;
        for (text, rule) in [
            ("http://a.example", Fault::Scheme),
            ("a.example", Fault::Scheme),
            ("javascript://a.example", Fault::Scheme),
            ("https://a.example/", Fault::Path),
            ("https://a.example?x", Fault::Path),
            ("https://user@a.example", Fault::Credentials),
            ("https://192.168.1.1", Fault::Address),
            ("https://example.0x7f", Fault::Address),
            ("https://2130706433", Fault::Address),
            ("https://[::1]", Fault::Address),
            ("https://localhost", Fault::Localhost),
            ("https://a.localhost", Fault::Localhost),
            ("https://intranet", Fault::SingleLabel),
            ("https://*.example.org", Fault::Host),
            ("https://exämple.org", Fault::Host),
            ("https://a..example", Fault::Host),
            ("https://a.example:0", Fault::Port),
            ("https://a.example:", Fault::Port),
            ("https://a.example:70000", Fault::Port),
            ("https://a.example:+80", Fault::Port),
        ] {
            assert_eq!(DeclaredOrigin::parse(text).unwrap_err().rule, rule, "{text}");
        }
    }

    #[test]
    fn permits_exactly_what_is_declared() {
        let origin = DeclaredOrigin::parse("https://api.example.org").unwrap();
        assert!(origin.permits("https", "API.example.org", None));
        assert!(origin.permits("https", "api.example.org", Some(443)));
        assert!(!origin.permits("http", "api.example.org", None));
        assert!(!origin.permits("https", "api.example.org", Some(8443)));
        assert!(!origin.permits("https", "evil-api.example.org", None));
        assert!(!origin.permits("https", "example.org", None));
        assert!(OriginRule::parse("*").unwrap().permits("http", "127.0.0.1", Some(3000)));
        let declared = Origins { request: vec![OriginRule::parse("https://a.example").unwrap()], ..Origins::default() };
        let relaxed: Vec<String> = declared.relaxed().request.iter().map(ToString::to_string).collect();
        assert_eq!(relaxed, ["*", "https://a.example"]);
        assert!(!Origins::default().permits(OriginUse::Request, "https", "api.example.org", None));
    }
}
