//! `mezze dev [DIR]`: the real platform and the real super app, on this machine, with one mini app that follows its
//! source.
//!
//! Input: a project folder. Output: for people, what happens; with `--json`, one object a line, `ready` first.
//! compile -> sign by the development key -> publish in this process -> the open shell reloads -> events come back,
//! their positions mapped to the developer's own files.

mod address;
mod events;
mod report;
mod rounds;
mod watch;

use super::{block_on, build, serve};
use crate::failure::Failure;
use crate::folders;
use crate::lan;
use crate::terminal::Terminal;
use mezze_platform::{DevelopmentOptions, MapTiles, Platform, PlatformOptions, Running, StartFailure};
use report::Report;
use rounds::{Compiled, Rounds};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Arguments {
    /// The project: the folder of project.config.json or app.json
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Address to listen on; a free port from 7700 up on this machine where it is not given
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Let telephones and other devices of the local network in, over https
    #[arg(long)]
    lan: bool,
    /// Don't open the browser
    #[arg(long)]
    no_open: bool,
    /// Print one JSON object a line: ready, page, console, error, diagnostic, build
    #[arg(long)]
    json: bool,
    /// App id, in place of the project's own
    #[arg(long, value_name = "ID")]
    app_id: Option<String>,
    /// Tiles for maps: an address with {z}, {x} and {y}
    #[arg(long, value_name = "URL")]
    map_tiles: Option<MapTiles>,
    /// What the operator adds to the APIs of mini apps: the file of `mezze serve --extensions`
    #[arg(long, value_name = "FILE")]
    extensions: Option<PathBuf>,
}

/// How long the platform may take to finish what is under way when the command ends.
const GRACE: Duration = Duration::from_secs(2);

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    serve::log_to_standard_error("error");
    let report = Report::new(terminal, arguments.json);
    let outcome = develop(&arguments, &report);
    if let (Err(failure), true) = (&outcome, arguments.json) {
        report.failure(failure);
    }
    outcome
}

/// What is wrong with the project is told before anything is started.
fn develop(arguments: &Arguments, report: &Report) -> Result<(), Failure> {
    let project = build::open(&arguments.folder)?;
    let compiled = Compiled::first(project, arguments.app_id.clone(), report)?;
    block_on(follow(arguments, compiled, report))
}

async fn follow(arguments: &Arguments, compiled: Compiled, report: &Report) -> Result<(), Failure> {
    let changes = watch::changes(compiled.project().root())?;
    let folder = address::data_folder(&folders::cache()?.join("development"), compiled.project().root())?;
    let (running, address) = start(arguments, &folder).await?;
    let handle = running.handle.clone();
    let events = handle.development_events();
    let mut stopped = std::pin::pin!(running.stopped());

    let app_id = compiled.app_id.clone();
    let pages = compiled.pages();
    let (mut rounds, first) = Rounds::start(compiled, handle.clone()).await?;
    let url = format!("{}/miniapp/{app_id}", address.origin);
    report.ready(&url, &app_id, &pages, &address);
    rounds.tell_first(first, report);
    if !arguments.no_open && !arguments.json && open::that_detached(&url).is_err() {
        report.hint("no browser could be opened; open the address yourself");
    }

    let listening = tokio::spawn(events::forward(events, rounds.maps(), report.clone()));
    tokio::select! {
        () = rounds.follow(changes, report) => {}
        () = serve::interrupted() => {}
        ended = &mut stopped => return ended.map_err(|failure| serve::start_failure(&failure)),
    }
    listening.abort();
    handle.shut_down();
    match tokio::time::timeout(GRACE, stopped).await {
        Ok(ended) => ended.map_err(|failure| serve::start_failure(&failure)),
        // An open browser keeps its event stream open; nothing is lost when it is cut.
        Err(_) => Ok(()),
    }
}

/// How often another free port is looked for: between the look and the start a second `mezze dev` may take it.
const MOST_RETRIES: u32 = 8;

/// Starts the platform in development mode.
async fn start(arguments: &Arguments, folder: &address::DataFolder) -> Result<(Running, address::Address), Failure> {
    let mut options = PlatformOptions::new(folder.path.join("platform"));
    options.development = Some(DevelopmentOptions::default());
    options.map_tiles = arguments.map_tiles.clone();
    if let Some(file) = &arguments.extensions {
        options.host_extensions = serve::read_extensions(file)?;
    }
    if arguments.lan {
        let lan = lan::prepare(&folders::configuration()?.join("authority"), arguments.listen)?;
        options.listen = vec![lan.listen];
        options.tls = Some(lan.tls.clone());
        options.public_url = Some(lan.url.clone());
        let origin = lan.url.as_str().trim_end_matches('/').to_owned();
        let running = Platform::start(options).await.map_err(|failure| serve::start_failure(&failure))?;
        return Ok((running, address::Address { origin, lan: Some(lan) }));
    }
    let any_port = arguments.listen.is_none_or(|wanted| wanted.port() == 0);
    let mut retries = 0;
    loop {
        let listen = address::choose(arguments.listen)?;
        options.listen = serve::both_loopbacks(listen);
        match Platform::start(options.clone()).await {
            Ok(running) => {
                let origin = format!("http://localhost:{}", listen.port());
                return Ok((running, address::Address { origin, lan: None }));
            }
            Err(StartFailure::Listen { cause, .. })
                if any_port && retries < MOST_RETRIES && cause.kind() == std::io::ErrorKind::AddrInUse =>
            {
                retries += 1;
            }
            Err(failure) => return Err(serve::start_failure(&failure)),
        }
    }
}
