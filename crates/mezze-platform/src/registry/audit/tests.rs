//! Auditing programs that answer, hang, flood, die and talk nonsense; and what the check makes of each.

use std::sync::Arc;
use std::time::Duration;

use mezze_host::confined::ConfinedLimits;
use serde_json::{Value, json};

use super::answer::read;
use super::{AuditFailure, Audited, Auditor, ProcessAuditor};
use crate::testing::{PackageFixture, TestPlatform, on_each_database};

const OF: Audited<'static> = Audited { app_id: "org.example.menu", version: "1.0.0" };

fn answer(findings: &Value) -> Value {
    json!({"format": 1, "app": {"id": "org.example.menu", "version": "1.0.0"}, "findings": findings})
}

/// A program of the system in the place of ours.
fn shell(script: &str) -> ProcessAuditor {
    ProcessAuditor {
        program: "/bin/sh".into(),
        arguments: vec!["-c".to_owned(), script.to_owned()],
        limits: ConfinedLimits { time: Duration::from_secs(5), answer: 1_000, ..ConfinedLimits::default() },
    }
}

async fn reason(auditor: ProcessAuditor) -> String {
    match auditor.audit(&[b'x'; 300_000]).await {
        Ok(answer) => panic!("it answered {}", String::from_utf8_lossy(&answer)),
        Err(AuditFailure { reason }) => reason,
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_gets_the_package_and_nothing_else() {
    let said = shell("wc -c; env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= ; pwd").audit(&[b'x'; 300_000]).await;
    assert_eq!(String::from_utf8(said.expect("it answers")).expect("text"), "300000\n/\n");
}

#[cfg(unix)]
#[tokio::test]
async fn one_that_hangs_floods_or_dies_is_told_apart() {
    let began = std::time::Instant::now();
    let mut hanging = shell("exec sleep 600");
    hanging.limits.time = Duration::from_millis(300);
    assert_eq!(reason(hanging).await, "it did not end within 0.3 s and was stopped");
    assert!(began.elapsed() < Duration::from_secs(60));
    assert_eq!(reason(shell("exec yes")).await, "its answer has more than 1000 bytes");
    assert_eq!(reason(shell("exit 7")).await, "its process ended with code 7");
    let stopped = reason(shell("kill -SYS $$")).await;
    assert!(stopped.starts_with("it tried to reach a file, a network"), "{stopped}");
    let program = "/nowhere/mezze".into();
    let missing = reason(ProcessAuditor { program, ..shell("") }).await;
    assert!(missing.starts_with("its process could not be used"), "{missing}");
}

#[test]
fn what_it_saw_is_for_people_to_weigh() {
    let seen = |rule: &str, severity: &str, message: &str| {
        json!({"rule": rule, "severity": severity, "message": message, "hint": "correct it",
               "pages": ["pages/a/a", "pages/b/b"], "places": [{"file": "script/a.js", "line": 3, "column": 1}]})
    };
    let long = "x".repeat(5_000);
    let findings = json!([
        seen("script-error", "error", "a is not a function"),
        seen("page-empty", "warning", &long),
        seen("api-deprecated", "note", "old"),
        seen("secret", "error", "a key"),
    ]);
    let audit = read(answer(&findings).to_string().as_bytes(), &OF).expect("a report");
    let told: Vec<Value> = audit.findings.iter().map(|finding| json!(finding)).collect();
    let first = json!({"rule": "audit-script-error", "severity": "warning", "file": "script/a.js", "line": 3,
        "message": "a is not a function. On the page pages/a/a and 1 more. Hint: correct it."});
    assert_eq!(told[0], first);
    assert_eq!((told.len(), audit.findings[1].message.chars().count()), (2, 601));
}

#[test]
fn nonsense_is_no_audit() {
    let deep = "[".repeat(100_000);
    let unknown =
        json!([{"rule": "all-good", "severity": "note", "message": "", "hint": "", "pages": [], "places": []}]);
    let mut other = answer(&json!([]));
    other["app"]["id"] = json!("org.example.other");
    let mut format = answer(&json!([]));
    format["format"] = json!(2);
    let whole = answer(&json!([])).to_string();
    for text in [
        "",
        "null",
        "{}",
        &deep,
        &whole[1..],
        &format!("{whole} {{}}"),
        &answer(&unknown).to_string(),
        &other.to_string(),
        &format.to_string(),
    ] {
        let failure = read(text.as_bytes(), &OF).expect_err("it makes no sense");
        assert!(failure.to_string().starts_with("its answer makes no sense"), "{failure}");
    }
    assert!(read(whole.as_bytes(), &OF).is_ok());
}

/// Answers the same whatever it is asked.
struct Fixed(Result<Value, &'static str>);

#[async_trait::async_trait]
impl Auditor for Fixed {
    async fn audit(&self, _: &[u8]) -> Result<Vec<u8>, AuditFailure> {
        match &self.0 {
            Ok(value) => Ok(value.to_string().into_bytes()),
            Err(reason) => Err(AuditFailure::new(*reason)),
        }
    }
}

async fn with_auditor(platform: &mut TestPlatform, auditor: Fixed) {
    let url = platform.services.options.database_url.clone();
    let keys = platform.folder.path().join("keys");
    *platform = TestPlatform::with(|options| {
        options.database_url = url;
        // Another platform's keys on a database are refused.
        crate::keys::create_private_folder(&options.data.join("keys")).expect("a folder");
        for entry in std::fs::read_dir(&keys).expect("the keys") {
            let path = entry.expect("a key").path();
            let name = path.file_name().expect("a name");
            std::fs::copy(&path, options.data.join("keys").join(name)).expect("a copy");
        }
        options.auditor = Some(Arc::new(auditor));
    })
    .await;
}

on_each_database!(a_release_without_its_audit_waits_for_a_person, an_audit_is_kept_with_the_report);

async fn a_release_without_its_audit_waits_for_a_person(mut platform: TestPlatform) {
    for (number, auditor) in [Fixed(Err("it fell over")), Fixed(Ok(json!("all is well")))].into_iter().enumerate() {
        with_auditor(&mut platform, auditor).await;
        let app_id = format!("org.example.audited{number}");
        let fixture = PackageFixture { app_id: app_id.clone(), ..PackageFixture::default() };
        let made = platform.submit(&fixture, json!({"release": true})).await.json();
        let id = made["id"].as_str().expect("an id");
        assert_eq!(platform.work().await, 1);
        assert_eq!(platform.release(id).await["state"], "in_review");
        let path = format!("/api/v1/releases/{id}/report");
        let report = platform.develop(axum::http::Method::GET, &path, &Value::Null).await.json();
        let said = "The audit did not take place: it";
        let findings = report["findings"].as_array().into_iter().flatten();
        let told = findings.filter(|finding| finding["message"].as_str().is_some_and(|text| text.starts_with(said)));
        assert_eq!(told.count(), 1, "{report}");

        let direct = PackageFixture { app_id: format!("{app_id}.direct"), ..PackageFixture::default() };
        assert_eq!(platform.publish(&direct).await.state, "in_review");
    }
}

async fn an_audit_is_kept_with_the_report(mut platform: TestPlatform) {
    with_auditor(&mut platform, Fixed(Ok(answer(&json!([]))))).await;
    let made = platform.submit(&PackageFixture::default(), json!({"release": true})).await.json();
    let id = made["id"].as_str().expect("an id");
    platform.work().await;
    assert_eq!(platform.release(id).await["state"], "released");
    let path = format!("/api/v1/releases/{id}/report");
    let report = platform.develop(axum::http::Method::GET, &path, &Value::Null).await.json();
    assert_eq!(report["audit"]["app"]["id"], "org.example.menu");
    let next = PackageFixture::version("1.0.1", 2);
    assert_eq!(platform.publish(&next).await.state, "in_review", "the answer is about another version");
}
