//! Examining what a platform keeps: whether rows, files and the public log agree with each other.
//!
//! Nothing is changed. It may run beside the nodes of the platform, and says what does not fit, not how to mend it: what
//! is written together is written in one transaction, so a finding is a fault of the platform or of its disk.

mod apps;
mod files;
mod told;

use crate::jobs::{JobCount, count_jobs};
use crate::options::PlatformOptions;
use crate::problem::Problem;
use crate::start::{StartFailure, open};
use crate::state::Services;

/// A transaction that was under way has ended by then.
const BETWEEN: std::time::Duration = std::time::Duration::from_secs(1);

/// What was found.
#[derive(Debug, Default, serde::Serialize)]
pub struct Examination {
    /// Mini apps.
    pub apps: usize,
    /// Their releases, in whatever state.
    pub releases: usize,
    /// Files that rows name.
    pub files: usize,
    /// Entries of the public log.
    pub log_entries: usize,
    /// The root of the log as it follows from its entries, hex.
    pub log_root: String,
    /// Jobs that wait or are under way.
    pub jobs_due: i64,
    /// What does not fit, a sentence each; empty where everything does.
    pub findings: Vec<String>,
}

impl Examination {
    fn finding(&mut self, text: impl Into<String>) {
        self.findings.push(text.into());
    }
}

/// Examines the platform that these options name.
///
/// # Errors
/// Its database, blob store or keys can't be used.
pub async fn examine(options: PlatformOptions) -> Result<Examination, StartFailure> {
    let (_stop, stopping) = tokio::sync::watch::channel(false);
    let (services, _) = open(options, stopping).await?;
    services.blobs.share()?;
    let examined = match examine_all(&services).await {
        // Beside nodes that work, rows and files are read at different moments: what does not fit does not fit twice.
        Ok(first) if !first.findings.is_empty() => {
            tokio::time::sleep(BETWEEN).await;
            examine_all(&services).await.map(|mut second| {
                second.findings.retain(|finding| first.findings.contains(finding));
                second
            })
        }
        examined => examined,
    };
    services.database.close().await?;
    examined.map_err(StartFailure::Examination)
}

pub(crate) async fn examine_all(services: &Services) -> Result<Examination, Problem> {
    let mut examination = Examination::default();
    apps::examine(services, &mut examination).await?;
    files::examine(services, &mut examination).await?;
    told::examine(services, &mut examination).await?;
    let jobs: Vec<JobCount> = count_jobs(services.database.read()).await?;
    examination.jobs_due = jobs.iter().filter(|job| job.is_due()).map(JobCount::count).sum();
    Ok(examination)
}

#[cfg(test)]
mod tests;
