//! The repository's own commands: `cargo xtask demo`, `test`, `setup`, `generate`, `check-layers`, `bench`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line talks to a person"
)]

mod failure;
mod generate;
mod import_declared;
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
    /// Write what is generated from the API catalog, the manifest's type and the platform's routes
    Generate {
        /// Change nothing; fail where a generated file is stale
        #[arg(long)]
        check: bool,
        /// Only what comes from the API catalog, which needs no build of the platform
        #[arg(long)]
        catalog_only: bool,
    },
    /// List the WeChat dialect's API names from the typings on npm
    ImportDeclared {
        /// types/wx/lib.wx.api.d.ts of miniprogram-api-typings
        typings: PathBuf,
    },
}

fn main() -> ExitCode {
    let workspace = Workspace::find();
    let outcome = match Arguments::parse().command {
        Command::Generate {
            check,
            catalog_only,
        } => generate::run(&workspace, check, catalog_only),
        Command::ImportDeclared { typings } => import_declared::run(&workspace, &typings),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
