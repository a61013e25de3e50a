//! Ranks on one ballot: of four teams, of speakers, and who goes on.

use super::super::{FlawCode, check};
use super::{FOUR, TWO, bout, codes, rules, sheet};
use crate::results::Rules;

#[test]
fn four_teams_may_not_tie() {
    let rules = rules("bp");
    let bout = bout(&FOUR, &["ana"]);
    let scores: [&[f64]; 4] = [&[75.0, 75.0], &[74.0, 76.0], &[72.0, 72.0], &[71.0, 72.0]];
    let flaws = check(&rules, &bout, &sheet(&rules, &bout, "ana", &scores));
    // 150 and 150: both are named, so that a phone can mark them.
    let found: Vec<_> = flaws
        .iter()
        .map(|flaw| (flaw.code, flaw.side.as_str()))
        .collect();
    assert_eq!(
        found,
        [(FlawCode::TiedScore, "og"), (FlawCode::TiedScore, "oo")]
    );
}

#[test]
fn declared_ranks_follow_the_totals() {
    let rules = rules("bp");
    let bout = bout(&FOUR, &["ana"]);
    let scores: [&[f64]; 4] = [&[75.0, 75.0], &[74.0, 75.0], &[72.0, 72.0], &[71.0, 72.0]];
    let flaws = |ranks: [Option<u8>; 4]| {
        let mut ballot = sheet(&rules, &bout, "ana", &scores);
        for (said, rank) in ballot.sides.iter_mut().zip(ranks) {
            said.rank = rank;
        }
        codes(&check(&rules, &bout, &ballot))
    };
    // Totals 150, 149, 144, 143.
    assert_eq!(flaws([Some(1), Some(2), Some(3), Some(4)]), []);
    assert_eq!(
        flaws([Some(2), Some(1), Some(3), Some(4)]),
        [FlawCode::RanksHigh]
    );
    assert_eq!(
        flaws([Some(1), Some(2), Some(2), Some(4)]),
        [FlawCode::RanksTied]
    );
    assert_eq!(
        flaws([Some(1), Some(2), Some(3), None]),
        [FlawCode::RankMissing]
    );
    assert_eq!(
        flaws([Some(1), Some(2), Some(3), Some(5)]),
        [FlawCode::RankRange]
    );
}

#[test]
fn speakers_are_ranked_where_the_rules_say_so() {
    let rules = rules("apda"); // 2×2, ranks follow scores
    let bout = bout(&TWO, &["ana"]);
    let flaws = |ranks: [u8; 4]| {
        let mut ballot = sheet(&rules, &bout, "ana", &[&[27.0, 25.0], &[26.0, 25.0]]);
        ballot.winner = Some("proposition".to_owned());
        let speeches = ballot
            .sides
            .iter_mut()
            .flat_map(|side| side.speeches.iter_mut());
        for (speech, rank) in speeches.zip(ranks) {
            speech.rank = (rank > 0).then_some(rank);
        }
        codes(&check(&rules, &bout, &ballot))
    };
    // 27 is first, 26 second; the two of 25 may share third and fourth either way.
    assert_eq!(flaws([1, 3, 2, 4]), []);
    assert_eq!(flaws([1, 4, 2, 3]), []);
    assert_eq!(flaws([2, 3, 1, 4]), [FlawCode::RanksHigh]);
    assert_eq!(flaws([1, 3, 2, 3]), [FlawCode::RanksTied]);
    assert_eq!(flaws([1, 3, 2, 0]), [FlawCode::RankMissing]);
}

#[test]
fn in_elimination_rounds_two_go_on_and_in_the_last_one() {
    let mut rules = rules("bp-elimination");
    let bout = bout(&FOUR, &["ana"]);
    let flaws = |rules: &Rules, on: &[&str]| {
        let mut ballot = bout.blank(rules, "ana");
        ballot.advancing = on.iter().map(|side| (*side).to_owned()).collect();
        codes(&check(rules, &bout, &ballot))
    };
    assert_eq!(flaws(&rules, &["og", "co"]), []);
    assert_eq!(flaws(&rules, &["og"]), [FlawCode::NumAdvancing]);
    assert_eq!(flaws(&rules, &["og", "og"]), [FlawCode::NumAdvancing]);
    assert_eq!(flaws(&rules, &["og", "nobody"]), [FlawCode::NumAdvancing]);
    rules.advancing = 1;
    assert_eq!(flaws(&rules, &["og"]), []);
    assert_eq!(flaws(&rules, &["og", "co"]), [FlawCode::NumAdvancing]);
}
