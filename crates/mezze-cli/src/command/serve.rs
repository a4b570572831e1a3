//! `mezze serve`: the platform, for users.

use super::platform_places::PlatformPlaces;
use super::{block_on, confined_audit};
use crate::failure::Failure;
use crate::terminal::Terminal;
use mezze_host::permission::Policy;
use mezze_platform::{
    HeaderName, HostExtensions, MapTiles, Platform, PlatformOptions, Rate, RateLimits, ReviewByPeople, StartFailure,
    TlsFiles,
};
use serde::Serialize;
use std::fmt::Display;
use std::net::{Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    places: PlatformPlaces,
    /// Address to listen on; without TLS and --public-url it must be of this machine only
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address that users see, where a proxy stands in front
    #[arg(long, value_name = "URL")]
    public_url: Option<Url>,
    /// Certificate chain (PEM), to speak https without a proxy
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Who decides over uploaded packages: `people` (the operator's reviewers) or `automatic` (whatever passes the checks)
    #[arg(long, value_enum, default_value_t = ReviewKind::Automatic)]
    review: ReviewKind,
    /// No demo user: everyone signs in with an account
    #[arg(long)]
    no_demo: bool,
    /// Let anyone make an account, not only who was invited
    #[arg(long)]
    open_registration: bool,
    /// What mini apps may never have, or have without asking: JSON rules by app, publisher or category
    #[arg(long, value_name = "FILE")]
    permission_policy: Option<PathBuf>,
    /// What you add to the APIs of mini apps: JSON that names modules, their services, and who may use them
    #[arg(long, value_name = "FILE")]
    extensions: Option<PathBuf>,
    /// Tiles for maps: an address with {z}, {x} and {y}; #gcj02 behind it where they are in China's grid
    #[arg(long, value_name = "URL")]
    map_tiles: Option<MapTiles>,
    /// Who is named on maps, as the tiles' licence wants it
    #[arg(long, value_name = "TEXT", requires = "map_tiles")]
    map_attribution: Option<String>,
    /// The header in which the proxy in front names the client's address, for example x-forwarded-for; its last entry
    /// counts. Without it the other end of the connection does
    #[arg(long, value_name = "NAME", requires = "public_url")]
    client_address_header: Option<HeaderName>,
    /// Requests a minute from one address; 0 for no limit
    #[arg(long, value_name = "COUNT", default_value_t = 6_000)]
    requests_per_address: u32,
    /// Requests a minute of one account, over all its devices and tokens; 0 for no limit
    #[arg(long, value_name = "COUNT", default_value_t = 6_000)]
    requests_per_account: u32,
    /// Requests a minute of one device or access token; 0 for no limit
    #[arg(long, value_name = "COUNT", default_value_t = 3_000)]
    requests_per_device: u32,
    /// Print one JSON object when the platform is ready
    #[arg(long)]
    json: bool,
}

/// Who reviews.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ReviewKind {
    People,
    Automatic,
}

#[derive(Serialize)]
struct Ready<'text> {
    event: &'static str,
    url: &'text str,
    token_file: String,
    /// Makes whoever accepts it the first admin; left out once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_admin_code: Option<String>,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    log_to_standard_error("info");
    let mut options = arguments.places.options()?;
    options.listen = both_loopbacks(arguments.listen);
    options.public_url = arguments.public_url;
    options.tls = arguments.tls_cert.zip(arguments.tls_key).map(|(certificate, key)| TlsFiles { certificate, key });
    options.auditor = Some(Arc::new(confined_audit::auditor()?));
    options.demo = !arguments.no_demo;
    options.open_registration = arguments.open_registration;
    if matches!(arguments.review, ReviewKind::People) {
        options.review = Arc::new(ReviewByPeople);
    }
    if let Some(file) = &arguments.permission_policy {
        options.permission_policy = read_policy(file)?;
    }
    if let Some(file) = &arguments.extensions {
        options.host_extensions = read_extensions(file)?;
    }
    options.client_address_header = arguments.client_address_header;
    let rate = |count: u32| (count > 0).then(|| Rate::per_minute(count));
    options.rate_limits = RateLimits {
        address: rate(arguments.requests_per_address),
        account: rate(arguments.requests_per_account),
        device: rate(arguments.requests_per_device),
    };
    let attribution = arguments.map_attribution.unwrap_or_default();
    options.map_tiles = arguments.map_tiles.map(|tiles| tiles.attributed(attribution));
    block_on(serve(options, arguments.json, terminal))
}

