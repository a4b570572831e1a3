//! Users' answers to mini apps' questions for permission, kept with the account so that every device knows them.
//!
//! Devices decide and keep a copy of their own, so that they work offline; here the answers of all of them meet. Of two
//! answers to one permission the newer counts; of two at the same moment, the one that gives less. An answer is given
//! to a signer: the same app id under another developer's key starts afresh.

mod model;
mod routes;
mod service;

#[cfg(test)]
mod tests;

pub(crate) use routes::router;
