//! The whole table, and every guard with the fact that breaks it.

use super::*;

/// A row a state, a column an action in the order of `every_action`; `.` where nothing leads on.
///
/// attach, pass, fail, submit, recall, approve, reject, revise, stage, release, supersede, roll back, withdraw
const TABLE: [(&str, &str); 10] = [
    ("draft     ", "uploaded . . . . . . . . . . . ."),
    ("uploaded  ", ". checked rejected . . . . draft . . . . ."),
    ("checked   ", ". . . in_review . . . draft . . . . ."),
    ("in_review ", ". . . . checked approved rejected . . . . . ."),
    ("approved  ", ". . . . . . . . staged released superseded . withdrawn"),
    ("rejected  ", ". . . . . . . draft . . . . ."),
    ("staged    ", ". . . . . . . . staged released superseded . withdrawn"),
    ("released  ", ". . . . . . . . . . superseded . withdrawn"),
    ("superseded", ". . . . . . . . . . . released withdrawn"),
    ("withdrawn ", ". . . . . . . . . . . . ."),
];

/// Facts under which every guard holds for someone who may do this.
fn fine(action: &Action) -> Facts {
    let powers = match action {
        Action::PassCheck | Action::FailCheck { .. } | Action::Supersede => Powers::MACHINE,
        Action::Approve { .. } | Action::Reject { .. } => Powers { reviews: true, ..Powers::default() },
        _ => Powers { develops: true, ..Powers::default() },
    };
    Facts {
        powers,
        check_passed: true,
        claim: Claim::Mine,
        checklist_done: true,
        steps_back: Some(0),
        ..Facts::default()
    }
}

#[test]
fn every_state_with_every_action_does_what_the_table_says() {
    let actions = every_action();
    for (state, (name, row)) in ReleaseState::ALL.into_iter().zip(TABLE) {
        assert_eq!(state.name(), name.trim());
        let cells: Vec<&str> = row.split(' ').collect();
        assert_eq!(cells.len(), actions.len(), "{name}");
        for (action, cell) in actions.iter().zip(cells) {
            let outcome = step(state, action, &fine(action));
            match cell {
                "." => {
                    let problem = outcome.expect_err("the table has nothing here");
                    assert_eq!((problem.name(), problem.status), ("wrong-state", 409), "{name} {}", action.name());
                    assert!(problem.hint.is_some());
                }
                to => assert_eq!(outcome.map(ReleaseState::name), Ok(to), "{name} {}", action.name()),
            }
        }
        let possible = row.split(' ').filter(|cell| *cell != ".").count();
        assert_eq!(actions_from(state).len(), possible, "{name}");
    }
}

fn possible_from(action: &Action) -> ReleaseState {
    ReleaseState::ALL.into_iter().find(|state| next(*state, action).is_some()).expect("it is in the table")
}

fn refused(action: &Action, facts: Facts) -> String {
    step(possible_from(action), action, &facts).expect_err("the guard holds").name().to_owned()
}

#[test]
fn nobody_without_the_power_does_anything() {
    for action in every_action() {
        let nobody = Facts { powers: Powers::default(), ..fine(&action) };
        assert_eq!(refused(&action, nobody), "not-allowed", "{}", action.name());
    }
}

#[test]
fn powers_reach_no_further_than_their_own_acts() {
    let allowed = |powers: Powers| -> String {
        let actions = every_action();
        let fit = actions
            .iter()
            .filter(|action| step(possible_from(action), action, &Facts { powers, ..fine(action) }).is_ok());
        fit.map(Action::name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(allowed(Powers { reviews: true, ..Powers::default() }), "approve reject");
    assert_eq!(allowed(Powers { administers: true, ..Powers::default() }), "roll_back withdraw");
    assert_eq!(
        allowed(Powers { develops: true, ..Powers::default() }),
        "attach submit recall revise stage release roll_back withdraw"
    );
    // The platform runs checks, schedules and automatic reviews; by itself it never withdraws or goes back.
    assert_eq!(
        allowed(Powers::MACHINE),
        "attach pass_check fail_check submit recall approve reject revise stage release supersede"
    );
}

#[test]
fn a_review_is_of_these_bytes_by_the_one_who_claimed_it() {
    let approve = Action::Approve { submitted_digest: "aa".to_owned() };
    let good = Facts { submitted_digest: "aa".to_owned(), ..fine(&approve) };
    assert_eq!(step(ReleaseState::InReview, &approve, &good).map(ReleaseState::name), Ok("approved"));
    let but = |change: fn(&mut Facts)| {
        let mut facts = good.clone();
        change(&mut facts);
        refused(&approve, facts)
    };
    assert_eq!(but(|facts| facts.submitted_digest = "bb".to_owned()), "other-bytes");
    assert_eq!(but(|facts| facts.check_passed = false), "not-checked");
    assert_eq!(but(|facts| facts.checklist_done = false), "checklist-open");
    assert_eq!(but(|facts| facts.claim = Claim::Free), "not-claimed");
    assert_eq!(but(|facts| facts.claim = Claim::Others), "claimed");
    assert_eq!(but(|facts| facts.powers.develops = true), "own-work");
}

#[test]
fn shares_only_grow_and_one_release_is_staged_at_a_time() {
    let stage = |share| Action::Stage { share };
    let at = |share, current| {
        let facts = Facts { share: current, ..fine(&stage(share)) };
        step(ReleaseState::Staged, &stage(share), &facts).map_err(|problem| problem.name().to_owned())
    };
    assert_eq!(at(100, 100), Ok(ReleaseState::Staged));
    assert_eq!(at(EVERYONE, 100), Ok(ReleaseState::Staged));
    assert_eq!(at(99, 100), Err("share-shrinks".to_owned()));
    assert_eq!(at(0, 0), Err("bad-request".to_owned()));
    assert_eq!(at(EVERYONE + 1, 0), Err("bad-request".to_owned()));
    for action in [stage(1), Action::Release] {
        let busy = Facts { other_staged: Some("2.0.0".to_owned()), ..fine(&action) };
        assert_eq!(refused(&action, busy), "already-staged");
        let old = Facts { older_than_current: true, ..fine(&action) };
        assert_eq!(refused(&action, old), "older");
    }
}

#[test]
fn one_goes_back_five_releases_and_gives_reasons() {
    for (steps_back, possible) in [(Some(0), true), (Some(4), true), (Some(5), false), (None, false)] {
        let facts = Facts { steps_back, ..fine(&Action::RollBack) };
        assert_eq!(step(ReleaseState::Superseded, &Action::RollBack, &facts).is_ok(), possible, "{steps_back:?}");
    }
    for reason in [String::new(), "  ".to_owned(), "x".repeat(2_001)] {
        for action in [Action::Withdraw { reason: reason.clone() }, Action::Reject { reason }] {
            assert_eq!(refused(&action, fine(&action)), "bad-request");
        }
    }
    let unchecked = Facts { check_passed: false, ..fine(&Action::Submit) };
    assert_eq!(refused(&Action::Submit, unchecked), "not-checked");
    assert_eq!([percent(100), percent(50), percent(EVERYONE)], ["1 %", "0.50 %", "100 %"]);
}
