//! mezze-api
