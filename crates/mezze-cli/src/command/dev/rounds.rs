//! One round: compile what changed, sign, publish. The shell hears of it from the platform.

use super::build;
use super::report::{Report, Round};
use super::watch::Changes;
use crate::command::sign;
use crate::failure::Failure;
use crate::key_ring::{DEVELOPMENT_KEY, KeyRing};
use mezze_compiler::{Build, CompileOptions, Compiler, Project};
use mezze_package::SigningKey;
use mezze_platform::PlatformHandle;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

/// The newest build, for whoever maps positions.
pub type LatestBuild = Arc<RwLock<Option<Arc<Build>>>>;

/// What came of handing a build to the platform.
pub struct Published {
    outcome: Result<(), Failure>,
    took: Duration,
}

/// The first round.
pub struct First {
    pub app_id: String,
    build: Arc<Build>,
    published: Published,
}

/// Compiler, key and platform of one `mezze dev`.
pub struct Rounds {
    project: Arc<Project>,
    compiler: Option<Compiler>,
    key: SigningKey,
    platform: PlatformHandle,
    latest: LatestBuild,
}

impl Rounds {
    pub fn new(project: Project, app_id: Option<String>, platform: PlatformHandle) -> Result<Self, Failure> {
        let options = CompileOptions { development: true, app_id, ..CompileOptions::default() };
        Ok(Self {
            project: Arc::new(project),
            compiler: Some(Compiler::new(options)),
            key: KeyRing::open()?.load_or_create(DEVELOPMENT_KEY)?,
            platform,
            latest: LatestBuild::default(),
        })
    }

    /// Where the newest build can be read.
    pub fn maps(&self) -> LatestBuild {
        Arc::clone(&self.latest)
    }

    /// The first round, told later: `ready` is the first thing that is said. Fails where there is no app to speak of.
    pub async fn first(&mut self, report: &Report) -> Result<First, Failure> {
        let progress = report.progress("compiling");
        let project = Arc::clone(&self.project);
        let build = self.compile(move |compiler| compiler.compile(&project)).await?;
        drop(progress);
        let Some(config) = &build.config else {
            report.diagnostics(&build);
            return Err(Failure::new(
                format!("{} has no usable app.json", self.project.root().display()),
                "correct what is listed above and start again",
            ));
        };
        let app_id = config.app_id.to_string();
        let published = self.publish(Arc::clone(&build)).await;
        Ok(First { app_id, build, published })
    }

    /// Says what came of the first round.
    pub fn tell_first(&self, first: First, report: &Report) {
        self.tell(&first.build, Vec::new(), first.published, report);
    }

    /// Rounds as files change, until there can be no more changes.
    pub async fn follow(&mut self, mut changes: Changes, report: &Report) {
        while let Some(paths) = changes.next().await {
            let changed = paths.clone();
            match self.compile(move |compiler| compiler.recompile(&paths)).await {
                Ok(build) => {
                    let published = self.publish(Arc::clone(&build)).await;
                    self.tell(&build, changed, published, report);
                }
                Err(failure) => report.failure(&failure),
            }
        }
    }

    /// Runs the compiler where it may take its time.
    async fn compile(
        &mut self,
        work: impl FnOnce(&mut Compiler) -> Build + Send + 'static,
    ) -> Result<Arc<Build>, Failure> {
        let lost = || Failure::new("the compiler stopped in the middle of its work", "start `mezze dev` again");
        let mut compiler = self.compiler.take().ok_or_else(lost)?;
        let finished = tokio::task::spawn_blocking(move || {
            let build = work(&mut compiler);
            (compiler, build)
        });
        let (compiler, build) = finished.await.map_err(|_| lost())?;
        self.compiler = Some(compiler);
        Ok(Arc::new(build))
    }

    /// Publishes what there is: a page that does not compile must not keep the others from being seen.
    async fn publish(&self, build: Arc<Build>) -> Published {
        if let Ok(mut latest) = self.latest.write() {
            *latest = Some(Arc::clone(&build));
        }
        let started = Instant::now();
        let outcome = self.publish_bytes(&build).await;
        if let Err(failure) = &outcome {
            let hint = failure.hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
            self.platform.announce_build_failure(format!("{}{hint}", failure.message));
        }
        Published { outcome, took: started.elapsed() }
    }

    fn tell(&self, build: &Build, changed: Vec<PathBuf>, published: Published, report: &Report) {
        report.diagnostics(build);
        match published.outcome {
            Ok(()) => report.round(&Round {
                root: self.project.root().to_path_buf(),
                changed,
                compiled_in: build.stats.elapsed,
                published_in: published.took,
                problems: build::count_text(build),
            }),
            Err(failure) => report.failure(&failure),
        }
    }

    async fn publish_bytes(&self, build: &Build) -> Result<(), Failure> {
        let bytes = build.package().map_err(|error| {
            Failure::new(error.to_string(), "correct what is listed above; the last good build stays open")
        })?;
        let signed = sign::sign_bytes(&bytes, &self.key)?;
        let published = self.platform.publish(signed.into()).await;
        published.map(drop).map_err(|problem| Failure { message: problem.to_string(), hint: problem.hint })
    }
}

/// Milliseconds with one decimal, as a person compares them.
pub fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
