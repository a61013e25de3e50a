//! Panels: majority, casting vote, dissent, margins, ranks and points.

use super::super::{Ballots, Bench, Fraction, Judge, Sheet, Undecided, decision};
use super::{TWO, bout, points, rules, sheet, wide};
use crate::results::{Ballot, Bout, Decision, Rules};

pub(super) const THREE: [&str; 3] = ["ana", "ben", "cem"];

pub(super) fn exact(score: f64) -> Fraction {
    Fraction::whole(i64::from(points(score)))
}

type Scores = [[[f64; 4]; 2]; 3];

/// The three known voting panels: scores by judge and side, the reply last.
const FIRST: Scores = [
    [[75.0, 76.0, 74.0, 38.0], [76.0, 73.0, 75.0, 37.5]],
    [[74.0, 75.0, 76.0, 37.0], [77.0, 74.0, 74.0, 38.0]],
    [[75.0, 75.0, 75.0, 37.5], [76.0, 78.0, 77.0, 37.0]],
];
const SECOND: Scores = [
    [[73.0, 76.0, 79.0, 37.5], [77.0, 77.0, 78.0, 39.0]],
    [[79.0, 80.0, 70.0, 36.0], [78.0, 79.0, 73.0, 37.0]],
    [[73.0, 70.0, 77.0, 35.0], [76.0, 76.0, 77.0, 37.0]],
];
const THIRD: Scores = [
    [[73.0, 70.0, 78.0, 40.0], [80.0, 78.0, 75.0, 38.5]],
    [[79.0, 75.0, 75.0, 39.5], [73.0, 73.0, 73.0, 40.0]],
    [[72.0, 78.0, 80.0, 38.0], [70.0, 70.0, 77.0, 37.0]],
];

fn panel(rules: &Rules, scores: &Scores) -> (Bout, Vec<Ballot>) {
    let bout = bout(&TWO, &THREE);
    let ballots = THREE
        .iter()
        .zip(scores)
        .map(|(judge, [one, other])| sheet(rules, &bout, judge, &[one, other]))
        .collect();
    (bout, ballots)
}

fn decided(rules: &Rules, scores: &Scores) -> Decision {
    let (bout, ballots) = panel(rules, scores);
    decision(rules, &bout, &ballots).unwrap()
}

pub(super) fn scores(decision: &Decision) -> Vec<Fraction> {
    decision
        .sides
        .iter()
        .map(|side| side.score.unwrap())
        .collect()
}

#[test]
fn two_of_three_decide_and_the_third_does_not_count() {
    let decision = decided(&wide(Sheet::HighPoints), &FIRST);
    // Totals: 263 : 261.5, 262 : 263, 262.5 : 268. Ana stands alone.
    assert_eq!(decision.winner.as_deref(), Some("opposition"));
    assert_eq!(decision.dissenters, ["ana"]);
    let votes: Vec<_> = decision
        .sides
        .iter()
        .map(|side| (side.votes_given, side.votes_possible))
        .collect();
    assert_eq!(votes, [(1, 3), (2, 3)]);
    // (262 + 262.5) / 2 = 262.25; (263 + 268) / 2 = 265.5
    assert_eq!(scores(&decision), [exact(262.25), exact(265.5)]);
    assert_eq!(decision.sides[1].margin, Some(exact(3.25)));
    assert_eq!(decision.sides[0].margin, Some(exact(-3.25)));
    // First speakers: (74 + 75) / 2 and (77 + 76) / 2
    assert_eq!(decision.sides[0].speeches[0].score, Some(exact(74.5)));
    assert_eq!(decision.sides[1].speeches[0].score, Some(exact(76.5)));
    assert_eq!(decision.sides[0].speeches[3].score, Some(exact(37.25)));
    assert!(decision.sides[0].speeches[3].reply);
    assert_eq!((decision.sides[0].points, decision.sides[1].points), (0, 1));
    assert_eq!(
        (decision.sides[0].rank, decision.sides[1].rank),
        (Some(2), Some(1))
    );
}

