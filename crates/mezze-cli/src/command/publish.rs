//! `mezze publish FILE --platform URL`: hands a signed package to a platform.

use super::block_on;
use crate::failure::{Failure, reason};
use crate::terminal::{Terminal, size};
use mezze_package::{Limits, Trust, VerifiedPackage};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use url::Url;

#[derive(clap::Args)]
pub struct Arguments {
    /// The signed package
    file: PathBuf,
    /// The platform's address, for example https://apps.example.org
    #[arg(long, value_name = "URL")]
    platform: Url,
    /// File with the developer token; the environment variable MEZZE_TOKEN where it is not given
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
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
}

/// The platform's refusal (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    title: String,
    detail: Option<String>,
    hint: Option<String>,
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
    let token = token(arguments)?;
    let progress = terminal.progress(&format!("sending {}", size(bytes.len() as u64)));
    let published = block_on(send(&arguments.platform, bytes, &token));
    drop(progress);
    let published = published?;
    if arguments.json {
        terminal.json(&published);
        return Ok(());
    }
    terminal.result(&format!("Published {} {}: {}", published.app_id, published.version, published.state));
    terminal.result(&format!("  {}", miniapp_url(&arguments.platform, &published.app_id)));
    Ok(())
}

fn token(arguments: &Arguments) -> Result<String, Failure> {
    if let Some(path) = &arguments.token_file {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
        return Ok(text.trim().to_owned());
    }
    std::env::var("MEZZE_TOKEN").ok().filter(|token| !token.is_empty()).ok_or_else(|| {
        Failure::new(
            "no developer token was given",
            "give --token-file FILE or set MEZZE_TOKEN; `mezze serve` says where its token is",
        )
    })
}

async fn send(platform: &Url, bytes: Vec<u8>, token: &str) -> Result<Published, Failure> {
    let url = platform.join("/api/v1/packages").map_err(|error| {
        Failure::new(
            format!("{platform} is not a platform's address: {error}"),
            "give one like https://apps.example.org",
        )
    })?;
    let answer = reqwest::Client::new()
        .post(url)
        .bearer_auth(token)
        .header("content-type", "application/miniapp-pkg+zip")
        .body(bytes)
        .send()
        .await
        .map_err(|error| unreachable(platform, &error))?;
    let status = answer.status();
    let body = answer.bytes().await.map_err(|error| unreachable(platform, &error))?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|error| {
            Failure::new(
                format!("{platform} answered something else than a platform would: {error}"),
                "check the address; it must be a Mezze platform's",
            )
        });
    }
    Err(match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => Failure {
            message: match problem.detail {
                Some(detail) => format!("{platform} refused the package: {}: {detail}", problem.title),
                None => format!("{platform} refused the package: {}", problem.title),
            },
            hint: problem.hint,
        },
        Err(_) => Failure::new(
            format!("{platform} answered with status {status}"),
            "check the address; it must be a Mezze platform's",
        ),
    })
}

fn unreachable(platform: &Url, error: &reqwest::Error) -> Failure {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Failure::new(
        format!("{platform} can't be reached: {}", reason(cause)),
        "check that the platform runs (`mezze serve`) and that the address is right; nothing was published",
    )
}

fn miniapp_url(platform: &Url, app_id: &str) -> String {
    format!("{}/miniapp/{app_id}", platform.as_str().trim_end_matches('/'))
}
