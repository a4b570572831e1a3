//! The staff's desk: which reports there are, and who may see them.

use std::collections::HashMap;

use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, Order, PaginatorTrait as _, QueryFilter as _,
};

use super::kinds::ReportState;
use super::model::report;
use crate::accounts::{Caller, names_of};
use crate::http::PageQuery;
use crate::organisations::{StaffRole, duties_of, organisations_of};
use crate::problem::Problem;
use crate::registry::model::{app, release};
use crate::state::Services;

/// Reports on the staff's desk.
pub(super) struct Reports<'a>(pub(super) &'a Services);

/// A report with what is told beside it.
pub(super) struct Told {
    pub(super) row: report::Model,
    pub(super) app_name: String,
    pub(super) reporter_name: String,
    pub(super) handler_name: Option<String>,
}

/// Which reports are wanted.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) state: Option<ReportState>,
    pub(super) app_id: Option<String>,
}

impl Wanted {
    /// What waits is answered in the order in which it came; of the rest the newest is of interest.
    fn oldest_first(&self) -> bool {
        matches!(self.state, Some(ReportState::Open | ReportState::Taken))
    }
}

impl Reports<'_> {
    /// Refuses everyone but those who handle reports.
    pub(super) async fn require_handler(&self, caller: &Caller) -> Result<(), Problem> {
        let duties = duties_of(self.0.database.read(), &caller.user).await?;
        if duties.include(StaffRole::Reviewer) || duties.include(StaffRole::Support) {
            return Ok(());
        }
        Err(Problem::not_allowed("Reports are for the operator's reviewers, support and admins."))
    }

    /// A page of the reports; those about the caller's own mini apps are left out.
    pub(super) async fn list(&self, caller: &Caller, wanted: &Wanted, page: &PageQuery) -> Result<Vec<Told>, Problem> {
        self.require_handler(caller).await?;
        let database = self.0.database.read();
        let mut query = report::Entity::find().filter(self.others_apps(caller).await?);
        if let Some(state) = wanted.state {
            query = query.filter(report::Column::State.eq(state));
        }
        if let Some(app_id) = &wanted.app_id {
            query = query.filter(report::Column::AppId.eq(app_id));
        }
        let order = if wanted.oldest_first() { Order::Asc } else { Order::Desc };
        let rows = page.sorted(query, (report::Column::CreatedAt, report::Column::Id), &order)?.all(database).await?;
        Ok(self.tell(rows).await?)
    }

    /// One report, for someone who handles it.
    pub(super) async fn show(&self, caller: &Caller, id: &str) -> Result<report::Model, Problem> {
        self.require_handler(caller).await?;
        let own = self.others_apps(caller).await?;
        let row = report::Entity::find_by_id(id).filter(own).one(self.0.database.read()).await?;
        row.ok_or_else(|| unknown_report(id))
    }

    /// How many other reports about the same mini app wait.
    pub(super) async fn others_waiting(&self, row: &report::Model) -> Result<u64, Problem> {
        let count = report::Entity::find()
            .filter(report::Column::AppId.eq(&row.app_id))
            .filter(report::Column::Id.ne(&row.id))
            .filter(report::Column::State.ne(ReportState::Resolved))
            .count(self.0.database.read())
            .await?;
        Ok(count)
    }

    /// The release that the reporter ran.
    pub(super) async fn release_of(&self, row: &report::Model) -> Result<Option<release::Model>, Problem> {
        let release = release::Entity::find()
            .filter(release::Column::AppId.eq(&row.app_id))
            .filter(release::Column::Version.eq(&row.version))
            .one(self.0.database.read())
            .await?;
        Ok(release)
    }

    /// Names of people and mini apps for rows.
    pub(super) async fn tell(&self, rows: Vec<report::Model>) -> Result<Vec<Told>, DbErr> {
        let database = self.0.database.read();
        let apps = app_names(database, &rows).await?;
        let people = rows.iter().flat_map(|row| row.handler_id.iter().chain([&row.reporter_id]).cloned());
        let people = names_of(database, people.collect()).await?;
        let name = |id: &String| people.get(id).cloned().unwrap_or_default();
        let told = rows.into_iter().map(|row| Told {
            app_name: apps.get(&row.app_id).cloned().unwrap_or_else(|| row.app_id.clone()),
            reporter_name: name(&row.reporter_id),
            handler_name: row.handler_id.as_ref().map(name),
            row,
        });
        Ok(told.collect())
    }

    /// Developers never learn who reported, also those who are of the staff.
    async fn others_apps(&self, caller: &Caller) -> Result<Condition, Problem> {
        let user = &caller.user.id;
        let organisations = organisations_of(self.0.database.read(), user).await?;
        let theirs =
            Condition::all().add(app::Column::OrganisationId.is_null()).add(app::Column::PublisherId.eq(user.as_str()));
        let own = Query::select()
            .column(app::Column::Id)
            .from(app::Entity)
            .cond_where(Condition::any().add(app::Column::OrganisationId.is_in(organisations)).add(theirs))
            .take();
        Ok(Condition::all().add(report::Column::AppId.not_in_subquery(own)))
    }
}

/// What the mini apps of these reports are called.
pub(super) async fn app_names(
    database: &impl ConnectionTrait,
    rows: &[report::Model],
) -> Result<HashMap<String, String>, DbErr> {
    let ids: Vec<&str> = rows.iter().map(|row| row.app_id.as_str()).collect();
    let apps = app::Entity::find().filter(app::Column::Id.is_in(ids)).all(database).await?;
    Ok(apps.into_iter().filter_map(|app| Some((app.id, app.name?))).collect())
}

pub(super) fn unknown_report(id: &str) -> Problem {
    Problem::not_found(format!("There is no report {id} that you may see."))
}
