//! Compiles a mini-app project into a package.
//!
//! Input: a project folder as its makers write it, in one of the [`dialect`]s. Output: a [`Build`], the files of a
//! package in the form that `docs/architecture/package-layout.md` describes, with everything there is to say about
//! the project as [`Diagnostic`]s.
//!
//! ```no_run
//! use mezze_compiler::{CompileOptions, Compiler, Project};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let project = Project::open("examples/menu".as_ref())?;
//! let build = Compiler::new(CompileOptions::default()).compile(&project);
//! if !build.has_errors() {
//!     std::fs::write("menu.ma", build.package()?)?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | `project` | finds the sources, reads each file once |
//! | [`dialect`] | reads configuration as its makers write it, hands on the common form |
//! | `script` | ES modules, CommonJS and TypeScript to wrapped modules |
//! | `template` | templates and their scripts, by glass-easel's compiler |
//! | `style` | imports, lengths, scopes |
//! | `compiler` | the steps in order, in parallel by file, and what is kept between compilations |

mod compiler;
mod config;
mod diagnostic;
pub mod dialect;
mod edits;
#[doc(hidden)]
pub mod fuzzing;
mod nesting;
mod project;
mod quotes;
mod script;
mod style;
mod template;

pub use compiler::{Build, BuildStats, CompileOptions, Compiler, OriginalPosition};
pub use config::JsonFile;
pub use diagnostic::{Diagnostic, Severity};
pub use mezze_package::Limits;
pub use project::{OpenProjectError, Project, Sources};
