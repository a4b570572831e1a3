//! What `mezze serve` starts to audit packages: that it audits, and that an app that means harm takes nothing with it.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test stops at its first failure")]

mod support;

use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use support::Desk;

/// The auditing process with these bytes, started as the platform starts it.
fn audit(package: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mezze"))
        .arg("confined-audit")
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("mezze runs");
    // One that ends early says why on its own stream.
    let _ = child.stdin.take().expect("a pipe").write_all(package);
    child.wait_with_output().expect("it ends")
}

/// A package whose only page has this script.
fn package(script: &str) -> Vec<u8> {
    let desk = Desk::new();
    desk.write("app/app.json", r#"{"pages": ["pages/index/index"]}"#);
    desk.write("app/app.js", "App({})");
    desk.write("app/mezze.json", r#"{"app_id": "org.example.audited", "name": "Audited", "version": "1.0.0"}"#);
    desk.write("app/pages/index/index.js", script);
    desk.write("app/pages/index/index.wxml", "<view>{{text}}</view>");
    desk.write("app/pages/index/index.json", "{}");
    desk.succeed(&["build", "app", "--output", "app.ma"]);
    std::fs::read(desk.path("app.ma")).expect("the package")
}

fn report(output: &Output) -> Value {
    assert!(output.status.success(), "{:?} {}", output.status, String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a report")
}

fn rules(report: &Value) -> Vec<&str> {
    report["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["rule"].as_str()).collect()
}

#[test]
fn it_audits_without_a_thread_a_file_or_a_socket() {
    let report = report(&audit(&package("Page({ data: { text: 'here' } })")));
    assert_eq!((&report["app"]["id"], &report["counts"]["drawn"]), (&"org.example.audited".into(), &1.into()));
    assert_eq!(rules(&report), Vec::<&str>::new());
}

#[test]
fn a_loop_and_a_hunger_for_memory_end_in_a_finding() {
    for script in [
        "while (true) {}",
        "Page({ onLoad() { const all = []; while (true) all.push(new Array(100000).fill(all.length)) } })",
    ] {
        let report = report(&audit(&package(script)));
        let told = rules(&report);
        assert!(told.iter().any(|rule| ["page-stopped", "page-failed", "script-error"].contains(rule)), "{told:?}");
    }
}

#[test]
fn bytes_that_are_no_package_end_it() {
    let output = audit(b"PK nothing of the kind");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the package is refused"));
}

#[test]
fn it_refuses_to_run_beside_secrets() {
    let output = Command::new(env!("CARGO_BIN_EXE_mezze"))
        .arg("confined-audit")
        .env_clear()
        .env("MEZZE_KEY_LOG", "00")
        .stdin(Stdio::null())
        .output()
        .expect("mezze runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("MEZZE_KEY_LOG"));
}
