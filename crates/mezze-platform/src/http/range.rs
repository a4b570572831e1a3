//! Single byte ranges (RFC 9110 section 14) and `If-None-Match`, for content that never changes.

use axum::http::{HeaderMap, header};

/// Part of a file of a known size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ByteRange {
    /// First byte.
    pub(crate) start: u64,
    /// Byte after the last one.
    pub(crate) end: u64,
}

/// What a `Range` header asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestedRange {
    /// No range, a kind that we don't serve, or an `If-Range` that no longer holds: the whole file.
    Whole,
    /// One part.
    Part(ByteRange),
    /// Nothing of the file is in the range: 416.
    Unsatisfiable,
}

impl RequestedRange {
    /// Reads `Range` and `If-Range` for a file of `size` bytes with the entity tag `tag` (with quotes).
    pub(crate) fn from_headers(headers: &HeaderMap, size: u64, tag: &str) -> Self {
        let Some(range) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
            return Self::Whole;
        };
        if headers.get(header::IF_RANGE).is_some_and(|value| value.as_bytes() != tag.as_bytes()) {
            return Self::Whole;
        }
        match range.strip_prefix("bytes=") {
            // Several ranges at once would need multipart; answering with the whole file is allowed.
            Some(spec) if !spec.contains(',') => parse(spec.trim(), size),
            _ => Self::Whole,
        }
    }
}

fn parse(spec: &str, size: u64) -> RequestedRange {
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let part = match spec.split_once('-') {
        Some(("", suffix)) => number(suffix).map(|length| (size.saturating_sub(length), size, length > 0)),
        Some((first, "")) => number(first).map(|start| (start, size, true)),
        Some((first, last)) => match (number(first), number(last)) {
            (Some(start), Some(last)) if start <= last => Some((start, size.min(last.saturating_add(1)), true)),
            _ => None,
        },
        None => None,
    };
    match part {
        None => RequestedRange::Whole,
        Some((start, end, true)) if start < end => RequestedRange::Part(ByteRange { start, end }),
        Some(_) => RequestedRange::Unsatisfiable,
    }
}

/// Whether `If-None-Match` names `tag` (with quotes) or anything.
pub(crate) fn if_none_match(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|candidate| candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == tag)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn ask(range: &str) -> RequestedRange {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().unwrap());
        RequestedRange::from_headers(&headers, 100, "\"a\"")
    }

    #[test]
    fn reads_single_ranges() {
        let part = |start, end| RequestedRange::Part(ByteRange { start, end });
        assert_eq!(ask("bytes=0-0"), part(0, 1));
        assert_eq!(ask("bytes=10-19"), part(10, 20));
        assert_eq!(ask("bytes=90-"), part(90, 100));
        assert_eq!(ask("bytes=90-500"), part(90, 100));
        assert_eq!(ask("bytes=-10"), part(90, 100));
        assert_eq!(ask("bytes=-500"), part(0, 100));
        assert_eq!(ask("bytes=0-18446744073709551615"), part(0, 100));
    }

    #[test]
    fn refuses_what_is_outside_and_ignores_what_it_does_not_know() {
        for outside in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(ask(outside), RequestedRange::Unsatisfiable, "{outside}");
        }
        for unknown in ["bytes=0-1,5-6", "items=0-1", "bytes=5-1", "bytes=a-b", "bytes=--1", "bytes=", "bytes=+1-2"] {
            assert_eq!(ask(unknown), RequestedRange::Whole, "{unknown}");
        }
    }

    #[test]
    fn a_range_of_another_version_gives_the_whole_file() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, "bytes=0-1".parse().unwrap());
        headers.insert(header::IF_RANGE, "\"b\"".parse().unwrap());
        assert_eq!(RequestedRange::from_headers(&headers, 100, "\"a\""), RequestedRange::Whole);
    }

    #[test]
    fn if_none_match_compares_weakly() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "\"x\", W/\"a\"".parse().unwrap());
        assert!(if_none_match(&headers, "\"a\""));
        assert!(!if_none_match(&headers, "\"b\""));
    }
}
