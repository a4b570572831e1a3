//! Revocations: what hosts must not run any more, as a signed list that they poll.
//!
//! A host keeps the list and honours it offline from then on. It asks with `since=` the last number that it has, and
//! checks the signature and that the numbers only go up.
//!
//! ```text
//! payload   = base64url of UTF-8 JSON {"type":"mezze.revocations.v1","issued":…,"since":…,"latest":…,"entries":[…]}
//! signature = Ed25519 (key `revocations`) over "mezze revocations v1\n" ‖ the payload as it stands in the answer
//! ```

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::model::revocation;
use crate::encoding::base64url;
use crate::keys::SignedKeyChange;
use crate::problem::Problem;
use crate::registry::Release;
use crate::state::Services;

/// Entries in one answer; a host asks on from the last.
const MOST: u64 = 1_000;
/// How long a host or a cache between may keep the answer, in seconds.
const FRESH_SECONDS: u32 = 60;

/// Puts a withdrawn release on the list.
pub(crate) async fn revoke_release(
    transaction: &DatabaseTransaction,
    row: &Release,
    reason: &str,
    now: i64,
) -> Result<(), DbErr> {
    let entry = revocation::ActiveModel {
        sequence: NotSet,
        kind: Set("release".to_owned()),
        app_id: Set(row.app_id.clone()),
        version: Set(Some(row.version.clone())),
        package_digest: Set(row.package_digest.clone()),
        developer_key: Set(None),
        reason: Set(reason.to_owned()),
        at: Set(now),
    };
    revocation::Entity::insert(entry).exec_without_returning(transaction).await?;
    Ok(())
}

/// Puts a developer's key on the list: nothing of the mini app that is signed with it runs any more.
pub(crate) async fn revoke_key(
    transaction: &DatabaseTransaction,
    app_id: &str,
    key: &str,
    reason: &str,
    now: i64,
) -> Result<(), DbErr> {
    let entry = revocation::ActiveModel {
        sequence: NotSet,
        kind: Set("key".to_owned()),
        app_id: Set(app_id.to_owned()),
        version: Set(None),
        package_digest: Set(None),
        developer_key: Set(Some(key.to_owned())),
        reason: Set(reason.to_owned()),
        at: Set(now),
    };
    revocation::Entity::insert(entry).exec_without_returning(transaction).await?;
    Ok(())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Since {
    /// The last number that the host has; everything where it is not given.
    since: Option<i64>,
}

/// The signed list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct SignedRevocations {
    /// base64url of the JSON object that is signed: `type`, `issued`, `since`, `latest` and `entries`, each with
    /// `sequence`, `kind` (`release` or `key`), `app_id`, `version`, `package_digest`, `developer_key`, `reason`, `at`.
    payload: String,
    /// base64url of the Ed25519 signature over `mezze revocations v1`, a line end and `payload`.
    signature: String,
    /// The platform's key for revocations, base64url.
    key: String,
    /// How earlier keys gave way to it, for hosts that remember one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<SignedKeyChange>,
    /// Whether there are more: ask again with `since` = `latest`.
    more: bool,
}

/// What hosts must not run any more
#[utoipa::path(
    get,
    path = "/api/v1/revocations",
    tag = "delivery",
    params(Since),
    responses((status = 200, description = "Signed; fresh for a minute", body = SignedRevocations))
)]
pub(super) async fn revocations(
    State(services): State<Arc<Services>>,
    Query(query): Query<Since>,
) -> Result<Response, Problem> {
    let since = query.since.unwrap_or_default().max(0);
    let mut rows = revocation::Entity::find()
        .filter(revocation::Column::Sequence.gt(since))
        .order_by_asc(revocation::Column::Sequence)
        .limit(MOST + 1)
        .all(services.database.read())
        .await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let latest = rows.last().map_or(since, |row| row.sequence);
    let entries: Vec<_> = rows
        .into_iter()
        .map(|row| {
            json!({
                "sequence": row.sequence, "kind": row.kind, "app_id": row.app_id, "version": row.version,
                "package_digest": row.package_digest, "developer_key": row.developer_key,
                "reason": row.reason, "at": row.at,
            })
        })
        .collect();
    let list = json!({
        "type": "mezze.revocations.v1", "issued": services.now(), "since": since, "latest": latest,
        "entries": entries,
    });
    let payload = base64url(list.to_string().as_bytes());
    let message = format!("mezze revocations v1\n{payload}");
    let signature = services.keys.revocations.sign_message(message.as_bytes());
    let key = services.keys.revocations.public().to_string();
    let changes = services.key_changes().of_revocations();
    let body = SignedRevocations { payload, signature: base64url(&signature), key, changes, more };
    let mut response = Json(body).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("public, max-age={FRESH_SECONDS}")) {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    Ok(response)
}
