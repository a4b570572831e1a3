//! `mezze reference WHAT`: the references that are made from code, for `cargo xtask generate` and other tools.

use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::ValueEnum;

#[derive(clap::Args)]
pub struct Arguments {
    what: What,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// JSON Schema of manifest.json
    ManifestSchema,
    /// OpenAPI description of the platform
    Openapi,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let text = match arguments.what {
        What::ManifestSchema => serde_json::to_string_pretty(&mezze_model::manifest_schema()),
        What::Openapi => serde_json::to_string_pretty(&mezze_platform::openapi()),
    };
    terminal.result(&text.map_err(|error| Failure::plain(format!("the reference can't be written: {error}")))?);
    Ok(())
}
