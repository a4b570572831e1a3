//! mezze-model
