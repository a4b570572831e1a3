//! `mezze doctor`: whether what a platform keeps agrees with itself: rows, files, states and the public log.
//!
//! Changes nothing and may run beside the platform. Exit code: 0 where everything fits, 1 where something does not.

use super::{block_on, serve};
use crate::failure::Failure;
use crate::folders;
use crate::terminal::Terminal;
use mezze_platform::{Examination, PlatformOptions, examine};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// Folder of the database, the files and the keys
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// sqlite://… or postgres://…; a file in the data folder where it is not given
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// file:///… or s3://BUCKET/PREFIX; a folder in the data folder where it is not given
    #[arg(long, value_name = "URL")]
    blobs: Option<String>,
    /// The program that speaks to your key management service
    #[arg(long, value_name = "PROGRAM")]
    key_service: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<ExitCode, Failure> {
    serve::log_to_standard_error("error");
    let data = match arguments.data {
        Some(folder) => folder,
        None => folders::data()?.join("platform"),
    };
    if !data.join("keys").is_dir() {
        return Err(Failure::new(
            format!("{} is not the data folder of a platform", data.display()),
            "give the folder that `mezze serve --data` was given",
        ));
    }
    let mut options = PlatformOptions::new(data);
    options.database_url = arguments.database_url;
    options.blobs_url = arguments.blobs;
    options.key_service = arguments.key_service;
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
