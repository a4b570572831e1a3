//! Carrying an action out: the machine's word, the effects on the mini app and its other releases, and the entry in
//! the audit trail, all in one transaction.

use axum::http::StatusCode;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use super::logged::tell_log;
use super::machine::{Action, Claim, EVERYONE, Facts, Powers, percent, step};
use crate::audit_trail::{Act, Who, record};
use crate::database::WriteStop;
use crate::delivery::revoke_release;
use crate::organisations::standing;
use crate::problem::Problem;
use crate::registry::model::{app, check_report, release};
use crate::registry::{App, Release, ReleaseState};
use crate::review;

/// One transaction at one moment.
pub(crate) struct Scene<'a> {
    pub(crate) transaction: &'a DatabaseTransaction,
    pub(crate) now: i64,
    /// `mezze dev` releases every few seconds; its trail would be noise.
    pub(crate) keeps_trail: bool,
}

impl Scene<'_> {
    /// A release as it stands.
    pub(crate) async fn release(&self, id: &str) -> Result<Release, WriteStop> {
        let found = release::Entity::find_by_id(id).one(self.transaction).await?;
        Ok(found.ok_or_else(|| unknown_release(id))?)
    }

    async fn app(&self, id: &str) -> Result<App, WriteStop> {
        let found = app::Entity::find_by_id(id).one(self.transaction).await?;
        Ok(found.ok_or_else(|| Problem::not_found(format!("There is no mini app {id}.")))?)
    }

    /// Does `action` to `row`, if the machine lets it.
    pub(crate) async fn act(&self, who: &Who, row: Release, action: &Action) -> Result<Release, WriteStop> {
        let app = self.app(&row.app_id).await?;
        let facts = self.facts(who, &row, &app, action).await?;
        let from = row.state;
        let to = step(from, action, &facts)?;
        let mut row = Release { state: to, revision: row.revision + 1, ..row };
        self.set_columns(who, &mut row, action);
        self.affect_others(&row, app, action).await?;
        row.clone().into_active_model().reset_all().update(self.transaction).await?;
        if self.keeps_trail {
            tell_log(self.transaction, &row, from, action, self.now).await?;
        }
        self.write_down(who, &row, from, action).await?;
        Ok(row)
    }

    /// What `action` changes in the release itself.
    fn set_columns(&self, who: &Who, row: &mut Release, action: &Action) {
        match action {
            Action::Submit => row.submitted_at = Some(self.now),
            Action::Recall => row.submitted_at = None,
            Action::Approve { .. } => row.approved_by = who.user_id().map(str::to_owned),
            Action::Reject { reason } | Action::FailCheck { reason } => {
                row.state_reason = Some(reason.trim().to_owned());
            }
            Action::Revise => {
                row.state_reason = None;
                row.submitted_at = None;
            }
            Action::Stage { share } => row.share = Some(*share),
            Action::Release | Action::RollBack => {
                row.share = None;
                row.scheduled_at = None;
                row.released_at = Some(self.now);
            }
            Action::Supersede => {
                row.share = None;
                row.scheduled_at = None;
            }
            Action::Withdraw { reason } => {
                row.share = None;
                row.scheduled_at = None;
                row.withdrawn_at = Some(self.now);
                row.state_reason = Some(reason.trim().to_owned());
            }
            Action::Attach | Action::PassCheck => {}
        }
    }

    /// What `action` changes in the mini app, its other releases and on the reviewers' desk.
    async fn affect_others(&self, row: &Release, app: App, action: &Action) -> Result<(), WriteStop> {
        match action {
            Action::Stage { .. } => {
                self.save_app(App { staged_release_id: Some(row.id.clone()), ..app }).await?;
            }
            Action::Release | Action::RollBack => {
                self.supersede_others(row, matches!(action, Action::RollBack)).await?;
                self.save_app(App {
                    current_release_id: Some(row.id.clone()),
                    staged_release_id: None,
                    category: row.category.clone().or(app.category),
                    developer_key: row.developer_key.clone().unwrap_or(app.developer_key),
                    ..app
                })
                .await?;
            }
            Action::Withdraw { reason } => {
                let other = |id: &String| *id != row.id;
                self.save_app(App {
                    current_release_id: app.current_release_id.clone().filter(other),
                    staged_release_id: app.staged_release_id.clone().filter(other),
                    ..app
                })
                .await?;
                revoke_release(self.transaction, row, reason.trim(), self.now).await?;
            }
            Action::Recall | Action::Approve { .. } | Action::Reject { .. } => {
                review::clear_desk(self.transaction, &row.id).await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn save_app(&self, app: App) -> Result<(), DbErr> {
        let app = App { revision: app.revision + 1, ..app };
        app.into_active_model().reset_all().update(self.transaction).await?;
        Ok(())
    }

    /// The current one gives way, and so do older ones that wait; after going back, so does what was being staged.
    async fn supersede_others(&self, winner: &Release, goes_back: bool) -> Result<(), WriteStop> {
        let machine = Who::Machine("release");
        let live = [ReleaseState::Approved, ReleaseState::Staged, ReleaseState::Released];
        let others = release::Entity::find()
            .filter(release::Column::AppId.eq(&winner.app_id))
            .filter(release::Column::Id.ne(&winner.id))
            .filter(release::Column::State.is_in(live))
            .all(self.transaction)
            .await?;
        for other in others {
            let older = other.version_code < winner.version_code;
            let gives_way = match other.state {
                ReleaseState::Released => true,
                ReleaseState::Staged => goes_back || older,
                _ => older,
            };
            if !gives_way {
                continue;
            }
            let from = other.state;
            let facts = Facts { powers: Powers::MACHINE, ..Facts::default() };
            let state = step(from, &Action::Supersede, &facts)?;
            let mut other = Release { state, revision: other.revision + 1, ..other };
            self.set_columns(&machine, &mut other, &Action::Supersede);
            other.clone().into_active_model().reset_all().update(self.transaction).await?;
            self.write_down(&machine, &other, from, &Action::Supersede).await?;
        }
        Ok(())
    }

    async fn facts(&self, who: &Who, row: &Release, app: &App, action: &Action) -> Result<Facts, DbErr> {
        let powers = match who {
            Who::Machine(_) => Powers::MACHINE,
            Who::User(caller) => standing(self.transaction, &caller.user, app).await?.powers(),
        };
        let desk = review::desk(self.transaction, &row.id, self.now).await?;
        let claim = match (&desk.reviewer_id, who.user_id()) {
            (None, _) => Claim::Free,
            (Some(reviewer), Some(user)) if reviewer == user => Claim::Mine,
            _ => Claim::Others,
        };
        let current = self.other(app.current_release_id.as_ref(), row).await?;
        let staged = self.other(app.staged_release_id.as_ref(), row).await?;
        // An older one that is staged gives way when a newer one is released to all.
        let in_the_way =
            |other: &Release| matches!(action, Action::Stage { .. }) || other.version_code > row.version_code;
        Ok(Facts {
            powers,
            submitted_digest: row.submitted_digest.clone(),
            check_passed: self.check_passed(row).await?,
            claim,
            checklist_done: desk.checklist_done,
            share: row.share.unwrap_or_default(),
            other_staged: staged.filter(in_the_way).map(|other| other.version),
            older_than_current: current.is_some_and(|current| current.version_code > row.version_code),
            steps_back: self.steps_back(row).await?,
        })
    }

    async fn other(&self, id: Option<&String>, row: &Release) -> Result<Option<Release>, DbErr> {
        match id.filter(|id| **id != row.id) {
            Some(id) => release::Entity::find_by_id(id).one(self.transaction).await,
            None => Ok(None),
        }
    }

    async fn check_passed(&self, row: &Release) -> Result<bool, DbErr> {
        let passed = check_report::Entity::find()
            .filter(check_report::Column::ReleaseId.eq(&row.id))
            .filter(check_report::Column::PackageDigest.eq(&row.submitted_digest))
            .filter(check_report::Column::Outcome.eq("passed"))
            .one(self.transaction)
            .await?;
        Ok(passed.is_some())
    }

    async fn steps_back(&self, row: &Release) -> Result<Option<usize>, DbErr> {
        if row.state != ReleaseState::Superseded {
            return Ok(None);
        }
        let superseded = release::Entity::find()
            .filter(release::Column::AppId.eq(&row.app_id))
            .filter(release::Column::State.eq(ReleaseState::Superseded))
            .filter(release::Column::ReleasedAt.is_not_null())
            .order_by_desc(release::Column::ReleasedAt)
            .order_by_desc(release::Column::VersionCode)
            .all(self.transaction)
            .await?;
        Ok(superseded.iter().position(|other| other.id == row.id))
    }

    async fn write_down(&self, who: &Who, row: &Release, from: ReleaseState, action: &Action) -> Result<(), DbErr> {
        if !self.keeps_trail {
            return Ok(());
        }
        let mut details = json!({
            "version": row.version,
            "from": from.name(),
            "to": row.state.name(),
            "submitted_digest": row.submitted_digest,
        });
        match action {
            Action::Stage { share } if *share == EVERYONE => details["share"] = json!("everyone"),
            Action::Stage { share } => details["share"] = json!(percent(*share)),
            Action::Reject { reason } | Action::FailCheck { reason } | Action::Withdraw { reason } => {
                details["reason"] = json!(reason.trim());
            }
            Action::Approve { .. } => details["package_digest"] = json!(row.package_digest),
            _ => {}
        }
        let action = format!("release.{}", action.name());
        let act = Act {
            who,
            action: &action,
            subject_kind: "release",
            subject_id: &row.id,
            app_id: Some(&row.app_id),
            organisation_id: None,
            details,
        };
        record(self.transaction, self.now, act).await
    }
}

pub(super) fn unknown_release(id: &str) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown-release",
        "This release is not here",
        format!("There is no release {id} that you may see."),
    )
}
