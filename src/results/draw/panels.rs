//! Judges allotted by hand.

use super::rounds::{debated, ranked};
use super::*;

pub(super) fn judge(id: &str, score: i64) -> DrawJudge {
    DrawJudge {
        id: id.to_owned(),
        score,
        may_chair: true,
        ..DrawJudge::default()
    }
}

fn drawn_debates(pairs: &[[&str; 2]]) -> Vec<DrawnDebate> {
    let debate = |pair: &[&str; 2]| DrawnDebate {
        places: debated(pair[0], pair[1]).places,
        ..DrawnDebate::default()
    };
    pairs.iter().map(debate).collect()
}

#[test]
fn the_best_judges_lead_the_first_debates() {
    let debates = drawn_debates(&[["a", "b"], ["c", "d"]]);
    let judges = [
        judge("low", 10),
        judge("best", 90),
        judge("good", 80),
        judge("fair", 50),
    ];
    let allotment = allot_judges(
        JudgeRules::default(),
        &debates,
        &ranked(&[0; 4]),
        &judges,
        &[],
    );
    assert_eq!(allotment.panels[0].chair.as_deref(), Some("best"));
    assert_eq!(allotment.panels[1].chair.as_deref(), Some("good"));
    // Two are left: the first debate has a panel of three, the second one judge; nobody is left over.
    assert_eq!(
        (
            allotment.panels[0].panellists.len(),
            allotment.panels[1].panellists.len()
        ),
        (2, 0)
    );
    assert!(allotment.unused.is_empty());
}

#[test]
fn nobody_judges_whom_they_may_not() {
    let mut teams = ranked(&[0; 4]);
    teams[0].institutions = vec!["north".to_owned()];
    let debates = drawn_debates(&[["a", "b"], ["c", "d"]]);
    let mut own = judge("own school", 90);
    own.institutions = vec!["north".to_owned()];
    let mut declared = judge("declared", 80);
    declared.may_not = vec!["b".to_owned()];
    let only = JudgeRules { panel: 1 };
    let allotment = allot_judges(
        only,
        &debates,
        &teams,
        &[own.clone(), declared.clone(), judge("free", 10)],
        &[],
    );
    assert_eq!(allotment.panels[0].chair.as_deref(), Some("free"));
    assert_eq!(allotment.panels[1].chair.as_deref(), Some("own school"));
    // Without the free one the first debate stays without a judge rather than with the wrong one.
    let allotment = allot_judges(only, &debates, &teams, &[own, declared], &[]);
    assert_eq!(
        (allotment.panels[0].chair.clone(), allotment.without_chair),
        (None, 1)
    );
    assert_eq!(allotment.unused.len(), 1);
}

#[test]
fn nobody_hears_a_team_twice_while_that_is_possible() {
    let debates = drawn_debates(&[["a", "b"], ["c", "d"]]);
    let mut past = debated("a", "c");
    past.judges = vec!["best".to_owned()];
    let mut other = debated("d", "x");
    other.judges = vec!["good".to_owned()];
    let judges = [judge("best", 90), judge("good", 80), judge("new", 10)];
    let allotment = allot_judges(
        JudgeRules { panel: 1 },
        &debates,
        &ranked(&[0; 4]),
        &judges,
        &[past, other],
    );
    // Best heard a and c, good heard d: good takes the first, the new one the second.
    assert_eq!(allotment.panels[0].chair.as_deref(), Some("good"));
    assert_eq!(allotment.panels[1].chair.as_deref(), Some("new"));
    assert_eq!(allotment.heard_again, 0);
}

#[test]
fn judges_who_may_not_meet_sit_apart_and_learners_have_no_vote() {
    let debates = drawn_debates(&[["a", "b"]]);
    let mut second = judge("second", 80);
    second.may_not = vec!["first".to_owned()];
    let mut learner = judge("learner", 99);
    learner.trainee = true;
    let mut shy = judge("shy", 95);
    shy.may_chair = false;
    let judges = [judge("first", 90), second, judge("third", 70), learner, shy];
    let allotment = allot_judges(
        JudgeRules::default(),
        &debates,
        &ranked(&[0; 2]),
        &judges,
        &[],
    );
    let panel = &allotment.panels[0];
    assert_ne!(panel.chair.as_deref(), Some("shy"));
    assert_eq!(panel.trainees, ["learner"]);
    let sits = |id: &str| {
        panel
            .chair
            .iter()
            .chain(&panel.panellists)
            .any(|judge| judge == id)
    };
    assert!(!(sits("first") && sits("second")));
    assert_eq!(panel.panellists.len(), 2);
}
