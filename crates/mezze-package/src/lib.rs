//! mezze-package
