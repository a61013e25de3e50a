//! Debates of more than two sides: ranks, points, elimination, public speaking.

use super::super::{Ballots, Stage, decision};
use super::panels::{THREE, exact, scores};
use super::{FOUR, bout, rules, sheet};
use crate::results::{Decision, Rules};

/// Totals in the order OG, OO, CG, CO, each as two speeches that add up to them.
fn bp(totals: [f64; 4]) -> Decision {
    let rules = rules("bp");
    let bout = bout(&FOUR, &THREE);
    let speeches: Vec<[f64; 2]> = totals
        .iter()
        .map(|total| [(total / 2.0).floor(), total - (total / 2.0).floor()])
        .collect();
    let scores: Vec<&[f64]> = speeches.iter().map(|pair| &pair[..]).collect();
    decision(&rules, &bout, &[sheet(&rules, &bout, "ana", &scores)]).unwrap()
}

fn order(decision: &Decision) -> Vec<&str> {
    let mut sides: Vec<_> = decision.sides.iter().collect();
    sides.sort_by_key(|side| side.rank);
    sides.iter().map(|side| side.side.as_str()).collect()
}

#[test]
fn four_teams_are_ranked_by_their_totals() {
    // OG 145, OO 146, CG 157, CO 154: 157 > 154 > 146 > 145
    let first = bp([145.0, 146.0, 157.0, 154.0]);
    assert_eq!(order(&first), ["cg", "co", "oo", "og"]);
    let ranks: Vec<_> = first.sides.iter().map(|side| side.rank.unwrap()).collect();
    assert_eq!(ranks, [4, 3, 1, 2]);
    // 4 − rank
    let points: Vec<_> = first.sides.iter().map(|side| side.points).collect();
    assert_eq!(points, [0, 1, 3, 2]);
    // OG 150, OO 149, CG 151, CO 152: 152 > 151 > 150 > 149
    let second = bp([150.0, 149.0, 151.0, 152.0]);
    assert_eq!(order(&second), ["co", "cg", "og", "oo"]);
    let ranks: Vec<_> = second.sides.iter().map(|side| side.rank.unwrap()).collect();
    assert_eq!(ranks, [3, 4, 2, 1]);
    assert_eq!(second.winner.as_deref(), Some("co"));
    // One agreed ballot: no votes are told, and four sides have no margin.
    assert_eq!(
        (second.sides[0].votes_possible, second.sides[0].margin),
        (0, None)
    );
}

#[test]
fn four_judges_send_two_on() {
    let rules = Rules {
        ballots_elimination: Ballots::Single,
        ..rules("bp-elimination")
    };
    let mut bout = bout(&FOUR, &["ana", "ben", "cem", "dan"]);
    bout.stage = Stage::Elimination;
    let named = |judge: &str, on: [&str; 2]| {
        let mut ballot = bout.blank(&rules, judge);
        ballot.advancing = on.map(str::to_owned).to_vec();
        ballot
    };
    let mut ballots = vec![
        named("ana", ["og", "co"]),
        named("ben", ["og", "oo"]),
        named("cem", ["og", "co"]),
        named("dan", ["cg", "oo"]),
    ];
    // OG 3, CO 2, OO 2, CG 1: CO before OO by the chair's vote.
    let split = decision(&rules, &bout, &ballots).unwrap();
    assert_eq!(split.advancing, ["og", "co"]);
    assert!(split.casting_vote);
    assert_eq!(split.dissenters, ["ben", "dan"]);
    assert_eq!(split.winner, None);
    let points: Vec<_> = split.sides.iter().map(|side| side.points).collect();
    assert_eq!(points, [1, 0, 0, 1]);
    ballots[1] = named("ben", ["og", "co"]);
    let clear = decision(&rules, &bout, &ballots).unwrap();
    assert!(!clear.casting_vote);
    // The final: one goes on and has won.
    let last = Rules {
        advancing: 1,
        ..rules.clone()
    };
    for ballot in &mut ballots {
        ballot.advancing = vec!["cg".to_owned()];
    }
    let won = decision(&last, &bout, &ballots).unwrap();
    assert_eq!(
        (won.winner.as_deref(), won.advancing),
        (Some("cg"), vec!["cg".to_owned()])
    );
}

#[test]
fn judges_who_rank_singly_add_up_their_ranks() {
    let rules = Rules {
        ballots: Ballots::Single,
        ..rules("bp")
    };
    let bout = bout(&FOUR, &["ana", "ben"]);
    let ballots = [
        sheet(
            &rules,
            &bout,
            "ana",
            &[&[80.0, 80.0], &[75.0, 75.0], &[70.0, 70.0], &[65.0, 65.0]],
        ),
        sheet(
            &rules,
            &bout,
            "ben",
            &[&[70.0, 70.0], &[79.0, 79.0], &[75.0, 75.0], &[60.0, 60.0]],
        ),
    ];
    // Ranks 1+3, 2+1, 3+2, 4+4: OO 3, OG 4, CG 5, CO 8
    let decision = decision(&rules, &bout, &ballots).unwrap();
    assert_eq!(order(&decision), ["oo", "og", "cg", "co"]);
    // (160 + 140) / 2
    assert_eq!(decision.sides[0].score, Some(exact(150.0)));
    assert!(!decision.casting_vote);
}

#[test]
fn in_public_speaking_nobody_wins() {
    let rules = rules("public-speaking");
    let names = ["a", "b", "c"];
    let bout = bout(&names, &["ana", "ben"]);
    let ballots = [
        sheet(&rules, &bout, "ana", &[&[80.0], &[75.0], &[75.0]]),
        sheet(&rules, &bout, "ben", &[&[70.0], &[75.0], &[76.0]]),
    ];
    let decision = decision(&rules, &bout, &ballots).unwrap();
    assert_eq!(decision.winner, None);
    // 150/2, 150/2, 151/2
    assert_eq!(scores(&decision), [exact(75.0), exact(75.0), exact(75.5)]);
    assert!(
        decision
            .sides
            .iter()
            .all(|side| side.rank.is_none() && side.points == 0)
    );
}
