//! Launch URIs, as W3C MiniApp Addressing: what a code, a share, a search result or another mini app opens.
//!
//! ```text
//! https://HOST/miniapp/ID[;version=V][/PATH][?QUERY][#FRAGMENT]
//! mezze://miniapp/ID[;version=V][/PATH][?QUERY][#FRAGMENT]
//! ```
//! Input: text from anywhere. Output: a [`LaunchUri`] in one normal form (id and version in lower case, path decoded
//! and free of ways out of the package). Printing it and reading it again gives the same value.
//! Reference: <https://www.w3.org/TR/miniapp-addressing/>, ABNF in "Syntax".

mod component;
mod prefix;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use component::{LaunchPath, Query};
pub use prefix::{LaunchPrefix, WebHost};

use crate::text::checked_string;
use crate::{AppId, InvalidAppId, InvalidVersionName, VersionName};

/// Longest launch URI in bytes.
pub const LONGEST_LAUNCH_URI: usize = 8192;

/// What to open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LaunchUri {
    pub prefix: LaunchPrefix,
    pub app_id: AppId,
    /// A certain version; `None` lets the host choose.
    pub version: Option<VersionName>,
    /// Page, without a slash at the start; `None` is the entry page.
    pub path: Option<LaunchPath>,
    pub query: Option<Query>,
    pub fragment: Option<Query>,
}

impl LaunchUri {
    /// A URI that opens an app's entry page.
    #[must_use]
    pub const fn new(prefix: LaunchPrefix, app_id: AppId) -> Self {
        Self { prefix, app_id, version: None, path: None, query: None, fragment: None }
    }

    /// Reads a URI.
    ///
    /// # Errors
    /// Names the part that is wrong and the rule.
    pub fn parse(text: &str) -> Result<Self, InvalidLaunchUri> {
        if text.len() > LONGEST_LAUNCH_URI {
            return Err(InvalidLaunchUri::TooLong);
        }
        let (prefix, rest) = prefix::split(text)?;
        let (rest, fragment) = match rest.split_once('#') {
            Some((rest, fragment)) => (rest, Some(Query::parse(fragment)?)),
            None => (rest, None),
        };
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(Query::parse(query)?)),
            None => (rest, None),
        };
        let (identify, path) = match rest.split_once('/') {
            // A lone slash after the id names no page.
            Some((identify, "")) => (identify, None),
            Some((identify, path)) => (identify, Some(LaunchPath::decode(path)?)),
            None => (rest, None),
        };
        let (app_id, version) = split_identify(identify)?;
        Ok(Self { prefix, app_id, version, path, query, fragment })
    }
}

/// `ID[;version=V]`; an empty version is none, as the grammar allows it.
fn split_identify(text: &str) -> Result<(AppId, Option<VersionName>), InvalidLaunchUri> {
    let Some((id, parameter)) = text.split_once(';') else {
        return Ok((AppId::parse(text)?, None));
    };
    let version = match parameter.split_once('=') {
        Some((name, version)) if name.eq_ignore_ascii_case("version") => version,
        _ => return Err(InvalidLaunchUri::Parameter { parameter: parameter.to_owned() }),
    };
    let version = if version.is_empty() { None } else { Some(VersionName::parse(version)?) };
    Ok((AppId::parse(id)?, version))
}

impl fmt::Display for LaunchUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}miniapp/{}", self.prefix, self.app_id)?;
        if let Some(version) = &self.version {
            write!(formatter, ";version={version}")?;
        }
        if let Some(path) = &self.path {
            write!(formatter, "/{}", path.encoded())?;
        }
        if let Some(query) = &self.query {
            write!(formatter, "?{query}")?;
        }
        if let Some(fragment) = &self.fragment {
            write!(formatter, "#{fragment}")?;
        }
        Ok(())
    }
}

checked_string!(
    LaunchUri,
    InvalidLaunchUri,
    r"^(https?://[^/]+/|[A-Za-z][A-Za-z0-9+.-]*://)miniapp/[A-Za-z0-9._~-]+",
    "W3C MiniApp launch URI, for example mezze://miniapp/org.example.menu;version=1.2.0/pages/index?table=4"
);

/// Why a text is no launch URI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLaunchUri {
    #[error("not a launch URI: it is longer than {LONGEST_LAUNCH_URI} bytes")]
    TooLong,
    #[error("not a launch URI: it must start with `https://HOST/miniapp/` or `mezze://miniapp/`")]
    Prefix,
    #[error("not a launch URI: `{host}` is not a host; write a name like `apps.example.org`, without credentials")]
    Host { host: String },
    #[error("not a launch URI: `http` is allowed for localhost only, `{host}` needs https")]
    Insecure { host: String },
    #[error(transparent)]
    AppId(#[from] InvalidAppId),
    #[error(transparent)]
    Version(#[from] InvalidVersionName),
    #[error("not a launch URI: `;{parameter}` after the app id; only `;version=…` may stand there")]
    Parameter { parameter: String },
    #[error("not a launch URI: the path `{path}` {rule}")]
    Path { path: String, rule: &'static str },
    #[error("not a launch URI: {character:?} in the query or fragment; write it percent-encoded")]
    Query { character: char },
}
