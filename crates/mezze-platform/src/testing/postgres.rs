//! A PostgreSQL server of the tests' own, in a folder of its own, without a network address.
//!
//! It is started once for the process. A shell waits on a pipe that only this process holds open: however the
//! process ends, the shell then stops the server and removes the folder. `initdb` refuses root, so root drops to the
//! user `postgres`. With `MEZZE_TEST_POSTGRES=required` a missing PostgreSQL fails the tests instead of leaving it out.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database};

const STARTED_WITHIN: Duration = Duration::from_secs(60);

struct Server {
    folder: PathBuf,
    /// Holds the pipe open.
    _keeper: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// The URL of a fresh database, or none where PostgreSQL is not installed.
pub(crate) async fn fresh_database(name: &str) -> Option<String> {
    let started = tokio::task::spawn_blocking(|| SERVER.get_or_init(start)).await.expect("the server's thread ended");
    let server = started.as_ref()?;
    let admin = Database::connect(server.url("postgres")).await.expect("PostgreSQL started but does not answer");
    admin.execute_unprepared(&format!("CREATE DATABASE \"{name}\"")).await.expect("no database could be made");
    admin.close().await.expect("the connection could not be closed");
    Some(server.url(name))
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }
}

fn start() -> Option<Server> {
    let Some(programs) = programs() else {
        let required = std::env::var("MEZZE_TEST_POSTGRES").is_ok_and(|value| value == "required");
        assert!(
            !required,
            "PostgreSQL is required, but `initdb` and `postgres` were not found; apt-get install postgresql"
        );
        return None;
    };
    let folder = tempfile::Builder::new().prefix("mezze-pg").tempdir().expect("no temporary folder").keep();
    let as_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if as_root {
        let owned = Command::new("chown").arg("postgres").arg(&folder).status();
        assert!(owned.is_ok_and(|status| status.success()), "the user `postgres` is missing");
    }
    let keeper = keep(&programs, &folder, as_root);
    let socket = folder.join(".s.PGSQL.5432");
    let ready = folder.join("ready");
    let began = std::time::Instant::now();
    while !(socket.exists() && ready.exists()) {
        assert!(began.elapsed() < STARTED_WITHIN, "PostgreSQL did not start; see {}", folder.join("log").display());
        #[expect(clippy::disallowed_methods, reason = "a thread that may block waits for a process to come up")]
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(Server { folder, _keeper: keeper })
}

fn keep(programs: &Path, folder: &Path, as_root: bool) -> Child {
    let script = format!(
        "cd '{folder}' && '{programs}/initdb' -D data -U postgres --auth=trust --no-sync >log 2>&1 || exit 1\n\
         '{programs}/postgres' -D data -k '{folder}' -c listen_addresses= -c fsync=off -c max_connections=400 >>log 2>&1 &\n\
         server=$!\n\
         until '{programs}/pg_isready' -q -h '{folder}'; do kill -0 $server || exit 1; sleep 0.1; done\n\
         touch ready\n\
         read -r _\n\
         kill -INT $server; wait $server; cd /; rm -rf '{folder}'",
        folder = folder.display(),
        programs = programs.display(),
    );
    let mut command = if as_root { Command::new("runuser") } else { Command::new("sh") };
    if as_root {
        command.args(["-u", "postgres", "--", "sh"]);
    }
    command
        .arg("-c")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("no shell could be started")
}

/// The folder of `initdb` and `postgres`: on the path, or where Debian keeps versions.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut candidates: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    candidates.sort();
    candidates.reverse();
    candidates.extend(std::env::split_paths(&path));
    candidates
        .into_iter()
        .find(|folder| ["initdb", "postgres", "pg_isready"].iter().all(|name| folder.join(name).exists()))
}
