//! One round: compile what changed, sign, publish. The shell hears of it from the platform.

use super::build;
use super::report::{Report, Round};
use super::watch::Changes;
use crate::command::sign;
use crate::failure::Failure;
use crate::key_ring::{DEVELOPMENT_KEY, KeyRing};
use mezze_compiler::{Build, CompileOptions, Compiler, Project, Severity};
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

/// A project that was compiled once and has an app in it, before there is a platform to publish it to.
pub struct Compiled {
    pub app_id: String,
    project: Project,
    compiler: Compiler,
    build: Arc<Build>,
}

impl Compiled {
    /// Compiles a project. Fails where there is no app to speak of; other errors are told when it is published.
    pub fn first(project: Project, app_id: Option<String>, report: &Report) -> Result<Self, Failure> {
        let progress = report.progress("compiling");
        let options = CompileOptions { development: true, app_id, ..CompileOptions::default() };
        let mut compiler = Compiler::new(options);
        let build = compiler.compile(&project);
        drop(progress);
        let Some(app_id) = build.config.as_ref().map(|config| config.app_id.to_string()) else {
            report.diagnostics(&build);
            return Err(Failure::new(
                format!("{} has no usable app.json", project.root().display()),
                "correct what is listed above and start again",
            ));
        };
        Ok(Self { app_id, project, compiler, build: Arc::new(build) })
    }

    /// Every page's path, in declared order.
    pub fn pages(&self) -> Vec<String> {
        self.build.config.iter().flat_map(|config| config.pages.keys().cloned()).collect()
    }

    pub fn project(&self) -> &Project {
        &self.project
    }
}

/// The first round, told after `ready`.
pub struct First {
    build: Arc<Build>,
    published: Published,
}

/// Compiler, key and platform of one `mezze dev`.
pub struct Rounds {
    project: Project,
    compiler: Option<Compiler>,
    key: SigningKey,
    platform: PlatformHandle,
    latest: LatestBuild,
}

impl Rounds {
    /// Publishes what was compiled first.
    pub async fn start(compiled: Compiled, platform: PlatformHandle) -> Result<(Self, First), Failure> {
        let rounds = Self {
            project: compiled.project,
            compiler: Some(compiled.compiler),
            key: KeyRing::open()?.load_or_create(DEVELOPMENT_KEY)?,
            platform,
            latest: LatestBuild::default(),
        };
        let published = rounds.publish(Arc::clone(&compiled.build)).await;
        Ok((rounds, First { build: compiled.build, published }))
    }

    /// Where the newest build can be read.
    pub fn maps(&self) -> LatestBuild {
        Arc::clone(&self.latest)
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

    /// Publishes a build. One with errors does not replace a good one, which stays open while the shell says what is
    /// wrong; where there never was a good one, the pages that do compile can be seen.
    async fn publish(&self, build: Arc<Build>) -> Published {
        let started = Instant::now();
        let has_good = self.latest.read().is_ok_and(|latest| latest.as_ref().is_some_and(|build| !build.has_errors()));
        let outcome = if build.has_errors() && has_good {
            Err(Failure::new(first_error(&build), "the last good build stays open; correct the error and save"))
        } else {
            self.publish_bytes(&build).await
        };
        match &outcome {
            Ok(()) if build.has_errors() => self.platform.announce_build_failure(first_error(&build)),
            Ok(()) => {}
            Err(failure) => self.platform.announce_build_failure(failure.message.clone()),
        }
        if outcome.is_ok()
            && let Ok(mut latest) = self.latest.write()
        {
            *latest = Some(build);
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
        let bytes = build.package().map_err(|error| Failure::new(error.to_string(), "correct what is listed above"))?;
        let signed = sign::sign_bytes(&bytes, &self.key)?;
        let published = self.platform.publish(signed.into()).await;
        published.map(drop).map_err(|problem| Failure { message: problem.to_string(), hint: problem.hint })
    }
}

/// `pages/index/index.js:3:1: expected ...`, and how many more there are.
fn first_error(build: &Build) -> String {
    let mut errors = build.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let Some(first) = errors.next() else { return "the project does not compile".to_owned() };
    let more = match errors.count() {
        0 => String::new(),
        1 => " (and 1 more error)".to_owned(),
        count => format!(" (and {count} more errors)"),
    };
    let place = if first.line == 0 { String::new() } else { format!(":{}:{}", first.line, first.column) };
    format!("{}{place}: {}{more}", first.file, first.message)
}

/// Milliseconds with one decimal, as a person compares them.
pub fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
