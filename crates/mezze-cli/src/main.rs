//! The binary `mezze`: reads the command line, calls the library that does the work, and says what came of it.
//!
//! A file a command under `command/`; everything a person reads goes through [`terminal`].

mod clock;
mod command;
mod failure;
mod folders;
mod host_libraries;
mod key_ring;
mod lan;
mod platform_client;
mod terminal;

use clap::Parser;
use std::process::ExitCode;
use terminal::Terminal;

fn main() -> ExitCode {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider is already installed");
    }
    let arguments = command::Arguments::parse();
    let terminal = Terminal::new();
    match command::run(arguments, &terminal) {
        Ok(code) => code,
        Err(failure) => {
            terminal.failure(&failure);
            ExitCode::FAILURE
        }
    }
}
