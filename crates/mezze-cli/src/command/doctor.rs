//! `mezze doctor`: whether what a platform keeps agrees with itself: rows, files, states and the public log.
//!
//! Changes nothing and may run beside the platform. Exit code: 0 where everything fits, 1 where something does not.

use super::platform_places::PlatformPlaces;
use super::{block_on, serve};
use crate::failure::Failure;
use crate::terminal::Terminal;
use mezze_platform::{Examination, examine};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    places: PlatformPlaces,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<ExitCode, Failure> {
    serve::log_to_standard_error("error");
    let options = arguments.places.options()?;
    let data = &options.data;
    if !data.join("keys").is_dir() {
        return Err(Failure::new(
            format!("{} is not the data folder of a platform", data.display()),
            "give the folder that `mezze serve --data` was given",
        ));
    }
    let progress = terminal.progress("examining the platform");
    let examination = block_on(async { examine(options).await.map_err(|failure| serve::start_failure(&failure)) });
    drop(progress);
    let examination = examination?;
    if arguments.json {
        terminal.json(&examination);
    } else {
        show(&examination, terminal);
    }
    Ok(if examination.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(examination: &Examination, terminal: Terminal) {
    let Examination { apps, releases, files, log_entries, log_root, jobs_due, findings } = examination;
    terminal.result(&format!(
        "{releases} releases of {apps} mini apps, {files} files, {log_entries} entries in the log, {jobs_due} jobs due"
    ));
    terminal.result(&format!("  root of the log: {log_root}"));
    for finding in findings {
        terminal.result(&format!("  wrong: {finding}"));
    }
    if findings.is_empty() {
        terminal.result("Everything fits.");
    } else {
        terminal.hint("docs/guides/operating.md says what to do; don't restart the platform from an older copy before");
    }
}
