//! Organisations, members, invitations and staff over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::invitations::Invited;
use super::model::{membership, organisation};
use super::service::Organisations;
use super::{MemberRole, StaffRole, duties_of, operator_routes, verification_routes};
use crate::accounts::{Caller, Scope};
use crate::http::{ApiJson, Tagged};
use crate::problem::Problem;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show))
        .routes(routes!(members))
        .routes(routes!(change_member, remove_member))
        .routes(routes!(invite))
        .routes(routes!(invite_staff))
        .routes(routes!(accept))
        .routes(routes!(duties))
        .routes(routes!(add_duty, remove_duty))
        .merge(operator_routes::router())
        .merge(verification_routes::router())
}

/// An organisation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct OrganisationView {
    id: String,
    name: String,
    website: Option<String>,
    /// `unverified`, `domain` (it proved one), or `operator` (the operator marked it).
    verification: String,
    verified_domain: Option<String>,
    verified_at: Option<i64>,
    created_at: i64,
    revision: i64,
    /// Your own role in it.
    role: Option<MemberRole>,
}

impl From<(organisation::Model, Option<MemberRole>)> for OrganisationView {
    fn from((row, role): (organisation::Model, Option<MemberRole>)) -> Self {
        Self {
            id: row.id,
            name: row.name,
            website: row.website,
            verification: row.verification,
            verified_domain: row.verified_domain,
            verified_at: row.verified_at,
            created_at: row.created_at,
            revision: row.revision,
            role,
        }
    }
}

/// Your organisations
#[utoipa::path(
    get,
    path = "/api/v1/organisations",
    tag = "organisations",
    responses(
        (status = 200, body = Vec<OrganisationView>),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn list(State(services): State<Arc<Services>>, caller: Caller) -> Result<Json<Vec<OrganisationView>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let rows = membership::Entity::find()
        .filter(membership::Column::UserId.eq(&caller.user.id))
        .all(services.database.read())
        .await?;
    let mut views = Vec::new();
    for row in rows {
        let found = organisation::Entity::find_by_id(&row.organisation_id).one(services.database.read()).await?;
        views.extend(found.map(|found| OrganisationView::from((found, Some(row.role)))));
    }
    Ok(Json(views))
}

#[derive(Deserialize, ToSchema)]
struct NewOrganisation {
    name: String,
    #[serde(default)]
    website: Option<String>,
}

/// Make an organisation
#[utoipa::path(
    post,
    path = "/api/v1/organisations",
    tag = "organisations",
    request_body = NewOrganisation,
    responses(
        (status = 201, description = "You are its owner", body = OrganisationView),
        (status = 409, description = "The name looks like a verified one", body = Problem),
    )
)]
async fn create(
    State(services): State<Arc<Services>>,
    caller: Caller,
    ApiJson(request): ApiJson<NewOrganisation>,
) -> Result<Response, Problem> {
    caller.require_session()?;
    let row = Organisations(&services).create(caller, &request.name, request.website).await?;
    let revision = row.revision;
    let view = OrganisationView::from((row, Some(MemberRole::Owner)));
    Ok((StatusCode::CREATED, Tagged(revision, Json(view))).into_response())
}

/// One organisation
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{id}",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    responses(
        (status = 200, body = OrganisationView),
        (status = 404, description = "No such organisation that you may see", body = Problem),
    )
)]
async fn show(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<OrganisationView>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    Ok(Json(Organisations(&services).insider(&caller, &id).await?.into()))
}

/// A member of an organisation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct MemberView {
    user_id: String,
    name: String,
    role: MemberRole,
    created_at: i64,
}

/// The members of an organisation
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{id}/members",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    responses(
        (status = 200, body = Vec<MemberView>),
        (status = 404, description = "No such organisation that you may see", body = Problem),
    )
)]
async fn members(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<MemberView>>, Problem> {
    caller.require(Scope::ReleasesRead)?;
    let organisations = Organisations(&services);
    organisations.insider(&caller, &id).await?;
    let members = organisations.members(&id).await?.into_iter().map(|(row, name)| MemberView {
        user_id: row.user_id,
        name,
        role: row.role,
        created_at: row.created_at,
    });
    Ok(Json(members.collect()))
}

#[derive(Deserialize, ToSchema)]
struct RoleChange {
    role: MemberRole,
}

/// Change a member's role
#[utoipa::path(
    put,
    path = "/api/v1/organisations/{id}/members/{user}",
    tag = "organisations",
    params(
        ("id" = String, Path, description = "The organisation's id"),
        ("user" = String, Path, description = "The user's id"),
    ),
    request_body = RoleChange,
    responses(
        (status = 204, description = "Changed"),
        (status = 403, description = "Not an owner", body = Problem),
        (status = 404, description = "No such member", body = Problem),
        (status = 409, description = "It would be left without an owner", body = Problem),
    )
)]
async fn change_member(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, user)): Path<(String, String)>,
    ApiJson(request): ApiJson<RoleChange>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    Organisations(&services).set_member(caller, &id, &user, Some(request.role)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a member, or leave
#[utoipa::path(
    delete,
    path = "/api/v1/organisations/{id}/members/{user}",
    tag = "organisations",
    params(
        ("id" = String, Path, description = "The organisation's id"),
        ("user" = String, Path, description = "The user's id"),
    ),
    responses(
        (status = 204, description = "No member any more"),
        (status = 403, description = "Neither an owner nor yourself", body = Problem),
        (status = 404, description = "No such member", body = Problem),
        (status = 409, description = "It would be left without an owner", body = Problem),
    )
)]
async fn remove_member(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, user)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    Organisations(&services).set_member(caller, &id, &user, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
struct NewInvitation {
    role: MemberRole,
    /// Whom it is for, in your words.
    #[serde(default)]
    label: String,
}

#[derive(Deserialize, ToSchema)]
struct NewStaffInvitation {
    role: StaffRole,
    /// Whom it is for, in your words.
    #[serde(default)]
    label: String,
}

/// An invitation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct InvitationView {
    id: String,
    /// Shown this once; good once.
    code: String,
    role: String,
    /// Seconds since 1970.
    expires_at: i64,
}

