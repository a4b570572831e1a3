//! What happened in a run.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A place in a file of the package (`script/pages/a.js`); line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackagePosition {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// An error that nobody caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    pub message: String,
    /// Positions in it are of the package.
    pub stack: String,
    pub position: Option<PackagePosition>,
    /// It came while the app handled an answer that a stub gave in place of a server.
    pub after_stub: bool,
}

/// How often a bridge API was called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallUse {
    pub count: u32,
    pub failed: u32,
}

/// What an address was used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NetworkUse {
    Request,
    Upload,
    Download,
    Socket,
    Media,
    Webview,
}

/// One request of the app, answered by the stub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestUse {
    pub url: String,
    pub method: String,
    pub kind: NetworkUse,
    /// Milliseconds of the app's clock since it began.
    pub at: u64,
    /// Bytes of the body.
    pub body: u64,
}

/// All `setData` of one component in a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataWrites {
    pub count: u32,
    /// Length of the data as JSON, all together.
    pub length: u64,
    pub largest: u64,
    /// First members of the paths that were written.
    pub keys: BTreeSet<String>,
    /// Most writes of one instance in one second of the app's clock.
    pub most_in_a_second: u32,
    /// The second that each instance wrote in last, and how often.
    in_second: BTreeMap<u32, (u64, u32)>,
}

/// A move to another page that the app asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Navigation {
    pub api: String,
    pub from: String,
    pub to: String,
    /// Why it failed.
    pub failure: Option<String>,
}

/// Everything that is noted of a run, in order.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    pub errors: Vec<ScriptError>,
    /// Console lines by level.
    pub console: BTreeMap<String, u32>,
    /// Texts of warnings and errors on the console, the first few.
    pub remarks: Vec<String>,
    pub calls: BTreeMap<String, CallUse>,
    /// APIs that the app called and that this host does not carry out.
    pub unsupported: BTreeSet<String>,
    pub requests: Vec<RequestUse>,
    pub data_writes: BTreeMap<String, DataWrites>,
    pub navigations: Vec<Navigation>,
    /// Permission scopes of the APIs that were called.
    pub scopes: BTreeSet<String>,
    /// The longest script without a break, in steps of 10,000 branches and calls.
    pub longest_turn: u64,
    /// Timers that fired.
    pub timers: u32,
    /// Milliseconds of the app's clock until the first page had something to draw.
    pub first_drawn: Option<u64>,
}

/// Remarks that are kept.
const MOST_REMARKS: usize = 50;
/// Errors that are kept; a loop can make millions.
const MOST_ERRORS: usize = 200;
/// Requests that are kept.
const MOST_REQUESTS: usize = 2000;
/// Characters of a text that are kept.
const LONGEST_TEXT: usize = 4000;

impl Observations {
    pub(super) fn error(&mut self, error: ScriptError) {
        if self.errors.len() < MOST_ERRORS {
            let ScriptError { message, stack, position, after_stub } = error;
            self.errors.push(ScriptError { message: cut(message), stack: cut(stack), position, after_stub });
        }
    }

    pub(super) fn console_line(&mut self, level: &str, text: String) {
        if let Some(name) = unsupported_name(&text).filter(|_| level == "warn") {
            self.unsupported.insert(name.to_owned());
        } else if matches!(level, "warn" | "error") && self.remarks.len() < MOST_REMARKS {
            self.remarks.push(format!("{level}: {}", cut(text)));
        }
        *self.console.entry(level.to_owned()).or_default() += 1;
    }

    pub(super) fn request(&mut self, request: RequestUse) {
        if self.requests.len() < MOST_REQUESTS {
            self.requests.push(RequestUse { url: cut(request.url), ..request });
        }
    }

    pub(super) fn data_written(&mut self, component: &str, instance: u32, length: u64, keys: &str, elapsed: u64) {
        let writes = self.data_writes.entry(component.to_owned()).or_default();
        writes.count += 1;
        writes.length += length;
        writes.largest = writes.largest.max(length);
        let second = elapsed / 1000;
        let known = writes.in_second.entry(instance).or_default();
        *known = if known.0 == second { (second, known.1 + 1) } else { (second, 1) };
        writes.most_in_a_second = writes.most_in_a_second.max(known.1);
        if writes.keys.len() < 1000 {
            let first = |key: &str| key.split(['.', '[']).next().unwrap_or_default().to_owned();
            writes.keys.extend(keys.split('\n').filter(|key| !key.is_empty()).map(first));
        }
    }
}

/// `wx.startWifi is not supported on this host; …` is the runtime's word for what it does not carry out.
fn unsupported_name(text: &str) -> Option<&str> {
    let (subject, _) = text.split_once(" is not supported on this host")?;
    let (_, name) = subject.split_once('.')?;
    name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.' || letter == '_').then_some(name)
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST_TEXT {
        let end = (0..=LONGEST_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}
