//! The repository's own commands: `cargo xtask demo`, `test`, `setup`, `generate`, `check-layers`, `bench`,
//! `fuzz`, `conformance`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to a person")]

mod bench;
mod check_layers;
mod conformance;
mod demo;
mod failure;
mod faults;
mod fuzz;
mod generate;
mod import_typings;
mod node;
mod run;
mod setup;
mod tally;
mod test;
mod workspace;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Commands of the Mezze repository")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, start the platform with the examples in it and open the super app
    Demo {
        /// Don't open the browser
        #[arg(long)]
        no_open: bool,
    },
    /// Run every check; the last line says how many passed and failed
    Test,
    /// Install what the tests need beyond Rust and Node (Debian)
    Setup,
    /// Check that crates depend on lower layers only
    CheckLayers,
    /// Run the benchmarks
    Bench {
        /// Only this one
        name: Option<String>,
    },
    /// Write what is generated from the API catalog, the manifest's type and the platform's routes
    Generate {
        /// Change nothing; fail where a generated file is stale
        #[arg(long)]
        check: bool,
        /// Only what comes from the API catalog, which needs no build of the platform
        #[arg(long)]
        catalog_only: bool,
        /// The workspace is built already
        #[arg(long)]
        built: bool,
    },
    /// Call every API of the catalog in a mini app, or run real apps, and compare with the committed figures
    Conformance {
        /// Run the real apps whose repositories are checked out in this folder instead
        #[arg(long)]
        cases: Option<PathBuf>,
        /// Change nothing; fail where ground was lost
        #[arg(long)]
        check: bool,
        /// Leave out the APIs that wait for a person or the network
        #[arg(long, conflicts_with = "cases")]
        quick: bool,
        /// Only the APIs or apps whose name matches this expression
        #[arg(long)]
        only: Option<String>,
    },
    /// Fuzz what reads bytes from strangers, a minute each
    Fuzz {
        /// Only this target; `fuzz/README.md` lists them
        target: Option<String>,
        /// How long each target runs
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Run this input alone, to see a finding again
        #[arg(long, requires = "target")]
        input: Option<PathBuf>,
    },
    /// Kill the platform at random points, a thousand times, and check what is left
    Faults {
        #[arg(long, default_value_t = 1000)]
        rounds: u32,
        /// The acts of a run follow from it
        #[arg(long, default_value_t = 1)]
        seed: u32,
        /// On PostgreSQL, not on SQLite
        #[arg(long)]
        postgres: bool,
        /// The platform is built already
        #[arg(long)]
        built: bool,
    },
    /// Add what the catalog does not know yet of WeChat's API, from the typings on npm
    ImportTypings {
        /// types/wx of miniprogram-api-typings
        typings: PathBuf,
    },
}

fn main() -> ExitCode {
    let workspace = Workspace::find();
    let outcome = match Arguments::parse().command {
        Command::Demo { no_open } => {
            // The demo runs without them: a browser is there already or not wanted.
            if let Err(failure) = setup::run(&workspace) {
                eprintln!("warning: {failure}");
            }
            demo::run(&workspace, !no_open)
        }
        Command::Test => return test_exit(setup::run(&workspace).and_then(|()| test::run(&workspace))),
        Command::Setup => setup::run(&workspace),
        Command::CheckLayers => check_layers::run(&workspace),
        Command::Bench { name } => bench::run(&workspace, name.as_deref()),
        Command::Generate { check, catalog_only, built } => {
            generate::run(&workspace, generate::Wanted { check, catalog_only, built })
        }
        Command::Conformance { cases, check, quick, only } => {
            conformance::run(&workspace, &conformance::Wanted { cases, check, quick, only })
        }
        Command::Fuzz { target, seconds, input } => fuzz::run(&workspace, &fuzz::Wanted { target, seconds, input }),
        Command::Faults { rounds, seed, postgres, built } => {
            faults::run(&workspace, &faults::Wanted { rounds, seed, postgres, built })
        }
        Command::ImportTypings { typings } => import_typings::run(&workspace, &typings),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The last line of the tests is their count, so nothing is printed after it.
fn test_exit(outcome: Result<bool, failure::Failure>) -> ExitCode {
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            println!("\n0 passed, 1 failed");
            ExitCode::FAILURE
        }
    }
}
