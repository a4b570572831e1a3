//! `mezze rotate`: replaces the master key of a platform's packages. `docs/guides/operating.md` has the steps.

use super::{block_on, serve};
use crate::failure::Failure;
use crate::folders;
use crate::terminal::Terminal;
use mezze_platform::{PlatformOptions, finish_rotation, rotate_master_key};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// Folder of the database, the files and the keys
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Wrap what is left under the new key and remove the one before
    #[arg(long)]
    finish: bool,
    /// sqlite://… or postgres://…; a file in the data folder where it is not given
    #[arg(long, value_name = "URL", requires = "finish")]
    database_url: Option<String>,
    /// file:///… or s3://BUCKET/PREFIX; a folder in the data folder where it is not given
    #[arg(long, value_name = "URL", requires = "finish")]
    blobs: Option<String>,
    /// The program that speaks to your key management service
    #[arg(long, value_name = "PROGRAM")]
    key_service: Option<PathBuf>,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    serve::log_to_standard_error("error");
    let data = match arguments.data {
        Some(folder) => folder,
        None => folders::data()?.join("platform"),
    };
    let mut options = PlatformOptions::new(data);
    options.database_url = arguments.database_url;
    options.blobs_url = arguments.blobs;
    options.key_service = arguments.key_service;
    if !arguments.finish {
        rotate_master_key(&options).map_err(|failure| serve::start_failure(&failure))?;
        terminal.result("There is a new master key.");
        terminal.hint("start every node again, and then run `mezze rotate --finish`");
        return Ok(());
    }
    let _progress = terminal.progress("wrapping what is left");
    match block_on(async { finish_rotation(options).await.map_err(|failure| serve::start_failure(&failure)) })? {
        0 => terminal.result("Everything is under the new master key; the one before is removed."),
        needed => {
            terminal.result(&format!("The master key before is needed still, by {needed} parts of uploads."));
            terminal.hint("run `mezze rotate --finish` again in a day, when they have ended");
        }
    }
    Ok(())
}
