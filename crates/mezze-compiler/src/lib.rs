//! mezze-compiler
