//! What is fuzzed of a host: what apps say, and what is declared, ruled and answered about their permissions. Used by
//! the targets and, with fixed mutations, by `crates/mezze-host/tests/mutations.rs`.

use mezze_api::Catalog;
use mezze_host::fuzzing::{answer_messages, read_script};
use mezze_host::permission::{
    AllowedBy, Decision, Declarations, Effect, Grant, GrantState, Moment, Policy, Question, decide, script_uses,
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load().expect("the catalog of this build is right"));

/// Messages of a page's logic, a list in JSON: answered, or the page is stopped.
pub fn messages(bytes: &[u8]) {
    if let Ok(messages) = serde_json::from_slice::<Vec<Value>>(bytes) {
        assert!(answer_messages(&messages, &CATALOG) <= messages.len());
    }
}

#[derive(Deserialize)]
struct Case {
    declared: Declarations,
    policy: Value,
    grants: Vec<Grant>,
    moment: Moment,
    question: Question,
}

/// A decision: what the operator forbids is never allowed, what the user refused is allowed by the operator alone, and
/// what is said for another signer counts for nothing.
pub fn permission(bytes: &[u8]) {
    let Ok(case) = serde_json::from_slice::<Case>(bytes) else { return };
    let policy = serde_json::to_vec(&case.policy).expect("JSON can be written");
    let Ok(policy) = Policy::from_json(&policy) else { return };
    let decided = decide(&case.declared, &policy, &case.grants, &case.moment, &case.question);
    let Decision::Allowed(granted) = &decided else { return };
    if granted.by() == AllowedBy::Open {
        return;
    }
    let permission = granted.permission().expect("what is gated has a name");
    let rule = policy.effect(&case.moment.subject, &[permission]);
    assert!(rule.is_none_or(|rule| rule.effect != Effect::Forbid), "allowed what is forbidden");
    assert!(case.moment.in_front, "allowed in the background");
    let own = |grant: &&Grant| grant.signer == case.moment.subject.signer && grant.permission == permission;
    if case.grants.iter().find(own).is_some_and(|grant| grant.state == GrantState::Refused) {
        assert!(matches!(granted.by(), AllowedBy::Operator | AllowedBy::Picker), "allowed what was refused");
    }
    let foreign = case.grants.iter().filter(|grant| grant.signer != case.moment.subject.signer).count();
    if foreign > 0 {
        let own: Vec<Grant> =
            case.grants.iter().filter(|grant| grant.signer == case.moment.subject.signer).cloned().collect();
        assert_eq!(decide(&case.declared, &policy, &own, &case.moment, &case.question), decided);
    }
}

/// A script of a package, as the audit and the platform's check read it.
pub fn package_script(bytes: &[u8]) {
    let script = String::from_utf8_lossy(bytes);
    let _ = read_script(&script);
    for used in script_uses("wx", "a.js", &script) {
        assert!(script.contains(&used.api));
    }
}
