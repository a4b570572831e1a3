//! `mezze rotate`: replaces the master key of a platform's packages. `docs/guides/operating.md` has the steps.

use super::platform_places::PlatformPlaces;
use super::{block_on, serve};
use crate::failure::Failure;
use crate::terminal::Terminal;
use mezze_platform::{finish_rotation, rotate_master_key};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    places: PlatformPlaces,
    /// Wrap what is left under the new key and remove the one before
    #[arg(long)]
    finish: bool,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    serve::log_to_standard_error("error");
    let options = arguments.places.options()?;
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
