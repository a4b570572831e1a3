//! Long runs of the fuzz targets (`fuzz/README.md`): writes the seeds, then hands each target to libFuzzer.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};

/// Targets, and the crate whose readers they call: `fuzz/Cargo.toml` has a feature for each.
const TARGETS: [(&str, &[&str]); 3] = [
    ("package", &["package", "signing_block", "sealed", "launch_uri", "manifest", "delta", "log"]),
    ("host", &["messages", "permission", "package_script"]),
    ("compiler", &["template", "template_script", "script", "style", "project"]),
];

/// What is wanted.
pub struct Wanted {
    /// All, where none is named.
    pub target: Option<String>,
    pub seconds: u32,
    /// Run this input alone.
    pub input: Option<PathBuf>,
}

pub fn run(workspace: &Workspace, wanted: &Wanted) -> Result<(), Failure> {
    let all = TARGETS.iter().flat_map(|(group, targets)| targets.iter().map(move |target| (*group, *target)));
    let chosen: Vec<_> =
        all.clone().filter(|(_, target)| wanted.target.as_deref().is_none_or(|name| name == *target)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = all.map(|(_, target)| target).collect();
        return Err(Failure::new("there is no such fuzz target", format!("there are {}", names.join(", "))));
    }
    let folder = workspace.path("fuzz");
    let mut groups: Vec<&str> = chosen.iter().map(|(group, _)| *group).collect();
    groups.dedup();
    for group in groups {
        write_seeds(workspace, group, &folder.join("corpus"))?;
    }
    for (group, target) in chosen {
        fuzz(workspace, &folder, group, target, wanted)?;
    }
    Ok(())
}

/// The short tests know right inputs, so they write them down.
fn write_seeds(workspace: &Workspace, group: &str, corpus: &Path) -> Result<(), Failure> {
    let mut command = workspace.cargo();
    command.args(["test", "--quiet", "--package", &format!("mezze-{group}"), "--test", "mutations"]);
    command.env("MEZZE_FUZZ_CORPUS", corpus);
    run_or(command, "the right inputs were not written", "what it printed says why")
}

fn fuzz(workspace: &Workspace, folder: &Path, group: &str, target: &str, wanted: &Wanted) -> Result<(), Failure> {
    let mut command = workspace.cargo();
    // Its own flags instrument everything, so it shares nothing with the workspace's build.
    command.current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target"));
    command.args(["run", "--release", "--features", group, "--bin", target, "--"]);
    match &wanted.input {
        Some(input) => {
            command.arg(std::path::absolute(input).unwrap_or_else(|_| input.clone()));
        }
        None => {
            let corpus = folder.join("corpus");
            let artifacts = folder.join("artifacts");
            std::fs::create_dir_all(&artifacts).map_err(|error| Failure::file(&artifacts, &error))?;
            command.arg(corpus.join(target));
            command.arg(format!("-dict={}", corpus.join(format!("{target}.dictionary")).display()));
            command.arg(format!("-artifact_prefix={}/{target}-", artifacts.display()));
            command.arg(format!("-max_total_time={}", wanted.seconds));
            // The harness measures a case more closely; this ends one that never ends by itself.
            command.args(["-timeout=20", "-malloc_limit_mb=256", "-rss_limit_mb=2048", "-max_len=131072"]);
        }
    }
    let hint = format!("the input is in fuzz/artifacts; `cargo xtask fuzz {target} --input FILE` shows it again");
    run_or(command, &format!("there is a finding in `{target}`, or it could not be built"), &hint)
}

fn run_or(mut command: std::process::Command, message: &str, hint: &str) -> Result<(), Failure> {
    if command.status().is_ok_and(|status| status.success()) { Ok(()) } else { Err(Failure::new(message, hint)) }
}
