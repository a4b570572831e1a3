//! Making a release from an upload, or a draft of one.

use axum::http::StatusCode;
use mezze_model::{AppId, VersionName};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde::Deserialize;
use utoipa::ToSchema;

use super::admission::{Admission, Offer};
use super::check::check;
use super::model::release;
use super::model::release::ReleaseState;
use super::publish::Course;
use super::seal::off_thread;
use super::service::Registry;
use crate::accounts::Caller;
use crate::audit_trail::{Act, Who, record};
use crate::organisations::standing;
use crate::problem::Problem;
use crate::uploads::Uploads;

/// Longest notes, in characters.
const LONGEST_NOTES: usize = 4_000;

/// What to make a release from.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(crate) struct NewRelease {
    /// Id of a complete upload. Without it a draft is made.
    #[serde(default)]
    upload: Option<String>,
    /// For a draft.
    #[serde(default)]
    app_id: Option<String>,
    /// For a draft.
    #[serde(default)]
    version: Option<String>,
    /// For a draft.
    #[serde(default)]
    version_code: Option<i64>,
    /// What is new, as users and reviewers read it.
    #[serde(default)]
    notes: Option<String>,
    /// Hand it to the reviewers as soon as the check has passed.
    #[serde(default)]
    submit: bool,
    /// Release it to all users as soon as it is approved.
    #[serde(default)]
    release: bool,
}

