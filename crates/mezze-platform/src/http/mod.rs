//! What holds for every route: security headers, whose requests are accepted, problems as JSON, byte ranges.

mod body;
mod origins;
mod page;
mod problems;
mod range;
mod revision;
mod security_headers;

pub(crate) use body::ApiJson;
pub(crate) use origins::{own_origin, refuse_foreign_hosts, refuse_foreign_origins, require_own_origin};
pub(crate) use page::{Page, PageQuery};
pub(crate) use problems::problems_everywhere;
pub(crate) use range::{ByteRange, RequestedRange, if_none_match};
pub(crate) use revision::{Tagged, if_match, require_revision};
pub(crate) use security_headers::{ConsolePolicy, FRAMELESS_FILE_POLICY, Framing, ShellPolicy, security_headers};
