//! What any host needs in Rust.
//!
//! | module | what it does |
//! |---|---|
//! | [`headless`] | runs a mini app without a browser |
//! | [`audit`] | opens every page of an app there and says what is wrong |
//! | [`confined`] | a process that gave up every power but to compute |
//! | [`permission`] | decides what a mini app may do: pure functions, and the proof that they yield |

pub mod audit;
pub mod confined;
#[doc(hidden)]
pub mod fuzzing;
pub mod headless;
pub mod permission;
