//! `mezze release`, `rollback`, `withdraw` and `status`: what happens to a version after it was published.

use super::block_on;
use crate::failure::Failure;
use crate::platform_client::{PlatformArguments, PlatformClient};
use crate::terminal::{Terminal, printable};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Which mini app, where.
#[derive(clap::Args)]
pub struct Target {
    /// The mini app's id
    app_id: String,
    #[command(flatten)]
    platform: PlatformArguments,
    /// Print JSON objects
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub struct ReleaseArguments {
    #[command(flatten)]
    target: Target,
    /// The version; the newest that is approved or staged where it is not given
    #[arg(long, value_name = "VERSION")]
    release: Option<String>,
    /// Only to a share of the users, for example 1 for one in a hundred; it only grows
    #[arg(long, value_name = "PERCENT")]
    share: Option<f64>,
    /// Users must update before they open it
    #[arg(long, conflicts_with = "share")]
    forced: bool,
}

#[derive(clap::Args)]
pub struct RollbackArguments {
    #[command(flatten)]
    target: Target,
    /// The version to go back to, one of the last five; the one before where it is not given
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
}

#[derive(clap::Args)]
pub struct WithdrawArguments {
    #[command(flatten)]
    target: Target,
    /// The version; the one that users have where it is not given
    #[arg(long, value_name = "VERSION")]
    release: Option<String>,
    /// Why, as every user reads it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(clap::Args)]
pub struct StatusArguments {
    #[command(flatten)]
    target: Target,
}

/// A release as the platform shows it.
#[derive(Serialize, Deserialize)]
struct Release {
    id: String,
    app_id: String,
    version: String,
    version_code: i64,
    state: String,
    state_reason: Option<String>,
    share: Option<f64>,
    released_at: Option<i64>,
    revision: i64,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<Release>,
}

pub fn release(arguments: &ReleaseArguments, terminal: Terminal) -> Result<(), Failure> {
    let client = arguments.target.platform.client()?;
    let act = match arguments.share {
        Some(percent) => json!({"action": "stage", "percent": percent}),
        None => json!({"action": "release", "forced": arguments.forced}),
    };
    let done = block_on(async {
        let releases = all(&client, &arguments.target.app_id).await?;
        let wanted = |release: &&Release| match &arguments.release {
            Some(version) => release.version.eq_ignore_ascii_case(version),
            None => matches!(release.state.as_str(), "approved" | "staged"),
        };
        let none = "no version is approved or staged";
        let found = pick(&releases, wanted, &arguments.target, arguments.release.as_deref(), none)?;
        client.post::<Release>(&format!("/api/v1/releases/{}/acts", found.id), &act).await
    })?;
    say(&done, &arguments.target, terminal);
    Ok(())
}

pub fn rollback(arguments: &RollbackArguments, terminal: Terminal) -> Result<(), Failure> {
    let client = arguments.target.platform.client()?;
    let done = block_on(async {
        let mut releases = all(&client, &arguments.target.app_id).await?;
        releases.sort_by_key(|release| std::cmp::Reverse(release.released_at));
        let wanted = |release: &&Release| match &arguments.to {
            Some(version) => release.version.eq_ignore_ascii_case(version),
            None => release.state == "superseded" && release.released_at.is_some(),
        };
        let none = "there is no version to go back to";
        let found = pick(&releases, wanted, &arguments.target, arguments.to.as_deref(), none)?;
        let act = json!({"action": "roll_back"});
        client.post::<Release>(&format!("/api/v1/releases/{}/acts", found.id), &act).await
    })?;
    say(&done, &arguments.target, terminal);
    Ok(())
}

pub fn withdraw(arguments: &WithdrawArguments, terminal: Terminal) -> Result<(), Failure> {
    let client = arguments.target.platform.client()?;
    let done = block_on(async {
        let releases = all(&client, &arguments.target.app_id).await?;
        let wanted = |release: &&Release| match &arguments.release {
            Some(version) => release.version.eq_ignore_ascii_case(version),
            None => release.state == "released",
        };
        let none = "users have no version of it";
        let found = pick(&releases, wanted, &arguments.target, arguments.release.as_deref(), none)?;
        let act = json!({"action": "withdraw", "reason": arguments.reason});
        client.post::<Release>(&format!("/api/v1/releases/{}/acts", found.id), &act).await
    })?;
    say(&done, &arguments.target, terminal);
    Ok(())
}

pub fn status(arguments: &StatusArguments, terminal: Terminal) -> Result<(), Failure> {
    let client = arguments.target.platform.client()?;
    let releases = block_on(all(&client, &arguments.target.app_id))?;
    if releases.is_empty() && !arguments.target.json {
        terminal.say(&format!("{} has no release yet.", arguments.target.app_id));
    }
    for release in &releases {
        if arguments.target.json {
            terminal.json(release);
            continue;
        }
        terminal.result(&line(release));
        for reason in release.state_reason.iter().flat_map(|text| text.lines()) {
            terminal.result(&format!("    {}", printable(reason)));
        }
    }
    Ok(())
}

async fn all(client: &PlatformClient, app_id: &str) -> Result<Vec<Release>, Failure> {
    let page: Page = client.get(&format!("/api/v1/apps/{app_id}/releases?limit=200")).await?;
    Ok(page.items)
}

fn pick<'a>(
    releases: &'a [Release],
    wanted: impl Fn(&&'a Release) -> bool,
    target: &Target,
    version: Option<&str>,
    none: &str,
) -> Result<&'a Release, Failure> {
    releases.iter().find(|release| wanted(release)).ok_or_else(|| {
        let message = match version {
            Some(version) => format!("{} has no version {version} on this platform", target.app_id),
            None => format!("{}: {none}", target.app_id),
        };
        Failure::new(message, format!("`mezze status {}` lists what there is", target.app_id))
    })
}

fn line(release: &Release) -> String {
    let share = release.share.map(|share| format!(", {share} % of the users")).unwrap_or_default();
    let state = release.state.replace('_', " ");
    format!("{}  {state}{share}", printable(&release.version))
}

fn say(release: &Release, target: &Target, terminal: Terminal) {
    if target.json {
        terminal.json(release);
    } else {
        terminal.result(&format!("{} {}", release.app_id, line(release)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_version_state_and_share() {
        let release = serde_json::from_value::<Release>(json!({
            "id": "1", "app_id": "org.example.menu", "version": "2.0.0", "version_code": 2, "state": "in_review",
            "state_reason": null, "share": null, "released_at": null, "revision": 3, "name": "Menu",
        }));
        let Ok(release) = release else { panic!("it can't be read") };
        assert_eq!(line(&release), "2.0.0  in review");
        let staged = Release { state: "staged".to_owned(), share: Some(0.5), ..release };
        assert_eq!(line(&staged), "2.0.0  staged, 0.5 % of the users");
    }
}
