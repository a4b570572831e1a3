//! Roles, and what they amount to for one mini app.

use sea_orm::prelude::StringLen;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, DeriveActiveEnum, EntityTrait as _, EnumIter, QueryFilter as _,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{membership, staff};
use crate::accounts::{Role, User};
use crate::problem::Problem;
use crate::registry::App;
use crate::releases::Powers;

/// What a member of an organisation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum MemberRole {
    /// Everything a developer does, and members, keys and the organisation itself.
    Owner,
    /// Uploads, submits, releases.
    Developer,
    /// Runs versions before users do.
    Tester,
}

impl MemberRole {
    pub(crate) fn develops(self) -> bool {
        matches!(self, Self::Owner | Self::Developer)
    }
}

/// What a person does on the operator's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum StaffRole {
    /// Decides over releases.
    Reviewer,
    /// Answers users; reads what is needed for that.
    Support,
    /// Money: reads and settles.
    Finance,
    /// All of it, and people, policy and withdrawals.
    Admin,
}

/// A person's duties on the operator's side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Duties(Vec<StaffRole>);

impl Duties {
    /// Whether the person has this duty; an admin has every one.
    pub(crate) fn include(&self, role: StaffRole) -> bool {
        self.0.contains(&role) || self.0.contains(&StaffRole::Admin)
    }

    /// Whether the person is on the operator's side at all.
    pub(crate) fn is_staff(&self) -> bool {
        !self.0.is_empty()
    }

    /// Refuses everyone else.
    pub(crate) fn require_staff(&self) -> Result<(), Problem> {
        if self.is_staff() { Ok(()) } else { Err(Problem::not_allowed("This is for the operator's staff.")) }
    }

    pub(crate) fn roles(&self) -> &[StaffRole] {
        &self.0
    }
}

/// How a person stands to one mini app.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) member: Option<MemberRole>,
    pub(crate) duties: Duties,
}

impl Standing {
    pub(crate) fn develops(&self) -> bool {
        self.member.is_some_and(MemberRole::develops)
    }

    pub(crate) fn owns(&self) -> bool {
        self.member == Some(MemberRole::Owner)
    }

    /// Whether the person may read what only insiders read.
    pub(crate) fn reads(&self) -> bool {
        self.develops() || self.duties.is_staff()
    }

    pub(crate) fn powers(&self) -> Powers {
        Powers {
            develops: self.develops(),
            reviews: self.duties.include(StaffRole::Reviewer),
            administers: self.duties.include(StaffRole::Admin),
            is_machine: false,
        }
    }
}

/// A person's duties on the operator's side.
pub(crate) async fn duties_of(database: &impl ConnectionTrait, user: &User) -> Result<Duties, DbErr> {
    let rows = staff::Entity::find().filter(staff::Column::UserId.eq(&user.id)).all(database).await?;
    let mut roles: Vec<StaffRole> = rows.into_iter().map(|row| row.role).collect();
    if user.role == Role::Operator && !roles.contains(&StaffRole::Admin) {
        roles.push(StaffRole::Admin);
    }
    Ok(Duties(roles))
}

/// A person's role in an organisation.
pub(crate) async fn role_in(
    database: &impl ConnectionTrait,
    user_id: &str,
    organisation_id: &str,
) -> Result<Option<MemberRole>, DbErr> {
    let key = (organisation_id.to_owned(), user_id.to_owned());
    Ok(membership::Entity::find_by_id(key).one(database).await?.map(|row| row.role))
}

/// How a person stands to a mini app. One without an organisation belongs to whoever first uploaded it.
pub(crate) async fn standing(database: &impl ConnectionTrait, user: &User, app: &App) -> Result<Standing, DbErr> {
    let member = match &app.organisation_id {
        Some(organisation) => role_in(database, &user.id, organisation).await?,
        None => (app.publisher_id.as_deref() == Some(&user.id)).then_some(MemberRole::Owner),
    };
    Ok(Standing { member, duties: duties_of(database, user).await? })
}
