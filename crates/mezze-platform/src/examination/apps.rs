//! Mini apps and the states of their releases.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::Examination;
use crate::jobs::has_job;
use crate::problem::Problem;
use crate::registry::model::{app, check_report, release, release_listing};
use crate::registry::{App, Release, ReleaseState};
use crate::state::Services;

pub(super) async fn examine(services: &Services, examination: &mut Examination) -> Result<(), Problem> {
    let database = services.database.read();
    let mut of_app: HashMap<String, Vec<Release>> = HashMap::new();
    for release in release::Entity::find().all(database).await? {
        examination.releases += 1;
        examine_release(services, &release, examination).await?;
        of_app.entry(release.app_id.clone()).or_default().push(release);
    }
    for app in app::Entity::find().all(database).await? {
        examination.apps += 1;
        examine_app(&app, of_app.get(&app.id).map_or(&[], Vec::as_slice), examination);
    }
    Ok(())
}

/// What the app names is what its releases say of themselves.
fn examine_app(app: &App, releases: &[Release], examination: &mut Examination) {
    for (state, named) in
        [(ReleaseState::Released, &app.current_release_id), (ReleaseState::Staged, &app.staged_release_id)]
    {
        let are: HashSet<&str> =
            releases.iter().filter(|release| release.state == state).map(|release| release.id.as_str()).collect();
        let named: HashSet<&str> = named.iter().map(String::as_str).collect();
        if are != named {
            let words = state.words();
            examination.finding(format!("{}: {are:?} are {words}, but the mini app names {named:?}", app.id));
        }
    }
    let versions: HashSet<&str> = releases.iter().map(|release| release.version.as_str()).collect();
    if versions.len() != releases.len() {
        examination.finding(format!("{}: a version is there twice", app.id));
    }
}

async fn examine_release(services: &Services, release: &Release, examination: &mut Examination) -> Result<(), Problem> {
    use ReleaseState as State;
    let database = services.database.read();
    let name = format!("{} {} ({})", release.app_id, release.version, release.state.name());
    if release.state == State::Draft {
        return Ok(());
    }
    if release.sealed_digest.is_none() || release.wrapped_content_key.is_none() || release.submitted_digest.is_empty() {
        examination.finding(format!("{name} has no package"));
    }
    if release_listing::Entity::find_by_id(&release.id).one(database).await?.is_none() {
        examination.finding(format!("{name} has no list of files"));
    }
    if release.state == State::Uploaded && !has_job(database, &release.id).await? {
        examination.finding(format!("{name} waits for a check that nobody does"));
    }
    let is_approved = release.state.is_public() || matches!(release.state, State::Approved | State::Withdrawn);
    if is_approved && (release.package_digest.is_none() || release.platform_key.is_none()) {
        examination.finding(format!("{name} is not countersigned"));
    }
    if is_approved || matches!(release.state, State::Checked | State::InReview) {
        let passed: Option<String> = check_report::Entity::find()
            .select_only()
            .column(check_report::Column::Id)
            .filter(check_report::Column::ReleaseId.eq(&release.id))
            .filter(check_report::Column::PackageDigest.eq(&release.submitted_digest))
            .filter(check_report::Column::Outcome.eq("passed"))
            .into_tuple()
            .one(database)
            .await?;
        if passed.is_none() {
            examination.finding(format!("{name} never passed a check of its package"));
        }
    }
    Ok(())
}