#[test]
fn in_world_schools_dissenters_count_in_the_margin() {
    let rules = Rules {
        margin_with_dissenters: true,
        ..wide(Sheet::HighPoints)
    };
    let decision = decided(&rules, &FIRST);
    // (263 + 262 + 262.5) / 3 = 262.5; (261.5 + 263 + 268) / 3 = 792.5 / 3
    assert_eq!(scores(&decision), [exact(262.5), Fraction::new(79_250, 3)]);
    // 792.5/3 − 787.5/3 = 5/3
    assert_eq!(decision.sides[1].margin, Some(Fraction::new(500, 3)));
    assert_eq!(decision.dissenters, ["ana"]);
    assert_eq!(decision.winner.as_deref(), Some("opposition"));
}

#[test]
fn an_agreed_panel_gives_means_of_thirds() {
    let decision = decided(&wide(Sheet::HighPoints), &SECOND);
    // 265.5 : 271, 265 : 267, 255 : 266. (265.5+265+255)/3 = 785.5/3; 804/3 = 268
    assert_eq!(decision.winner.as_deref(), Some("opposition"));
    assert!(decision.dissenters.is_empty());
    assert_eq!(scores(&decision), [Fraction::new(78_550, 3), exact(268.0)]);
    let speeches: Vec<String> = decision.sides[0]
        .speeches
        .iter()
        .map(|speech| speech.score.unwrap().to_string())
        .collect();
    // 225/3, 226/3, 226/3, 108.5/3
    assert_eq!(speeches, ["75", "75.33", "75.33", "36.17"]);
}

#[test]
fn the_chair_can_stand_alone() {
    let decision = decided(&wide(Sheet::HighPoints), &THIRD);
    // 261 : 271.5, 268.5 : 259, 268 : 254. Two against the chair: (268.5+268)/2 and (259+254)/2.
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert_eq!(scores(&decision), [exact(268.25), exact(256.5)]);
    assert!(!decision.casting_vote);
}

#[test]
fn on_an_even_split_the_chair_decides() {
    let rules = wide(Sheet::HighPoints);
    let bout = bout(&TWO, &["ana", "ben"]);
    let ballots = [
        sheet(&rules, &bout, "ana", &[&FIRST[0][0], &FIRST[0][1]]), // 263 : 261.5
        sheet(&rules, &bout, "ben", &[&FIRST[1][0], &FIRST[1][1]]), // 262 : 263
    ];
    let decision = super::super::decision(&rules, &bout, &ballots).unwrap();
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert!(decision.casting_vote);
    assert_eq!(decision.dissenters, ["ben"]);
    assert_eq!(scores(&decision), [exact(263.0), exact(261.5)]);
    assert_eq!(decision.sides[0].votes_given, 1);

    let without = Rules {
        casting_vote: false,
        ..rules
    };
    let refused = super::super::decision(&without, &bout, &ballots);
    assert_eq!(refused, Err(Undecided::EvenSplit {}));
}

#[test]
fn a_low_point_win_keeps_its_scores() {
    let rules = wide(Sheet::LowPoints);
    let (bout, mut ballots) = panel(&rules, &FIRST);
    for ballot in &mut ballots {
        ballot.winner = Some("proposition".to_owned());
    }
    let decision = decision(&rules, &bout, &ballots).unwrap();
    // All three name the proposition: 787.5/3 = 262.5 to 792.5/3, a margin of −5/3 for the winner.
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert_eq!(decision.sides[0].margin, Some(Fraction::new(-500, 3)));
    assert_eq!(decision.sides[0].votes_given, 3);
}

