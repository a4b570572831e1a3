//! Path, query and fragment of a launch URI.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::InvalidLaunchUri;
use crate::text::text_of;

/// Everything but RFC 3986 `pchar` and the slash.
const NOT_IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// What RFC 3986 does not allow in `query` and `fragment`, and text taken from a browser may hold all the same.
const NOT_IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A page's route inside the app, decoded, for example `pages/index/index`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaunchPath(String);

impl LaunchPath {
    /// Checks a decoded route; one slash at the start is dropped, since dialects write routes both ways.
    ///
    /// # Errors
    /// Empty segments, `.`, `..`, backslashes, percent signs (they would be decoded twice somewhere), controls.
    pub fn parse(text: &str) -> Result<Self, InvalidLaunchUri> {
        Self::checked(text.strip_prefix('/').unwrap_or(text))
    }

    /// Decodes the path of a URI (without its first slash) and checks it.
    pub(super) fn decode(encoded: &str) -> Result<Self, InvalidLaunchUri> {
        let fault = |rule| InvalidLaunchUri::Path { path: encoded.escape_debug().to_string(), rule };
        if !is_well_encoded(encoded) {
            return Err(fault("has a percent sign that starts no escape"));
        }
        let mut segments = Vec::new();
        for segment in encoded.split('/') {
            let decoded = percent_decode_str(segment).decode_utf8().map_err(|_| fault("is not UTF-8"))?;
            // A separator that appears only by decoding would make two readers see two different paths.
            if decoded.contains('/') {
                return Err(fault("holds an encoded slash"));
            }
            segments.push(decoded);
        }
        Self::checked(&segments.join("/"))
    }

    fn checked(path: &str) -> Result<Self, InvalidLaunchUri> {
        let fault = |rule| Err(InvalidLaunchUri::Path { path: path.escape_debug().to_string(), rule });
        if path.contains('\\') {
            return fault("holds a backslash");
        }
        if path.contains('%') {
            return fault("holds a percent sign after decoding");
        }
        if path.chars().any(char::is_control) {
            return fault("holds a control character");
        }
        for segment in path.split('/') {
            match segment {
                "" => return fault("has an empty segment"),
                "." | ".." => return fault("has a `.` or `..` segment"),
                _ => {}
            }
        }
        Ok(Self(path.to_owned()))
    }

    /// The route as it stands in a URI.
    #[must_use]
    pub fn encoded(&self) -> String {
        utf8_percent_encode(&self.0, NOT_IN_PATH).to_string()
    }
}

text_of!(LaunchPath);

/// A query or fragment, encoded as RFC 3986 wants it; handed to the app as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Query(String);

impl Query {
    /// Takes encoded text; characters that must be encoded and are not, get it, as browsers do.
    ///
    /// # Errors
    /// Control characters: they are never there by accident.
    pub fn parse(text: &str) -> Result<Self, InvalidLaunchUri> {
        if let Some(character) = text.chars().find(|character| character.is_control()) {
            return Err(InvalidLaunchUri::Query { character });
        }
        let mut encoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(position) = rest.find('%') {
            let (before, from_percent) = rest.split_at(position);
            encoded.extend(utf8_percent_encode(before, NOT_IN_QUERY));
            let escape = from_percent.get(..3).filter(|escape| is_well_encoded(escape));
            encoded.push_str(escape.unwrap_or("%25"));
            rest = &from_percent[escape.map_or(1, str::len)..];
        }
        encoded.extend(utf8_percent_encode(rest, NOT_IN_QUERY));
        Ok(Self(encoded))
    }

    /// Builds a query from names and values.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = pairs.into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        Self(pairs.collect::<Vec<_>>().join("&"))
    }

    /// Names and values, decoded (bytes that are no UTF-8 come out as U+FFFD). A plus sign stays a plus sign.
    pub fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        let decode = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        self.0.split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
    }
}

text_of!(Query);

/// True where every percent sign starts an escape of two hexadecimal digits.
fn is_well_encoded(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    parts.all(|part| part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)))
}
