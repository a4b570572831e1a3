//! What is said of an app or a version that is not here.

use axum::http::StatusCode;
use mezze_model::{AppId, VersionName};

use crate::problem::Problem;

pub(crate) fn unknown_app(app_id: &AppId) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown-app",
        "This mini app is not here",
        format!("There is no released mini app {app_id} on this platform."),
    )
    .hint("Check the address, or ask whoever gave it to you.")
}

pub(crate) fn unknown_version(app_id: &AppId, version: &VersionName, has_current: bool) -> Problem {
    let problem = Problem::new(
        StatusCode::NOT_FOUND,
        "unknown-version",
        "This version is not here",
        format!("{app_id} has no released version {version} on this platform."),
    );
    if has_current { problem.hint("Open it without a version to get the current one.") } else { problem }
}
