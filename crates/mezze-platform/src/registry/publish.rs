//! From uploaded bytes to a release: in one go where a program reviews, or up to the check where people do.

use axum::http::StatusCode;
use bytes::Bytes;
use mezze_package::FileListing;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admission::{Admission, Offer};
use super::audit::Audited;
use super::check::check;
use super::keep::keep_report;
use super::model::release::ReleaseState;
use super::model::{app, app_key, release, release_listing};
use super::report::CheckReport;
use super::seal::{Intake, off_thread};
use super::service::{Registry, icon_blob_name, sealed_blob_name};
use crate::audit_trail::Who;
use crate::database::WriteStop;
use crate::jobs::{JobKind, enqueue};
use crate::organisations::organisation_for;
use crate::problem::Problem;
use crate::releases::{Action, Scene};
use crate::review::{self, Submission, Verdict};
use crate::state::Services;
use crate::uploads::mark_used;

/// What became of an uploaded package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Published {
    /// The mini app.
    pub app_id: String,
    /// The version's name.
    pub version: String,
    /// SHA-256 of the countersigned package, hex; of the package as uploaded while it is in review.
    pub digest: String,
    /// `released` or `in_review`; of a package that was here before, whatever became of it.
    pub state: String,
    /// The release's id.
    pub release_id: String,
    /// False where this very package was on the platform already.
    #[serde(skip)]
    pub created: bool,
}

impl From<&release::Model> for Published {
    fn from(release: &release::Model) -> Self {
        Self {
            app_id: release.app_id.clone(),
            version: release.version.clone(),
            digest: release.package_digest.clone().unwrap_or_else(|| release.submitted_digest.clone()),
            state: release.state.name().to_owned(),
            release_id: release.id.clone(),
            created: false,
        }
    }
}

/// How far a package goes in the transaction that takes it in.
#[derive(Clone)]
pub(super) enum Course {
    /// It was checked before: into review, or through it.
    Checked { report: Box<CheckReport>, released: bool },
    /// A job checks it.
    ToCheck { upload_id: String },
}

/// A package as it is about to be taken in.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) offer: Offer,
    pub(super) row: release::Model,
    pub(super) listing: FileListing,
    pub(super) icon_hash: Option<String>,
    pub(super) course: Course,
    /// The draft that it is for, at the revision that its developer saw.
    pub(super) draft: Option<(String, Option<i64>)>,
}

impl Registry<'_> {
    /// Checks, reviews, countersigns, seals and releases a package.
    pub(crate) async fn publish(&self, bytes: Bytes, who: &Who) -> Result<Published, Problem> {
        let services = self.0;
        let turn = services.publishing.acquire().await;
        let development = services.options.development.is_some();
        let limits = services.options.limits.package.clone();
        let package = bytes.clone();
        let checked = off_thread(move || check(&package, &limits, development)).await?;
        let mut offer = Offer::new(&checked.verified, development, who)?;
        let admission = offer.admit(services.database.read()).await??;
        match &admission {
            Admission::Known(release) => return Ok(Published::from(release.as_ref())),
            Admission::Revises(release) => offer.revises = Some(release.id.clone()),
            _ => {}
        }
        let (checked, report) = self.report(checked).await?;
        if !report.passed() {
            return Err(check_failed(&report));
        }
        let of = Audited { app_id: &offer.app_id, version: &offer.version };
        // An audit takes as long as the mini app makes it; others need not wait for it.
        drop(turn);
        let report = if development { report } else { self.audited(report, &of, &bytes).await? };
        let _turn = services.publishing.acquire().await;
        let submission = Submission {
            package: &checked.verified,
            publisher_id: who.user_id(),
            is_first: matches!(admission, Admission::First),
        };
        let released = match services.options.review.decide(&submission).await? {
            Verdict::Release => !report.lacks_audit(),
            Verdict::Hold => false,
            Verdict::Refuse { reason } => return Err(review::refused(&reason)),
        };
        let course = Course::Checked { report: Box::new(report), released };
        let intake = self.seal(bytes, &offer, &checked, released).await?;
        let row = self.take_in(intake, offer, course, None, who).await?;
        Ok(Published { created: row.1, ..Published::from(&row.0) })
    }

    /// Keeps the files, then commits; gives whether it is new.
    pub(super) async fn take_in(
        &self,
        intake: Intake,
        offer: Offer,
        course: Course,
        draft: Option<(String, Option<i64>)>,
        who: &Who,
    ) -> Result<(release::Model, bool), Problem> {
        let services = self.0;
        let Intake { row, content, listing, icon } = intake;
        let orphan = row.sealed_digest.clone();
        if let Some(digest) = &row.sealed_digest {
            services.blobs.put(&sealed_blob_name(digest), content).await?;
        }
        let icon_hash = icon.as_ref().and_then(|icon| icon.look.clone());
        if let (Some(icon), Some(digest)) = (icon, &row.icon_digest) {
            services.blobs.put(&icon_blob_name(digest), icon.bytes.into()).await?;
        }
        let entry = Entry { offer, row, listing, icon_hash, course, draft };
        let committed = services
            .database
            .write_borrowing(move |transaction, _| {
                let entry = entry.clone();
                Box::pin(async move { insert(services, transaction, entry, who).await })
            })
            .await;
        let (outcome, unused) = match committed {
            Ok(Committed { row, created, replaced }) => (Ok((row, created)), replaced),
            Err(problem) => (Err(problem), None),
        };
        let lost_race = !outcome.as_ref().is_ok_and(|(_, created)| *created);
        // Hosts may be fetching what was replaced; it stays until the next replacement.
        if let Some(digest) = if lost_race { orphan } else { services.development.retire(unused) } {
            services.blobs.delete(&sealed_blob_name(&digest)).await?;
        }
        let (row, created) = outcome?;
        if created {
            tracing::info!(
                app.id = row.app_id,
                app.version = row.version,
                release.state = row.state.name(),
                "package accepted"
            );
            services.jobs_wake.notify_one();
            if row.state == ReleaseState::Released {
                services.development.announce_release(&Published::from(&row));
            }
        }
        Ok((row, created))
    }
}

