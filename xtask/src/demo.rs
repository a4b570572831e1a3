//! The super app with its examples, from nothing: packages, web build, command line, platform, mini apps.

use crate::failure::Failure;
use crate::node;
use crate::workspace::Workspace;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// Ports that are tried in turn.
const PORTS: std::ops::Range<u16> = 8080..8100;

/// The first line of `mezze serve --json`.
#[derive(Deserialize)]
struct Ready {
    url: String,
    token_file: PathBuf,
}

pub fn run(workspace: &Workspace, open_browser: bool) -> Result<(), Failure> {
    let started = Instant::now();
    node::check(workspace)?;
    prepare(workspace)?;

    let data = workspace.path(".mezze/demo");
    let mut platform = start(workspace, &data, free_port()?)?;
    let published = wait_until_ready(&mut platform).and_then(|ready| {
        publish_all(workspace, &data, &ready)?;
        Ok(ready.url)
    });
    let address = match published {
        Ok(address) => address,
        Err(failure) => {
            stop(&mut platform);
            return Err(failure);
        }
    };

    println!("\nReady after {:.0} s: {address}", started.elapsed().as_secs_f64());
    println!("Ctrl-C ends it. What it keeps is in {}.", data.display());
    if open_browser && open::that_detached(&address).is_err() {
        println!("hint: no browser could be opened; open the address yourself");
    }
    let ended =
        platform.wait().map_err(|error| Failure::new(format!("the platform is lost: {error}"), "start again"))?;
    if ended.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("the platform ended: {ended}"), "see its log above"))
    }
}

/// Everything that has to be there before the platform can start.
fn prepare(workspace: &Workspace) -> Result<(), Failure> {
    for (title, command) in [
        ("Fetching the packages of web/", node::install(workspace, "web")),
        ("Building the super app", Some(node::script(workspace, "web", "build"))),
        ("Building the command line (minutes, the first time)", Some(build(workspace))),
    ] {
        if let Some(mut command) = command {
            println!("{title}");
            succeed(&mut command, title)?;
        }
    }
    for example in examples(workspace)? {
        if let Some(folder) = relative_with_packages(workspace, &example)
            && let Some(mut install) = node::install(workspace, &folder)
        {
            println!("Fetching the packages of {folder}/");
            succeed(&mut install, "npm ci")?;
        }
    }
    Ok(())
}

fn build(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo();
    // The whole workspace, as the tests do: one set of features, so nothing is built twice.
    command.args(["build", "--workspace", "--bins"]);
    command
}

fn succeed(command: &mut Command, what: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("{what}: failed ({status})"), "its output is above")),
        Err(error) => Err(Failure::new(format!("{what}: {error}"), "run `cargo xtask setup`")),
    }
}

/// Folders of `examples/` that hold a project.
fn examples(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let folder = workspace.path("examples");
    let entries = std::fs::read_dir(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let mut projects: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("project.config.json").is_file() || path.join("app.json").is_file())
        .collect();
    projects.sort();
    Ok(projects)
}

/// The example's path from the root, if it takes packages from npm.
fn relative_with_packages(workspace: &Workspace, example: &Path) -> Option<String> {
    let root = workspace.path("");
    let relative = example.strip_prefix(root).ok()?.to_str()?.to_owned();
    example.join("package-lock.json").is_file().then_some(relative)
}

fn free_port() -> Result<u16, Failure> {
    PORTS
        .into_iter()
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or_else(|| Failure::new("every port from 8080 to 8099 is in use", "stop one of the programs that use them"))
}

fn start(workspace: &Workspace, data: &Path, port: u16) -> Result<Child, Failure> {
    let program = workspace.mezze();
    workspace
        .command(&program)
        .arg("serve")
        .arg("--data")
        .arg(data)
        .args(["--json", "--listen", &format!("127.0.0.1:{port}")])
        .env("MEZZE_LOG", std::env::var("MEZZE_LOG").unwrap_or_else(|_| "warn".to_owned()))
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::file(&program, &error))
}

/// Reads the line that says where the platform is. A platform that can't start ends instead, and says why itself.
fn wait_until_ready(platform: &mut Child) -> Result<Ready, Failure> {
    let refused = || Failure::new("the platform did not start", "see what it says above");
    let mut line = String::new();
    let output = platform.stdout.take().ok_or_else(refused)?;
    BufReader::new(output).read_line(&mut line).map_err(|_| refused())?;
    serde_json::from_str(&line).map_err(|_| refused())
}

fn publish_all(workspace: &Workspace, data: &Path, platform: &Ready) -> Result<(), Failure> {
    let packages = data.join("packages");
    std::fs::create_dir_all(&packages).map_err(|error| Failure::file(&packages, &error))?;
    for example in examples(workspace)? {
        let name = example.file_name().and_then(|name| name.to_str()).unwrap_or("example");
        let package = packages.join(format!("{name}.ma"));
        let mezze = || {
            let mut command = workspace.command(workspace.mezze());
            // The demo's keys are its own: it must not touch the developer's.
            command.env("MEZZE_HOME", data.join("developer"));
            command
        };
        succeed(mezze().arg("build").arg(&example).arg("--sign").arg("--output").arg(&package), name)?;
        let mut publish = mezze();
        publish.arg("publish").arg(&package).args(["--platform", &platform.url]);
        succeed(publish.arg("--token-file").arg(&platform.token_file), name)?;
    }
    Ok(())
}

fn stop(platform: &mut Child) {
    // It may have ended by itself; either way it is gone after this.
    drop(platform.kill());
    drop(platform.wait());
}
