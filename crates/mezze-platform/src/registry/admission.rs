//! Whether a checked package may enter the registry, as the registry stands: who owns the id, and is it newer.
//!
//! Asked twice: before the costly work, and again inside the transaction that makes the release visible.

use axum::http::StatusCode;
use mezze_model::Digest;
use mezze_package::VerifiedPackage;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::model::release::ReleaseState;
use super::model::{app, release};
use crate::problem::Problem;

/// What the registry has to know about an offered package.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) app_id: String,
    pub(super) version: String,
    pub(super) version_code: i64,
    pub(super) developer_key: String,
    pub(super) submitted_digest: String,
    /// Digest of its list of files.
    pub(super) files_digest: Digest,
    /// The same version may be replaced, and a lower one follow.
    pub(super) development: bool,
}

/// How an offer stands to what is there.
#[derive(Debug)]
pub(super) enum Admission {
    /// The mini app's first release.
    First,
    /// A new version.
    Next,
    /// Development only: takes the place of this release.
    Replaces(Box<release::Model>),
    /// The very same package is there already.
    Known(Box<release::Model>),
}

impl Offer {
    pub(super) fn new(package: &VerifiedPackage, development: bool) -> Result<Self, Problem> {
        let manifest = package.manifest();
        let version_code = i64::try_from(manifest.version.code)
            .map_err(|_| Problem::bad_request("The version code of the manifest is too large."))?;
        Ok(Self {
            app_id: manifest.app_id.to_string(),
            version: manifest.version.name.to_string(),
            version_code,
            developer_key: package.developer().key().to_string(),
            submitted_digest: package.package_digest().to_string(),
            files_digest: *package.files_digest(),
            development,
        })
    }

    /// Compares the offer with the registry; the inner result is the refusal.
    pub(super) async fn admit(&self, database: &impl ConnectionTrait) -> Result<Result<Admission, Problem>, DbErr> {
        let Some(app) = app::Entity::find_by_id(&self.app_id).one(database).await? else {
            return Ok(Ok(Admission::First));
        };
        if app.developer_key != self.developer_key {
            return Ok(Err(self.wrong_signer(&app.developer_key)));
        }
        let releases = release::Entity::find().filter(release::Column::AppId.eq(&self.app_id));
        let same = releases.clone().filter(release::Column::Version.eq(&self.version)).one(database).await?;
        match same {
            Some(same) if same.submitted_digest == self.submitted_digest => {
                return Ok(Ok(Admission::Known(Box::new(same))));
            }
            Some(same) if self.development => return Ok(Ok(Admission::Replaces(Box::new(same)))),
            Some(_) => return Ok(Err(self.version_taken())),
            None => {}
        }
        let newest = releases.order_by_desc(release::Column::VersionCode).one(database).await?;
        Ok(match newest {
            Some(newest) if !self.development && newest.version_code >= self.version_code => {
                Err(self.not_newer(&newest))
            }
            Some(_) => Ok(Admission::Next),
            None => Ok(Admission::First),
        })
    }

    fn wrong_signer(&self, owner: &str) -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            "wrong-signer",
            "The package is signed by another developer",
            format!(
                "{} belongs to the developer key {owner} on this platform; the package is signed with {}.",
                self.app_id, self.developer_key
            ),
        )
        .hint("Sign with the key that the first version was signed with, or choose another app id.")
    }

    fn version_taken(&self) -> Problem {
        Problem::new(
            StatusCode::CONFLICT,
            "version-taken",
            "This version exists already",
            format!(
                "{} {} is on this platform with other content; a version never changes.",
                self.app_id, self.version
            ),
        )
        .hint("Give the package a new version name and a greater version code.")
    }

    fn not_newer(&self, newest: &release::Model) -> Problem {
        let state = if newest.state == ReleaseState::Released { "released" } else { "in review" };
        Problem::new(
            StatusCode::CONFLICT,
            "version-not-newer",
            "The version is not newer",
            format!(
                "{} {} has the version code {}, but {} with code {} is {state} already.",
                self.app_id, self.version, self.version_code, newest.version, newest.version_code
            ),
        )
        .hint(format!("Give the package a version code greater than {}.", newest.version_code))
    }
}
