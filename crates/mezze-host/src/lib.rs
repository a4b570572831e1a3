//! What any host needs in Rust.
//!
//! | module | what it does |
//! |---|---|
//! | [`headless`] | runs a mini app without a browser |
//! | [`permission`] | decides what a mini app may do: pure functions, and the proof that they yield |

pub mod headless;
pub mod permission;
