//! Tables of accounts.

pub(crate) mod access_token;
pub(crate) mod session;
pub(crate) mod user;
