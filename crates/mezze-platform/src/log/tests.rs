//! The public log, through the router, checked as an outsider would.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use mezze_model::Digest;
use mezze_package::PublicKey;
use mezze_package::log::tile::{Tile, WIDTH, unbundle};
use mezze_package::log::{
    Checkpoint, LogEntry, Node, SignedCheckpoint, Span, leaf_hash, node_hash, verify_consistency, verify_inclusion,
};
use serde_json::Value;

use super::store;
use crate::testing::{PackageFixture, TestPlatform, on_each_database};

on_each_database!(
    a_release_is_in_the_log_and_proves_it,
    the_log_only_grows_and_says_so,
    tiles_hold_the_whole_log,
    a_refused_write_leaves_nothing_in_the_log
);

fn key(platform: &TestPlatform) -> PublicKey {
    platform.services.keys.log.public()
}

async fn head(platform: &TestPlatform) -> (Value, Checkpoint) {
    let answer = platform.browser().get("/api/v1/log").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let head = answer.json();
    let text = head["checkpoint"].as_str().unwrap().to_owned();
    let checkpoint = SignedCheckpoint::verify(&text, "localhost/log", &key(platform)).unwrap();
    assert_eq!(platform.browser().get("/log/checkpoint").await.text(), text);
    (head, checkpoint)
}

fn hashes(value: &Value) -> Vec<Digest> {
    value.as_array().unwrap().iter().map(|hash| Digest::parse(hash.as_str().unwrap()).unwrap()).collect()
}

/// Entries that no release stands behind.
async fn fill(platform: &TestPlatform, from: u64, count: u64) {
    platform
        .services
        .database
        .write(move |transaction| {
            Box::pin(async move {
                for time in from..from + count {
                    store::append(transaction, &withdrawal(time)).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

fn withdrawal(time: u64) -> LogEntry {
    LogEntry::Withdrawal {
        app_id: "org.example.menu".parse().unwrap(),
        package_digest: Digest::of(b"package"),
        reason: "It loses orders.".to_owned(),
        time,
        version: "1.0.0".parse().unwrap(),
    }
}

async fn a_release_is_in_the_log_and_proves_it(platform: TestPlatform) {
    fill(&platform, 0, 5).await;
    let published = platform.publish(&PackageFixture::default()).await;
    fill(&platform, 5, 3).await;
    let answer = platform.browser().get(&format!("/api/v1/log/inclusion?package_digest={}", published.digest)).await;
    let proof = answer.json();
    let entry = proof["entry"].as_str().unwrap();
    let LogEntry::Release { app_id, package_digest, version, .. } = LogEntry::parse(entry.as_bytes()).unwrap() else {
        panic!("{entry}");
    };
    assert_eq!(
        (app_id.as_str(), package_digest.to_string(), version.as_str()),
        (published.app_id.as_str(), published.digest.clone(), published.version.as_str())
    );
    let checkpoint = proof["checkpoint"].as_str().unwrap();
    let head = SignedCheckpoint::verify(checkpoint, "localhost/log", &key(&platform)).unwrap();
    assert_eq!((head.size, proof["index"].as_u64()), (9, Some(5)));
    let (index, leaf) = (proof["index"].as_u64().unwrap(), leaf_hash(entry.as_bytes()));
    verify_inclusion(leaf, index, head.size, &hashes(&proof["proof"]), &head.root).unwrap();

    let again = platform.publish(&PackageFixture::default()).await;
    assert_eq!(again.digest, published.digest);
    assert_eq!(self::head(&platform).await.1.size, 9, "the same package is no second release");
    let unknown = format!("/api/v1/log/inclusion?package_digest={}", Digest::of(b"other"));
    platform.browser().get(&unknown).await.problem(404, "not-found");
}

async fn the_log_only_grows_and_says_so(platform: TestPlatform) {
    let (empty, checkpoint) = head(&platform).await;
    assert_eq!((empty["size"].as_u64(), checkpoint.root), (Some(0), Digest::of(b"")));
    assert!(empty["verifier_key"].as_str().unwrap().starts_with("localhost/log+"), "{empty}");
    let mut heads = vec![];
    for size in [1_u64, 2, 7, 8, 9, 20] {
        let before = heads.last().map_or(0, |head: &Checkpoint| head.size);
        fill(&platform, before, size - before).await;
        heads.push(head(&platform).await.1);
        for old in &heads {
            let path = format!("/api/v1/log/consistency?from={}&to={size}", old.size);
            let proof = hashes(&platform.browser().get(&path).await.json()["proof"]);
            let new = heads.last().unwrap();
            verify_consistency((old.size, old.root), (new.size, new.root), &proof).unwrap();
        }
    }
    platform.browser().get("/api/v1/log/consistency?from=3&to=21").await.problem(400, "bad-request");
    platform.browser().get("/api/v1/log/consistency?from=9&to=3").await.problem(400, "bad-request");
}

async fn tiles_hold_the_whole_log(platform: TestPlatform) {
    let size = 300;
    fill(&platform, 0, size).await;
    let (_, checkpoint) = head(&platform).await;
    let mut leaves = vec![];
    for (index, width) in [(0, WIDTH), (1, size - WIDTH)] {
        let entries = Tile { level: None, index, width }.path();
        let answer = platform.browser().get(&format!("/log/{entries}")).await;
        assert_eq!(answer.status, 200, "{entries}: {}", answer.text());
        assert!(answer.header("cache-control").contains("immutable"));
        let entries: Vec<Digest> = unbundle(&answer.body).unwrap().into_iter().map(leaf_hash).collect();
        let tile = platform.browser().get(&format!("/log/{}", Tile { level: Some(0), index, width }.path())).await;
        let bytes: Vec<u8> = entries.iter().flat_map(|hash| *hash.as_bytes()).collect();
        assert_eq!(tile.body, bytes);
        leaves.extend(entries);
    }
    let top = platform.browser().get("/log/tile/1/000.p/1").await.body;
    let whole = Span::whole(size).nodes();
    assert_eq!(whole.first(), Some(&Node { level: 8, index: 0 }));
    let mut row = leaves[..256].to_vec();
    while row.len() > 1 {
        row = row.chunks(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    assert_eq!(top.as_ref(), row[0].as_bytes());
    assert_eq!(leaves.len() as u64, checkpoint.size);
    for missing in ["tile/0/001", "tile/0/001.p/45", "tile/entries/002", "tile/9/000.p/1", "tile/0/1", "tile/x/000"] {
        platform.browser().get(&format!("/log/{missing}")).await.problem(404, "not-found");
    }
}

async fn a_refused_write_leaves_nothing_in_the_log(platform: TestPlatform) {
    let refused: Result<(), _> = platform
        .services
        .database
        .write(|transaction| {
            Box::pin(async move {
                store::append(transaction, &withdrawal(1)).await?;
                Err(crate::problem::Problem::bad_request("No.").into())
            })
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(head(&platform).await.1.size, 0);
    fill(&platform, 0, 1).await;
    assert_eq!(head(&platform).await.1.size, 1);
}
