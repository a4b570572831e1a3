//! `mezze audit` on the fixtures of `mezze-host`: what a person reads, what a tool reads, and that an app that means
//! harm is stopped. A new case is a folder there.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops at its first failure")]

mod support;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;
use std::path::Path;
use support::Desk;

/// A desk with a fixture, in which placeholders became what must not stand in a repository.
fn with_fixture(name: &str) -> Desk {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mezze-host/tests/fixtures").join(name);
    copy(&folder, &folder, name, &desk);
    desk
}

fn copy(root: &Path, folder: &Path, name: &str, desk: &Desk) {
    for entry in std::fs::read_dir(folder).expect("the fixture") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            copy(root, &path, name, desk);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        // Put together here, so that no scanner takes this repository for a leak.
        let text = text.replace("%CLIENT_SECRET%", &["f3a91c07", "d2e84b65", "a0c9e713", "8d5b2f46"].concat());
        let relative = path.strip_prefix(root).expect("a path in the fixture").to_string_lossy().into_owned();
        desk.write(&format!("{name}/{relative}"), text);
    }
}

/// The report with sizes taken out, and with them the order of the largest files: they change with the compiler.
fn seen(desk: &Desk, arguments: &[&str]) -> String {
    let text = desk.see(arguments);
    let mut in_files = false;
    let kept = text.lines().filter(|line| {
        in_files = line.trim() == "largest files" || (in_files && !line.is_empty());
        !in_files
    });
    kept.map(without_sizes).collect::<Vec<_>>().join("\n")
}

fn without_sizes(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(ToOwned::to_owned).collect();
    for index in 1..words.len() {
        let unit = words[index].trim_end_matches([',', ')']).to_owned();
        let number = words[index - 1].trim_start_matches('(');
        if matches!(unit.as_str(), "B" | "KB" | "MB") && number.parse::<f64>().is_ok() {
            let open = if words[index - 1].starts_with('(') { "(" } else { "" };
            words[index - 1] = format!("{open}#");
        }
    }
    words.join(" ")
}

fn report(desk: &Desk, name: &str) -> (i32, Value) {
    let output = desk.run(&["audit", name, "--json", "--threads", "2"]);
    let text = String::from_utf8_lossy(&output.stdout);
    (output.status.code().unwrap_or(-1), serde_json::from_str(&text).expect("one JSON object"))
}

fn page<'a>(report: &'a Value, path: &str) -> &'a Value {
    report["pages"].as_array().unwrap().iter().find(|page| page["path"] == path).expect("the page")
}

#[test]
fn a_whole_app_is_fine() {
    let desk = with_fixture("whole");
    assert_snapshot!(seen(&desk, &["audit", "whole"]));
}

/// The guide's tables are written from the code. `MEZZE_UPDATE_DOCS=1` writes them.
#[test]
fn the_guide_lists_every_rule() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides/audit.md");
    let guide = std::fs::read_to_string(&path).expect("the guide");
    let written = mezze_host::audit::guide::with_tables(&guide).expect("the guide's marks");
    if std::env::var_os("MEZZE_UPDATE_DOCS").is_some() {
        std::fs::write(&path, &written).expect("the guide");
        return;
    }
    assert!(written == guide, "docs/guides/audit.md is stale: run this test with MEZZE_UPDATE_DOCS=1");
}

#[test]
fn a_broken_app_is_told_everything() {
    let desk = with_fixture("broken");
    assert_snapshot!(seen(&desk, &["audit", "broken", "--full"]));
}

/// What apps take from a browser's engine and from a device is there without either.
#[test]
fn an_engine_is_as_a_browsers() {
    let desk = with_fixture("alike");
    let (_, report) = report(&desk, "alike");
    let found = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "script-error");
    assert_eq!(found.collect::<Vec<_>>(), Vec::<&Value>::new());
    let text = page(&report, "pages/index/index")["text"].as_str().unwrap();
    for seen in ["date 26-07-01", "two|o|one | three|two|", "kept in the package", "chosen headless", "loaded 8"] {
        assert!(text.contains(seen), "{seen} in {text}");
    }
}

