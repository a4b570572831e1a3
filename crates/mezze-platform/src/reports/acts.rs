//! What the staff does with a report: take it on, leave it, resolve it, open it again. Each is one transaction with its
//! entry in the audit trail.

use axum::http::StatusCode;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::desk::{Reports, unknown_report};
use super::kinds::{Outcome, ReportState};
use super::model::{report, warning};
use crate::accounts::Caller;
use crate::audit_trail::{Act, Who, record};
use crate::database::WriteStop;
use crate::http::require_revision;
use crate::problem::Problem;
use crate::registry::ReleaseState;
use crate::registry::model::{app, release};
use crate::state::Services;

const LONGEST_TEXT: usize = 2_000;

/// One act on a report, by its name.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(super) enum ReportAct {
    /// Take it on.
    Take {
        /// Also where another person is at work on it.
        #[serde(default)]
        over: bool,
    },
    /// Leave it to others.
    Leave,
    /// Say what came of it.
    Resolve {
        outcome: Outcome,
        /// Why; only the staff reads it.
        note: String,
        /// What the reporter reads beside the outcome.
        #[serde(default)]
        answer: Option<String>,
        /// What the publisher reads; needed for `publisher_warned`, and only possible there.
        #[serde(default)]
        warning: Option<String>,
    },
    /// Look into it again.
    Reopen,
}

impl ReportAct {
    fn name(&self) -> &'static str {
        match self {
            Self::Take { .. } => "take",
            Self::Leave => "leave",
            Self::Resolve { .. } => "resolve",
            Self::Reopen => "reopen",
        }
    }

    /// As it is written into the trail.
    fn recorded(&self) -> String {
        format!("report.{}", self.name())
    }

    /// Trims texts and refuses what no report can take.
    fn checked(self) -> Result<Self, Problem> {
        let Self::Resolve { outcome, note, answer, warning } = self else { return Ok(self) };
        let said = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let (note, answer, warning) = (note.trim().to_owned(), said(answer), said(warning));
        for text in [Some(&note), answer.as_ref(), warning.as_ref()].into_iter().flatten() {
            if text.chars().count() > LONGEST_TEXT {
                return Err(Problem::bad_request(format!("A text has at most {LONGEST_TEXT} characters.")));
            }
        }
        if note.is_empty() {
            return Err(Problem::bad_request("A note is needed: others of the staff read in it why."));
        }
        if (outcome == Outcome::PublisherWarned) != warning.is_some() {
            return Err(Problem::bad_request("A warning is needed where the publisher is warned, and only there.")
                .hint("Say in `warning` what the publisher is to mend; they never learn who reported it."));
        }
        Ok(Self::Resolve { outcome, note, answer, warning })
    }
}

impl Reports<'_> {
    /// Does one act.
    pub(super) async fn act(
        &self,
        caller: Caller,
        id: &str,
        act: ReportAct,
        revision: Option<i64>,
    ) -> Result<report::Model, Problem> {
        self.show(&caller, id).await?;
        let act = act.checked()?;
        let services = self.0;
        let who = Who::from(caller);
        let (who, act) = (&who, &act);
        let row = services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let row = report::Entity::find_by_id(id).one(transaction).await?;
                    let row = row.ok_or_else(|| unknown_report(id))?;
                    require_revision(revision, row.revision)?;
                    let user = who.user_id().unwrap_or_default();
                    not_their_own(&row, user)?;
                    let changed = change(services, transaction, &row, act, user).await?;
                    let changed = report::Model { revision: row.revision + 1, ..changed };
                    changed.clone().into_active_model().reset_all().update(transaction).await?;
                    write_down(services, transaction, who, act, &changed).await?;
                    Ok(changed)
                })
            })
            .await?;
        tracing::info!(report.id = row.id, report.act = act.name(), report.state = row.state.name(), "report of abuse");
        Ok(row)
    }
}

