//! An S3-compatible server of the tests' own: moto (PyPI `moto[s3,server]`, Apache-2.0), on a loopback address.
//!
//! Moto is what the AWS clients' own users test against, is released about monthly, and keeps everything in memory, so
//! there is nothing to clear up. The first run installs it into the user's cache folder. Without Python or the package
//! registry the tests say on standard error that they were left out; with `MEZZE_TEST_S3=required` they fail.
//! Like PostgreSQL it ends when the pipe closes that only this process holds open.

use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use object_store::aws::AmazonS3Builder;

use crate::blobs::Blobs;

const REQUIREMENT: &str = "moto[s3,server]==5.2.5";
const FOLDER: &str = "moto-5.2.5";
const STARTED_WITHIN: Duration = Duration::from_secs(120);

struct Server {
    port: u16,
    /// Holds the pipe open.
    _keeper: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// A fresh bucket's address and name; none where the server can't be installed.
pub(crate) struct Bucket {
    endpoint: String,
    name: String,
}

impl Bucket {
    pub(crate) async fn fresh(name: &str) -> Option<Self> {
        // Fails where another test of this process has chosen it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let started =
            tokio::task::spawn_blocking(|| SERVER.get_or_init(start)).await.expect("the server's thread ended");
        let endpoint = format!("http://127.0.0.1:{}", started.as_ref()?.port);
        let made = reqwest::Client::new().put(format!("{endpoint}/{name}")).send().await.expect("moto answers");
        assert!(made.status().is_success(), "no bucket could be made: {}", made.status());
        Some(Self { endpoint, name: name.to_owned() })
    }

    /// The files below `prefix`, as a node opens them.
    pub(crate) fn blobs(&self, prefix: &str) -> Blobs {
        let builder = AmazonS3Builder::new()
            .with_endpoint(&self.endpoint)
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_access_key_id("test")
            .with_secret_access_key("test")
            .with_bucket_name(&self.name);
        Blobs::in_bucket(builder, prefix).expect("a bucket")
    }
}

fn start() -> Option<Server> {
    let program = match installed() {
        Ok(program) => program,
        Err(reason) => {
            let required = std::env::var("MEZZE_TEST_S3").is_ok_and(|value| value == "required");
            assert!(!required, "the S3-compatible server is required, but {reason}");
            // Past the capture of tests that pass: what was not tested must be seen.
            let _ = writeln!(std::io::stderr(), "LEFT OUT: the tests on S3, because {reason}");
            return None;
        }
    };
    let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("no port is free").port();
    let script = format!(
        "'{program}' -H 127.0.0.1 -p {port} >/dev/null 2>&1 &\nserver=$!\nread -r _\nkill $server",
        program = program.display()
    );
    let keeper = Command::new("sh")
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("no shell could be started");
    let began = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(began.elapsed() < STARTED_WITHIN, "moto did not start");
        #[expect(clippy::disallowed_methods, reason = "a thread that may block waits for a process to come up")]
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(Server { port, _keeper: keeper })
}

/// Moto's program, installed where it is missing. Two test programs may come here at once: each makes a folder of its
/// own, and the first one that is whole gets the name.
fn installed() -> Result<PathBuf, String> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let folder = cache.ok_or("there is no folder for caches")?.join("mezze").join(FOLDER);
    let made = folder.join("made");
    let program = |place: &Path| place.join("bin/moto_server");
    if let Ok(place) = std::fs::read_to_string(&made) {
        let found = program(Path::new(place.trim()));
        if found.exists() {
            return Ok(found);
        }
    }
    // An environment of Python's can't be moved, so the name is a file that says where it is.
    let place = folder.join(std::process::id().to_string());
    std::fs::create_dir_all(&folder).map_err(|cause| cause.to_string())?;
    run(Command::new("python3").args(["-m", "venv"]).arg(&place))?;
    run(Command::new(place.join("bin/pip")).args(["install", "--quiet", "--disable-pip-version-check", REQUIREMENT]))?;
    std::fs::write(&made, place.display().to_string()).map_err(|cause| cause.to_string())?;
    Ok(program(&place))
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|cause| format!("{name} can't be started: {cause}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name} ended with {}: {}", output.status, said.lines().last().unwrap_or_default()))
}
