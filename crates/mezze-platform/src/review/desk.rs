//! The reviewers' desk for one release: who is at work on it, what is ticked, what was said.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _};

use super::model::{claim, comment};
use crate::accounts::names_of;
use crate::audit_trail::Who;
use crate::database::WriteStop;
use crate::state::Services;

/// The points that a reviewer ticks before they approve, with what they mean.
pub(super) const CHECKLIST: [(&str, &str); 7] = [
    ("runs", "I opened it and went through its pages."),
    ("identity", "Name, icon and publisher are its own and imitate nobody."),
    ("permissions", "Every permission is needed, and its reason is true and plain."),
    ("origins", "Every origin belongs to the publisher or is explained."),
    ("content", "Its content keeps the platform's rules."),
    ("report", "I read the automatic report and what is new since the release before."),
    ("privacy", "What it says about personal data fits what it does."),
];

/// How long a reviewer may rest on a release, in seconds.
pub(super) const LEASE_SECONDS: i64 = 30 * 60;

/// What lies on the desk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Desk {
    /// None where nobody is at work, or their lease has ended.
    pub(crate) reviewer_id: Option<String>,
    pub(crate) reviewer_name: Option<String>,
    pub(crate) lease_until: Option<i64>,
    pub(crate) ticked: Vec<String>,
    pub(crate) checklist_done: bool,
}

impl Desk {
    fn new(claim: claim::Model, names: &HashMap<String, String>) -> Self {
        let ticked: Vec<String> = serde_json::from_str(&claim.ticked).unwrap_or_default();
        let checklist_done = CHECKLIST.iter().all(|(point, _)| ticked.iter().any(|ticked| ticked == point));
        Self {
            reviewer_name: Some(names.get(&claim.reviewer_id).cloned().unwrap_or_default()),
            reviewer_id: Some(claim.reviewer_id),
            lease_until: Some(claim.lease_until),
            ticked,
            checklist_done,
        }
    }
}

/// The desk of one release as it is now.
pub(crate) async fn desk(database: &impl ConnectionTrait, release_id: &str, now: i64) -> Result<Desk, DbErr> {
    Ok(desks(database, vec![release_id.to_owned()], now).await?.remove(release_id).unwrap_or_default())
}

/// The desks of several releases; where nobody is at work there is none.
pub(super) async fn desks(
    database: &impl ConnectionTrait,
    release_ids: Vec<String>,
    now: i64,
) -> Result<HashMap<String, Desk>, DbErr> {
    let claims = claim::Entity::find()
        .filter(claim::Column::ReleaseId.is_in(release_ids))
        .filter(claim::Column::LeaseUntil.gt(now))
        .all(database)
        .await?;
    let names = names_of(database, claims.iter().map(|claim| claim.reviewer_id.clone()).collect()).await?;
    Ok(claims.into_iter().map(|claim| (claim.release_id.clone(), Desk::new(claim, &names))).collect())
}

/// The review is over, or the developer took the release back.
pub(crate) async fn clear_desk(transaction: &DatabaseTransaction, release_id: &str) -> Result<(), DbErr> {
    claim::Entity::delete_by_id(release_id).exec(transaction).await?;
    Ok(())
}

/// Keeps the reason of a rejection in the talk, where the developer answers it.
pub(crate) async fn keep_decision(
    services: &Services,
    transaction: &DatabaseTransaction,
    who: &Who,
    release_id: &str,
    reason: &str,
) -> Result<(), WriteStop> {
    let row = comment::Model {
        id: services.fresh_identifier(),
        release_id: release_id.to_owned(),
        author_id: who.user_id().unwrap_or_default().to_owned(),
        side: "reviewer".to_owned(),
        kind: "decision".to_owned(),
        text: reason.trim().to_owned(),
        internal: false,
        created_at: services.now(),
    };
    comment::Entity::insert(comment::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    Ok(())
}
