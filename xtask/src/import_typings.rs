//! Adds what the catalog does not know yet of WeChat's API: `web/tools/import-typings` reads the typings.
//!
//! Input: the folder `types/wx` of the npm package `miniprogram-api-typings`. Output: new entries at the end of their
//! families' files, to be completed by hand. Entries that are there are never changed.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::Path;

pub fn run(workspace: &Workspace, typings: &Path) -> Result<(), Failure> {
    if !typings.join("lib.wx.api.d.ts").is_file() {
        return Err(Failure::new(
            format!("{} has no lib.wx.api.d.ts", typings.display()),
            "give the folder types/wx of miniprogram-api-typings",
        ));
    }
    let status = workspace
        .command("node")
        .arg(workspace.path("web/tools/import-typings/main.mjs"))
        .arg(typings)
        .arg(workspace.path("crates/mezze-api/catalog"))
        .status();
    if status.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Failure::new("the typings were not imported", "what it printed says why; `npm install` in web/ may be missing"))
}
