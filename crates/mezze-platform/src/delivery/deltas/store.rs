//! Reading and writing updates.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::model;
use crate::problem::Problem;
use crate::state::Services;

/// Updates are kept apart from packages: whoever removes packages that no release names leaves them alone.
pub(crate) fn blob_name(sealed_digest: &str) -> String {
    format!("deltas/{sealed_digest}")
}

/// Bytes of the update with that digest.
pub(in crate::delivery) async fn sealed_size(services: &Services, digest: &str) -> Result<Option<i64>, Problem> {
    let found = model::Entity::find().filter(model::Column::SealedDigest.eq(digest));
    Ok(found.one(services.database.read()).await?.and_then(|delta| delta.sealed_size))
}

pub(super) async fn find(services: &Services, from: &str, to: &str) -> Result<Option<model::Model>, Problem> {
    let key = (from.to_owned(), to.to_owned());
    Ok(model::Entity::find_by_id(key).one(services.database.read()).await?)
}

/// Keeps an update. Two nodes may have made the same one at once: the first one counts.
pub(super) async fn keep(services: &Services, delta: model::Model) -> Result<(), Problem> {
    services
        .database
        .write(move |transaction| {
            let row = model::ActiveModel::from(delta.clone());
            Box::pin(async move {
                let both = [model::Column::FromDigest, model::Column::ToDigest];
                let insert = model::Entity::insert(row).on_conflict_do_nothing_on(both);
                insert.exec_without_returning(transaction).await?;
                Ok(())
            })
        })
        .await
}
