//! A platform without a network address: requests go straight into its router.

use std::sync::Arc;

use axum::Router;
use bytes::Bytes;
use tokio::sync::watch;

use super::{Browser, PackageFixture, postgres};
use crate::audit_trail::Who;
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
        let path = self.services.options.data.join("keys/developer.token");
        std::fs::read_to_string(path).expect("no token was kept").trim().to_owned()
    }

    pub(crate) async fn publish(&self, package: &PackageFixture) -> Published {
        Registry(&self.services)
            .publish(Bytes::from(package.bytes()), &Who::Machine("test"))
            .await
            .expect("the package was refused")
    }

    pub(crate) fn development(&self) -> &Development {
        &self.services.development
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A platform on this database whose packages are reviewed by people.
    pub(crate) async fn reviewed(on_postgres: bool) -> Option<Self> {
        let url = if on_postgres {
            let name = format!("mezze_{}", random_identifier(&SystemRandomness));
            Some(postgres::fresh_database(&name).await?)
        } else {
            None
        };
        let set = |options: &mut PlatformOptions| {
            options.database_url = url;
            options.review = Arc::new(crate::review::ReviewByPeople);
        };
        Some(Self::with(set).await)
    }

    /// A browser in which a new account with this login is signed in.
    pub(crate) async fn person(&self, login: &str) -> Browser {
        let account = crate::accounts::NewAccount {
            login: login.to_owned(),
            name: login.to_owned(),
            role: crate::accounts::Role::User,
            password: Some("open sesame".to_owned()),
        };
        crate::accounts::Accounts(&self.services).create(account).await.expect("the login is free");
        let mut browser = self.browser();
        let request = serde_json::json!({"user": login, "password": "open sesame"});
        let answer = browser.post("/api/v1/session", &request).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        browser
    }

    /// A browser of someone on the operator's staff.
    pub(crate) async fn staff(&self, login: &str, role: &str) -> Browser {
        let mut browser = self.person(login).await;
        let id = browser.get("/api/v1/me").await.json()["id"].as_str().expect("an id").to_owned();
        let role: crate::organisations::StaffRole = serde_json::from_value(serde_json::json!(role)).expect("a duty");
        let now = self.now();
        self.services
            .database
            .write(move |transaction| {
                let id = id.clone();
                Box::pin(async move { Ok(crate::organisations::add_staff(transaction, &id, role, now).await?) })
            })
            .await
            .expect("the duty is free");
        browser
    }

    /// A call with the first developer's token.
    pub(crate) async fn develop(
        &self,
        method: axum::http::Method,
        path: &str,
        body: &serde_json::Value,
    ) -> super::Answer {
        let token = format!("Bearer {}", self.token());
        let headers = [("authorization", token.as_str()), ("origin", ""), ("content-type", "application/json")];
        self.browser().send(method, path, &headers, axum::body::Body::from(body.to_string())).await
    }

    /// Sends a package in parts and makes a release of it.
    pub(crate) async fn submit(&self, package: &PackageFixture, more: serde_json::Value) -> super::Answer {
        let upload = self.upload(&package.bytes(), 700).await;
        let mut request = more;
        request["upload"] = serde_json::json!(upload);
        self.develop(axum::http::Method::POST, "/api/v1/releases", &request).await
    }

    /// Sends bytes in parts; gives the upload's id.
    pub(crate) async fn upload(&self, bytes: &[u8], part: usize) -> String {
        let digest = mezze_model::Digest::of(bytes).to_string();
        let request = serde_json::json!({"size": bytes.len(), "sha256": digest});
        let opened = self.develop(axum::http::Method::POST, "/api/v1/uploads", &request).await;
        assert!(matches!(opened.status, 200 | 201), "{}", opened.text());
        let id = opened.json()["id"].as_str().expect("an id").to_owned();
        let token = format!("Bearer {}", self.token());
        let mut offset = usize::try_from(opened.json()["offset"].as_i64().expect("an offset")).expect("it is positive");
        while offset < bytes.len() {
            let end = bytes.len().min(offset + part);
            let at = offset.to_string();
            let headers = [("authorization", token.as_str()), ("origin", ""), ("upload-offset", at.as_str())];
            let body = axum::body::Body::from(bytes[offset..end].to_vec());
            let path = format!("/api/v1/uploads/{id}");
            let answer = self.browser().send(axum::http::Method::PATCH, &path, &headers, body).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            offset = end;
        }
        id
    }

    /// Runs the jobs that are due.
    pub(crate) async fn work(&self) -> usize {
        crate::jobs::Jobs(&self.services).run_due().await.expect("the database answers")
    }

    /// A release as its developer sees it.
    pub(crate) async fn release(&self, id: &str) -> serde_json::Value {
        self.develop(axum::http::Method::GET, &format!("/api/v1/releases/{id}"), &serde_json::Value::Null).await.json()
    }

    /// An act of its developer on a release.
    pub(crate) async fn act(&self, id: &str, act: serde_json::Value) -> super::Answer {
        self.develop(axum::http::Method::POST, &format!("/api/v1/releases/{id}/acts"), &act).await
    }
}

/// As `on_each_database`, for a platform whose packages are reviewed by people.
macro_rules! reviewed_on_each_database {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::testing::TestPlatform::reviewed(false).await.expect("SQLite is there")).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(platform) = $crate::testing::TestPlatform::reviewed(true).await {
                    super::$name(platform).await;
                }
            })+
        }
    };
}
pub(crate) use reviewed_on_each_database;
