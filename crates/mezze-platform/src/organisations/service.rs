//! Making and reading organisations and their members.

use axum::http::StatusCode;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use super::model::{membership, organisation, staff};
use super::{MemberRole, StaffRole, duties_of, role_in};
use crate::accounts::{Caller, User, names_of};
use crate::apps::skeleton;
use crate::audit_trail::{Act, Who, record};
use crate::database::WriteStop;
use crate::problem::Problem;
use crate::state::Services;

const LONGEST_NAME: usize = 80;

/// The organisations of a platform.
pub(crate) struct Organisations<'a>(pub(crate) &'a Services);

impl Organisations<'_> {
    /// Makes an organisation; whoever makes it owns it.
    pub(super) async fn create(
        &self,
        caller: Caller,
        name: &str,
        website: Option<String>,
    ) -> Result<organisation::Model, Problem> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || skeleton(name).is_empty() {
            return Err(Problem::bad_request(format!(
                "A name has 1 to {LONGEST_NAME} characters, one of them a letter."
            )));
        }
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let row = fresh(services, name, website);
        let (who, row) = (&who, &row);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let same = organisation::Entity::find()
                        .filter(organisation::Column::NameSkeleton.eq(&row.name_skeleton))
                        .filter(organisation::Column::Verification.ne("unverified"))
                        .one(transaction)
                        .await?;
                    if let Some(same) = same {
                        return Err(name_taken(&row.name, &same.name).into());
                    }
                    insert(transaction, row, who.user_id().unwrap_or_default(), now).await?;
                    let act = on_organisation(who, "organisation.create", &row.id, json!({"name": row.name}));
                    record(transaction, now, act).await?;
                    Ok(row.clone())
                })
            })
            .await
    }

    /// An organisation, for a member or the operator's staff.
    pub(super) async fn insider(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<(organisation::Model, Option<MemberRole>), Problem> {
        let database = self.0.database.read();
        let unknown = || Problem::not_found(format!("There is no organisation {id} that you may see."));
        let row = organisation::Entity::find_by_id(id).one(database).await?.ok_or_else(unknown)?;
        let role = role_in(database, &caller.user.id, id).await?;
        if role.is_some() || duties_of(database, &caller.user).await?.is_staff() {
            return Ok((row, role));
        }
        Err(unknown())
    }

    /// Refuses everyone but owners.
    pub(super) async fn require_owner(&self, caller: &Caller, id: &str) -> Result<organisation::Model, Problem> {
        let (row, role) = self.insider(caller, id).await?;
        if role == Some(MemberRole::Owner) {
            return Ok(row);
        }
        Err(Problem::not_allowed("This is for owners of the organisation."))
    }

    /// The members, in the order in which they came.
    pub(super) async fn members(&self, id: &str) -> Result<Vec<(membership::Model, String)>, Problem> {
        let database = self.0.database.read();
        let rows = membership::Entity::find()
            .filter(membership::Column::OrganisationId.eq(id))
            .order_by_asc(membership::Column::CreatedAt)
            .all(database)
            .await?;
        let mut names = names_of(database, rows.iter().map(|row| row.user_id.clone()).collect()).await?;
        let named = rows.into_iter().map(|row| {
            let name = names.remove(&row.user_id).unwrap_or_default();
            (row, name)
        });
        Ok(named.collect())
    }

    /// Changes or ends a membership. An organisation always has an owner.
    pub(super) async fn set_member(
        &self,
        caller: Caller,
        id: &str,
        user_id: &str,
        role: Option<MemberRole>,
    ) -> Result<(), Problem> {
        if caller.user.id != user_id || role.is_some() {
            self.require_owner(&caller, id).await?;
        }
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let who = &who;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let key = (id.to_owned(), user_id.to_owned());
                    let known = membership::Entity::find_by_id(key.clone()).one(transaction).await?;
                    let known = known.ok_or_else(|| Problem::not_found(format!("{user_id} is no member of {id}.")))?;
                    match role {
                        Some(role) => {
                            let changed = membership::Model { role, ..known };
                            changed.into_active_model().reset_all().update(transaction).await?;
                        }
                        None => {
                            membership::Entity::delete_by_id(key).exec(transaction).await?;
                        }
                    }
                    let owners = membership::Entity::find()
                        .filter(membership::Column::OrganisationId.eq(id))
                        .filter(membership::Column::Role.eq(MemberRole::Owner))
                        .count(transaction)
                        .await?;
                    if owners == 0 {
                        return Err(last_owner().into());
                    }
                    let details = json!({"user_id": user_id, "role": role});
                    record(transaction, now, on_organisation(who, "organisation.member", id, details)).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Refuses everyone but the operator's admins.
    pub(super) async fn require_admin(&self, caller: &Caller) -> Result<(), Problem> {
        if duties_of(self.0.database.read(), &caller.user).await?.include(StaffRole::Admin) {
            return Ok(());
        }
        Err(Problem::not_allowed("This is for the operator's admins."))
    }

    /// Gives or takes a duty on the operator's side.
    pub(super) async fn set_staff(
        &self,
        caller: Caller,
        user_id: &str,
        role: StaffRole,
        given: bool,
    ) -> Result<(), Problem> {
        self.require_admin(&caller).await?;
        if caller.user.id == user_id && role == StaffRole::Admin && !given {
            return Err(Problem::not_allowed("Nobody takes the duty of an admin from themself.")
                .hint("Have another admin do it."));
        }
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let who = &who;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    staff::Entity::delete_by_id((user_id.to_owned(), role)).exec(transaction).await?;
                    if given {
                        add_staff(transaction, user_id, role, now).await?;
                    }
                    let act = Act {
                        who,
                        action: if given { "staff.add" } else { "staff.remove" },
                        subject_kind: "user",
                        subject_id: user_id,
                        app_id: None,
                        organisation_id: None,
                        details: json!({"role": role}),
                    };
                    record(transaction, now, act).await?;
                    Ok(())
                })
            })
            .await
    }
}

