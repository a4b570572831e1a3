//! Tables of the review.

pub(crate) mod claim;
pub(crate) mod comment;