/// The row after the act, or why it can't be.
async fn change(
    services: &Services,
    transaction: &DatabaseTransaction,
    row: &report::Model,
    act: &ReportAct,
    user: &str,
) -> Result<report::Model, WriteStop> {
    let now = services.now();
    let taken = report::Model {
        state: ReportState::Taken,
        handler_id: Some(user.to_owned()),
        taken_at: Some(now),
        outcome: None,
        note: row.note.clone(),
        answer: None,
        resolved_at: None,
        ..row.clone()
    };
    match (act, row.state) {
        (ReportAct::Take { .. }, ReportState::Open) | (ReportAct::Reopen, ReportState::Resolved) => Ok(taken),
        (ReportAct::Take { over }, ReportState::Taken) => {
            if *over || row.handler_id.as_deref() == Some(user) {
                Ok(taken)
            } else {
                Err(others().into())
            }
        }
        (ReportAct::Leave, ReportState::Taken) => {
            mine(row, user)?;
            Ok(report::Model { state: ReportState::Open, handler_id: None, taken_at: None, ..row.clone() })
        }
        (ReportAct::Resolve { outcome, note, answer, warning }, ReportState::Taken) => {
            mine(row, user)?;
            if *outcome == Outcome::AppWithdrawn {
                require_withdrawn(transaction, row).await?;
            }
            if let Some(text) = warning {
                warn(services, transaction, row, text, user).await?;
            }
            Ok(report::Model {
                state: ReportState::Resolved,
                outcome: Some(*outcome),
                note: Some(note.clone()),
                answer: answer.clone(),
                resolved_at: Some(now),
                ..row.clone()
            })
        }
        (act, state) => Err(wrong_state(act, state).into()),
    }
}

/// What is said to the reporter must be true: something was withdrawn since they reported, or nothing is left.
async fn require_withdrawn(transaction: &DatabaseTransaction, row: &report::Model) -> Result<(), WriteStop> {
    let withdrawn = release::Entity::find()
        .filter(release::Column::AppId.eq(&row.app_id))
        .filter(release::Column::State.eq(ReleaseState::Withdrawn))
        .filter(release::Column::WithdrawnAt.gte(row.created_at))
        .one(transaction)
        .await?;
    let app = app::Entity::find_by_id(&row.app_id).one(transaction).await?;
    if withdrawn.is_some() || app.is_none_or(|app| app.current_release_id.is_none()) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        "not-withdrawn",
        "Nothing of it was withdrawn",
        format!("No version of {} was withdrawn since the report came.", row.app_id),
    )
    .hint("Have an admin withdraw the release first, or choose another outcome.")
    .into())
}

async fn warn(
    services: &Services,
    transaction: &DatabaseTransaction,
    row: &report::Model,
    text: &str,
    user: &str,
) -> Result<(), WriteStop> {
    let warning = warning::Model {
        id: services.fresh_identifier(),
        app_id: row.app_id.clone(),
        report_id: row.id.clone(),
        reason: row.reason,
        text: text.to_owned(),
        created_by: user.to_owned(),
        created_at: services.now(),
    };
    warning::Entity::insert(warning::ActiveModel::from(warning)).exec_without_returning(transaction).await?;
    Ok(())
}

async fn write_down(
    services: &Services,
    transaction: &DatabaseTransaction,
    who: &Who,
    act: &ReportAct,
    row: &report::Model,
) -> Result<(), WriteStop> {
    let details = match act {
        ReportAct::Resolve { outcome, .. } => json!({"outcome": outcome}),
        ReportAct::Take { over: true } => json!({"over": true}),
        _ => json!({}),
    };
    let now = services.now();
    let action = act.recorded();
    let entry = |action, subject_kind, subject_id, app_id, details| Act {
        who,
        action,
        subject_kind,
        subject_id,
        app_id,
        organisation_id: None,
        details,
    };
    record(transaction, now, entry(&action, "report", &row.id, None, details)).await?;
    // The warning is the publisher's to know, the report is not.
    if matches!(act, ReportAct::Resolve { warning: Some(_), .. }) {
        let app_id = row.app_id.as_str();
        record(transaction, now, entry("app.warn", "app", app_id, Some(app_id), json!({"reason": row.reason}))).await?;
    }
    Ok(())
}

fn not_their_own(row: &report::Model, user: &str) -> Result<(), Problem> {
    if row.reporter_id != user {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "own-report",
        "Nobody handles their own report",
        "You sent this report yourself.",
    )
    .hint("Leave it to someone else of the staff."))
}

fn mine(row: &report::Model, user: &str) -> Result<(), Problem> {
    if row.handler_id.as_deref() == Some(user) { Ok(()) } else { Err(others()) }
}

fn others() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "report-taken",
        "Another person is at work on it",
        "Someone else of the staff has taken this report on.",
    )
    .hint("Choose another one, or take it over with `over`.")
}

fn wrong_state(act: &ReportAct, state: ReportState) -> Problem {
    let hint = match state {
        ReportState::Open => "Take it on first.",
        ReportState::Taken => "Resolve it, or leave it to others.",
        ReportState::Resolved => "Reopen it first.",
    };
    Problem::new(
        StatusCode::CONFLICT,
        "wrong-report-state",
        "The report is in another state",
        format!("`{}` is not possible for a report that is {}.", act.name(), state.name()),
    )
    .hint(hint)
}