impl Registry<'_> {
    /// Makes a release; gives whether it is new.
    pub(crate) async fn create_release(
        &self,
        caller: Caller,
        request: NewRelease,
    ) -> Result<(release::Model, bool), Problem> {
        if request.notes.as_ref().is_some_and(|notes| notes.chars().count() > LONGEST_NOTES) {
            return Err(Problem::bad_request(format!("Notes have at most {LONGEST_NOTES} characters.")));
        }
        match request.upload.clone() {
            Some(upload) => self.release_from_upload(caller, &upload, request, None).await,
            None => Ok((self.draft(caller, request).await?, true)),
        }
    }

    /// Gives a draft its package.
    pub(crate) async fn attach(
        &self,
        caller: Caller,
        id: &str,
        upload: &str,
        revision: Option<i64>,
    ) -> Result<release::Model, Problem> {
        let who = Who::from(caller.clone());
        let (row, ..) = self.insider(&who, id).await?;
        let request = NewRelease {
            upload: None,
            app_id: None,
            version: None,
            version_code: None,
            notes: None,
            submit: row.submit_when_checked,
            release: row.release_when_approved,
        };
        let draft = Some((row.id, revision));
        Ok(self.release_from_upload(caller, upload, request, draft).await?.0)
    }

    async fn release_from_upload(
        &self,
        caller: Caller,
        upload: &str,
        request: NewRelease,
        draft: Option<(String, Option<i64>)>,
    ) -> Result<(release::Model, bool), Problem> {
        let services = self.0;
        let uploads = Uploads(services);
        let upload = uploads.find(&caller.user.id, upload).await?;
        if let (Some(id), "used") = (&upload.release_id, upload.state.as_str()) {
            return Ok((self.release(id).await?, false));
        }
        let bytes = uploads.bytes(&upload).await?;
        let _turn = services.publishing.acquire().await;
        let limits = services.options.limits.package.clone();
        let package = bytes.clone();
        let checked = off_thread(move || check(&package, &limits, false)).await?;
        let who = Who::from(caller);
        let mut offer = Offer::new(&checked.verified, false, &who)?;
        match offer.admit(services.database.read()).await?? {
            Admission::Known(release) => return Ok((*release, false)),
            Admission::Revises(release) => offer.revises = Some(release.id.clone()),
            _ => {}
        }
        let mut intake = self.seal(bytes, &offer, &checked, false).await?;
        intake.row.notes = request.notes;
        intake.row.created_by = who.user_id().map(str::to_owned);
        intake.row.submit_when_checked = request.submit || request.release;
        intake.row.release_when_approved = request.release;
        self.take_in(intake, offer, Course::ToCheck { upload_id: upload.id }, draft, &who).await
    }

    async fn draft(&self, caller: Caller, request: NewRelease) -> Result<release::Model, Problem> {
        let missing = |member: &str| Problem::bad_request(format!("A draft needs `{member}`; or give `upload`."));
        let app_id = request.app_id.ok_or_else(|| missing("app_id"))?;
        let app_id = AppId::parse(&app_id).map_err(|cause| Problem::bad_request(format!("{cause}.")))?.to_string();
        let version = request.version.ok_or_else(|| missing("version"))?;
        let version = VersionName::parse(&version).map_err(|cause| Problem::bad_request(format!("{cause}.")))?;
        let code = request.version_code.filter(|code| *code > 0).ok_or_else(|| missing("version_code"))?;
        let services = self.0;
        let app = self.app(&app_id).await?;
        let row = release::Model {
            id: services.fresh_identifier(),
            app_id,
            version: version.to_string(),
            version_code: code,
            state: ReleaseState::Draft,
            submitted_digest: String::new(),
            package_digest: None,
            developer_key: None,
            platform_key: None,
            sealed_digest: None,
            sealed_size: None,
            wrapped_content_key: None,
            name: app.name.clone().unwrap_or_default(),
            description: String::new(),
            category: app.category.clone(),
            icon_digest: None,
            icon_media_type: None,
            origins: "{}".to_owned(),
            manifest: "{}".to_owned(),
            state_reason: None,
            created_at: services.now(),
            released_at: None,
            revision: 0,
            created_by: Some(caller.user.id.clone()),
            notes: request.notes,
            submit_when_checked: request.submit || request.release,
            release_when_approved: request.release,
            forced: false,
            share: None,
            scheduled_at: None,
            submitted_at: None,
            approved_by: None,
            withdrawn_at: None,
            package_size: None,
        };
        let who = Who::from(caller);
        let (who, app) = (&who, &app);
        services
            .database
            .write_borrowing(move |transaction, _| {
                let row = row.clone();
                Box::pin(async move {
                    let Who::User(caller) = who else { return Err(Problem::not_signed_in().into()) };
                    if !standing(transaction, &caller.user, app).await?.develops() {
                        return Err(super::admission::not_your_app(&app.id).into());
                    }
                    let others = release::Entity::find().filter(release::Column::AppId.eq(&row.app_id));
                    let same =
                        others.clone().filter(release::Column::Version.eq(&row.version)).one(transaction).await?;
                    if same.is_some() {
                        return Err(version_exists(&row).into());
                    }
                    let newest = others
                        .filter(release::Column::State.is_not_in([ReleaseState::Draft, ReleaseState::Rejected]))
                        .order_by_desc(release::Column::VersionCode)
                        .one(transaction)
                        .await?;
                    if let Some(newest) = newest.filter(|newest| newest.version_code >= row.version_code) {
                        return Err(not_newer(&row, &newest).into());
                    }
                    release::Entity::insert(release::ActiveModel::from(row.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    let act = Act {
                        who,
                        action: "release.draft",
                        subject_kind: "release",
                        subject_id: &row.id,
                        app_id: Some(&row.app_id),
                        organisation_id: None,
                        details: serde_json::json!({"version": row.version, "version_code": row.version_code}),
                    };
                    record(transaction, row.created_at, act).await?;
                    Ok(row)
                })
            })
            .await
    }
}

fn version_exists(row: &release::Model) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "version-taken",
        "This version exists already",
        format!("{} {} is on this platform already.", row.app_id, row.version),
    )
    .hint("Give the draft a new version name and a greater version code.")
}

fn not_newer(row: &release::Model, newest: &release::Model) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "version-not-newer",
        "The version is not newer",
        format!(
            "{} has the version code {}, but {} has {}.",
            row.version, row.version_code, newest.version, newest.version_code
        ),
    )
    .hint(format!("Give the draft a version code greater than {}.", newest.version_code))
}
