//! Who a user is to a mini app: sign-in codes, sessions with an app's own server, and pseudonyms.
//!
//! ```text
//! app ──login()──▶ shell ──POST login-code──▶ code ──app's server──POST session (secret, code)──▶ openid, session key
//!                └──POST user-data──▶ profile, signed for the app's page, encrypted for its server
//! ```
//! A mini app never learns the user's id. It gets a pseudonym of the user for this app alone (`openid`), and one that is
//! the same in all apps of its publisher (`unionid`) where the publisher has several.

mod model;
mod pseudonym;
mod routes;
mod service;
mod store;
mod user_data;

#[cfg(test)]
mod tests;

pub(crate) use routes::router;
