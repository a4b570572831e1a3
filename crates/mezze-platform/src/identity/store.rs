//! Reading and writing codes, secrets and sessions.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use sha2::{Digest as _, Sha256};

use super::model::{app_secret, app_session, login_code};
use crate::database::WriteStop;
use crate::problem::Problem;
use crate::registry::model::app;
use crate::state::Services;

pub(super) fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Keeps a code, and forgets those that nobody used in time.
pub(super) async fn keep_code(services: &Services, code: login_code::Model) -> Result<(), Problem> {
    let now = services.now();
    services
        .database
        .write(move |transaction| {
            let code = code.clone();
            Box::pin(async move {
                let stale = login_code::Entity::delete_many().filter(login_code::Column::ExpiresAt.lte(now));
                stale.exec(transaction).await?;
                let row = login_code::ActiveModel::from(code);
                login_code::Entity::insert(row).exec_without_returning(transaction).await?;
                Ok(())
            })
        })
        .await
}

/// Takes a code out: whoever gets it is the only one.
pub(super) async fn take_code(
    transaction: &DatabaseTransaction,
    code: &str,
) -> Result<Option<login_code::Model>, WriteStop> {
    let digest = digest(code);
    let Some(found) = login_code::Entity::find_by_id(&digest).one(transaction).await? else {
        return Ok(None);
    };
    let deleted = login_code::Entity::delete_by_id(&digest).exec(transaction).await?;
    Ok((deleted.rows_affected == 1).then_some(found))
}

/// Replaces an app's secret.
pub(super) async fn keep_secret(services: &Services, secret: app_secret::Model) -> Result<(), Problem> {
    services
        .database
        .write(move |transaction| {
            let secret = secret.clone();
            Box::pin(async move {
                let replace = OnConflict::column(app_secret::Column::AppId)
                    .update_columns([app_secret::Column::SecretDigest, app_secret::Column::CreatedAt])
                    .to_owned();
                app_secret::Entity::insert(app_secret::ActiveModel::from(secret))
                    .on_conflict(replace)
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        })
        .await
}

pub(super) async fn is_secret(services: &Services, app_id: &str, secret: &str) -> Result<bool, Problem> {
    let found = app_secret::Entity::find_by_id(app_id).one(services.database.read()).await?;
    // Digests of a secret with 256 bits of chance: comparing them tells nothing by the time it takes.
    Ok(found.is_some_and(|found| found.secret_digest == digest(secret)))
}

/// Prolongs the session of `fresh`'s app and user where one holds, starts `fresh` otherwise, and gives the salt that
/// counts: read in the same transaction, so that two calls at once agree on one.
pub(super) async fn hold_session(
    transaction: &DatabaseTransaction,
    fresh: app_session::Model,
    now: i64,
) -> Result<String, WriteStop> {
    let key = (fresh.app_id.clone(), fresh.user_id.clone());
    let known = app_session::Entity::find_by_id(key).one(transaction).await?;
    let session = match known.filter(|session| session.expires_at > now) {
        Some(known) => app_session::Model { expires_at: known.expires_at.max(fresh.expires_at), ..known },
        None => fresh,
    };
    let salt = session.salt.clone();
    let key = [app_session::Column::AppId, app_session::Column::UserId];
    let replace =
        OnConflict::columns(key).update_columns([app_session::Column::Salt, app_session::Column::ExpiresAt]).to_owned();
    app_session::Entity::insert(app_session::ActiveModel::from(session))
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await?;
    Ok(salt)
}

/// The session of a user with an app that still holds.
pub(super) async fn session(
    services: &Services,
    app_id: &str,
    user_id: &str,
) -> Result<Option<app_session::Model>, Problem> {
    let key = (app_id.to_owned(), user_id.to_owned());
    let found = app_session::Entity::find_by_id(key).one(services.database.read()).await?;
    Ok(found.filter(|session| session.expires_at > services.now()))
}

/// How many apps the publisher of one has.
pub(super) async fn apps_of(services: &Services, app: &app::Model) -> Result<u64, Problem> {
    let own = match (&app.organisation_id, &app.publisher_id) {
        (Some(organisation), _) => app::Column::OrganisationId.eq(organisation),
        (None, Some(publisher)) => app::Column::PublisherId.eq(publisher),
        (None, None) => return Ok(0),
    };
    Ok(app::Entity::find().filter(own).count(services.database.read()).await?)
}
