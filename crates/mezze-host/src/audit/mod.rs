//! What is wrong with a mini app, found without a browser: every declared page is opened in the [headless
//! host](crate::headless), visited, and measured; the package is read for what can be seen without running it.
//!
//! Input: the files of a package ([`AuditInput`]). Output: a [`Report`], for people by [`text::render`], for tools as
//! JSON. Nothing is compiled here: whoever has a project compiles it first and says how positions lead back to it.
//!
//! | module | what it does |
//! |---|---|
//! | `visit` | opens one page, taps, scrolls, closes it |
//! | `parameters` | guesses what a page expects in its query |
//! | `package` | what the files say: sizes, copies, secrets, styles, APIs |
//! | [`rules`] | WeChat's experience score |
//! | `judge` | from what was seen to findings |
//! | [`text`] | the report as a person reads it |
//! | [`guide`] | the tables of `docs/guides/audit.md` |

mod finding;
pub mod guide;
mod input;
mod judge;
mod origins;
mod package;
mod parameters;
mod report;
pub mod rules;
mod support;
pub mod text;
mod visit;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mezze_api::Catalog;

use crate::headless::{Budget, StartFailure};

pub use finding::{BUILD, BUILD_WARNING, Finding, KINDS, Kind, Place, Severity};
pub use input::{AuditInput, AuditOptions};
pub use origins::OriginReport;
pub(crate) use package::secrets_in;
pub use package::{Address, CodePackageSize, DuplicateModule, FileSize, ScriptText, SizeReport, read_script};
pub use report::{AppSummary, Counts, DataReport, PageReport, Report, UndeclaredPermission};
pub use support::{HostSupport, SupportReport};

/// Why nothing could be audited.
#[derive(Debug, thiserror::Error)]
pub enum AuditFailure {
    #[error(transparent)]
    Start(#[from] StartFailure),
    #[error("the API catalog can't be read: {0}")]
    Catalog(String),
    #[error("the app has no page `{0}`")]
    UnknownPage(String),
    #[error("a thread could not be started: {0}")]
    Thread(std::io::Error),
}

/// Room for the script engine's stack and what is beside it: what the thread needs that visits pages.
pub const STACK: usize = 64 << 20;

/// Audits an app. Pages are visited side by side, each in an engine of its own, so that none sees what another left.
///
/// # Errors
/// Only where the audit itself can't run; whatever is wrong with the app is in the report.
pub fn audit(input: &AuditInput<'_>, options: &AuditOptions) -> Result<Report, AuditFailure> {
    let catalog = Arc::new(Catalog::load().map_err(|error| AuditFailure::Catalog(error.to_string()))?);
    let pages: Vec<String> = match &options.page {
        Some(page) if input.files.config.pages.contains_key(page) => vec![page.clone()],
        Some(page) => return Err(AuditFailure::UnknownPage(page.clone())),
        None => input.files.config.pages.keys().cloned().collect(),
    };
    let static_view = package::Inspection::of(&input.files, &catalog);
    let visits = visit_all(input, &pages, &catalog, &static_view, options)?;
    Ok(judge::judge(input, options, &catalog, &static_view, visits))
}

fn visit_all(
    input: &AuditInput<'_>,
    pages: &[String],
    catalog: &Arc<Catalog>,
    inspection: &package::Inspection,
    options: &AuditOptions,
) -> Result<Vec<visit::Visit>, AuditFailure> {
    let threads = options.threads.clamp(1, pages.len().max(1));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let query = parameters::guess(page, inspection);
            done.push((
                page.clone(),
                visit::visit(&input.files, catalog, page, query, &options.budget, options.most_taps),
            ));
        }
        done
    };
    if options.threads == 0 {
        return in_order(work(), pages);
    }
    let visits = std::thread::scope(|scope| -> Result<Vec<_>, AuditFailure> {
        let mut running = Vec::new();
        for _ in 0..threads {
            let builder = std::thread::Builder::new().name("audit".to_owned()).stack_size(STACK);
            running.push(builder.spawn_scoped(scope, work).map_err(AuditFailure::Thread)?);
        }
        Ok(running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect())
    })?;
    in_order(visits, pages)
}

type Visited = (String, Result<visit::Visit, StartFailure>);

fn in_order(mut visits: Vec<Visited>, pages: &[String]) -> Result<Vec<visit::Visit>, AuditFailure> {
    visits.sort_by_key(|(path, _)| pages.iter().position(|page| page == path));
    visits.into_iter().map(|(_, visit)| visit.map_err(AuditFailure::from)).collect()
}

/// Threads that an audit takes where nobody says how many.
#[must_use]
pub fn available_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Default for AuditOptions {
    fn default() -> Self {
        Self { page: None, strict: false, threads: available_threads(), budget: Budget::default(), most_taps: 12 }
    }
}
