//! What any host needs in Rust.
//!
//! | module | what it does |
//! |---|---|
