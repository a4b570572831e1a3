//! A platform in order has no finding; each thing that is broken is found.

use sea_orm::ConnectionTrait as _;
use serde_json::json;

use super::{Examination, examine_all};
use crate::testing::{PackageFixture, TestPlatform, on_each_database};

on_each_database!(a_platform_in_order_has_no_finding, what_is_broken_is_found);

async fn examined(platform: &TestPlatform) -> Examination {
    examine_all(&platform.services).await.expect("it can be examined")
}

/// Two versions, the older one superseded; one that waits for its check; one withdrawn; an upload under way.
async fn lively(platform: &TestPlatform) {
    for (version, code) in [("1.0.0", 1), ("1.0.1", 2)] {
        platform.submit(&PackageFixture::version(version, code), json!({"release": true})).await;
        platform.work().await;
    }
    let other = PackageFixture { app_id: "org.example.other".to_owned(), ..PackageFixture::default() };
    platform.submit(&other, json!({"release": true})).await;
    platform.work().await;
    let withdrawn = PackageFixture { app_id: "org.example.gone".to_owned(), ..PackageFixture::default() };
    let made = platform.submit(&withdrawn, json!({"release": true})).await.json();
    platform.work().await;
    let act = json!({"action": "withdraw", "reason": "It was a mistake."});
    assert_eq!(platform.act(made["id"].as_str().expect("an id"), act).await.status, 200);
    platform.submit(&PackageFixture::version("1.0.2", 3), json!({})).await;
    let bytes = PackageFixture::version("1.0.3", 4).bytes();
    let request = json!({"size": bytes.len(), "sha256": mezze_model::Digest::of(&bytes).to_string()});
    platform.develop(axum::http::Method::POST, "/api/v1/uploads", &request).await;
}

async fn a_platform_in_order_has_no_finding(platform: TestPlatform) {
    assert_eq!(examined(&platform).await.findings, Vec::<String>::new());
    lively(&platform).await;
    let examination = examined(&platform).await;
    assert_eq!(examination.findings, Vec::<String>::new());
    assert_eq!((examination.apps, examination.releases, examination.log_entries), (3, 5, 5));
    assert_eq!(examination.jobs_due, 1);
}

async fn what_is_broken_is_found(platform: TestPlatform) {
    lively(&platform).await;
    let sealed = platform.folder.path().join("blobs/sealed");
    let current = "SELECT sealed_digest FROM releases WHERE state = 'superseded'";
    let statement = sea_orm::Statement::from_string(platform.services.database.read().get_database_backend(), current);
    let row = platform.services.database.read().query_one_raw(statement).await.expect("an answer").expect("a row");
    let digest: String = row.try_get_by_index(0).expect("a digest");
    std::fs::write(sealed.join(digest), "other bytes").expect("the folder is ours");
    for (statement, finding) in [
        ("UPDATE apps SET current_release_id = NULL WHERE id = 'org.example.other'", "but the mini app names {}"),
        ("DELETE FROM jobs", "waits for a check that nobody does"),
        ("DELETE FROM log_nodes WHERE level = 1 AND place = 0", "1 nodes of the log are missing"),
        ("UPDATE log_nodes SET hash = 'ab' WHERE level = 0 AND place = 1", "the log's node 0/1 is not the hash"),
        (
            "DELETE FROM audit_entries WHERE action = 'release.withdraw'",
            "withdrawn 0 times, but stands in the log 1 and 1",
        ),
        ("DELETE FROM release_listings", "has no list of files"),
        ("DELETE FROM check_reports", "never passed a check of its package"),
    ] {
        platform.services.database.read().execute_unprepared(statement).await.expect("it is done");
        let findings = examined(&platform).await.findings;
        assert!(findings.iter().any(|found| found.contains(finding)), "{statement}: {findings:#?}");
    }
    let findings = examined(&platform).await.findings;
    assert!(findings.iter().any(|found| found.contains("is damaged")), "{findings:#?}");
}
