//! How mini apps are shown in the home and on their page.

use mezze_model::Manifest;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{app, release};

/// A release younger than this is news.
const NEWS_SECONDS: i64 = 14 * 24 * 60 * 60;

/// A mini app as the home shows it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct MiniApp {
    #[schema(example = "org.example.menu")]
    pub(super) app_id: String,
    pub(super) name: String,
    pub(super) description: String,
    /// None where the package has no raster picture: the shell draws the first letter.
    pub(super) icon_url: Option<String>,
    pub(super) version: String,
    /// Who stands behind it, in their own words; empty where the manifest does not say.
    pub(super) publisher: String,
    /// Ed25519 key that this version is signed with, base64url.
    pub(super) developer_key: String,
    pub(super) category: Option<String>,
    /// `new` for a release of the last two weeks.
    pub(super) suggested_reason: Option<String>,
}

/// A mini app with its history.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct MiniAppDetails {
    #[serde(flatten)]
    pub(super) app: MiniApp,
    /// Newest first.
    pub(super) releases: Vec<ReleaseSummary>,
}

/// One line of the history.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct ReleaseSummary {
    pub(super) version: String,
    pub(super) version_code: i64,
    /// SHA-256 of the countersigned package, hex.
    pub(super) digest: String,
    /// Seconds since 1970.
    pub(super) released_at: i64,
}

impl MiniApp {
    pub(super) fn new(app: &app::Model, release: &release::Model, now: i64) -> Self {
        let manifest: Option<Manifest> = serde_json::from_str(&release.manifest).ok();
        let publisher = manifest.and_then(|manifest| manifest.mezze.publisher).map(|publisher| publisher.name);
        let is_news = release.released_at.is_some_and(|released_at| now - released_at < NEWS_SECONDS);
        Self {
            app_id: app.id.clone(),
            name: release.name.clone(),
            description: release.description.clone(),
            icon_url: release.icon_digest.as_ref().map(|digest| icon_url(&app.id, digest)),
            version: release.version.clone(),
            publisher: publisher.unwrap_or_default(),
            developer_key: release.developer_key.clone().unwrap_or_else(|| app.developer_key.clone()),
            category: release.category.clone(),
            suggested_reason: is_news.then(|| "new".to_owned()),
        }
    }
}

impl From<release::Model> for ReleaseSummary {
    fn from(release: release::Model) -> Self {
        Self {
            version: release.version,
            version_code: release.version_code,
            digest: release.package_digest.unwrap_or_default(),
            released_at: release.released_at.unwrap_or(release.created_at),
        }
    }
}

/// The digest makes the address change with the picture, so that the picture can be kept for ever.
fn icon_url(app_id: &str, digest: &str) -> String {
    format!("/api/v1/miniapps/{app_id}/icon?v={}", &digest[..digest.len().min(16)])
}
