pub(crate) mod key_change;
pub(crate) mod known_key;
