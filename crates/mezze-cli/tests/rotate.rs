//! What an operator sees who replaces a key.
#![expect(clippy::expect_used, reason = "a test stops at its first failure")]

mod support;

use support::Desk;

fn platform() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("platform/keys")).expect("a folder");
    desk.succeed(&["doctor", "--data", "platform"]);
    desk
}

fn rotate(desk: &Desk, more: &[&str]) -> String {
    desk.see(&[&["rotate", "--data", "platform"], more].concat())
}

#[test]
fn each_key_has_its_next_step() {
    let desk = platform();
    for (key, result, hint) in [
        ("content-keys", "the one before is kept beside it", "run `mezze rotate content-keys --finish`"),
        ("gate", "the one before is kept beside it", "after six hours run `mezze rotate gate --finish`"),
        ("log", "the one before is gone", "start every node again, all at once"),
        ("countersigning", "the one before is gone", "start every node again, all at once"),
    ] {
        let seen = rotate(&desk, &[key]);
        assert!(seen.contains(&format!("There is a new key for {key}; {result}")) && seen.contains(hint), "{seen}");
    }
    let seen = rotate(&desk, &["gate"]);
    assert!(seen.contains("the key was replaced before"), "{seen}");
    let seen = rotate(&desk, &["gate", "--finish"]);
    assert!(seen.contains("Nothing needs the key for gate before; it is gone."), "{seen}");
    let seen = rotate(&desk, &["gate", "--leaked"]);
    assert!(seen.contains("the one before is gone"), "{seen}");
}

#[test]
fn what_must_not_change_is_not_replaced_as_a_habit() {
    let desk = platform();
    let seen = rotate(&desk, &["identity"]);
    assert!(seen.contains("not replaced as a habit") && seen.contains("mezze rotate identity --leaked"), "{seen}");
    let seen = rotate(&desk, &["identity", "--leaked"]);
    assert!(seen.contains("tell developers"), "{seen}");
    let seen = rotate(&desk, &["trial", "--lost"]);
    assert!(seen.contains("needs nothing"), "{seen}");
    let seen = rotate(&desk, &["log", "--lost"]);
    assert!(seen.contains("this platform's from now on") && seen.contains("tell users and auditors"), "{seen}");
    let seen = rotate(&desk, &["developer"]);
    assert!(seen.contains("content-keys") && seen.contains("app-statements"), "{seen}");
}
