//! What holds for any ballots at all.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::cases::{FOUR, TWO, bout, rules};
use super::{Ballot, Ballots, Bout, Fraction, Rules, Sheet, Undecided, check, decision, swing};

/// A full ballot with any scores within the range.
fn written(rules: &Rules, bout: &Bout, judge: &str, scores: &[i32], winner: usize) -> Ballot {
    let mut ballot = bout.blank(rules, judge);
    let mut scores = scores.iter().cycle();
    for said in &mut ballot.sides {
        for place in 1..=rules.places() {
            let speech = &mut said.speeches[usize::from(place) - 1];
            let number = if rules.is_reply(place) { 1 } else { place };
            speech.speaker = Some(format!("{}-{number}", said.side));
            let range = rules.range_at(place).unwrap();
            let steps = (range.most - range.least) / range.step + 1;
            speech.score =
                Some(range.least + scores.next().unwrap().rem_euclid(steps) * range.step);
        }
    }
    ballot.winner = Some(bout.sides[winner % bout.sides.len()].side.clone());
    ballot
}

fn judges(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("judge-{at}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn margins_of_two_sides_are_opposite(
        sheets in prop::collection::vec((prop::collection::vec(any::<i32>(), 8), 0..2_usize), 1..7),
        everyone in any::<bool>(),
    ) {
        let rules = Rules { sheet: Sheet::LowPoints, margin_with_dissenters: everyone, ..rules("wsdc") };
        let names = judges(sheets.len());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let bout = bout(&TWO, &names);
        let ballots: Vec<Ballot> = names
            .iter()
            .zip(&sheets)
            .map(|(judge, (scores, winner))| written(&rules, &bout, judge, scores, *winner))
            .collect();
        let decided = decision(&rules, &bout, &ballots).unwrap();
        let margin = |at: usize| decided.sides[at].margin.unwrap();
        prop_assert_eq!(margin(0).plus(margin(1)), Fraction::ZERO);
        // A team's score is the sum of its speeches' scores, exactly.
        for side in &decided.sides {
            let speeches: Vec<Fraction> = side.speeches.iter().filter_map(|speech| speech.score).collect();
            prop_assert_eq!(Fraction::sum(&speeches), side.score.unwrap());
        }
        let votes: u16 = decided.sides.iter().map(|side| side.votes_given).sum();
        prop_assert_eq!(usize::from(votes), ballots.len());
        let dissent = decided.dissenters.len();
        prop_assert!(dissent * 2 <= ballots.len());
        prop_assert_eq!(decided.casting_vote, dissent * 2 == ballots.len());
        prop_assert_eq!(decided.sides.iter().map(|side| side.points).sum::<u8>(), 1);
    }

    #[test]
    fn ranks_of_four_are_one_to_four_and_points_add_up_to_six(
        sheets in prop::collection::vec(prop::collection::vec(any::<i32>(), 8), 1..5),
        single in any::<bool>(),
    ) {
        let ballots = if single { Ballots::Single } else { Ballots::Consensus };
        let rules = Rules { ballots, ..rules("bp") };
        let names = judges(sheets.len());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let bout = bout(&FOUR, &names);
        let written: Vec<Ballot> = names
            .iter()
            .zip(&sheets)
            .map(|(judge, scores)| written(&rules, &bout, judge, scores, 0))
            .collect();
        let sound = written.iter().all(|ballot| check(&rules, &bout, ballot).is_empty());
        match decision(&rules, &bout, &written) {
            Ok(decided) => {
                let mut ranks: Vec<u8> = decided.sides.iter().filter_map(|side| side.rank).collect();
                prop_assert_eq!(ranks.iter().map(|rank| u32::from(*rank)).sum::<u32>(), 10);
                ranks.sort_unstable();
                prop_assert_eq!(ranks, [1, 2, 3, 4]);
                prop_assert_eq!(decided.sides.iter().map(|side| side.points).sum::<u8>(), 6);
            }
            Err(Undecided::Flawed { .. }) => prop_assert!(!sound),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn an_audience_neither_grows_nor_shrinks(votes in prop::collection::vec((0..4_u8, 0..4_u8), 0..60)) {
        let choices = ["proposition", "opposition", "undecided"];
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        for (voter, (first, second)) in votes.iter().enumerate() {
            let put = |all: &mut BTreeMap<String, String>, choice: u8| {
                if let Some(choice) = choices.get(usize::from(choice)) {
                    all.insert(voter.to_string(), (*choice).to_owned());
                }
            };
            put(&mut before, *first);
            put(&mut after, *second);
        }
        let sides: Vec<String> = TWO.map(str::to_owned).to_vec();
        let told = swing(&sides, &["undecided".to_owned()], &before, &after);
        prop_assert_eq!(usize::try_from(told.both + told.only_before).unwrap(), before.len());
        prop_assert_eq!(usize::try_from(told.both + told.only_after).unwrap(), after.len());
        prop_assert_eq!(told.tallies.iter().map(|tally| tally.before).sum::<u32>(), told.both);
        prop_assert_eq!(told.tallies.iter().map(|tally| tally.after).sum::<u32>(), told.both);
        prop_assert_eq!(told.flow.is_some(), told.both >= 5);
        if let Some(flow) = &told.flow {
            prop_assert_eq!(flow.iter().map(|cell| cell.count).sum::<u32>(), told.both);
        }
    }

    #[test]
    fn fractions_add_up_in_any_order(parts in prop::collection::vec((-100_000_i64..100_000, 1_i64..12), 1..12)) {
        let list: Vec<Fraction> = parts.iter().map(|(over, under)| Fraction::new(*over, *under)).collect();
        let mut turned = list.clone();
        turned.reverse();
        prop_assert_eq!(Fraction::sum(&list), Fraction::sum(&turned));
    }
}
