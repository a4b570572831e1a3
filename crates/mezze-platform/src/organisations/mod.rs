//! Organisations: who stands behind mini apps, their members by role, and the operator's staff.
//!
//! | file | what it holds |
//! |---|---|
//! | `roles` | roles, duties, and what they amount to for one mini app |
//! | `service` | making and reading organisations and members |
//! | `invitations` | joining by code |
//! | `operator_routes` | all publishers, and the staff, for the operator |
//! | `verification`, `proofs` | proving a domain by a DNS record or a file, documents, the operator's mark |

mod invitations;
pub(crate) mod model;
mod operator_routes;
mod proofs;
mod roles;
mod routes;
mod service;
mod verification;
mod verification_routes;

#[cfg(test)]
mod tests;

pub(crate) use invitations::{dead as dead_invitation, invite_first_admin, is_good as is_good_invitation};
pub(crate) use proofs::{DomainProofs, NetworkProofs};
pub(crate) use roles::{MemberRole, StaffRole, Standing, duties_of, role_in, standing};
pub(crate) use routes::router;
#[cfg(test)]
pub(crate) use service::add_staff;
pub(crate) use service::{develops_somewhere, organisation_for, organisations_of};
pub(crate) use verification::document_blob_name;
