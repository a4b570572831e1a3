//! The API catalog: every bridge API of the platform, described once.
//!
//! Input: the TOML files of `catalog/`, one a family, embedded into this crate. `declared.toml` lists the names that
//! the dialects once had and no typings list, so that they fail with the dialect's own error shape;
//! `errors.toml` the numbers
//! that failures carry, `components/` the built-in components.
//! Output: [`Catalog`], checked. From it `cargo xtask generate` writes what the worker stubs, the shell's dispatch
//! table, `canIUse` and the reference pages are made of.
//!
//! Reference: the families follow the base library of WeChat; other dialects rename (`names`).

mod catalog;
mod components;
mod families;
mod model;
mod validate;

pub use catalog::{Catalog, CatalogFailure, ComponentGroup, Family};
pub use model::{
    Api, Arguments, Attribute, Carrier, Component, ComponentEvent, ErrorGroup, ErrorNumber, Field, Hosts, Kind,
    ObjectType, Support, ValueType, failure_message, results_of,
};
pub use validate::Finding;
