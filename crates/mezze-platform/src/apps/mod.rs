//! Mini apps as their developers manage them: reserving an id and a name, signing keys, rules for versions.
//!
//! | file | what it holds |
//! |---|---|
//! | `names` | what names look like, across scripts (Unicode TR 39) |
//! | `looks` | what pictures look like |
//! | `look_alikes` | comparing both with what is there |
//! | `reserve` | reserving and changing a mini app |
//! | `keys` | signing keys: adding with a vouch, revoking |
//! | `lineage` | which keys vouched for a signer, for devices |

mod keys;
mod lineage;
mod look_alikes;
mod looks;
mod names;
mod reserve;
mod routes;

#[cfg(test)]
mod tests;

pub(crate) use lineage::Vouch;
pub(crate) use look_alikes::look_alikes;
pub(crate) use looks::look_of;
pub(crate) use names::skeleton;
pub(crate) use routes::router;
