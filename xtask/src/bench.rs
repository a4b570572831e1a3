//! Runs the benchmarks: each is one script `benches/NAME.mjs` that prints its figures as one JSON object a line.

use crate::failure::Failure;
use crate::node;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace, only: Option<&str>) -> Result<(), Failure> {
    let names = names(workspace)?;
    let chosen: Vec<&String> = names.iter().filter(|name| only.is_none_or(|only| *name == only)).collect();
    if chosen.is_empty() {
        return Err(Failure::new(
            format!("there is no benchmark {}", only.unwrap_or_default()),
            format!("choose one of: {}", names.join(", ")),
        ));
    }
    node::check(workspace)?;
    if let Some(mut install) = node::install(workspace, "web") {
        succeed(&mut install, "npm ci in web")?;
    }
    succeed(&mut node::script(workspace, "web", "build"), "the build of the shell")?;
    let mut build = workspace.cargo();
    succeed(build.args(["build", "--quiet", "--release", "--package", "mezze-cli"]), "cargo build")?;
    for name in chosen {
        eprintln!("==> {name}");
        let script = workspace.path(&format!("benches/{name}.mjs"));
        let mut command = workspace.command("node");
        command.arg(script).env("MEZZE_BIN", workspace.mezze_release());
        succeed(&mut command, name)?;
    }
    Ok(())
}

fn names(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let folder = workspace.path("benches");
    let entries = std::fs::read_dir(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".mjs").map(str::to_owned))
        .collect();
    names.sort();
    Ok(names)
}

fn succeed(command: &mut std::process::Command, what: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("{what} ended with {status}"), "its output is above")),
        Err(error) => Err(Failure::new(format!("{what} can't be started: {error}"), "run `cargo xtask setup`")),
    }
}
