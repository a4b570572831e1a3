//! The gate: the one way by which a mini app on the web reaches other servers.
//!
//! A request passes where the release declares its origin for that use, the name resolves to public addresses only,
//! and the app's share of requests under way is not used up. What a browser would add (cookies, identity, referrer
//! of the shell) never passes; the app's own cookies travel as data. Redirects are followed by hand and each target
//! is checked like the first. Each carries the platform's signed word for which app asks (`statements`).

mod address;
mod capacity;
mod extensions;
mod headers;
mod media;
mod outbound;
mod request;
mod resolver;
mod routes;
mod socket;
mod statements;
mod target;
mod ticket;
mod tiles;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub(crate) use outbound::errand_client;
pub(crate) use routes::{GateSchemas, router, ticket_holder};
pub(crate) use target::Gate;
pub(crate) use ticket::{IssuedTicket, issue as issue_ticket};
