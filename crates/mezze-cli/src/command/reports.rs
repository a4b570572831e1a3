//! `mezze reports`: users' reports of abuse on the command line. Same calls as the console.

use super::block_on;
use crate::failure::Failure;
use crate::platform_client::{PlatformArguments, PlatformClient};
use crate::terminal::{Terminal, printable};
use clap::{Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use serde_json::json;

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
    /// List reports: what is open and taken the oldest first, else the newest first
    List {
        /// Only those in this state
        #[arg(long, value_enum, default_value = "open")]
        state: State,
        /// Only those about this mini app
        #[arg(long, value_name = "APP")]
        app: Option<String>,
        #[command(flatten)]
        platform: PlatformArguments,
    },
    /// Show one report
    Show(Target),
    /// Take a report on; others are refused meanwhile
    Take {
        #[command(flatten)]
        target: Target,
        /// Also where another person is at work on it
        #[arg(long)]
        over: bool,
    },
    /// Leave a report to others
    Leave(Target),
    /// Say what came of a report
    Resolve {
        #[command(flatten)]
        target: Target,
        /// What came of it
        #[arg(long, value_enum)]
        outcome: Outcome,
        /// Why; only the staff reads it
        #[arg(long, value_name = "TEXT")]
        note: String,
        /// What the reporter reads beside the outcome
        #[arg(long, value_name = "TEXT")]
        answer: Option<String>,
        /// What the publisher reads; needed for `publisher-warned`
        #[arg(long, value_name = "TEXT", required_if_eq("outcome", "publisher-warned"))]
        warning: Option<String>,
    },
    /// Look into a resolved report again
    Reopen(Target),
}

/// Which report, where.
#[derive(clap::Args)]
struct Target {
    /// The report's id, as `mezze reports list` shows it
    report: String,
    #[command(flatten)]
    platform: PlatformArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum State {
    Open,
    Taken,
    Resolved,
    Any,
}

impl State {
    /// As the platform is asked for it.
    fn query(self) -> &'static str {
        match self {
            Self::Open => "&state=open",
            Self::Taken => "&state=taken",
            Self::Resolved => "&state=resolved",
            Self::Any => "",
        }
    }
}

#[derive(Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// The mini app keeps the rules
    NoAction,
    /// The publisher was told to mend it
    PublisherWarned,
    /// Something of it was withdrawn since
    AppWithdrawn,
    /// The publisher mended it already
    Mended,
    /// It says the same as another report
    Duplicate,
}

#[derive(Serialize, Deserialize)]
struct Report {
    id: String,
    app_id: String,
    app_name: String,
    version: String,
    page: String,
    reason: String,
    text: String,
    contact: Option<String>,
    reporter_name: String,
    state: String,
    handler_name: Option<String>,
    outcome: Option<String>,
    note: Option<String>,
    answer: Option<String>,
    /// Only where one report is asked for.
    release_id: Option<String>,
    release_state: Option<String>,
}

#[derive(Deserialize)]
struct List {
    items: Vec<Report>,
    next: Option<String>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let json = arguments.json;
    let (target, act) = match &arguments.action {
        Action::List { state, app, platform } => return list(platform, *state, app.as_deref(), json, terminal),
        Action::Show(target) => return show(target, json, terminal),
        Action::Take { target, over } => (target, json!({"action": "take", "over": over})),
        Action::Leave(target) => (target, json!({"action": "leave"})),
        Action::Resolve { target, outcome, note, answer, warning } => {
            let act =
                json!({"action": "resolve", "outcome": outcome, "note": note, "answer": answer, "warning": warning});
            (target, act)
        }
        Action::Reopen(target) => (target, json!({"action": "reopen"})),
    };
    let client = target.platform.client()?;
    let done: Report = block_on(client.post(&format!("/api/v1/reports/{}/acts", target.report), &act))?;
    if json {
        terminal.json(&done);
    } else {
        terminal.result(&line(&done));
    }
    Ok(())
}

fn list(
    platform: &PlatformArguments,
    state: State,
    app: Option<&str>,
    json: bool,
    terminal: Terminal,
) -> Result<(), Failure> {
    let client = platform.client()?;
    let app = app.map(|app| format!("&app_id={app}")).unwrap_or_default();
    let path = format!("/api/v1/reports?limit=200{}{app}", state.query());
    let reports = block_on(all(&client, &path))?;
    if reports.is_empty() && !json {
        terminal.say("No report fits.");
    }
    for report in &reports {
        if json {
            terminal.json(report);
        } else {
            terminal.result(&line(report));
        }
    }
    Ok(())
}

/// Every page of the list.
async fn all(client: &PlatformClient, path: &str) -> Result<Vec<Report>, Failure> {
    let (mut reports, mut after) = (Vec::new(), String::new());
    loop {
        let page: List = client.get(&format!("{path}{after}")).await?;
        reports.extend(page.items);
        let Some(next) = page.next else { return Ok(reports) };
        after = format!("&after={next}");
    }
}

fn show(target: &Target, json: bool, terminal: Terminal) -> Result<(), Failure> {
    let client = target.platform.client()?;
    let report: Report = block_on(client.get(&format!("/api/v1/reports/{}", target.report)))?;
    if json {
        terminal.json(&report);
        return Ok(());
    }
    terminal.result(&line(&report));
    let release = report.release_id.as_ref().map(|id| {
        let state = report.release_state.as_deref().unwrap_or_default().replace('_', " ");
        format!("{id}, {state} now")
    });
    for (name, value) in [
        ("said", Some(&report.text)),
        ("page", Some(&report.page)),
        ("release", release.as_ref()),
        ("reported by", Some(&report.reporter_name)),
        ("can be reached at", report.contact.as_ref()),
        ("note", report.note.as_ref()),
        ("answer", report.answer.as_ref()),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            terminal.result(&format!("  {name}: {}", printable(value)));
        }
    }
    terminal.hint("developers never learn who reported; don't quote words that give the user away");
    Ok(())
}

/// `ID  APP VERSION (NAME)  fraud, taken by Sue`
fn line(report: &Report) -> String {
    let standing = match (report.state.as_str(), &report.handler_name, &report.outcome) {
        ("taken", Some(name), _) => format!("taken by {}", printable(name)),
        ("resolved", _, Some(outcome)) => format!("resolved: {}", outcome.replace('_', " ")),
        (state, ..) => state.to_owned(),
    };
    let app = format!("{} {} ({})", printable(&report.app_id), printable(&report.version), printable(&report.app_name));
    format!("{}  {app}  {}, {standing}", report.id, report.reason.replace('_', " "))
}
