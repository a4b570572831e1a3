//! The TypeScript side: packages from npm and the build of the shell.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::process::Command;
use std::time::SystemTime;

/// The oldest Node that the tools in `web/` run on.
const OLDEST_NODE: u32 = 20;

/// Node and npm are there and new enough.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let hint =
        format!("install Node {OLDEST_NODE} or newer with npm, from https://nodejs.org or your system's packages");
    let output = workspace
        .command("node")
        .arg("--version")
        .output()
        .map_err(|error| Failure::new(format!("node can't be started: {error}"), hint.clone()))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        return Err(Failure::new(format!("node is {version}, which is too old"), hint));
    }
    Ok(())
}

/// `npm ci`, or nothing where the installed packages are as new as the lock file.
pub fn install(workspace: &Workspace, folder: &str) -> Option<Command> {
    let changed = |path: &str| -> Option<SystemTime> {
        std::fs::metadata(workspace.path(&format!("{folder}/{path}"))).ok()?.modified().ok()
    };
    let installed = changed("node_modules/.package-lock.json");
    let current = installed.is_some() && installed >= changed("package-lock.json");
    (!current).then(|| {
        let mut command = workspace.npm(folder);
        command.args(["ci", "--no-audit", "--no-fund"]);
        command
    })
}

/// `npm run SCRIPT` in a folder.
pub fn script(workspace: &Workspace, folder: &str, name: &str) -> Command {
    let mut command = workspace.npm(folder);
    command.args(["run", "--silent", name]);
    command
}
