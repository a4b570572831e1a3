//! Measures how much of what the originals do is done here: the fixtures of APIs and components, and real apps where
//! they are at hand.
//!
//! Output: `tests/conformance/figures/apis.json`, `components.json` and `cases.json`. `--check` writes nothing and fails where ground
//! was lost.

use crate::failure::Failure;
use crate::node;
use crate::workspace::Workspace;
use mezze_api::Catalog;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What is wanted of one run.
pub struct Wanted {
    /// Folder with the repositories of real apps; without it the fixtures of APIs and components run.
    pub cases: Option<PathBuf>,
    /// Change nothing; fail where ground was lost.
    pub check: bool,
    /// Leave out what waits for a person or the network.
    pub quick: bool,
    /// Only the APIs, components or apps whose name matches.
    pub only: Option<String>,
}

pub fn run(workspace: &Workspace, wanted: &Wanted) -> Result<(), Failure> {
    node::check(workspace)?;
    match &wanted.cases {
        Some(folder) => real_apps(workspace, wanted, folder),
        None => fixtures(workspace, wanted),
    }
}

/// Both run to their end, so that one that lost ground does not hide the other.
fn fixtures(workspace: &Workspace, wanted: &Wanted) -> Result<(), Failure> {
    let catalog = Catalog::load()
        .map_err(|problem| Failure::new(problem.to_string(), "correct the file in crates/mezze-api/catalog"))?;
    let file = workspace.mezze().with_file_name("conformance-catalog.json");
    let text =
        json!({ "apis": catalog.apis, "objects": catalog.objects, "components": catalog.components }).to_string();
    std::fs::write(&file, text).map_err(|error| Failure::file(&file, &error))?;
    let run = |script: &str| {
        let mut command = workspace.command("node");
        command.arg(workspace.path(script)).arg("--catalog").arg(&file);
        finish(workspace, command, wanted)
    };
    let apis = run("tests/conformance/apis/run.mjs");
    let components = run("tests/conformance/components/run.mjs");
    apis.and(components)
}

fn real_apps(workspace: &Workspace, wanted: &Wanted, folder: &Path) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::new(
            format!("{} is not a folder", folder.display()),
            "give the folder that the repositories of tests/conformance/roots.json are checked out in",
        ));
    }
    let mut command = workspace.command("node");
    command.arg(workspace.path("tests/conformance/real-apps.mjs")).arg(folder);
    finish(workspace, command, wanted)
}

fn finish(workspace: &Workspace, mut command: std::process::Command, wanted: &Wanted) -> Result<(), Failure> {
    if wanted.check {
        command.arg("--check");
    }
    if wanted.quick {
        command.arg("--quick");
    }
    if let Some(only) = &wanted.only {
        command.args(["--only", only]);
    }
    command.env("MEZZE_BIN", workspace.mezze());
    if command.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Failure::new("conformance lost ground or could not be measured", "what it printed above says where"))
}
