//! Tables of the reports.

pub(super) mod report;
pub(super) mod warning;
