//! mezze-platform
