//! What `mezze dev` says: sentences for people, or one JSON object a line.

use super::address::Address;
use super::build;
use super::events::{Place, Shown};
use super::rounds::milliseconds;
use crate::failure::Failure;
use crate::lan;
use crate::terminal::{Progress, Terminal, Tone, printable};
use mezze_compiler::Build;
use mezze_platform::PageState;
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// The voice of one `mezze dev`.
#[derive(Clone)]
pub struct Report {
    terminal: Terminal,
    json: bool,
}

/// One compile and publish.
pub struct Round {
    pub root: PathBuf,
    pub changed: Vec<PathBuf>,
    pub compiled_in: Duration,
    pub published_in: Duration,
    /// `2 errors and 1 warning`, or nothing.
    pub problems: String,
}

impl Report {
    pub fn new(terminal: Terminal, json: bool) -> Self {
        Self { terminal, json }
    }

    pub fn progress(&self, text: &str) -> Progress {
        self.terminal.progress(text)
    }

    /// The pages are all that the app has, in declared order: a tool that opens each needs no parser of its own.
    pub fn ready(&self, url: &str, app_id: &str, pages: &[String], address: &Address) {
        if self.json {
            self.terminal.json(&json!({ "event": "ready", "url": url, "app_id": app_id, "pages": pages }));
            return;
        }
        self.terminal.result(&format!("{app_id} is at {}", self.terminal.paint(url, Tone::Strong)));
        if let Some(lan) = &address.lan {
            self.terminal.say(&lan::instructions(lan, url));
        }
        self.terminal.say("It reloads when a file changes. Ctrl-C ends it.");
    }

    pub fn diagnostics(&self, build: &Build) {
        if !self.json {
            build::show_diagnostics(build, self.terminal);
            return;
        }
        for diagnostic in &build.diagnostics {
            let mut object = json!(diagnostic);
            if let Some(members) = object.as_object_mut() {
                members.insert("event".to_owned(), json!("diagnostic"));
            }
            self.terminal.json(&object);
        }
    }

    pub fn round(&self, round: &Round) {
        let changed: Vec<String> = round
            .changed
            .iter()
            .map(|path| path.strip_prefix(&round.root).unwrap_or(path).display().to_string())
            .collect();
        if self.json {
            self.terminal.json(&json!({
                "event": "build",
                "changed": changed,
                "compile_milliseconds": round.compiled_in.as_secs_f64() * 1000.0,
                "publish_milliseconds": round.published_in.as_secs_f64() * 1000.0,
            }));
            return;
        }
        let what = match changed.as_slice() {
            [] => "Compiled".to_owned(),
            [one] => format!("{one} changed: compiled"),
            [first, rest @ ..] => format!("{first} and {} more changed: compiled", rest.len()),
        };
        let mut text =
            format!("{what} in {}, published in {}", milliseconds(round.compiled_in), milliseconds(round.published_in));
        if !round.problems.is_empty() {
            text.push_str(&format!(", with {}", round.problems));
        }
        self.terminal.say(&text);
    }

    pub fn event(&self, event: &Shown) {
        if self.json {
            self.terminal.json(event);
            return;
        }
        // The texts are the app's: a control character in them must not reach the terminal.
        self.terminal.say(&self.line(event));
    }

    fn line(&self, event: &Shown) -> String {
        let paint = |text: &str, tone| self.terminal.paint(text, tone);
        match event {
            Shown::Page { path, state: PageState::Ready, .. } => {
                format!("{} {}", paint("page ready:", Tone::Good), printable(path))
            }
            Shown::Page { path, state: PageState::Failed, message, .. } => {
                let reason = message.as_ref().map(|message| format!(": {}", printable(message))).unwrap_or_default();
                format!("{} {}{reason}", paint("page failed:", Tone::Bad), printable(path))
            }
            Shown::Console { level, text, place, .. } => {
                let tone = match level.as_str() {
                    "error" => Tone::Bad,
                    "warn" => Tone::Warning,
                    _ => Tone::Faint,
                };
                format!("{}{} {}", paint(&format!("{}:", printable(level)), tone), at(place.as_ref()), printable(text))
            }
            Shown::Error { message, stack, place, .. } => {
                let stack: String =
                    stack.lines().skip(1).map(|line| format!("\n  {}", printable(line.trim()))).collect();
                format!("{}{} {}{stack}", paint("error:", Tone::Bad), at(place.as_ref()), printable(message))
            }
        }
    }

    pub fn failure(&self, failure: &Failure) {
        if self.json {
            self.terminal.json(&json!({ "event": "failed", "message": failure.message, "hint": failure.hint }));
        } else {
            self.terminal.failure(failure);
        }
    }

    pub fn warning(&self, text: &str) {
        self.terminal.warning(text);
    }

    pub fn hint(&self, text: &str) {
        self.terminal.hint(text);
    }
}

fn at(place: Option<&Place>) -> String {
    place.map(|place| format!(" {}:{}:{}:", printable(&place.file), place.line, place.column)).unwrap_or_default()
}
