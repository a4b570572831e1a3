//! Merging the answers of a user's devices.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::model;
use crate::problem::Problem;
use crate::state::Services;

/// More answers than this for one app can't come from people.
const MOST_FOR_AN_APP: usize = 500;

/// The answers of a platform's users.
pub(super) struct Grants<'a>(pub(super) &'a Services);

impl Grants<'_> {
    /// A user's answers, of one app or of all.
    pub(super) async fn list(&self, user_id: &str, app_id: Option<&str>) -> Result<Vec<model::Model>, Problem> {
        let mut query = model::Entity::find().filter(model::Column::UserId.eq(user_id));
        if let Some(app_id) = app_id {
            query = query.filter(model::Column::AppId.eq(app_id));
        }
        let ordered = query.order_by_asc(model::Column::AppId).order_by_asc(model::Column::Permission);
        Ok(ordered.order_by_asc(model::Column::Signer).all(self.0.database.read()).await?)
    }

    /// Takes what is newer than what is known, and gives back everything known of the app.
    pub(super) async fn merge(
        &self,
        user_id: &str,
        app_id: &str,
        given: Vec<model::Model>,
    ) -> Result<Vec<model::Model>, Problem> {
        let (user_id, app_id) = (user_id.to_owned(), app_id.to_owned());
        self.0
            .database
            .write(move |transaction| {
                let (user_id, app_id, given) = (user_id.clone(), app_id.clone(), given.clone());
                Box::pin(async move {
                    let own = model::Entity::find()
                        .filter(model::Column::UserId.eq(&user_id))
                        .filter(model::Column::AppId.eq(&app_id));
                    let mut known = own.order_by_asc(model::Column::Permission).all(transaction).await?;
                    let newer: Vec<model::Model> = given.into_iter().filter(|answer| is_news(answer, &known)).collect();
                    for answer in newer {
                        known.retain(|other| !is_same_question(other, &answer));
                        known.push(answer.clone());
                        if known.len() > MOST_FOR_AN_APP {
                            return Err(too_many().into());
                        }
                        put(transaction, answer).await?;
                    }
                    known.sort_by(|one, other| (&one.permission, &one.signer).cmp(&(&other.permission, &other.signer)));
                    Ok(known)
                })
            })
            .await
    }
}

fn is_same_question(one: &model::Model, other: &model::Model) -> bool {
    one.permission == other.permission && one.signer == other.signer
}

fn is_news(answer: &model::Model, known: &[model::Model]) -> bool {
    known.iter().find(|other| is_same_question(other, answer)).is_none_or(|other| {
        answer.changed_at > other.changed_at
            || (answer.changed_at == other.changed_at && generosity(&answer.state) < generosity(&other.state))
    })
}

fn generosity(state: &str) -> u8 {
    match state {
        "refused" => 0,
        "ask" => 1,
        _ => 2,
    }
}

async fn put(transaction: &sea_orm::DatabaseTransaction, answer: model::Model) -> Result<(), sea_orm::DbErr> {
    use model::Column;
    let key = [Column::UserId, Column::AppId, Column::Signer, Column::Permission];
    let replace = OnConflict::columns(key).update_columns([Column::State, Column::ChangedAt]).to_owned();
    model::Entity::insert(model::ActiveModel::from(answer))
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

fn too_many() -> Problem {
    Problem::new(
        axum::http::StatusCode::CONFLICT,
        "too-many-grants",
        "Too many answers",
        format!("At most {MOST_FOR_AN_APP} answers are kept for one mini app."),
    )
}
