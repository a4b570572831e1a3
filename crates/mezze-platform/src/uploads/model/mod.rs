//! Tables of uploads.

pub(crate) mod upload;
pub(crate) mod upload_part;
