//! Each power that a confined process does not have, tried by a process that tries to use it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const ABORTED: i32 = 6;
const ALARM: i32 = 14;
const PROCESSOR_TIME: i32 = 24;
const SYSTEM_CALL: i32 = 31;

fn probe(what: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mezze-confined-probe"));
    command.arg(what).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(what: &str) -> Output {
    probe(what).stdin(Stdio::null()).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn it_reads_computes_and_answers() {
    let mut child = probe("echo").spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"a question").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(text(&output), "done: a question 0\n");
}

#[test]
fn files_sockets_and_programs_end_it() {
    for what in ["write", "remove", "socket", "connect", "start", "thread"] {
        let output = run(what);
        assert_eq!(output.status.signal(), Some(SYSTEM_CALL), "{what}: {:?} {}", output.status, text(&output));
        assert_eq!(output.stdout, b"", "{what}");
    }
    assert!(!std::path::Path::new("/tmp/mezze-probe").exists());
}

#[test]
fn what_is_not_on_the_list_fails() {
    for what in ["read", "folder"] {
        let output = run(what);
        assert!(text(&output).contains("refused: Operation not permitted"), "{what}: {}", text(&output));
    }
}

#[test]
fn a_loop_ends_with_its_processor_time() {
    let output = run("loop");
    assert_eq!(output.status.signal(), Some(PROCESSOR_TIME), "{:?} {}", output.status, text(&output));
}

#[test]
fn memory_ends_at_its_limit() {
    let output = run("memory");
    assert_eq!(output.status.signal(), Some(ABORTED), "{:?} {}", output.status, text(&output));
    assert!(text(&output).contains("memory allocation"), "{}", text(&output));
}

#[test]
fn one_that_waits_for_ever_is_ended_by_the_system() {
    let started = Instant::now();
    let mut child = probe("wait").spawn().unwrap();
    let kept_open = child.stdin.take();
    let status = child.wait().unwrap();
    drop(kept_open);
    assert_eq!(status.signal(), Some(ALARM), "{status:?}");
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn an_environment_is_refused() {
    let output = probe("echo").env("MEZZE_KEY_LOG", "secret").stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(text(&output), "not confined: the environment is not empty: it holds MEZZE_KEY_LOG\n");
}
