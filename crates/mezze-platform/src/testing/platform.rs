//! A platform without a network address: requests go straight into its router.

use std::sync::Arc;

use axum::Router;
use bytes::Bytes;
use tokio::sync::watch;

use super::{Browser, PackageFixture, postgres};
use crate::clock::{Clock as _, ManualClock, SystemRandomness, random_identifier};
use crate::development::Development;
use crate::options::{DevelopmentOptions, PlatformOptions};
use crate::registry::{Published, Registry};
use crate::start::assemble;
use crate::state::Services;

/// When tests take place.
pub(crate) const NOW: i64 = 1_760_000_000;

pub(crate) struct TestPlatform {
    pub(crate) services: Arc<Services>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) router: Router,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) folder: tempfile::TempDir,
}

impl TestPlatform {
    pub(crate) async fn on_sqlite() -> Self {
        Self::with(|_| {}).await
    }

    /// None where PostgreSQL is not installed.
    pub(crate) async fn on_postgres() -> Option<Self> {
        let name = format!("mezze_{}", random_identifier(&SystemRandomness));
        let url = postgres::fresh_database(&name).await?;
        Some(Self::with(|options| options.database_url = Some(url)).await)
    }

    pub(crate) async fn in_development() -> Self {
        Self::with(|options| options.development = Some(DevelopmentOptions::default())).await
    }

    pub(crate) async fn with(set: impl FnOnce(&mut PlatformOptions)) -> Self {
        Self::with_services(set, |_| {}).await
    }

    /// A platform with parts of it exchanged.
    pub(crate) async fn with_services(
        set: impl FnOnce(&mut PlatformOptions),
        change: impl FnOnce(&mut Services),
    ) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("no temporary folder");
        let clock = Arc::new(ManualClock::new(NOW));
        let mut options = PlatformOptions::new(folder.path());
        options.clock = clock.clone();
        set(&mut options);
        let (stop, stopping) = watch::channel(false);
        let (mut services, _) = assemble(options, stopping).await.expect("the platform did not start");
        change(Arc::get_mut(&mut services).expect("nobody else has the services yet"));
        let router = crate::api::router(services.clone());
        Self { services, clock, router, stop, folder }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which the demo user is signed in.
    pub(crate) async fn signed_in(&self) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/api/v1/session", &serde_json::json!({"demo": true})).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        browser
    }

    /// The bearer token that the platform made when it first started.
    pub(crate) fn token(&self) -> String {
        let path = self.folder.path().join("keys/developer.token");
        std::fs::read_to_string(path).expect("no token was kept").trim().to_owned()
    }

    pub(crate) async fn publish(&self, package: &PackageFixture) -> Published {
        Registry(&self.services).publish(Bytes::from(package.bytes()), None).await.expect("the package was refused")
    }

    pub(crate) fn development(&self) -> &Development {
        &self.services.development
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }
}
