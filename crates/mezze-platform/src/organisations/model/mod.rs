//! Tables of organisations.

pub(crate) mod document;
pub(crate) mod domain_challenge;
pub(crate) mod invitation;
pub(crate) mod membership;
pub(crate) mod organisation;
pub(crate) mod staff;
