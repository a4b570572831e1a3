//! Jobs: taken once, taken over from a dead node, tried again, given up.

use serde_json::json;

use super::{JobKind, Jobs, MOST_ATTEMPTS};
use crate::testing::{PackageFixture, TestPlatform, on_each_database};

on_each_database!(a_job_of_a_dead_node_is_taken_over, a_job_that_fails_is_tried_again_and_given_up);

async fn a_job_of_a_dead_node_is_taken_over(platform: TestPlatform) {
    let made = platform.submit(&PackageFixture::default(), json!({})).await.json();
    let id = made["id"].as_str().expect("an id");
    let jobs = Jobs(&platform.services);
    // A node takes it and dies: nobody else has it while the lease holds.
    let taken = jobs.take().await.expect("the database answers").expect("there is a job");
    assert_eq!(platform.work().await, 0);
    platform.clock.advance(301);
    assert_eq!(platform.work().await, 1);
    assert_eq!(platform.release(id).await["state"], "checked");
    // The node comes back to life and finishes too: nothing changes.
    jobs.run_one(&taken).await.expect("it changes nothing");
    assert_eq!(platform.release(id).await["state"], "checked");
    assert_eq!(platform.work().await, 0);
}

async fn a_job_that_fails_is_tried_again_and_given_up(platform: TestPlatform) {
    let made = platform.submit(&PackageFixture::default(), json!({"submit": true})).await.json();
    let id = made["id"].as_str().expect("an id");
    let sealed = platform.folder.path().join("blobs/sealed");
    let away = platform.folder.path().join("blobs/away");
    std::fs::rename(&sealed, &away).expect("the folder is ours");
    assert_eq!(platform.work().await, 1);
    assert_eq!(platform.release(id).await["state"], "uploaded");
    assert_eq!(platform.work().await, 0, "it waits before the next try");
    for _ in 1..MOST_ATTEMPTS {
        platform.clock.advance(1_000);
        assert_eq!(platform.work().await, 1);
    }
    let given_up = platform.release(id).await;
    assert_eq!(given_up["state"], "rejected");
    assert!(given_up["state_reason"].as_str().is_some_and(|reason| reason.contains("could not take place")));
    assert_eq!(JobKind::from_name("check"), Some(JobKind::Check));
}
