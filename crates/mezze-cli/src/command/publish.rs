//! `mezze publish FILE --platform URL`: hands a signed package to a platform.
//!
//! With `--submit`, `--notes` or `--release` it is sent in parts, so that a broken connection loses one part, and made
//! a release that is checked and handed to the reviewers; without, it goes in one request as `mezze dev` and demos do.

use super::block_on;
use crate::failure::Failure;
use crate::platform_client::{PlatformArguments, PlatformClient};
use crate::terminal::{Terminal, size};
use mezze_model::Digest;
use mezze_package::{Limits, Trust, VerifiedPackage};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;
use url::Url;

/// Bytes in one request.
const PART: usize = 1024 * 1024;
/// A part is tried so often before the command gives up; running it again goes on from there.
const TRIES: u32 = 4;

#[derive(clap::Args)]
pub struct Arguments {
    /// The signed package
    file: PathBuf,
    #[command(flatten)]
    platform: PlatformArguments,
    /// Hand it to the reviewers as soon as the platform's check has passed
    #[arg(long)]
    submit: bool,
    /// Release it to all users as soon as it is approved; hands it to the reviewers too
    #[arg(long)]
    release: bool,
    /// What is new, as reviewers and users read it
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What the platform answers, and what `--json` prints.
#[derive(Serialize, Deserialize)]
struct Published {
    app_id: String,
    version: String,
    digest: String,
    state: String,
    #[serde(default)]
    release_id: String,
}

#[derive(Deserialize)]
struct Upload {
    id: String,
    offset: u64,
    state: String,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| Failure::reading(&arguments.file, &error))?;
    // The platform would refuse it too; here the developer learns it before megabytes travel.
    VerifiedPackage::verify(&bytes, &Trust::any_developer(), &Limits::default()).map_err(|error| {
        Failure::new(
            format!("{} is refused: {error}", arguments.file.display()),
            format!("sign it with `mezze sign {}`, or build it again", arguments.file.display()),
        )
    })?;
    let client = arguments.platform.client()?;
    let progress = terminal.progress(&format!("sending {}", size(bytes.len() as u64)));
    let by_parts = arguments.submit || arguments.release || arguments.notes.is_some();
    let published = if by_parts {
        block_on(submit(&client, bytes, arguments))
    } else {
        block_on(client.package("/api/v1/packages", bytes))
    };
    drop(progress);
    let published: Published = published?;
    let platform = &arguments.platform.platform;
    if arguments.json {
        terminal.json(&published);
        return Ok(());
    }
    let state = published.state.replace('_', " ");
    terminal.result(&format!("Published {} {}: {state}", published.app_id, published.version));
    terminal.result(&format!("  {}", miniapp_url(platform, &published.app_id)));
    if published.state != "released" {
        let app = &published.app_id;
        terminal.hint(&format!("see how it goes with `mezze status {app} --platform {platform}`"));
    }
    Ok(())
}

async fn submit(client: &PlatformClient, bytes: Vec<u8>, arguments: &Arguments) -> Result<Published, Failure> {
    let request = json!({"size": bytes.len(), "sha256": Digest::of(&bytes).to_string()});
    let mut upload: Upload = client.post("/api/v1/uploads", &request).await?;
    let path = format!("/api/v1/uploads/{}", upload.id);
    let mut tries = 0;
    while upload.state == "open" {
        let start = usize::try_from(upload.offset).unwrap_or(bytes.len()).min(bytes.len());
        let end = bytes.len().min(start + PART);
        match client.part::<Upload>(&path, upload.offset, bytes[start..end].to_vec()).await {
            Ok(next) => {
                upload = next;
                tries = 0;
            }
            Err(failure) => {
                tries += 1;
                if tries >= TRIES {
                    return Err(failure);
                }
                tokio::time::sleep(std::time::Duration::from_millis(500 << tries)).await;
                // What has arrived of it is the platform's to say.
                if let Ok(known) = client.get::<Upload>(&path).await {
                    upload = known;
                }
            }
        }
    }
    let request = json!({
        "upload": upload.id, "notes": arguments.notes, "submit": arguments.submit, "release": arguments.release,
    });
    let release: Value = client.post("/api/v1/releases", &request).await?;
    let text = |member: &str| release[member].as_str().unwrap_or_default().to_owned();
    Ok(Published {
        app_id: text("app_id"),
        version: text("version"),
        digest: text("submitted_digest"),
        state: text("state"),
        release_id: text("id"),
    })
}

fn miniapp_url(platform: &Url, app_id: &str) -> String {
    format!("{}/miniapp/{app_id}", platform.as_str().trim_end_matches('/'))
}
