//! Invitations: a code, good once and for a week, that makes whoever brings it a member or one of the staff.

use axum::http::StatusCode;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::model::{invitation, membership, staff};
use super::service::{Organisations, add_staff, on_organisation};
use super::{MemberRole, StaffRole};
use crate::accounts::Caller;
use crate::audit_trail::{Act, Who, record};
use crate::clock::random_bytes;
use crate::database::WriteStop;
use crate::encoding::base64url;
use crate::problem::Problem;
use crate::state::Services;

const HOLDS_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What an invitation is to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Invited {
    Member(MemberRole),
    Staff(StaffRole),
}

impl Organisations<'_> {
    /// Makes an invitation and gives its code, which is kept nowhere.
    pub(super) async fn invite(
        &self,
        caller: Caller,
        organisation_id: Option<String>,
        invited: Invited,
        label: String,
    ) -> Result<(String, invitation::Model), Problem> {
        match &organisation_id {
            Some(id) => drop(self.require_owner(&caller, id).await?),
            None => self.require_admin(&caller).await?,
        }
        let services = self.0;
        let code = base64url(&random_bytes::<16>(services.randomness()));
        let row = row(services, &code, organisation_id, invited, label, &caller.user.id);
        let who = Who::from(caller);
        let (who, row) = (&who, &row);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    insert(transaction, row).await?;
                    let details = json!({"role": row.role, "label": row.label, "staff": row.organisation_id.is_none()});
                    let act = match &row.organisation_id {
                        Some(id) => on_organisation(who, "organisation.invite", id, details),
                        None => on_staff(who, "staff.invite", &row.id, details),
                    };
                    record(transaction, row.created_at, act).await?;
                    Ok(())
                })
            })
            .await?;
        Ok((code, row.clone()))
    }

    /// Makes the caller what the invitation says; gives the organisation, if it is to one.
    pub(super) async fn accept(&self, caller: Caller, code: &str) -> Result<invitation::Model, Problem> {
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let (who, code) = (&who, digest(code));
        let code = code.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let user = who.user_id().unwrap_or_default();
                    let row = take(transaction, code, user, now).await?;
                    let details = json!({"role": row.role, "invitation": row.id});
                    let act = match &row.organisation_id {
                        Some(id) => on_organisation(who, "organisation.join", id, details),
                        None => on_staff(who, "staff.join", user, details),
                    };
                    record(transaction, now, act).await?;
                    Ok(row)
                })
            })
            .await
    }
}

/// The first admin's invitation, where nobody is an admin yet: its code is shown where the platform is started.
pub(crate) async fn invite_first_admin(services: &Services) -> Result<Option<String>, Problem> {
    let code = base64url(&random_bytes::<16>(services.randomness()));
    let row = row(services, &code, None, Invited::Staff(StaffRole::Admin), "first admin".to_owned(), "");
    let row = &row;
    let invited = services
        .database
        .write_borrowing(move |transaction, _| {
            Box::pin(async move {
                let admins = staff::Entity::find().filter(staff::Column::Role.eq(StaffRole::Admin)).one(transaction);
                if admins.await?.is_some() {
                    return Ok(false);
                }
                // An older code was perhaps seen by others; the one that is shown now is the one that holds.
                invitation::Entity::delete_many()
                    .filter(invitation::Column::OrganisationId.is_null())
                    .filter(invitation::Column::CreatedBy.eq(""))
                    .filter(invitation::Column::AcceptedAt.is_null())
                    .exec(transaction)
                    .await?;
                insert(transaction, row).await?;
                Ok(true)
            })
        })
        .await?;
    Ok(invited.then_some(code))
}

fn row(
    services: &Services,
    code: &str,
    organisation_id: Option<String>,
    invited: Invited,
    label: String,
    created_by: &str,
) -> invitation::Model {
    let now = services.now();
    let role = match invited {
        Invited::Member(role) => serde_json::to_value(role),
        Invited::Staff(role) => serde_json::to_value(role),
    };
    invitation::Model {
        id: services.fresh_identifier(),
        code_digest: digest(code),
        organisation_id,
        role: role.ok().and_then(|role| role.as_str().map(str::to_owned)).unwrap_or_default(),
        label,
        created_by: created_by.to_owned(),
        created_at: now,
        expires_at: now + HOLDS_SECONDS,
        accepted_by: None,
        accepted_at: None,
    }
}

async fn insert(transaction: &DatabaseTransaction, row: &invitation::Model) -> Result<(), DbErr> {
    invitation::Entity::insert(invitation::ActiveModel::from(row.clone())).exec_without_returning(transaction).await?;
    Ok(())
}

async fn take(
    transaction: &DatabaseTransaction,
    code: &str,
    user: &str,
    now: i64,
) -> Result<invitation::Model, WriteStop> {
    let found = invitation::Entity::find().filter(invitation::Column::CodeDigest.eq(code)).one(transaction).await?;
    let found = found.filter(|row| row.accepted_at.is_none() && row.expires_at > now).ok_or_else(dead)?;
    let role = serde_json::Value::String(found.role.clone());
    let unknown = |cause: serde_json::Error| Problem::internal("read an invitation", &cause);
    match &found.organisation_id {
        Some(organisation) => {
            let role: MemberRole = serde_json::from_value(role).map_err(unknown)?;
            let key = (organisation.clone(), user.to_owned());
            // Whoever is a member already gets the new role.
            membership::Entity::delete_by_id(key).exec(transaction).await?;
            let row = membership::Model {
                organisation_id: organisation.clone(),
                user_id: user.to_owned(),
                role,
                created_at: now,
            };
            membership::Entity::insert(membership::ActiveModel::from(row)).exec_without_returning(transaction).await?;
        }
        None => {
            let role: StaffRole = serde_json::from_value(role).map_err(unknown)?;
            staff::Entity::delete_by_id((user.to_owned(), role)).exec(transaction).await?;
            add_staff(transaction, user, role, now).await?;
        }
    }
    let mut used = found.clone().into_active_model();
    used.accepted_by = Set(Some(user.to_owned()));
    used.accepted_at = Set(Some(now));
    used.update(transaction).await?;
    Ok(found)
}

/// Whether a code is good for making an account where accounts can't be made otherwise.
pub(crate) async fn is_good(services: &Services, code: &str) -> Result<bool, Problem> {
    let found = invitation::Entity::find()
        .filter(invitation::Column::CodeDigest.eq(digest(code)))
        .one(services.database.read())
        .await?;
    Ok(found.is_some_and(|row| row.accepted_at.is_none() && row.expires_at > services.now()))
}

fn on_staff<'a>(who: &'a Who, action: &'a str, id: &'a str, details: serde_json::Value) -> Act<'a> {
    Act { who, action, subject_kind: "staff", subject_id: id, app_id: None, organisation_id: None, details }
}

fn digest(code: &str) -> String {
    hex::encode(Sha256::digest(code.trim().as_bytes()))
}

pub(crate) fn dead() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "dead-invitation",
        "The invitation does not hold any more",
        "It has expired, was used, or never was one.",
    )
    .hint("Ask whoever gave it to you for another.")
}
