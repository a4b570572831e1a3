pub(crate) mod log_entry;
pub(crate) mod log_node;
