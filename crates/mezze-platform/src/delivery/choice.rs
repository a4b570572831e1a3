//! Which release a launch opens, for this user: the current one, the staged one for a share of the users, a named
//! version, or one that only testers and reviewers run.

use axum::http::StatusCode;
use mezze_model::{AppId, VersionName};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use sha2::{Digest as _, Sha256};

use super::testers::may_test;
use crate::accounts::User;
use crate::problem::Problem;
use crate::registry::model::{app_key, release};
use crate::registry::{App, Registry, Release, ReleaseState, TrialBuild, unknown_app, unknown_version};
use crate::releases::EVERYONE;
use crate::state::Services;

/// What a launch opens.
pub(super) struct Choice {
    pub(super) app: App,
    pub(super) release: Release,
    /// Set where it is a version that users don't have.
    pub(super) trial: Option<TrialBuild>,
}

/// Chooses for `user`.
pub(super) async fn choose(
    services: &Services,
    user: &User,
    app_id: &AppId,
    version: Option<&VersionName>,
) -> Result<Choice, Problem> {
    let registry = Registry(services);
    let app = registry.app(app_id.as_str()).await.map_err(|_| unknown_app(app_id))?;
    let row = match version {
        Some(version) => named(services, user, &app, app_id, version).await?,
        None => for_user(services, user, &app, app_id).await?,
    };
    if row.state == ReleaseState::Withdrawn {
        return Err(withdrawn(&row));
    }
    if row.version_code < app.minimum_version_code && row.state.is_public() {
        return Err(too_old(&app, &row));
    }
    refuse_revoked_key(services, &row).await?;
    // What is countersigned is the same for everyone; what is not has a build for testers.
    let is_approved = row.state.is_public() || row.state == ReleaseState::Approved;
    let trial = if is_approved { None } else { Some(registry.trial_build(&row).await?) };
    Ok(Choice { app, release: row, trial })
}

/// The staged release where the user is in its share, else the current one.
async fn for_user(services: &Services, user: &User, app: &App, app_id: &AppId) -> Result<Release, Problem> {
    let database = services.database.read();
    if let Some(id) = &app.staged_release_id
        && let Some(staged) = release::Entity::find_by_id(id).one(database).await?
        && staged.state == ReleaseState::Staged
        && is_in_share(&staged.id, &user.id, staged.share.unwrap_or_default())
    {
        return Ok(staged);
    }
    if let Some(id) = &app.current_release_id
        && let Some(current) = release::Entity::find_by_id(id).one(database).await?
    {
        return Ok(current);
    }
    // What was the last that users had may have been withdrawn: they are told why.
    let last = release::Entity::find()
        .filter(release::Column::AppId.eq(&app.id))
        .filter(release::Column::State.eq(ReleaseState::Withdrawn))
        .order_by_desc(release::Column::WithdrawnAt)
        .one(database)
        .await?;
    last.ok_or_else(|| unknown_app(app_id))
}

async fn named(
    services: &Services,
    user: &User,
    app: &App,
    app_id: &AppId,
    version: &VersionName,
) -> Result<Release, Problem> {
    let row = release::Entity::find()
        .filter(release::Column::AppId.eq(&app.id))
        .filter(release::Column::Version.eq(version.as_str()))
        .one(services.database.read())
        .await?;
    let unknown = || unknown_version(app_id, version, app.current_release_id.is_some());
    let row = row.ok_or_else(unknown)?;
    match row.state {
        ReleaseState::Released | ReleaseState::Superseded | ReleaseState::Withdrawn => Ok(row),
        ReleaseState::Staged if is_in_share(&row.id, &user.id, row.share.unwrap_or_default()) => Ok(row),
        ReleaseState::Draft | ReleaseState::Uploaded | ReleaseState::Rejected => Err(unknown()),
        _ if may_test(services, user, app).await? => Ok(row),
        _ => Err(unknown()),
    }
}

/// Stable for a user and release, spread evenly over users: a greater share holds everyone that a smaller one held.
pub(super) fn is_in_share(release_id: &str, user_id: &str, share: i32) -> bool {
    let digest = Sha256::digest(format!("mezze share v1\n{release_id}\n{user_id}").as_bytes());
    let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    let everyone = u64::from(EVERYONE.unsigned_abs());
    let slot = (u64::from(number) * everyone) >> 32;
    i64::try_from(slot).is_ok_and(|slot| slot < i64::from(share))
}

/// A release that is signed with a revoked key runs no more, whatever its own state.
async fn refuse_revoked_key(services: &Services, row: &Release) -> Result<(), Problem> {
    let Some(key) = &row.developer_key else { return Ok(()) };
    let known = app_key::Entity::find_by_id((row.app_id.clone(), key.clone())).one(services.database.read()).await?;
    match known.filter(|known| known.state == "revoked") {
        None => Ok(()),
        Some(known) => Err(Problem::new(
            StatusCode::GONE,
            "key-revoked",
            "This version was withdrawn",
            known.revoked_reason.unwrap_or_default(),
        )
        .hint(format!("The key that {} {} is signed with was revoked.", row.name, row.version))),
    }
}

/// What users read when a mini app was taken from them.
fn withdrawn(row: &Release) -> Problem {
    Problem::new(
        StatusCode::GONE,
        "withdrawn",
        "This version was withdrawn",
        row.state_reason.clone().unwrap_or_default(),
    )
    .hint(format!("{} {} can't be opened any more.", row.name, row.version))
}

fn too_old(app: &App, row: &Release) -> Problem {
    Problem::new(
        StatusCode::GONE,
        "version-too-old",
        "This version is too old",
        format!("{} {} is below the version that its maker still supports.", app.id, row.version),
    )
    .hint("Open it without a version to get the current one.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_stable_grows_and_is_about_as_large_as_it_says() {
        let users: Vec<String> = (0..20_000).map(|number| format!("user{number}")).collect();
        let within = |share| users.iter().filter(|user| is_in_share("release", user, share)).collect::<Vec<_>>();
        let (one, ten, all) = (within(100), within(1_000), within(EVERYONE));
        assert!((150..250).contains(&one.len()), "{}", one.len());
        assert!((1_800..2_200).contains(&ten.len()), "{}", ten.len());
        assert_eq!(all.len(), users.len());
        assert!(one.iter().all(|user| ten.contains(user)), "somebody lost it when the share grew");
        assert_eq!(within(0).len(), 0);
        // Another release falls on other users first.
        let other = users.iter().filter(|user| is_in_share("other", user, 100)).filter(|user| one.contains(user));
        assert!(other.count() < 20);
    }
}