#[test]
fn a_tie_is_won_by_whom_the_judge_names() {
    let rules = wide(Sheet::TiedPoints);
    let bout = bout(&TWO, &["ana"]);
    let mut ballot = sheet(
        &rules,
        &bout,
        "ana",
        &[&[75.0, 76.0, 77.0, 38.5], &[76.0, 78.0, 75.0, 37.5]],
    );
    ballot.winner = Some("opposition".to_owned());
    let decision = decision(&rules, &bout, &[ballot]).unwrap();
    assert_eq!(decision.winner.as_deref(), Some("opposition"));
    assert_eq!(decision.sides[1].margin, Some(Fraction::ZERO));
}

#[test]
fn an_agreed_panel_hands_in_one_ballot() {
    let rules = Rules {
        ballots: Ballots::Consensus,
        ..wide(Sheet::HighPoints)
    };
    let (bout, ballots) = panel(&rules, &FIRST);
    // The chair's counts, whatever others wrote for themselves.
    let decision = decision(&rules, &bout, &ballots).unwrap();
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert_eq!(scores(&decision), [exact(263.0), exact(261.5)]);
    assert_eq!((decision.sides[0].points, decision.sides[1].points), (1, 0));
    let without_chair = super::super::decision(&rules, &bout, &ballots[1..]);
    assert_eq!(without_chair, Err(Undecided::SeveralBallots {}));
    let one_of_panel = super::super::decision(&rules, &bout, &ballots[2..]).unwrap();
    assert_eq!(one_of_panel.winner.as_deref(), Some("opposition"));
    let none = super::super::decision(&rules, &bout, &[]);
    assert_eq!(
        none,
        Err(Undecided::BallotMissing {
            judge: "ana".to_owned()
        })
    );
}

#[test]
fn trainees_write_and_do_not_count() {
    let rules = wide(Sheet::HighPoints);
    let (mut bout, ballots) = panel(&rules, &FIRST);
    bout.judges[1].bench = Bench::Trainee;
    bout.judges.push(Judge {
        id: "dan".to_owned(),
        bench: Bench::Trainee,
    });
    let decision = decision(&rules, &bout, &ballots).unwrap();
    // Ana for, Cem against: even, and Ana is chair.
    assert_eq!(decision.sides[0].votes_possible, 2);
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert!(decision.casting_vote);
}

#[test]
fn what_is_missing_is_named() {
    let rules = wide(Sheet::HighPoints);
    let (bout, mut ballots) = panel(&rules, &FIRST);
    let missing = decision(&rules, &bout, &ballots[..2]);
    assert_eq!(
        missing,
        Err(Undecided::BallotMissing {
            judge: "cem".to_owned()
        })
    );
    ballots[1].sides[0].speeches[0].score = None;
    let flawed = decision(&rules, &bout, &ballots);
    assert!(matches!(flawed, Err(Undecided::Flawed { judge, .. }) if judge == "ben"));
    let nobody = decision(
        &rules,
        &Bout {
            judges: Vec::new(),
            ..bout
        },
        &ballots,
    );
    assert_eq!(nobody, Err(Undecided::NoJudge {}));
}

#[test]
fn judges_must_have_heard_the_same_speakers() {
    let rules = wide(Sheet::HighPoints);
    let (bout, mut ballots) = panel(&rules, &FIRST);
    ballots[2].sides[1].speeches[3].speaker = Some("opposition-2".to_owned());
    let refused = decision(&rules, &bout, &ballots);
    assert_eq!(
        refused,
        Err(Undecided::SpeakersDiffer {
            side: "opposition".to_owned(),
            place: 4
        })
    );
}

#[test]
fn who_gave_up_has_lost() {
    let rules = rules("australs");
    let bout = bout(&TWO, &["ana"]);
    let mut ballot = sheet(&rules, &bout, "ana", &[&[75.0, 75.0, 75.0, 38.0]]);
    ballot.sides[1].forfeit = true;
    let decision = decision(&rules, &bout, &[ballot]).unwrap();
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert!(decision.sides[1].forfeit);
    assert_eq!(
        (decision.sides[1].score, decision.sides[1].points),
        (None, 0)
    );
    assert!(
        decision.sides[1]
            .speeches
            .iter()
            .all(|speech| speech.score.is_none())
    );
}
