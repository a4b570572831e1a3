//! The operator's policy where the platform itself acts for an app: handing it out, carrying its requests, telling its
//! server who the user is. Decided by `mezze_host::permission::permit`; what the shell asks users for is decided there.

#[cfg(test)]
mod tests;

use axum::http::StatusCode;
use mezze_host::permission::{Permitted, PlatformAct, PolicyRule, PolicySubject, permit};
use mezze_model::Manifest;
use sea_orm::EntityTrait as _;

use crate::organisations::model::organisation;
use crate::problem::Problem;
use crate::registry::{App, Release};
use crate::state::Services;

/// Decides over a release of an app.
pub(crate) async fn permit_release(
    services: &Services,
    app: &App,
    release: &Release,
    act: PlatformAct,
) -> Result<Permitted, Problem> {
    permit_subject(services, &subject_of(services, app, release).await?, act)
}

/// Decides over an app whose facts are known.
pub(crate) fn permit_subject(
    services: &Services,
    subject: &PolicySubject,
    act: PlatformAct,
) -> Result<Permitted, Problem> {
    permit(&services.options.permission_policy, subject, act).map_err(|rule| forbidden(&subject.app_id, act, rule))
}

/// What rules are matched against: the key, every name that the maker goes by, and where the store files the app.
pub(crate) async fn subject_of(services: &Services, app: &App, release: &Release) -> Result<PolicySubject, Problem> {
    let mut subject = PolicySubject {
        app_id: app.id.clone(),
        signer: release.developer_key.clone().unwrap_or_else(|| app.developer_key.clone()),
        publishers: Vec::new(),
        app_category: release.category.clone().or_else(|| app.category.clone()),
    };
    if services.options.permission_policy.rules.is_empty() {
        return Ok(subject);
    }
    let manifest: Option<Manifest> = serde_json::from_str(&release.manifest).ok();
    subject.publishers.extend(manifest.and_then(|manifest| manifest.mezze.publisher).map(|publisher| publisher.name));
    if let Some(id) = &app.organisation_id {
        let organisation = organisation::Entity::find_by_id(id).one(services.database.read()).await?;
        subject.publishers.extend(organisation.map(|organisation| organisation.name));
    }
    Ok(subject)
}

fn forbidden(app_id: &str, act: PlatformAct, rule: &PolicyRule) -> Problem {
    let what = match act {
        PlatformAct::Run => "open this mini app",
        PlatformAct::Network => "reach servers from this mini app",
        PlatformAct::Login => "sign in to this mini app",
    };
    let reason = rule.reason.trim();
    let because = if reason.is_empty() { String::new() } else { format!(" {reason}") };
    Problem::new(
        StatusCode::FORBIDDEN,
        "forbidden-by-operator",
        "The operator does not allow this",
        format!("The operator of this platform does not let anyone {what} ({app_id}, rule `{}`).{because}", rule.id),
    )
    .hint("Ask the operator of this platform.")
}
