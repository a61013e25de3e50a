//! The audience's two votes.

use std::collections::BTreeMap;

use super::super::{AudienceOutcome, Swing, swing};
use super::TWO;

/// Votes as (how many, before, after); an empty choice is no vote.
fn counted(groups: &[(u32, &str, &str)]) -> Swing {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    let mut voter = 0;
    for (count, first, second) in groups {
        for _ in 0..*count {
            voter += 1;
            let token = format!("token-{voter}");
            if !first.is_empty() {
                before.insert(token.clone(), (*first).to_owned());
            }
            if !second.is_empty() {
                after.insert(token, (*second).to_owned());
            }
        }
    }
    let sides = TWO.map(str::to_owned);
    swing(&sides, &["undecided".to_owned()], &before, &after)
}

const P: &str = "proposition";
const O: &str = "opposition";
const U: &str = "undecided";

#[test]
fn the_greater_gain_in_points_wins() {
    // 100 people. Before: P 60, O 10, U 30. After: P 67 (50 + 17), O 33 (10 + 10 + 13), U 0.
    let swing = counted(&[(50, P, P), (10, P, O), (10, O, O), (17, U, P), (13, U, O)]);
    assert_eq!(swing.both, 100);
    assert_eq!(
        swing.outcome,
        AudienceOutcome::Winner { side: O.to_owned() }
    );
    // "Opposition gained 23, Proposition gained 7", though more stand with the proposition.
    let gains: Vec<_> = swing
        .gains
        .iter()
        .map(|gain| (gain.side.as_str(), gain.points))
        .collect();
    assert_eq!(gains, [(P, 700), (O, 2_300)]);
    let cell = |from: &str, to: &str| {
        let flow = swing.flow.as_ref().unwrap();
        flow.iter()
            .find(|cell| cell.from == from && cell.to == to)
            .unwrap()
            .count
    };
    assert_eq!(
        (cell(P, O), cell(U, P), cell(U, O), cell(O, P)),
        (10, 17, 13, 0)
    );
    assert_eq!(swing.tallies[2].share_before, 3_000);
}

#[test]
fn who_voted_once_is_counted_apart() {
    let swing = counted(&[
        (6, P, P),
        (4, P, ""),
        (3, "", O),
        (1, "nonsense", O),
        (1, P, "nonsense"),
    ]);
    assert_eq!((swing.both, swing.only_before, swing.only_after), (6, 5, 4));
    // Of those who voted twice nobody moved: both gained nothing.
    assert_eq!(
        swing.outcome,
        AudienceOutcome::Tie {
            sides: vec![P.to_owned(), O.to_owned()]
        }
    );
    assert_eq!((swing.tallies[0].before, swing.tallies[0].after), (6, 6));
}

#[test]
fn fewer_than_five_are_shown_without_the_table() {
    let four = counted(&[(3, U, O), (1, P, P), (7, P, "")]);
    assert_eq!((four.both, four.flow), (4, None));
    assert_eq!(four.outcome, AudienceOutcome::Winner { side: O.to_owned() });
    let five = counted(&[(3, U, O), (2, P, P)]);
    assert!(five.flow.is_some());
}

#[test]
fn who_loses_less_gains_more() {
    // P 5 → 3, O 5 → 4, U 0 → 3
    let swing = counted(&[(3, P, P), (2, P, U), (4, O, O), (1, O, U)]);
    assert_eq!(
        swing
            .gains
            .iter()
            .map(|gain| gain.points)
            .collect::<Vec<_>>(),
        [-2_000, -1_000]
    );
    assert_eq!(
        swing.outcome,
        AudienceOutcome::Winner { side: O.to_owned() }
    );
}

#[test]
fn thirds_are_rounded_and_nobody_is_nothing() {
    // 1 of 6 is 16.666… percent; 1 of 3 is 33.333…
    let swing = counted(&[(1, U, P), (5, U, U)]);
    assert_eq!(swing.gains[0].points, 1_667);
    let nobody = counted(&[(2, P, "")]);
    assert_eq!(nobody.outcome, AudienceOutcome::Nothing {});
    assert_eq!(nobody.gains[0].points, 0);
}

#[test]
fn no_token_is_in_what_is_told() {
    let swing = counted(&[(9, U, P), (5, P, U)]);
    assert!(!serde_json::to_string(&swing).unwrap().contains("token"));
}
