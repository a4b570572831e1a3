//! Runs steps one after another, shows their output as it comes, and sums up.

use crate::tally::{Tally, Tool};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// One thing to do: a program, and how its output tells what passed.
pub struct Step {
    pub name: &'static str,
    pub tool: Tool,
    pub command: Command,
    /// Not run where one of these failed.
    pub needs: &'static [&'static str],
}

/// What became of a step.
enum Outcome {
    Ran(Tally),
    Skipped(&'static str),
}

struct Record {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

/// Runs every step, even after a failure; true where all passed.
pub fn all(steps: Vec<Step>) -> bool {
    let mut records: Vec<Record> = Vec::new();
    for step in steps {
        let failed_need = step.needs.iter().find(|need| {
            records.iter().any(|record| {
                record.name == **need
                    && match &record.outcome {
                        Outcome::Ran(tally) => tally.failed > 0,
                        Outcome::Skipped(_) => true,
                    }
            })
        });
        records.push(match failed_need {
            Some(need) => Record { name: step.name, took: Duration::ZERO, outcome: Outcome::Skipped(need) },
            None => run(step),
        });
    }
    summary(&records)
}

fn run(mut step: Step) -> Record {
    println!("\n==> {}: {}", step.name, shown(&step.command));
    let started = Instant::now();
    let tally = match teed(&mut step.command) {
        Ok((succeeded, output)) => Tally::of(step.tool, succeeded, &output),
        Err(error) => {
            let program = step.command.get_program().to_string_lossy().into_owned();
            Tally::failure(format!("could not start {program}: {error}; run `cargo xtask setup`"))
        }
    };
    let took = started.elapsed();
    println!("==> {}: {} passed, {} failed, {}", step.name, tally.passed, tally.failed, seconds(took));
    Record { name: step.name, took, outcome: Outcome::Ran(tally) }
}

fn summary(records: &[Record]) -> bool {
    println!("\nTimes");
    for record in records {
        println!("{:>10}  {}", seconds(record.took), record.name);
    }
    println!("{:>10}  together", seconds(records.iter().map(|record| record.took).sum()));
    let (mut passed, mut failed) = (0, 0);
    let mut failures = Vec::new();
    for record in records {
        match &record.outcome {
            Outcome::Ran(tally) => {
                passed += tally.passed;
                failed += tally.failed;
                failures.extend(tally.failures.iter().map(|failure| format!("{}: {failure}", record.name)));
            }
            Outcome::Skipped(need) => {
                failed += 1;
                failures.push(format!("{}: not run, because {need} failed", record.name));
            }
        }
    }
    if !failures.is_empty() {
        println!("\nFailures");
        for failure in failures {
            println!("  {failure}");
        }
    }
    println!("\n{passed} passed, {failed} failed");
    failed == 0
}

/// Runs a command, passing both of its streams on line by line and keeping them.
fn teed(command: &mut Command) -> std::io::Result<(bool, String)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let kept = Arc::new(Mutex::new(String::new()));
    let readers: Vec<_> = [
        child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
    ]
    .into_iter()
    .flatten()
    .map(|stream| {
        let kept = Arc::clone(&kept);
        std::thread::spawn(move || pass_on(stream, &kept))
    })
    .collect();
    let status = child.wait()?;
    for reader in readers {
        // A reader that panicked has nothing more to say; what it kept so far is still there.
        drop(reader.join());
    }
    let output = kept.lock().map(|text| text.clone()).unwrap_or_default();
    Ok((status.success(), output))
}

fn pass_on(stream: Box<dyn Read + Send>, kept: &Mutex<String>) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        let text = String::from_utf8_lossy(&line).into_owned();
        print!("{text}");
        if let Ok(mut kept) = kept.lock() {
            kept.push_str(&text);
        }
        line.clear();
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
