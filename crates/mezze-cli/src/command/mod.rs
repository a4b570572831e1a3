//! The commands, a file each.

mod audit;
mod build;
mod confined_audit;
mod dev;
mod doctor;
mod inspect;
mod keys;
mod log;
mod new;
mod platform_places;
mod publish;
mod reference;
mod release;
mod reports;
mod review;
mod rotate;
mod serve;
mod sign;
mod verify;

use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Build, sign and publish mini apps, and run the platform that serves them.
#[derive(Parser)]
#[command(name = "mezze", version, about, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a mini app in a new folder
    New(new::Arguments),
    /// Compile a mini app into a package
    Build(build::Arguments),
    /// Open every page of a mini app without a browser and say what is wrong
    Audit(audit::Arguments),
    /// Run a mini app in the real super app and reload it on every change
    Dev(dev::Arguments),
    /// Say what is in a package
    Inspect(inspect::Arguments),
    /// List, make and show signing keys
    Keys(keys::Arguments),
    /// Sign a package with one of your keys
    Sign(sign::Arguments),
    /// Check a package: every byte, every signature, every limit
    Verify(verify::Arguments),
    /// Check a platform's public log from outside
    Log(log::Arguments),
    /// Hand a signed package to a platform
    Publish(publish::Arguments),
    /// Say what became of a mini app's versions on a platform
    Status(release::StatusArguments),
    /// Give an approved version to the users, all or a share of them
    Release(release::ReleaseArguments),
    /// Go back to one of the last five versions
    Rollback(release::RollbackArguments),
    /// Take a version from the users, with a reason that they read
    Withdraw(release::WithdrawArguments),
    /// Review what others uploaded: list, show, claim, approve, reject, ask
    Review(review::Arguments),
    /// Handle users' reports of abuse: list, show, take, leave, resolve, reopen
    Reports(reports::Arguments),
    /// Run the platform: store, delivery and the super app
    Serve(Box<serve::Arguments>),
    /// Replace the master key of a platform's packages
    Rotate(rotate::Arguments),
    /// Say whether what a platform keeps agrees with itself
    Doctor(doctor::Arguments),
    /// Audit the package on standard input in a process that can do nothing else
    #[command(hide = true)]
    ConfinedAudit,
    /// Print a machine-readable reference
    #[command(hide = true)]
    Reference(reference::Arguments),
}

pub fn run(arguments: Arguments, terminal: &Terminal) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::Audit(arguments) => return Ok(audit::run(&arguments, *terminal)),
        Command::Doctor(arguments) => return doctor::run(arguments, *terminal),
        Command::Rotate(arguments) => rotate::run(arguments, *terminal),
        Command::New(arguments) => new::run(&arguments, *terminal),
        Command::Build(arguments) => build::run(arguments, *terminal),
        Command::Dev(arguments) => dev::run(arguments, *terminal),
        Command::Inspect(arguments) => inspect::run(&arguments, *terminal),
        Command::Keys(arguments) => keys::run(arguments, *terminal),
        Command::Sign(arguments) => sign::run(arguments, *terminal),
        Command::Verify(arguments) => verify::run(&arguments, *terminal),
        Command::Log(arguments) => log::run(&arguments, *terminal),
        Command::Publish(arguments) => publish::run(&arguments, *terminal),
        Command::Status(arguments) => release::status(&arguments, *terminal),
        Command::Release(arguments) => release::release(&arguments, *terminal),
        Command::Rollback(arguments) => release::rollback(&arguments, *terminal),
        Command::Withdraw(arguments) => release::withdraw(&arguments, *terminal),
        Command::Review(arguments) => review::run(&arguments, *terminal),
        Command::Reports(arguments) => reports::run(&arguments, *terminal),
        Command::Serve(arguments) => serve::run(*arguments, *terminal),
        Command::ConfinedAudit => confined_audit::run(),
        Command::Reference(arguments) => reference::run(&arguments, *terminal),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// A runtime for the commands that talk to a network.
fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("can't start: {error}"), "free some memory or file descriptors"))?
        .block_on(future)
}
