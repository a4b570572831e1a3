//! Tables of delivery.

pub(crate) mod revocation;
pub(crate) mod test_link;
pub(crate) mod tester;
