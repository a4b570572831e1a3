//! Kills the platform at random points and checks what is left of it: `tests/faults`.

use crate::failure::Failure;
use crate::node;
use crate::workspace::Workspace;

/// What is wanted of one run.
pub struct Wanted {
    pub rounds: u32,
    /// The acts of a run follow from it.
    pub seed: u32,
    /// On PostgreSQL, not on SQLite.
    pub postgres: bool,
    /// The platform is built already.
    pub built: bool,
}

pub fn run(workspace: &Workspace, wanted: &Wanted) -> Result<(), Failure> {
    node::check(workspace)?;
    if !wanted.built {
        let mut build = workspace.cargo();
        build.args(["build", "--quiet", "--package", "mezze-cli"]);
        succeed(build, "cargo build")?;
    }
    let mut command = workspace.command("node");
    command
        .arg(workspace.path("tests/faults/run.mjs"))
        .args(["--rounds", &wanted.rounds.to_string(), "--seed", &wanted.seed.to_string()])
        .args(["--database", if wanted.postgres { "postgres" } else { "sqlite" }])
        .env("MEZZE_BIN", workspace.mezze());
    succeed(command, "the run")
}

fn succeed(mut command: std::process::Command, what: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("{what} ended with {status}"), "its output is above")),
        Err(error) => Err(Failure::new(format!("{what} can't be started: {error}"), "run `cargo xtask setup`")),
    }
}