pub(crate) async fn add_staff(
    transaction: &DatabaseTransaction,
    user_id: &str,
    role: StaffRole,
    now: i64,
) -> Result<(), DbErr> {
    let row = staff::Model { user_id: user_id.to_owned(), role, created_at: now };
    staff::Entity::insert(staff::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    Ok(())
}

fn fresh(services: &Services, name: &str, website: Option<String>) -> organisation::Model {
    organisation::Model {
        id: services.fresh_identifier(),
        name: name.to_owned(),
        name_skeleton: skeleton(name),
        website,
        verification: "unverified".to_owned(),
        verified_domain: None,
        verified_at: None,
        revision: 0,
        created_at: services.now(),
    }
}

async fn insert(
    transaction: &DatabaseTransaction,
    row: &organisation::Model,
    owner: &str,
    now: i64,
) -> Result<(), DbErr> {
    organisation::Entity::insert(organisation::ActiveModel::from(row.clone()))
        .exec_without_returning(transaction)
        .await?;
    let membership = membership::Model {
        organisation_id: row.id.clone(),
        user_id: owner.to_owned(),
        role: MemberRole::Owner,
        created_at: now,
    };
    membership::Entity::insert(membership::ActiveModel::from(membership)).exec_without_returning(transaction).await?;
    Ok(())
}

/// The organisation that a developer's new mini apps belong to: the first that they develop for, or one of their own
/// that is made for them.
pub(crate) async fn organisation_for(
    services: &Services,
    transaction: &DatabaseTransaction,
    user: &User,
) -> Result<String, WriteStop> {
    let memberships = membership::Entity::find()
        .filter(membership::Column::UserId.eq(&user.id))
        .order_by_asc(membership::Column::CreatedAt)
        .all(transaction)
        .await?;
    if let Some(found) = memberships.into_iter().find(|membership| membership.role.develops()) {
        return Ok(found.organisation_id);
    }
    let row = fresh(services, &user.name, None);
    insert(transaction, &row, &user.id, services.now()).await?;
    Ok(row.id)
}

/// The organisations in which a user develops.
pub(crate) async fn organisations_of(database: &impl ConnectionTrait, user_id: &str) -> Result<Vec<String>, DbErr> {
    let rows = membership::Entity::find().filter(membership::Column::UserId.eq(user_id)).all(database).await?;
    Ok(rows.into_iter().filter(|row| row.role.develops()).map(|row| row.organisation_id).collect())
}

/// Whether a user is a developer of any organisation.
pub(crate) async fn develops_somewhere(services: &Services, user_id: &str) -> Result<bool, Problem> {
    Ok(!organisations_of(services.database.read(), user_id).await?.is_empty())
}

pub(super) fn on_organisation<'a>(who: &'a Who, action: &'a str, id: &'a str, details: serde_json::Value) -> Act<'a> {
    Act { who, action, subject_kind: "organisation", subject_id: id, app_id: None, organisation_id: Some(id), details }
}

fn last_owner() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "last-owner",
        "An organisation needs an owner",
        "This is the organisation's last owner.",
    )
    .hint("Make someone else an owner first.")
}

fn name_taken(name: &str, other: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "name-taken",
        "The name looks like another one",
        format!("`{name}` looks the same as the verified organisation `{other}`."),
    )
    .hint("Choose another name; if the name is yours, ask the operator.")
}
