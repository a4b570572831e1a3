//! Everything that must hold before a change is taken: the same here and in CI.

use crate::failure::Failure;
use crate::node;
use crate::run::{Step, all};
use crate::tally::Tool;
use crate::workspace::Workspace;
use std::process::Command;

/// True where everything passed.
pub fn run(workspace: &Workspace) -> Result<bool, Failure> {
    node::check(workspace)?;
    let mut steps = Vec::new();
    let mut add = |name, tool, command, needs| steps.push(Step { name, tool, command, needs });

    add("format", Tool::Whole, cargo(workspace, &["fmt", "--all", "--check"]), &[][..]);
    add("layers", Tool::Whole, xtask(workspace, &["check-layers"]), &[]);
    for (name, folder) in
        [("web packages", "web"), ("test packages", "tests"), ("example packages", "examples/gallery")]
    {
        if let Some(command) = node::install(workspace, folder) {
            add(name, Tool::Whole, command, &[]);
        }
    }
    // The platform embeds the shell, so the shell is built first.
    add("web build", Tool::Whole, node::script(workspace, "web", "build"), &["web packages"]);
    add("web check", Tool::Whole, node::script(workspace, "web", "check"), &["web packages"]);
    add("web tests", Tool::Vitest, node::script(workspace, "web", "test"), &["web packages"]);
    let clippy = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"];
    add("clippy", Tool::Whole, cargo(workspace, &clippy), &[]);
    // Programs and tests in one go: they share one set of features, so no library is built twice.
    add("build", Tool::Whole, cargo(workspace, &["build", "--workspace", "--all-targets"]), &[]);
    add("generated files", Tool::Whole, xtask(workspace, &["generate", "--check", "--built"]), &["build"]);
    let (tool, mut command) = rust_tests(workspace);
    command.env("MEZZE_TEST_POSTGRES", "required");
    add("rust tests", tool, command, &[]);
    if has_subcommand(workspace, "deny") {
        add("dependencies", Tool::Whole, cargo(workspace, &["deny", "check", "bans", "licenses", "sources"]), &[]);
    } else {
        println!("warning: cargo-deny is not installed, so bans, licences and sources are NOT checked");
        println!("hint: run `cargo install --locked cargo-deny`");
    }
    add("end-to-end check", Tool::Whole, node::script(workspace, "tests", "check"), &["test packages"]);
    for (name, script) in [("end to end", "e2e"), ("security", "security")] {
        let needs = &["test packages", "example packages", "web build", "build"];
        add(name, Tool::Playwright, browser(workspace, script), needs);
    }

    let faults = xtask(workspace, &["faults", "--rounds", "25", "--built"]);
    add("faults", Tool::Whole, faults, &["web packages", "build"]);
    let conformance = xtask(workspace, &["conformance", "--check", "--quick"]);
    add("conformance", Tool::Whole, conformance, &["test packages", "web build", "build"]);

    Ok(all(steps))
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = workspace.cargo();
    command.args(arguments);
    command
}

/// Ourselves, so that a step has its own output and time.
fn xtask(workspace: &Workspace, arguments: &[&str]) -> Command {
    let program = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
    let mut command = workspace.command(program);
    command.args(arguments);
    command
}

fn browser(workspace: &Workspace, script: &str) -> Command {
    let mut command = node::script(workspace, "tests", script);
    command.env("MEZZE_BIN", workspace.mezze());
    command
}

fn rust_tests(workspace: &Workspace) -> (Tool, Command) {
    if has_subcommand(workspace, "nextest") {
        let arguments = ["nextest", "run", "--workspace", "--no-fail-fast", "--cargo-quiet"];
        return (Tool::Nextest, cargo(workspace, &arguments));
    }
    (Tool::CargoTest, cargo(workspace, &["test", "--workspace", "--no-fail-fast"]))
}

fn has_subcommand(workspace: &Workspace, name: &str) -> bool {
    cargo(workspace, &[name, "--version"]).output().is_ok_and(|output| output.status.success())
}
