//! `mezze log verify`: checks a platform's public log from outside, whole, with nothing but what it serves to everyone.

mod audit;
mod download;
mod state;

use super::block_on;
use crate::failure::Failure;
use crate::terminal::Terminal;
use audit::Findings;
use clap::Subcommand;
use mezze_package::{Limits, Trust, VerifiedPackage};
use serde::Serialize;
use std::path::PathBuf;
use url::Url;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: LogCommand,
}

#[derive(Subcommand)]
enum LogCommand {
    /// Fetch the whole log, compute its root, and compare both with what the platform signed
    Verify(Verify),
}

#[derive(clap::Args)]
struct Verify {
    /// A package that must be in the log
    package: Option<PathBuf>,
    /// The platform's address, for example https://apps.example.org
    #[arg(long, value_name = "URL")]
    platform: Url,
    /// The log's key (ORIGIN+HASH+BASE64) as you know it; what the platform says is taken where it is not given
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// File that remembers the log between two runs, so that one that was rewritten is noticed
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'r> {
    origin: &'r str,
    verifier_key: &'r str,
    size: u64,
    root: String,
    #[serde(flatten)]
    findings: &'r Findings,
    /// Size of the log at the run before, where one is remembered.
    continues: Option<u64>,
    /// Place of the package's release.
    package_index: Option<u64>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let LogCommand::Verify(verify) = &arguments.command;
    let progress = terminal.progress("fetching the log");
    let log = block_on(download::fetch(&verify.platform, verify.key.as_deref()));
    drop(progress);
    let log = log?;
    let remembered = verify.state.as_deref().map(state::read).transpose()?.flatten();
    if let Some(before) = &remembered {
        before.check(&log)?;
    }
    let findings = audit::check(&log.entries)?;
    let package_index = verify.package.as_ref().map(|path| find(path, &log)).transpose()?;
    if let Some(path) = &verify.state {
        state::write(path, &log)?;
    }
    let report = Report {
        origin: &log.origin,
        verifier_key: &log.verifier_key,
        size: log.entries.len() as u64,
        root: log.root.to_string(),
        findings: &findings,
        continues: remembered.as_ref().map(|before| before.size),
        package_index,
    };
    if verify.json {
        terminal.json(&report);
    } else {
        show(&report, verify, terminal);
    }
    Ok(())
}

fn show(report: &Report<'_>, verify: &Verify, terminal: Terminal) {
    let Findings { releases, withdrawals, keys, apps } = report.findings;
    terminal.result(&format!("The log of {} is whole: {} entries, root {}", report.origin, report.size, report.root));
    terminal.result(&format!(
        "  {releases} releases of {apps} mini apps, {withdrawals} withdrawals, {keys} changes of keys"
    ));
    if let Some(size) = report.continues {
        terminal.result(&format!("  it continues the {size} entries that were there before"));
    }
    if let (Some(index), Some(path)) = (report.package_index, &verify.package) {
        terminal.result(&format!("  {} is entry {index}", path.display()));
    }
    if verify.key.is_none() {
        terminal.hint(&format!(
            "the key was taken from the platform itself; compare it with one you know from elsewhere: --key '{}'",
            report.verifier_key
        ));
    }
}

/// Place of the entry that tells of the package's release, with the developer that signed it.
fn find(path: &std::path::Path, log: &download::Log) -> Result<u64, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let package = VerifiedPackage::verify(&bytes, &Trust::any_developer(), &Limits::default())
        .map_err(|error| Failure::new(format!("{} is refused: {error}", path.display()), "get the package again"))?;
    audit::place_of(&package, &log.entries).ok_or_else(|| {
        Failure::new(
            format!(
                "{} ({} {}) is not in the log of {}",
                path.display(),
                package.app_id(),
                package.version(),
                log.origin
            ),
            "don't run it: the platform did not release these bytes, or hides that it did",
        )
    })
}
