//! The one voice the command line speaks with: results on standard output, everything else on standard error.
//!
//! Colour only helps: it is used on a terminal without `NO_COLOR`, and every line reads the same without it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this module is how the command line talks")]

use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Work that takes longer than this shows that it goes on.
const PATIENCE: Duration = Duration::from_secs(1);

/// Standard output and standard error of this process.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    colour: bool,
    interactive: bool,
}

/// Colours by meaning.
#[derive(Debug, Clone, Copy)]
pub enum Tone {
    Good,
    Warning,
    Bad,
    Faint,
    Strong,
}

impl Terminal {
    pub fn new() -> Self {
        let interactive = io::stderr().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { colour: interactive && wanted, interactive }
    }

    /// A result, for people or for the next program.
    pub fn result(self, text: &str) {
        println!("{text}");
        flush();
    }

    /// One JSON object on a line of its own.
    pub fn json(self, value: &impl Serialize) {
        match serde_json::to_string(value) {
            Ok(text) => println!("{text}"),
            Err(error) => eprintln!("error: an event can't be written as JSON: {error}"),
        }
        flush();
    }

    /// What is going on.
    pub fn say(self, text: &str) {
        eprintln!("{text}");
    }

    pub fn warning(self, text: &str) {
        eprintln!("{} {text}", self.paint("warning:", Tone::Warning));
    }

    pub fn hint(self, text: &str) {
        eprintln!("{} {text}", self.paint("hint:", Tone::Good));
    }

    pub fn failure(self, failure: &Failure) {
        eprintln!("{} {}", self.paint("error:", Tone::Bad), failure.message);
        if let Some(hint) = &failure.hint {
            self.hint(hint);
        }
    }

    /// The text in a colour, or as it is where there is none.
    pub fn paint(self, text: &str, tone: Tone) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => "32",
            Tone::Warning => "33",
            Tone::Bad => "31",
            Tone::Faint => "2",
            Tone::Strong => "1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A diagnostic with its source, as miette draws it.
    pub fn diagnostic(self, report: &miette::Report) {
        let mut text = String::new();
        let theme =
            if self.colour { miette::GraphicalTheme::unicode() } else { miette::GraphicalTheme::unicode_nocolor() };
        let handler = miette::GraphicalReportHandler::new_themed(theme).with_links(false).with_width(100);
        match handler.render_report(&mut text, report.as_ref()) {
            Ok(()) => eprint!("{text}"),
            Err(_) => eprintln!("{} {report}", self.paint("error:", Tone::Bad)),
        }
    }

    /// Shows that something goes on once it takes longer than a second; ends when dropped.
    pub fn progress(self, text: &str) -> Progress {
        if !self.interactive {
            return Progress { stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel::<()>();
        let text = text.to_owned();
        let thread = std::thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) != Err(mpsc::RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(text);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            // Ends when the other side is dropped, which is an error too.
            let _ = stopped.recv();
            bar.finish_and_clear();
        });
        Progress { stop: Some(stop), thread: Some(thread) }
    }
}

/// Standard output may be a pipe whose reader has gone; there is nobody left to tell.
fn flush() {
    drop(io::stdout().flush());
}

/// Running work, see [`Terminal::progress`].
pub struct Progress {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// `1.4 MB`, `12 KB`, `310 B`: decimal, as file managers count.
pub fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let value = bytes as f64;
    if value >= 1e6 {
        format!("{:.1} MB", value / 1e6)
    } else if value >= 1e3 {
        format!("{:.0} KB", value / 1e3)
    } else {
        format!("{bytes} B")
    }
}

/// Text of someone else's making as it may stand on a terminal: control characters but line ends and tabs are shown,
/// not carried out.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let plain = !letter.is_control() || matches!(letter, '\n' | '\t');
            if plain { letter.to_string() } else { letter.escape_default().to_string() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{printable, size};

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(printable("a\u{1b}[2Jb\r\tc\n"), "a\\u{1b}[2Jb\\r\tc\n");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!([size(310), size(12_400), size(1_450_000)], ["310 B", "12 KB", "1.4 MB"]);
    }
}
