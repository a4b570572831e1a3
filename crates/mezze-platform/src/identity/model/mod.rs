//! Tables of sign-in.

pub(crate) mod app_secret;
pub(crate) mod app_session;
pub(crate) mod login_code;
