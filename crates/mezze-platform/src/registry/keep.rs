//! Reports: making them with what the registry knows, keeping them, reading them back.

use mezze_model::Manifest;
use mezze_package::FileListing;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::check::CheckedPackage;
use super::model::{app, check_report, release, release_listing};
use super::report::{CheckReport, Finding, Predecessor, Severity};
use super::seal::off_thread;
use super::service::Registry;
use crate::apps::look_alikes;
use crate::database::WriteStop;
use crate::problem::Problem;
use crate::state::Services;

impl Registry<'_> {
    /// Everything but the audit, which runs the mini app.
    pub(super) async fn report(&self, checked: CheckedPackage) -> Result<(CheckedPackage, CheckReport), Problem> {
        let services = self.0;
        let app_id = checked.verified.app_id().to_string();
        if services.options.development.is_some() {
            // `mezze dev` builds every few seconds for its own developer.
            return Ok((checked, CheckReport::none(services.now())));
        }
        let predecessor = self.predecessor(&app_id).await?;
        let now = services.now();
        let (checked, mut report) = off_thread(move || {
            let report = CheckReport::of(&checked, predecessor.as_ref(), now);
            Ok((checked, report))
        })
        .await?;
        let own = app::Entity::find_by_id(&app_id).one(services.database.read()).await?;
        let name = checked.verified.manifest().display_name();
        let look = checked.icon.as_ref().and_then(|icon| icon.look.clone());
        let organisation = own.as_ref().and_then(|app| app.organisation_id.clone());
        let similar =
            look_alikes(services.database.read(), &app_id, organisation.as_deref(), name, look.as_deref()).await?;
        report.add(similar.into_iter().map(|what| Finding::new("look-alike", Severity::Warning, what)));
        Ok((checked, report))
    }

    async fn predecessor(&self, app_id: &str) -> Result<Option<Predecessor>, Problem> {
        let database = self.0.database.read();
        let app = app::Entity::find_by_id(app_id).one(database).await?;
        let Some(id) = app.and_then(|app| app.current_release_id) else {
            return Ok(None);
        };
        let Some(row) = release::Entity::find_by_id(&id).one(database).await? else {
            return Ok(None);
        };
        let listing = release_listing::Entity::find_by_id(&id).one(database).await?;
        // Releases from before lists were kept have none; everything then counts as new.
        let files: FileListing =
            listing.and_then(|listing| serde_json::from_str(&listing.files).ok()).unwrap_or_default();
        let manifest: Manifest = serde_json::from_str(&row.manifest)
            .map_err(|cause| Problem::internal("read the manifest of the release before", &cause))?;
        let package_size = row.package_size.or(row.sealed_size).and_then(|size| u64::try_from(size).ok());
        Ok(Some(Predecessor {
            version: row.version,
            package_size: package_size.unwrap_or_default(),
            files,
            manifest,
            developer_key: row.developer_key,
        }))
    }

    /// The newest report of a release.
    pub(crate) async fn newest_report(&self, release_id: &str) -> Result<CheckReport, Problem> {
        let row = check_report::Entity::find()
            .filter(check_report::Column::ReleaseId.eq(release_id))
            .order_by_desc(check_report::Column::CreatedAt)
            .one(self.0.database.read())
            .await?;
        let row = row.ok_or_else(|| {
            Problem::not_found("The release was not checked yet.").hint("The check takes place soon after the upload.")
        })?;
        serde_json::from_str(&row.report).map_err(|cause| Problem::internal("read a report", &cause))
    }
}

/// Keeps a report of one release.
pub(super) async fn keep_report(
    services: &Services,
    transaction: &DatabaseTransaction,
    release_id: &str,
    report: &CheckReport,
) -> Result<(), WriteStop> {
    let text = serde_json::to_string(report).map_err(|cause| Problem::internal("keep a report", &cause))?;
    let digest = match report.package_digest.as_str() {
        // In development nothing is told of the bytes.
        "" => release::Entity::find_by_id(release_id).one(transaction).await?.map(|row| row.submitted_digest),
        digest => Some(digest.to_owned()),
    };
    let row = check_report::Model {
        id: services.fresh_identifier(),
        release_id: release_id.to_owned(),
        package_digest: digest.unwrap_or_default(),
        outcome: report.outcome.clone(),
        report: text,
        created_at: report.checked_at,
    };
    check_report::Entity::insert(check_report::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    Ok(())
}
