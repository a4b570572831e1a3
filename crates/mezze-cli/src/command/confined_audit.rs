//! `mezze confined-audit`: what `mezze serve` starts for every package that it checks. Hidden: a person uses `mezze audit`.
//!
//! Reads a package from standard input and writes the report of its audit as JSON to standard output. Before it reads
//! the first byte it gives up every power but these two.

use crate::failure::Failure;
use mezze_api::Catalog;
use mezze_host::audit::{self, AuditInput, AuditOptions, Report, STACK};
use mezze_host::confined::{Confined, ConfinedLimits, confine};
use mezze_host::headless::{AppFiles, Budget, logic_runtime};
use mezze_package::{Limits, Package};
use mezze_platform::ProcessAuditor;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

/// The command's name.
const NAME: &str = "confined-audit";
/// A page that takes longer is stopped; the others go on.
const PAGE_TIME: Duration = Duration::from_secs(20);
/// No package is larger: what the platform takes is checked before.
const LARGEST_PACKAGE: u64 = 256 << 20;

/// This program as the platform's auditor.
pub fn auditor() -> Result<ProcessAuditor, Failure> {
    let program = std::env::current_exe()
        .map_err(|cause| Failure::plain(format!("can't find this program, which audits packages: {cause}")))?;
    Ok(ProcessAuditor { program, arguments: vec![NAME.to_owned()], limits: ConfinedLimits::default() })
}

pub fn run() -> Result<(), Failure> {
    let thread = std::thread::Builder::new().name(NAME.to_owned()).stack_size(STACK).spawn(work);
    let thread = thread.map_err(|cause| Failure::plain(format!("can't start: {cause}")))?;
    thread.join().unwrap_or_else(|_| Err(Failure::plain("the audit broke down")))
}

/// In the thread that has the room for it: a confined process starts none.
fn work() -> Result<(), Failure> {
    // What is loaded from files where this is a debug build, and kept.
    if logic_runtime().is_none() {
        return Err(Failure::new("the logic runtime is missing", "run `npm run build` in web/"));
    }
    Catalog::load().map_err(|cause| Failure::plain(format!("the API catalog can't be read: {cause}")))?;
    let confined = confine(&ConfinedLimits::default()).map_err(|cause| Failure::plain(cause.to_string()))?;
    let report = audited(&confined)?;
    let text = serde_json::to_vec(&report).map_err(|cause| Failure::plain(cause.to_string()))?;
    let mut output = std::io::stdout().lock();
    output.write_all(&text).and_then(|()| output.flush()).map_err(|cause| Failure::plain(cause.to_string()))
}

/// Reads and runs what a stranger made; the proof says that nothing can come of it.
fn audited(_confined: &Confined) -> Result<Report, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST_PACKAGE).read_to_end(&mut bytes);
    read.map_err(|cause| Failure::plain(format!("can't read the package: {cause}")))?;
    // The platform has checked it against its own limits.
    let limits = Limits { container_bytes: LARGEST_PACKAGE, ..Limits::default() };
    let refused = |cause: &dyn std::fmt::Display| Failure::plain(format!("the package is refused: {cause}"));
    let package = Package::read(&bytes, &limits).map_err(|cause| refused(&cause))?;
    let files = AppFiles::of_package(&package).map_err(|cause| refused(&cause))?;
    let stored_sizes = super::audit::stored_sizes(&package, &files);
    let input = AuditInput { files: Arc::new(files), stored_sizes, limits, locate: None, findings: Vec::new() };
    let budget = Budget { time: PAGE_TIME, ..Budget::default() };
    let options = AuditOptions { page: None, strict: false, threads: 0, budget, most_taps: 12 };
    audit::audit(&input, &options).map_err(|cause| Failure::plain(cause.to_string()))
}