/// Invite someone to an organisation
#[utoipa::path(
    post,
    path = "/api/v1/organisations/{id}/invitations",
    tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    request_body = NewInvitation,
    responses(
        (status = 201, body = InvitationView),
        (status = 403, description = "Not an owner", body = Problem),
    )
)]
async fn invite(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(request): ApiJson<NewInvitation>,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    caller.require_session()?;
    let invited = Invited::Member(request.role);
    let (code, row) = Organisations(&services).invite(caller, Some(id), invited, request.label).await?;
    Ok((StatusCode::CREATED, Json(InvitationView { id: row.id, code, role: row.role, expires_at: row.expires_at })))
}

/// Invite someone to the operator's staff
#[utoipa::path(
    post,
    path = "/api/v1/staff/invitations",
    tag = "organisations",
    request_body = NewStaffInvitation,
    responses(
        (status = 201, body = InvitationView),
        (status = 403, description = "Not an admin", body = Problem),
    )
)]
async fn invite_staff(
    State(services): State<Arc<Services>>,
    caller: Caller,
    ApiJson(request): ApiJson<NewStaffInvitation>,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    caller.require_session()?;
    let invited = Invited::Staff(request.role);
    let (code, row) = Organisations(&services).invite(caller, None, invited, request.label).await?;
    Ok((StatusCode::CREATED, Json(InvitationView { id: row.id, code, role: row.role, expires_at: row.expires_at })))
}

#[derive(Deserialize, ToSchema)]
struct Acceptance {
    code: String,
}

/// What an invitation made of you.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Accepted {
    /// None: the operator's staff.
    organisation_id: Option<String>,
    role: String,
}

/// Accept an invitation
#[utoipa::path(
    post,
    path = "/api/v1/invitations/accept",
    tag = "organisations",
    request_body = Acceptance,
    responses(
        (status = 200, body = Accepted),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "The invitation does not hold any more", body = Problem),
    )
)]
async fn accept(
    State(services): State<Arc<Services>>,
    caller: Caller,
    ApiJson(request): ApiJson<Acceptance>,
) -> Result<Json<Accepted>, Problem> {
    caller.require_session()?;
    let row = Organisations(&services).accept(caller, &request.code).await?;
    Ok(Json(Accepted { organisation_id: row.organisation_id, role: row.role }))
}

/// Your duties on the operator's side
#[utoipa::path(
    get,
    path = "/api/v1/staff/me",
    tag = "organisations",
    responses(
        (status = 200, description = "Empty for everyone else", body = Vec<StaffRole>),
        (status = 401, description = "Nobody is signed in", body = Problem),
    )
)]
async fn duties(State(services): State<Arc<Services>>, caller: Caller) -> Result<Json<Vec<StaffRole>>, Problem> {
    Ok(Json(duties_of(services.database.read(), &caller.user).await?.roles().to_vec()))
}

/// Give someone a duty on the operator's side
#[utoipa::path(
    put,
    path = "/api/v1/staff/{user}/{role}",
    tag = "organisations",
    params(
        ("user" = String, Path, description = "The user's id"),
        ("role" = StaffRole, Path, description = "The duty"),
    ),
    responses((status = 204, description = "Given"), (status = 403, description = "Not an admin", body = Problem))
)]
async fn add_duty(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((user, role)): Path<(String, StaffRole)>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    Organisations(&services).set_staff(caller, &user, role, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a duty from someone
#[utoipa::path(
    delete,
    path = "/api/v1/staff/{user}/{role}",
    tag = "organisations",
    params(
        ("user" = String, Path, description = "The user's id"),
        ("role" = StaffRole, Path, description = "The duty"),
    ),
    responses((status = 204, description = "Taken"), (status = 403, description = "Not an admin", body = Problem))
)]
async fn remove_duty(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((user, role)): Path<(String, StaffRole)>,
) -> Result<StatusCode, Problem> {
    caller.require_session()?;
    Organisations(&services).set_staff(caller, &user, role, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