#[test]
fn packages_are_looked_into() {
    let desk = with_fixture("packages");
    assert_snapshot!(seen(&desk, &["audit", "packages"]));
    let (code, strict) = report(&desk, "packages");
    assert_eq!((code, &strict["ok"]), (0, &Value::Bool(true)));
    let output = desk.run(&["audit", "packages", "--strict"]);
    assert_eq!(output.status.code(), Some(1), "a warning fails it with --strict");
}

#[test]
fn tools_read_json() {
    let desk = with_fixture("broken");
    let (code, mut report) = report(&desk, "broken");
    assert_eq!(code, 1);
    // Sizes change with the compiler, and what hosts carry out with the catalog: the members stay.
    report["size"]["files"] = Value::from("files");
    report["size"]["packages"] = Value::from("packages");
    report["size"]["total"] = Value::from("total");
    report["hosts"]["gaps"] =
        report["hosts"]["gaps"][0].as_object().map(|gap| gap.keys().cloned().collect::<Vec<_>>()).into();
    report["pages"] = page(&report, "pages/throws/throws").clone();
    assert_json_snapshot!(report);
}

#[test]
fn a_package_says_the_same_as_its_project() {
    let desk = with_fixture("broken");
    desk.succeed(&["build", "broken", "--output", "broken.ma"]);
    let (_, project) = report(&desk, "broken");
    let (code, package) = report(&desk, "broken.ma");
    assert_eq!(code, 1);
    let told = |report: &Value| {
        let findings = report["findings"].as_array().unwrap().iter();
        // What is not there can't be seen to be missing any more.
        let lasting = findings.filter(|finding| finding["rule"] != "build-warning");
        lasting.map(|finding| (finding["rule"].clone(), finding["message"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&project), told(&package));
    assert_eq!(project["pages"], package["pages"]);
    let place = |report: &Value| report["findings"][0]["places"][0]["file"].clone();
    assert_eq!(
        (place(&project), place(&package)),
        (Value::from("pages/throws/throws.js"), Value::from("script/pages/throws/throws.js"))
    );
}

#[test]
fn an_app_that_means_harm_is_stopped_page_by_page() {
    let desk = with_fixture("hostile");
    let (code, report) = report(&desk, "hostile");
    assert_eq!(code, 1);
    let state = |name: &str| page(&report, &format!("pages/{name}/{name}"))["state"].as_str().unwrap().to_owned();
    let reason =
        |name: &str| page(&report, &format!("pages/{name}/{name}"))["reason"].as_str().unwrap_or_default().to_owned();
    assert!(reason("loop").contains("did not end"), "{}", reason("loop"));
    assert!(reason("timers").contains("one after the other"), "{}", reason("timers"));
    assert_eq!(state("flood"), "stopped", "by the cap on nodes, or by that on time");
    assert!(reason("text").contains("`text`"), "{}", reason("text"));
    // Memory and stack end in errors that script may catch, as in a browser.
    for name in ["memory", "recursion", "promises"] {
        let path = format!("pages/{name}/{name}");
        assert!(page(&report, &path)["errors"].as_u64() > Some(0) || state(name) == "stopped", "{name}");
    }
    // What belongs to everyone may be replaced; nothing of the host is in reach.
    assert_eq!(page(&report, "pages/globals/globals")["text"], "refused");
    assert_eq!(page(&report, "pages/calm/calm")["text"], "calm");
}

#[test]
fn what_can_not_be_audited_is_another_exit_code() {
    let desk = with_fixture("whole");
    assert_snapshot!(desk.see(&["audit", "missing"]));
    assert_snapshot!("audit_of_a_missing_page", desk.see(&["audit", "whole", "--page", "pages/none/none"]));
    desk.write("text.ma", "no package");
    assert_snapshot!("audit_of_no_package", desk.see(&["audit", "text.ma", "--json"]));
}
