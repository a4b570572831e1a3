//! `PUT /api/v1/me/mark`: the mark that the super app shows in every prompt of its own, chosen by its user.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;
use utoipa::ToSchema;

use super::SignedIn;
use super::model::user;
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::state::Services;

/// Longest mark in characters: it stands in the corner of a phone's screen.
const LONGEST: usize = 16;

#[derive(Deserialize, ToSchema)]
pub(super) struct ChosenMark {
    /// A word, a few characters, an emoji.
    #[schema(example = "🍋 lemon")]
    mark: String,
}

/// Choose one's mark
#[utoipa::path(
    put,
    path = "/api/v1/me/mark",
    tag = "accounts",
    request_body = ChosenMark,
    responses(
        (status = 204, description = "It is shown from now on"),
        (status = 400, description = "It can't be a mark", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
pub(super) async fn choose_mark(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    ApiJson(request): ApiJson<ChosenMark>,
) -> Result<StatusCode, Problem> {
    let mark = request.mark.trim().to_owned();
    if mark.is_empty() || mark.chars().count() > LONGEST || mark.chars().any(is_unseen) {
        return Err(Problem::bad_request(format!("A mark has 1 to {LONGEST} characters that can be seen.")));
    }
    services
        .database
        .write(move |transaction| {
            let (id, mark) = (user.id.clone(), mark.clone());
            Box::pin(async move {
                let change = user::ActiveModel { mark: Set(mark), ..Default::default() };
                user::Entity::update_many().set(change).filter(user::Column::Id.eq(id)).exec(transaction).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Control characters, and those that change the direction of what follows.
fn is_unseen(character: char) -> bool {
    character.is_control() || matches!(u32::from(character), 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}
