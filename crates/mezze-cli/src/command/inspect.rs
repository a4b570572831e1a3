//! `mezze inspect FILE`: what is in a package, whether or not anyone should trust it.

use crate::failure::Failure;
use crate::terminal::{Terminal, Tone, size};
use mezze_package::{Limits, Package};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Files listed without `--all`.
const LARGEST: usize = 12;

#[derive(clap::Args)]
pub struct Arguments {
    /// The package to look into
    file: PathBuf,
    /// List every file, not the largest only
    #[arg(long)]
    all: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Contents {
    app_id: String,
    version: String,
    name: String,
    bytes: u64,
    unpacked_bytes: u64,
    pages: Vec<String>,
    statements: Vec<Statement>,
    files: BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct Statement {
    role: String,
    public_key: String,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| Failure::reading(&arguments.file, &error))?;
    let contents = read(&bytes, &arguments.file.display().to_string())?;
    if arguments.json {
        terminal.json(&contents);
        return Ok(());
    }
    print(&contents, arguments.all, terminal);
    Ok(())
}

fn read(bytes: &[u8], file: &str) -> Result<Contents, Failure> {
    let refuse =
        |error: String| Failure::new(format!("{file} is refused: {error}"), "build it again with `mezze build`");
    let package = Package::read(bytes, &Limits::default()).map_err(|error| refuse(error.to_string()))?;
    let manifest = package.manifest().map_err(|error| refuse(error.to_string()))?;
    let config = package.app_config().map_err(|error| refuse(error.to_string()))?;
    let files: BTreeMap<String, u64> =
        package.files().map(|(path, content)| (path.to_string(), content.bytes().len() as u64)).collect();
    Ok(Contents {
        app_id: manifest.app_id.to_string(),
        version: config.version.to_string(),
        name: manifest.name.clone(),
        bytes: bytes.len() as u64,
        unpacked_bytes: files.values().sum(),
        pages: config.pages.keys().map(ToString::to_string).collect(),
        statements: package
            .statements()
            .iter()
            .map(|statement| Statement { role: statement.role().to_string(), public_key: statement.key().to_string() })
            .collect(),
        files,
    })
}

fn print(contents: &Contents, all: bool, terminal: Terminal) {
    let line = |name: &str, value: &str| terminal.result(&format!("{name:<10} {value}"));
    terminal.result(&terminal.paint(&format!("{} {}", contents.app_id, contents.version), Tone::Strong));
    line("name", &contents.name);
    line("size", &format!("{}, {} unpacked", size(contents.bytes), size(contents.unpacked_bytes)));
    line("pages", &contents.pages.len().to_string());
    for statement in &contents.statements {
        line("signed by", &format!("{} {}", statement.role, statement.public_key));
    }
    if contents.statements.is_empty() {
        line("signed by", "nobody yet");
    }
    let mut files: Vec<(&String, &u64)> = contents.files.iter().collect();
    if !all {
        files.sort_by_key(|(path, bytes)| (std::cmp::Reverse(**bytes), (*path).clone()));
    }
    let shown = if all { files.len() } else { LARGEST.min(files.len()) };
    terminal.result(&format!("{:<10} {} in {} files", "files", size(contents.unpacked_bytes), files.len()));
    for (path, bytes) in &files[..shown] {
        terminal.result(&format!("  {:>8}  {path}", size(**bytes)));
    }
    if shown < files.len() {
        terminal.result(&format!("  {:>8}  and {} smaller ones (--all lists them)", "", files.len() - shown));
    }
}
