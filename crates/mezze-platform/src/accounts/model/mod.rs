//! Tables of accounts.

pub(crate) mod access_token;
pub(crate) mod attempt;
pub(crate) mod ceremony;
pub(crate) mod passkey;
pub(crate) mod recovery_code;
pub(crate) mod session;
pub(crate) mod user;