struct Committed {
    row: release::Model,
    created: bool,
    /// Sealed digest of the release that was replaced in development.
    replaced: Option<String>,
}

/// The one moment in which the package becomes a release.
async fn insert(
    services: &Services,
    transaction: &DatabaseTransaction,
    entry: Entry,
    who: &Who,
) -> Result<Committed, WriteStop> {
    let Entry { offer, row, listing, icon_hash, course, draft } = entry;
    let now = services.now();
    let scene = Scene { transaction, now, keeps_trail: services.keeps_trail() };
    let mut replaced = None;
    let mut revised = None;
    match offer.admit(transaction).await?? {
        Admission::Known(release) => {
            return Ok(Committed { row: *release, created: false, replaced });
        }
        Admission::Replaces(release) => {
            release::Entity::delete_by_id(&release.id).exec(transaction).await?;
            replaced = release.sealed_digest;
        }
        Admission::Revises(release) => revised = Some(*release),
        Admission::First | Admission::Next => {}
    }
    // The package was sealed for one release's id; another one that came in between is for another try.
    if revised.as_ref().is_some_and(|old| old.id != row.id) {
        return Err(changed_meanwhile(&offer).into());
    }
    if let Some((id, revision)) = &draft {
        let is_it = revised.as_ref().is_some_and(|draft| draft.id == *id && draft.state == ReleaseState::Draft);
        if !is_it {
            return Err(other_version(&offer).into());
        }
        crate::http::require_revision(*revision, revised.as_ref().map(|draft| draft.revision).unwrap_or_default())?;
    }
    keep_app(services, transaction, &offer, &row, icon_hash, who).await?;
    let mut row = match revised {
        Some(old) => {
            let old = if old.state == ReleaseState::Draft { old } else { scene.act(who, old, &Action::Revise).await? };
            revise(transaction, old, row).await?
        }
        None => {
            release::Entity::insert(release::ActiveModel::from(row.clone()))
                .exec_without_returning(transaction)
                .await?;
            row
        }
    };
    keep_listing(transaction, &row.id, &listing).await?;
    row = scene.act(who, row, &Action::Attach).await?;
    match course {
        Course::ToCheck { upload_id } => {
            mark_used(transaction, &upload_id, &row.id).await?;
            enqueue(transaction, &services.fresh_identifier(), JobKind::Check, &row.id, now, now).await?;
        }
        Course::Checked { report, released } => {
            keep_report(services, transaction, &row.id, &report).await?;
            row = scene.act(&Who::Machine("check"), row, &Action::PassCheck).await?;
            row = scene.act(who, row, &Action::Submit).await?;
            if released {
                let machine = Who::Machine("review");
                let approve = Action::Approve { submitted_digest: row.submitted_digest.clone() };
                row = scene.act(&machine, row, &approve).await?;
                row = scene.act(&machine, row, &Action::Release).await?;
            }
        }
    }
    Ok(Committed { row, created: true, replaced })
}

