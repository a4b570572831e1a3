//! Reading and merging answers.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model;
use super::service::Grants;
use crate::accounts::SignedIn;
use crate::http::ApiJson;
use crate::problem::Problem;
use crate::registry::parse_app_id;
use crate::state::Services;

/// Most answers that one call may bring.
const MOST_AT_ONCE: usize = 200;
const LONGEST_PERMISSION: usize = 64;
const LONGEST_SIGNER: usize = 64;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(all)).routes(routes!(of_app, merge))
}

/// What a user answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum GrantState {
    Granted,
    Refused,
    /// The user took an answer back.
    Ask,
}

/// An answer to one permission.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Grant {
    /// A scope, or `data.` and a category of data.
    #[schema(example = "scope.userLocation")]
    permission: String,
    state: GrantState,
    /// Key of the developer that the answer was given to, base64url.
    signer: String,
    /// When the user answered, milliseconds since 1970. What lies in the future counts as now.
    changed_at: i64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct AppGrants {
    grants: Vec<Grant>,
}

#[derive(Debug, Serialize, ToSchema)]
struct GrantsOfApp {
    app_id: String,
    grants: Vec<Grant>,
}

/// A user's answers to all mini apps
#[utoipa::path(
    get,
    path = "/api/v1/grants",
    tag = "grants",
    responses(
        (status = 200, body = Vec<GrantsOfApp>),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn all(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
) -> Result<Json<Vec<GrantsOfApp>>, Problem> {
    let mut apps: Vec<GrantsOfApp> = Vec::new();
    for answer in Grants(&services).list(&user.id, None).await? {
        let app_id = answer.app_id.clone();
        match apps.last_mut().filter(|app| app.app_id == app_id) {
            Some(app) => app.grants.push(answer.into()),
            None => apps.push(GrantsOfApp { app_id, grants: vec![answer.into()] }),
        }
    }
    Ok(Json(apps))
}

/// A user's answers to one mini app
#[utoipa::path(
    get,
    path = "/api/v1/miniapps/{id}/grants",
    tag = "grants",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    responses(
        (status = 200, body = AppGrants),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn of_app(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<AppGrants>, Problem> {
    let app_id = parse_app_id(&id)?;
    let grants = Grants(&services).list(&user.id, Some(app_id.as_str())).await?;
    Ok(Json(AppGrants { grants: grants.into_iter().map(Grant::from).collect() }))
}

/// Merge a device's answers to one mini app
///
/// Each answer counts if it is newer than the one that is known. The merged answers come back.
#[utoipa::path(
    put,
    path = "/api/v1/miniapps/{id}/grants",
    tag = "grants",
    params(("id" = String, Path, description = "App id, not case-sensitive")),
    request_body = AppGrants,
    responses(
        (status = 200, body = AppGrants),
        (status = 400, description = "Something that is no answer", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "More answers than are kept for an app", body = Problem),
    )
)]
async fn merge(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<AppGrants>,
) -> Result<Json<AppGrants>, Problem> {
    let app_id = parse_app_id(&id)?;
    if request.grants.len() > MOST_AT_ONCE {
        return Err(Problem::bad_request(format!("At most {MOST_AT_ONCE} answers may come at once.")));
    }
    let now = services.now_milliseconds();
    let given: Result<Vec<_>, Problem> =
        request.grants.into_iter().map(|grant| grant.into_model(&user.id, app_id.as_str(), now)).collect();
    let merged = Grants(&services).merge(&user.id, app_id.as_str(), given?).await?;
    Ok(Json(AppGrants { grants: merged.into_iter().map(Grant::from).collect() }))
}

impl Grant {
    /// A clock that runs ahead must not make an answer unanswerable, so nothing is newer than now.
    fn into_model(self, user_id: &str, app_id: &str, now: i64) -> Result<model::Model, Problem> {
        let name = |text: &str, longest: usize| {
            !text.is_empty()
                && text.len() <= longest
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        };
        let known = self.permission.starts_with("scope.") || self.permission.starts_with("data.");
        if !known || !name(&self.permission, LONGEST_PERMISSION) {
            return Err(Problem::bad_request(format!(
                "`{}` is no permission.",
                self.permission.chars().take(LONGEST_PERMISSION).collect::<String>()
            )));
        }
        if !name(&self.signer, LONGEST_SIGNER) {
            return Err(Problem::bad_request("`signer` is no developer's key."));
        }
        Ok(model::Model {
            user_id: user_id.to_owned(),
            app_id: app_id.to_owned(),
            signer: self.signer,
            permission: self.permission,
            state: self.state.name().to_owned(),
            changed_at: self.changed_at.clamp(0, now),
        })
    }
}

impl GrantState {
    fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Ask => "ask",
        }
    }
}

impl From<model::Model> for Grant {
    fn from(answer: model::Model) -> Self {
        // What is not known (a newer version wrote it) is asked for again.
        let state = match answer.state.as_str() {
            "granted" => GrantState::Granted,
            "refused" => GrantState::Refused,
            _ => GrantState::Ask,
        };
        Self { permission: answer.permission, state, signer: answer.signer, changed_at: answer.changed_at }
    }
}