/// The operator's rules over permissions.
pub fn read_policy(file: &Path) -> Result<Policy, Failure> {
    read_operator_file(file, "docs/guides/permissions.md", Policy::from_json)
}

/// What the operator adds to the APIs of mini apps.
pub fn read_extensions(file: &Path) -> Result<HostExtensions, Failure> {
    read_operator_file(file, "docs/guides/extensions.md", HostExtensions::from_json)
}

fn read_operator_file<T, E: Display>(
    file: &Path,
    guide: &str,
    parse: impl FnOnce(&[u8]) -> Result<T, E>,
) -> Result<T, Failure> {
    let failure = |message: String| Failure { message, hint: Some(format!("{guide} shows the form of the file")) };
    let bytes = std::fs::read(file).map_err(|cause| failure(format!("can't read {}: {cause}", file.display())))?;
    parse(&bytes).map_err(|cause| failure(format!("{}: {cause}", file.display())))
}

async fn serve(options: PlatformOptions, json: bool, terminal: Terminal) -> Result<(), Failure> {
    let public_url = options.public_url.clone();
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let progress = terminal.progress("starting the platform");
    let running = Platform::start(options).await.map_err(|failure| start_failure(&failure))?;
    drop(progress);
    let port = running.addresses.first().map_or(0, SocketAddr::port);
    let url = public_url.map_or_else(|| format!("{scheme}://localhost:{port}/"), |url| url.to_string());
    let token_file = running.developer_token_file().display().to_string();
    let first_admin_code =
        running.handle.first_admin_code().await.map_err(|problem| Failure::plain(problem.to_string()))?;
    if json {
        terminal.json(&Ready { event: "ready", url: &url, token_file, first_admin_code });
    } else {
        if let Some(code) = &first_admin_code {
            terminal.hint(&format!(
                "nobody runs this platform yet: sign up with the invitation {code}, good once and for a week, and \
                 accept it to become its first admin"
            ));
        }
        terminal.result(&format!("The platform is at {url}"));
        terminal.hint(&format!("publish with `mezze publish FILE --platform {url} --token-file {token_file}`"));
    }
    let handle = running.handle.clone();
    tokio::spawn(async move {
        interrupted().await;
        handle.shut_down();
    });
    running.stopped().await.map_err(|failure| start_failure(&failure))
}

/// Both loopback addresses where the IPv4 one is asked for: a browser may take `localhost` for either.
pub fn both_loopbacks(address: SocketAddr) -> Vec<SocketAddr> {
    let other = SocketAddr::from((Ipv6Addr::LOCALHOST, address.port()));
    let wanted = address.ip() == std::net::Ipv4Addr::LOCALHOST && address.port() != 0;
    if wanted && TcpListener::bind(other).is_ok() { vec![address, other] } else { vec![address] }
}

/// The platform's own words.
pub fn start_failure(failure: &StartFailure) -> Failure {
    Failure { message: failure.to_string(), hint: failure.help().map(ToString::to_string) }
}

/// Resolves when the user or the system wants the program to end.
pub async fn interrupted() {
    let by_user = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let by_system = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match by_system {
            Ok(mut by_system) => {
                tokio::select! {
                    _ = by_user => {},
                    _ = by_system.recv() => {},
                }
            }
            Err(_) => drop(by_user.await),
        }
    }
    #[cfg(not(unix))]
    drop(by_user.await);
}

/// The platform's log, filtered by `MEZZE_LOG`.
pub fn log_to_standard_error(default: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MEZZE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .try_init();
    if let Err(error) = started {
        tracing::debug!(%error, "a log is already set up");
    }
}
