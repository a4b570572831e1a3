//! The super app with its examples, from nothing: packages, web build, command line, platform, mini apps.

use crate::failure::Failure;
use crate::node;
use crate::workspace::Workspace;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Ports that are tried in turn.
const PORTS: std::ops::Range<u16> = 8080..8100;
/// How long the platform may take to start.
const START: Duration = Duration::from_secs(60);

pub fn run(workspace: &Workspace, open_browser: bool) -> Result<(), Failure> {
    let started = Instant::now();
    node::check(workspace)?;
    prepare(workspace)?;

    let data = workspace.path(".mezze/demo");
    let port = free_port()?;
    let address = format!("http://localhost:{port}");
    let mut platform = start(workspace, &data, port)?;
    let published = wait_until_ready(&mut platform, port).and_then(|()| publish_all(workspace, &data, &address));
    if let Err(failure) = published {
        stop(&mut platform);
        return Err(failure);
    }

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
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .env("MEZZE_LOG", std::env::var("MEZZE_LOG").unwrap_or_else(|_| "warn".to_owned()))
        .stdout(std::process::Stdio::null())
        .spawn()
        .map_err(|error| Failure::file(&program, &error))
}

/// Asks `/readyz` until it says yes.
fn wait_until_ready(platform: &mut Child, port: u16) -> Result<(), Failure> {
    let started = Instant::now();
    while started.elapsed() < START {
        if let Ok(Some(status)) = platform.try_wait() {
            return Err(Failure::new(format!("the platform did not start ({status})"), "see what it says above"));
        }
        if is_ready(port) {
            return Ok(());
        }
        std::thread::park_timeout(Duration::from_millis(100));
    }
    Err(Failure::new(format!("the platform is not ready after {} s", START.as_secs()), "see its log above"))
}

fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(answer.ends_with(b"200"))
    };
    ask().unwrap_or(false)
}

fn publish_all(workspace: &Workspace, data: &Path, address: &str) -> Result<(), Failure> {
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
        publish.arg("publish").arg(&package).args(["--platform", address]);
        succeed(publish.arg("--token-file").arg(data.join("developer-token")), name)?;
    }
    Ok(())
}

fn stop(platform: &mut Child) {
    // It may have ended by itself; either way it is gone after this.
    drop(platform.kill());
    drop(platform.wait());
}
