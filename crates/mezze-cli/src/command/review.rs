//! `mezze review`: the reviewers' desk on the command line. Same calls as the console.

use super::block_on;
use crate::failure::Failure;
use crate::platform_client::{PlatformArguments, PlatformClient};
use crate::terminal::{Terminal, printable};
use clap::Subcommand;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print JSON objects
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Action {
    /// List what waits for review, the oldest first
    List {
        #[command(flatten)]
        platform: PlatformArguments,
    },
    /// Show one release: check list, automatic report, what was said
    Show(Target),
    /// Take a review on, for half an hour; others are refused meanwhile
    Claim {
        #[command(flatten)]
        target: Target,
        /// Leave it to others again
        #[arg(long)]
        leave: bool,
    },
    /// Approve exactly what was uploaded
    Approve {
        #[command(flatten)]
        target: Target,
        /// Points of the check list that hold; `all` for every one. They count only from whoever looked
        #[arg(long, value_name = "POINT", value_delimiter = ',', required = true)]
        tick: Vec<String>,
    },
    /// Reject it, with a reason that its developer reads
    Reject {
        #[command(flatten)]
        target: Target,
        /// What has to change
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Ask its developer
    Ask {
        #[command(flatten)]
        target: Target,
        /// The question
        text: String,
        /// For the other reviewers alone: a note, no question
        #[arg(long)]
        internal: bool,
    },
}

/// Which release, where.
#[derive(clap::Args)]
struct Target {
    /// The release's id, as `mezze review list` shows it
    release: String,
    #[command(flatten)]
    platform: PlatformArguments,
}

#[derive(Serialize, Deserialize)]
struct Point {
    point: String,
    text: String,
    ticked: bool,
}

#[derive(Serialize, Deserialize)]
struct Release {
    id: String,
    app_id: String,
    name: String,
    version: String,
    state: String,
    notes: Option<String>,
    submitted_digest: String,
}

#[derive(Serialize, Deserialize)]
struct Item {
    release: Release,
    reviewer_name: Option<String>,
    checklist: Vec<Point>,
}

#[derive(Deserialize)]
struct Queue {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Report {
    outcome: String,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    severity: String,
    message: String,
    file: Option<String>,
    line: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Comment {
    author_name: String,
    side: String,
    kind: String,
    text: String,
    internal: bool,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let json = arguments.json;
    match &arguments.action {
        Action::List { platform } => list(platform, json, terminal),
        Action::Show(target) => show(target, json, terminal),
        Action::Claim { target, leave: false } => {
            let item: Item = with(target, async |client, id| client.put(&format!("{id}/claim"), &Value::Null).await)?;
            tell(&item, &format!("{} is yours for half an hour.", title(&item.release)), json, terminal);
            Ok(())
        }
        Action::Claim { target, leave: true } => {
            with(target, async |client, id| client.delete(&format!("{id}/claim")).await)?;
            terminal.say("Others may take it now.");
            Ok(())
        }
        Action::Approve { target, tick } => approve(target, tick, json, terminal),
        Action::Reject { target, reason } => {
            let act = json!({"action": "reject", "reason": reason});
            let done: Release = with(target, async |client, _| client.post(&acts(target), &act).await)?;
            tell(&done, &format!("{}: rejected. Its developer reads the reason.", title(&done)), json, terminal);
            Ok(())
        }
        Action::Ask { target, text, internal } => {
            let comment = json!({"text": text, "question": !internal, "internal": internal});
            let path = format!("/api/v1/releases/{}/comments", target.release);
            let said: Comment = with(target, async |client, _| client.post(&path, &comment).await)?;
            let whom = if said.internal { "Only reviewers see it." } else { "Its developer is asked." };
            tell(&said, whom, json, terminal);
            Ok(())
        }
    }
}

/// Runs calls about one release; the closure gets its path on the desk.
fn with<T>(target: &Target, call: impl AsyncFnOnce(&PlatformClient, &str) -> Result<T, Failure>) -> Result<T, Failure> {
    let client = target.platform.client()?;
    block_on(call(&client, &format!("/api/v1/reviews/{}", target.release)))
}

fn acts(target: &Target) -> String {
    format!("/api/v1/releases/{}/acts", target.release)
}

fn list(platform: &PlatformArguments, json: bool, terminal: Terminal) -> Result<(), Failure> {
    let client = platform.client()?;
    let queue: Queue = block_on(client.get("/api/v1/reviews?limit=200"))?;
    if queue.items.is_empty() && !json {
        terminal.say("Nothing waits for review.");
    }
    for item in &queue.items {
        let reviewer = item.reviewer_name.as_ref().map(|name| format!("  {} is at work on it", printable(name)));
        let line = format!("{}  {}{}", item.release.id, title(&item.release), reviewer.unwrap_or_default());
        tell(item, &line, json, terminal);
    }
    Ok(())
}

fn show(target: &Target, json: bool, terminal: Terminal) -> Result<(), Failure> {
    let (item, report, talk) = with(target, async |client, id| {
        let item: Item = client.get(id).await?;
        let report: Value = client.get(&format!("/api/v1/releases/{}/report", target.release)).await?;
        let talk: Vec<Comment> = client.get(&format!("/api/v1/releases/{}/comments", target.release)).await?;
        Ok((item, report, talk))
    })?;
    if json {
        terminal.json(&json!({"review": item, "report": report, "comments": talk}));
        return Ok(());
    }
    terminal.result(&format!("{}  {}", title(&item.release), item.release.state.replace('_', " ")));
    if let Some(notes) = &item.release.notes {
        terminal.result(&format!("  what is new: {}", printable(notes)));
    }
    if let Some(name) = &item.reviewer_name {
        terminal.result(&format!("  {} is at work on it", printable(name)));
    }
    terminal.result("Check list");
    for point in &item.checklist {
        let mark = if point.ticked { "x" } else { " " };
        terminal.result(&format!("  [{mark}] {:<12} {}", point.point, printable(&point.text)));
    }
    say_report(report, terminal);
    if !talk.is_empty() {
        terminal.result("What was said");
    }
    for line in &talk {
        let internal = if line.internal { ", for reviewers only" } else { "" };
        let head = format!("  {} ({}, {}{internal}):", printable(&line.author_name), line.side, line.kind);
        terminal.result(&format!("{head} {}", printable(&line.text)));
    }
    Ok(())
}

fn say_report(report: Value, terminal: Terminal) {
    let Ok(report) = serde_json::from_value::<Report>(report) else {
        terminal.result("Automatic check: no report yet");
        return;
    };
    terminal.result(&format!("Automatic check: {}", report.outcome));
    for Finding { rule, severity, message, file, line } in &report.findings {
        let place = match (file, line) {
            (Some(file), Some(line)) => format!(" ({}:{line})", printable(file)),
            (Some(file), None) => format!(" ({})", printable(file)),
            _ => String::new(),
        };
        terminal.result(&format!("  {severity}: {rule}: {}{place}", printable(message)));
    }
}

/// Ticks first: nobody approves what was not looked at. The digest says which bytes were.
fn approve(target: &Target, tick: &[String], json: bool, terminal: Terminal) -> Result<(), Failure> {
    let done: Release = with(target, async |client, id| {
        let item: Item = client.get(id).await?;
        let all = tick.iter().any(|point| point == "all");
        if let Some(unknown) =
            tick.iter().find(|wanted| !all && !item.checklist.iter().any(|one| one.point == **wanted))
        {
            let points: Vec<&str> = item.checklist.iter().map(|one| one.point.as_str()).collect();
            return Err(Failure::new(
                format!("`{unknown}` is no point of the check list"),
                format!("the points are {}", points.join(", ")),
            ));
        }
        let wanted = |one: &&Point| all || one.ticked || tick.contains(&one.point);
        let ticked: Vec<&str> = item.checklist.iter().filter(wanted).map(|one| one.point.as_str()).collect();
        let _: Value = client.put(&format!("{id}/checklist"), &json!({ "ticked": ticked })).await?;
        let act = json!({"action": "approve", "submitted_digest": item.release.submitted_digest});
        client.post(&acts(target), &act).await
    })?;
    tell(&done, &format!("{}: {}.", title(&done), done.state.replace('_', " ")), json, terminal);
    Ok(())
}

fn title(release: &Release) -> String {
    format!("{} {} ({})", printable(&release.app_id), printable(&release.version), printable(&release.name))
}

fn tell<T: Serialize>(value: &T, line: &str, json: bool, terminal: Terminal) {
    if json {
        terminal.json(value);
    } else {
        terminal.result(line);
    }
}
