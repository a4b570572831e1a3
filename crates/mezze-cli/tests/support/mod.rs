//! Runs the real binary in a folder of its own and writes down what a person would see.

#![expect(clippy::expect_used, reason = "a test stops at its first failure")]
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of this")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A developer's desk: an empty folder and a home without keys.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join("desk").join(relative)
    }

    pub fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(relative);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let desk = self.path("");
        std::fs::create_dir_all(&desk).expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_mezze"));
        command
            .args(arguments)
            .current_dir(desk)
            .env("MEZZE_HOME", self.folder.path().join("home"))
            .env_remove("MEZZE_TOKEN")
            .env_remove("MEZZE_LOG")
            .env("COLUMNS", "100");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("mezze runs")
    }

    /// Runs a command that must succeed.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", self.transcript(arguments, &output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Command, exit code and both streams, with what differs from run to run taken out.
    pub fn see(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        self.transcript(arguments, &output)
    }

    fn transcript(&self, arguments: &[&str], output: &Output) -> String {
        let code = output.status.code().unwrap_or(-1);
        let mut text = format!("$ mezze {}\nexit code {code}\n", arguments.join(" "));
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            if !bytes.is_empty() {
                text.push_str(&format!("--- {name}\n{}", String::from_utf8_lossy(bytes)));
            }
        }
        self.steady(&text)
    }

    fn steady(&self, text: &str) -> String {
        let folder = self.folder.path().to_string_lossy().into_owned();
        let real = self.folder.path().canonicalize().expect("the folder").to_string_lossy().into_owned();
        let text = text.replace(&real, "[FOLDER]").replace(&folder, "[FOLDER]");
        let text = replace_words(&text, |word| match word.len() {
            43 if word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)) => Some("[KEY]"),
            64 if word.chars().all(|letter| letter.is_ascii_hexdigit()) => Some("[DIGEST]"),
            _ => None,
        });
        times(&text)
    }
}

/// Replaces runs of letters, digits, `-` and `_`.
fn replace_words(text: &str, replacement: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut output = String::new();
    let mut word = String::new();
    for letter in text.chars().chain(std::iter::once('\n')) {
        if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
            word.push(letter);
            continue;
        }
        output.push_str(replacement(&word).unwrap_or(&word));
        output.push(letter);
        word.clear();
    }
    output.pop();
    output
}

/// `12 ms` becomes `[TIME]`, so does `"milliseconds":12`.
fn times(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut line = line.to_owned();
        if let Some(end) = line.find(" ms") {
            let digits =
                line[..end].chars().rev().take_while(|letter| letter.is_ascii_digit() || *letter == '.').count();
            line.replace_range(end - digits..end + 3, "[TIME]");
        }
        if let Some(start) = line.find("\"milliseconds\":").map(|start| start + 15) {
            let digits = line[start..].chars().take_while(char::is_ascii_digit).count();
            line.replace_range(start..start + digits, "[TIME]");
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// The names after a word, wherever the report repeats it.
pub fn listed(told: &str, word: &str) -> BTreeSet<String> {
    told.split(word)
        .skip(1)
        .flat_map(|rest| {
            let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || " ._".contains(letter)));
            rest[..end.unwrap_or(rest.len())].split(' ').map(ToOwned::to_owned).collect::<Vec<_>>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}
