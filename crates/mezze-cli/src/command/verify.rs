//! `mezze verify FILE`: whether a package is what its signers signed.

use crate::failure::Failure;
use crate::terminal::Terminal;
use mezze_package::{Limits, PublicKey, Trust, VerifiedPackage};
use serde::Serialize;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The package to check
    file: PathBuf,
    /// Accept only these developers' public keys; any developer's where none is given
    // A key is base64url and may begin with a hyphen.
    #[arg(long = "key", value_name = "PUBLIC_KEY", allow_hyphen_values = true)]
    keys: Vec<PublicKey>,
    /// Demand a countersignature by one of these platforms' public keys
    #[arg(long = "platform-key", value_name = "PUBLIC_KEY", allow_hyphen_values = true)]
    platform_keys: Vec<PublicKey>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Verdict {
    app_id: String,
    version: String,
    developer: String,
    platform: Option<String>,
    package_digest: String,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| Failure::reading(&arguments.file, &error))?;
    let mut trust = if arguments.keys.is_empty() {
        Trust::any_developer()
    } else {
        Trust::developers(arguments.keys.iter().copied())
    };
    if !arguments.platform_keys.is_empty() {
        trust = trust.platforms(arguments.platform_keys.iter().copied());
    }
    let verified = VerifiedPackage::verify(&bytes, &trust, &Limits::default()).map_err(|error| {
        Failure::new(
            format!("{} is refused: {error}", arguments.file.display()),
            "don't use this file; get it again from where it came, or build and sign it again",
        )
    })?;
    let verdict = Verdict {
        app_id: verified.app_id().to_string(),
        version: verified.version().to_string(),
        developer: verified.developer().key().to_string(),
        platform: verified.platform().map(|statement| statement.key().to_string()),
        package_digest: verified.package_digest().to_string(),
    };
    if arguments.json {
        terminal.json(&verdict);
        return Ok(());
    }
    terminal.result(&format!("{} {} is whole and signed", verdict.app_id, verdict.version));
    terminal.result(&format!("  developer  {}", verdict.developer));
    terminal.result(&format!("  platform   {}", verdict.platform.as_deref().unwrap_or("not countersigned")));
    terminal.result(&format!("  digest     {}", verdict.package_digest));
    Ok(())
}