/// Makes the mini app where there is none, and binds its first key.
async fn keep_app(
    services: &Services,
    transaction: &DatabaseTransaction,
    offer: &Offer,
    row: &release::Model,
    icon_hash: Option<String>,
    who: &Who,
) -> Result<(), WriteStop> {
    let known = app::Entity::find_by_id(&offer.app_id).one(transaction).await?;
    let needs_key = known.as_ref().is_none_or(|app| app.developer_key.is_empty());
    match known {
        Some(known) => {
            let mut known = known.into_active_model();
            if needs_key {
                known.developer_key = Set(offer.developer_key.clone());
            }
            if let Some(hash) = icon_hash {
                known.icon_hash = Set(Some(hash));
            }
            known.name = Set(Some(row.name.clone()));
            known.name_skeleton = Set(Some(crate::apps::skeleton(&row.name)));
            // Written even where nothing else changes: two uploads of one app meet here.
            known.id = Set(offer.app_id.clone());
            known.update(transaction).await?;
        }
        None => {
            let organisation_id = match who {
                Who::User(caller) if !offer.development => {
                    Some(organisation_for(services, transaction, &caller.user).await?)
                }
                _ => None,
            };
            let app = app::Model {
                id: offer.app_id.clone(),
                developer_key: offer.developer_key.clone(),
                publisher_id: who.user_id().map(str::to_owned),
                current_release_id: None,
                created_at: row.created_at,
                staged_release_id: None,
                minimum_version_code: 0,
                revision: 0,
                organisation_id,
                name: Some(row.name.clone()),
                name_skeleton: Some(crate::apps::skeleton(&row.name)),
                category: row.category.clone(),
                description: None,
                icon_hash,
                created_by: who.user_id().map(str::to_owned),
            };
            app::Entity::insert(app::ActiveModel::from(app)).exec_without_returning(transaction).await?;
        }
    }
    if needs_key {
        let key = app_key::Model {
            app_id: offer.app_id.clone(),
            public_key: offer.developer_key.clone(),
            state: "active".to_owned(),
            label: "first".to_owned(),
            vouched_by_key: None,
            vouch_signature: None,
            vouched_by_user: None,
            created_at: row.created_at,
            revoked_at: None,
            revoked_reason: None,
        };
        app_key::Entity::insert(app_key::ActiveModel::from(key)).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// The draft keeps its id, notes and history; everything that comes from the package is new.
async fn revise(
    transaction: &DatabaseTransaction,
    old: release::Model,
    new: release::Model,
) -> Result<release::Model, WriteStop> {
    let row = release::Model {
        revision: old.revision,
        notes: new.notes.or(old.notes),
        created_at: old.created_at,
        created_by: old.created_by,
        submit_when_checked: new.submit_when_checked || old.submit_when_checked,
        release_when_approved: new.release_when_approved || old.release_when_approved,
        ..new
    };
    row.clone().into_active_model().reset_all().update(transaction).await?;
    Ok(row)
}

async fn keep_listing(
    transaction: &DatabaseTransaction,
    release_id: &str,
    listing: &FileListing,
) -> Result<(), WriteStop> {
    release_listing::Entity::delete_by_id(release_id).exec(transaction).await?;
    let files = serde_json::to_string(listing)
        .map_err(|cause| Problem::internal("keep the list of a release's files", &cause))?;
    let row = release_listing::Model { release_id: release_id.to_owned(), files };
    release_listing::Entity::insert(release_listing::ActiveModel::from(row))
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

fn check_failed(report: &CheckReport) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "check-failed", "The package is refused", report.reason())
        .hint("Mend it and upload it again; nothing was kept of it.")
}

fn other_version(offer: &Offer) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "other-version",
        "The package is of another version than the draft",
        format!("The package is {} {} (code {}).", offer.app_id, offer.version, offer.version_code),
    )
    .hint("Attach it to a draft of that version, or make a release of its own.")
}

fn changed_meanwhile(offer: &Offer) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "changed-meanwhile",
        "The release changed meanwhile",
        format!("{} {} was changed by someone else during the upload.", offer.app_id, offer.version),
    )
    .hint("Upload it again.")
}

/// A package that is larger than any that would be taken is refused before it is read.
pub(crate) fn too_large(most: u64) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "package-too-large",
        "The package is too large",
        format!("This platform takes packages of up to {most} bytes."),
    )
    .hint("Move large pictures and media to a server, or pages to a subpackage; the operator sets the limit.")
}
