//! Whether a checked package may enter the registry, as the registry stands: whose mini app is it, is it signed with
//! one of its keys, and is it newer.
//!
//! Asked twice: before the costly work, and again inside the transaction that makes the release.

use axum::http::StatusCode;
use mezze_package::VerifiedPackage;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::model::release::ReleaseState;
use super::model::{app, app_key, release};
use crate::audit_trail::Who;
use crate::organisations::standing;
use crate::problem::Problem;

/// What the registry has to know about an offered package.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) app_id: String,
    pub(super) version: String,
    pub(super) version_code: i64,
    pub(super) developer_key: String,
    pub(super) submitted_digest: String,
    /// The same version may be replaced, and a lower one follow.
    pub(super) development: bool,
    /// The release that this is a new package of: its id stays, and its key is bound to it.
    pub(super) revises: Option<String>,
    /// Whose upload it is.
    uploader: Who,
}

/// How an offer stands to what is there.
#[derive(Debug)]
pub(super) enum Admission {
    /// The mini app's first release.
    First,
    /// A new version.
    Next,
    /// A new package for a version that no user has seen: a draft, or one that was rejected or not yet submitted.
    Revises(Box<release::Model>),
    /// Development only: takes the place of this release.
    Replaces(Box<release::Model>),
    /// The very same package is there already.
    Known(Box<release::Model>),
}

impl Offer {
    pub(super) fn new(package: &VerifiedPackage, development: bool, uploader: &Who) -> Result<Self, Problem> {
        let manifest = package.manifest();
        let version_code = i64::try_from(manifest.version.code)
            .map_err(|_| Problem::bad_request("The version code of the manifest is too large."))?;
        Ok(Self {
            app_id: manifest.app_id.to_string(),
            version: manifest.version.name.to_string(),
            version_code,
            developer_key: package.developer().key().to_string(),
            submitted_digest: package.package_digest().to_string(),
            development,
            revises: None,
            uploader: uploader.clone(),
        })
    }

    /// Compares the offer with the registry; the inner result is the refusal.
    pub(super) async fn admit(&self, database: &impl ConnectionTrait) -> Result<Result<Admission, Problem>, DbErr> {
        let Some(app) = app::Entity::find_by_id(&self.app_id).one(database).await? else {
            return Ok(Ok(Admission::First));
        };
        if let Err(problem) = self.check_signer(database, &app).await? {
            return Ok(Err(problem));
        }
        if let Who::User(caller) = &self.uploader
            && !self.development
            && !standing(database, &caller.user, &app).await?.develops()
        {
            return Ok(Err(not_your_app(&self.app_id)));
        }
        let releases = release::Entity::find().filter(release::Column::AppId.eq(&self.app_id));
        let same = releases.clone().filter(release::Column::Version.eq(&self.version)).one(database).await?;
        match same {
            Some(same) if same.submitted_digest == self.submitted_digest => {
                return Ok(Ok(Admission::Known(Box::new(same))));
            }
            Some(same) if self.development => return Ok(Ok(Admission::Replaces(Box::new(same)))),
            Some(same) if is_unseen(same.state) => {
                if same.state == ReleaseState::Draft && same.version_code != self.version_code {
                    return Ok(Err(self.version_taken()));
                }
                return Ok(Ok(Admission::Revises(Box::new(same))));
            }
            Some(_) => return Ok(Err(self.version_taken())),
            None => {}
        }
        let newest = releases
            .filter(release::Column::State.is_not_in([ReleaseState::Draft, ReleaseState::Rejected]))
            .order_by_desc(release::Column::VersionCode)
            .one(database)
            .await?;
        Ok(match newest {
            Some(newest) if !self.development && newest.version_code >= self.version_code => {
                Err(self.not_newer(&newest))
            }
            Some(_) => Ok(Admission::Next),
            None => Ok(Admission::First),
        })
    }

    /// A reserved mini app without a key takes the first that one of its developers signs with.
    async fn check_signer(
        &self,
        database: &impl ConnectionTrait,
        app: &app::Model,
    ) -> Result<Result<(), Problem>, DbErr> {
        let keys = app_key::Entity::find().filter(app_key::Column::AppId.eq(&app.id)).all(database).await?;
        if keys.is_empty() {
            return Ok(Ok(()));
        }
        Ok(match keys.iter().find(|key| key.public_key == self.developer_key) {
            Some(key) if key.state == "active" => Ok(()),
            Some(_) => Err(self.revoked_signer()),
            None => {
                let active: Vec<&str> =
                    keys.iter().filter(|key| key.state == "active").map(|key| key.public_key.as_str()).collect();
                Err(self.wrong_signer(&active.join(", ")))
            }
        })
    }

    fn wrong_signer(&self, keys: &str) -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            "wrong-signer",
            "The package is signed by another developer",
            format!(
                "{} belongs to the developer key {keys} on this platform; the package is signed with {}.",
                self.app_id, self.developer_key
            ),
        )
        .hint("Sign with a key of this mini app, add the new key to it first, or choose another app id.")
    }

    fn revoked_signer(&self) -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            "revoked-signer",
            "The package is signed with a revoked key",
            format!("The key {} of {} was revoked.", self.developer_key, self.app_id),
        )
        .hint("Sign with another key of this mini app.")
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
        Problem::new(
            StatusCode::CONFLICT,
            "version-not-newer",
            "The version is not newer",
            format!(
                "{} {} has the version code {}, but {} with code {} is {} already.",
                self.app_id,
                self.version,
                self.version_code,
                newest.version,
                newest.version_code,
                newest.state.words()
            ),
        )
        .hint(format!("Give the package a version code greater than {}.", newest.version_code))
    }
}

/// Neither users nor reviewers have it.
fn is_unseen(state: ReleaseState) -> bool {
    matches!(state, ReleaseState::Draft | ReleaseState::Uploaded | ReleaseState::Checked | ReleaseState::Rejected)
}

pub(crate) fn not_your_app(app_id: &str) -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "not-your-app",
        "This mini app is not yours",
        format!("{app_id} belongs to an organisation of which you are no developer."),
    )
    .hint("Ask one of its owners for an invitation, or choose another app id.")
}
