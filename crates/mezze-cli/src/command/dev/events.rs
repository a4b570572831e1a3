//! What happens in the open shell: pages, console lines and errors, positions mapped to the developer's own files.

use super::report::Report;
use super::rounds::LatestBuild;
use mezze_platform::{DevelopmentEvent, PageState, Side, SourcePosition};
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// A place in a file of the project, from 1. Where a position can't be mapped, it is the package's.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// An event as `--json` prints it.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Shown {
    Page {
        app_id: String,
        path: String,
        state: PageState,
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    Console {
        app_id: String,
        side: Side,
        level: String,
        text: String,
        #[serde(flatten)]
        place: Option<Place>,
    },
    Error {
        app_id: String,
        side: Side,
        message: String,
        stack: String,
        #[serde(flatten)]
        place: Option<Place>,
    },
}

/// Hands every event on until the platform stops.
pub async fn forward(mut events: Receiver<DevelopmentEvent>, latest: LatestBuild, report: Report) {
    loop {
        match events.recv().await {
            Ok(event) => report.event(&shown(event, &latest)),
            Err(RecvError::Lagged(count)) => {
                report.warning(&format!("{count} console lines came too fast and are lost"))
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn shown(event: DevelopmentEvent, latest: &LatestBuild) -> Shown {
    let place = |position: Option<SourcePosition>| position.map(|position| original(&position, latest));
    match event {
        DevelopmentEvent::Page { app_id, path, state, message } => Shown::Page { app_id, path, state, message },
        DevelopmentEvent::Console { app_id, side, level, text, position } => {
            Shown::Console { app_id, side, level, text, place: place(position) }
        }
        DevelopmentEvent::Error { app_id, side, message, stack, position } => {
            Shown::Error { app_id, side, message, stack: original_stack(&stack, latest), place: place(position) }
        }
    }
}

/// A stack with every `script/FILE:LINE:COLUMN` in it mapped.
fn original_stack(stack: &str, latest: &LatestBuild) -> String {
    let mut mapped = String::with_capacity(stack.len());
    let mut rest = stack;
    while let Some(start) = rest.find("script/") {
        let end = rest[start..]
            .find(|letter: char| letter == ')' || letter.is_whitespace())
            .map_or(rest.len(), |length| start + length);
        mapped.push_str(&rest[..start]);
        match packaged_place(&rest[start..end]) {
            Some(position) => {
                let place = original(&position, latest);
                mapped.push_str(&format!("{}:{}:{}", place.file, place.line, place.column));
            }
            None => mapped.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    mapped.push_str(rest);
    mapped
}

/// `script/pages/index/index.js:16:5` as a position.
fn packaged_place(text: &str) -> Option<SourcePosition> {
    let (rest, column) = text.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some(SourcePosition { file: file.to_owned(), line: line.parse().ok()?, column: column.parse().ok()? })
}

fn original(position: &SourcePosition, latest: &LatestBuild) -> Place {
    let build = latest.read().ok().and_then(|build| build.clone());
    let mapped = build.and_then(|build| build.original_position(&position.file, position.line, position.column));
    match mapped {
        Some(found) => Place { file: found.file, line: found.line, column: found.column },
        None => Place { file: position.file.clone(), line: position.line, column: position.column },
    }
}

#[cfg(test)]
mod tests {
    use super::{original_stack, packaged_place};
    use crate::command::dev::rounds::LatestBuild;

    #[test]
    fn reads_positions() {
        let place = packaged_place("script/a/b.js:16:5");
        assert_eq!(
            place.map(|place| (place.file, place.line, place.column)),
            Some(("script/a/b.js".to_owned(), 16, 5))
        );
        assert_eq!(packaged_place("script/a/b.js"), None);
    }

    #[test]
    fn a_stack_without_a_build_stays_as_it_is() {
        let stack = "Error: no\n    at f (script/a.js:2:3)\n    at script/b.js:1:1\n";
        assert_eq!(original_stack(stack, &LatestBuild::default()), stack);
    }
}
