//! One ballot at a time: every flaw, and the five sheets of two teams under four kinds of scoresheet.

use super::super::{Ballot, Criterion, FlawCode, ScoreRange, Sheet, check, totals};
use super::{TWO, bout, codes, points, rules, sheet, wide};
use crate::results::Rules;

/// The five sheets that Tabbycat's own tests use, as facts: scores (reply last) and declared winner.
/// 1 normal: 75+76+74+38 = 263 to 76+73+75+37.5 = 261.5. 2 low-point: 73+70+40 = 183 to 80+78+38.5 = 196.5, the lower declared.
/// 3 tie: 75+76+77+38.5 = 266.5 to 76+78+75+37.5 = 266.5. 4 as 3 with a score missing. 5 as 2 with nobody declared.
fn known(number: u8, kind: Sheet) -> (Rules, Ballot) {
    let mut rules = wide(kind);
    let (one, other, winner): (&[f64], &[f64], Option<&str>) = match number {
        1 => (
            &[75.0, 76.0, 74.0, 38.0],
            &[76.0, 73.0, 75.0, 37.5],
            Some("proposition"),
        ),
        2 => (
            &[73.0, 70.0, 40.0],
            &[80.0, 78.0, 38.5],
            Some("proposition"),
        ),
        3 | 4 => (
            &[75.0, 76.0, 77.0, 38.5],
            &[76.0, 78.0, 75.0, 37.5],
            Some("opposition"),
        ),
        _ => (&[73.0, 70.0, 40.0], &[80.0, 78.0, 38.5], None),
    };
    if matches!(number, 2 | 5) {
        rules.speeches = 2;
    }
    let mut ballot = sheet(&rules, &bout(&TWO, &["ana"]), "ana", &[one, other]);
    if number == 4 {
        ballot.sides[1].speeches[2].score = None;
    }
    ballot.winner = winner.map(str::to_owned);
    (rules, ballot)
}

fn flaws_of(number: u8, kind: Sheet) -> Vec<FlawCode> {
    let (rules, ballot) = known(number, kind);
    codes(&check(&rules, &bout(&TWO, &["ana"]), &ballot))
}

#[test]
fn five_sheets_have_their_totals() {
    let expected = [
        (1, [Some(263.0), Some(261.5)]),
        (2, [Some(183.0), Some(196.5)]),
        (3, [Some(266.5), Some(266.5)]),
        (4, [Some(266.5), None]),
        (5, [Some(183.0), Some(196.5)]),
    ];
    for (number, wanted) in expected {
        let (rules, ballot) = known(number, Sheet::LowPoints);
        assert_eq!(
            totals(&rules, &ballot),
            wanted.map(|total| total.map(points)),
            "{number}"
        );
    }
}

#[test]
fn high_points_win_and_equal_totals_are_refused() {
    use FlawCode::{Draw, ScoreMissing, WrongWinner};
    assert_eq!(flaws_of(1, Sheet::HighPoints), []);
    // The declared winner has 183 of 183 to 196.5.
    assert_eq!(flaws_of(2, Sheet::HighPoints), [WrongWinner]);
    assert_eq!(flaws_of(3, Sheet::HighPoints), [Draw]);
    assert_eq!(flaws_of(4, Sheet::HighPoints), [ScoreMissing]);
    // Nobody need be declared: 196.5 wins.
    assert_eq!(flaws_of(5, Sheet::HighPoints), []);
}

#[test]
fn with_tied_points_the_judge_names_the_winner_but_not_the_lower() {
    use FlawCode::{ScoreMissing, WinnerMissing, WrongWinner};
    assert_eq!(flaws_of(1, Sheet::TiedPoints), []);
    assert_eq!(flaws_of(2, Sheet::TiedPoints), [WrongWinner]);
    assert_eq!(flaws_of(3, Sheet::TiedPoints), []);
    assert_eq!(flaws_of(4, Sheet::TiedPoints), [ScoreMissing]);
    assert_eq!(flaws_of(5, Sheet::TiedPoints), [WinnerMissing]);
}

#[test]
fn with_low_points_the_named_winner_stands() {
    use FlawCode::{ScoreMissing, WinnerMissing};
    assert_eq!(flaws_of(1, Sheet::LowPoints), []);
    assert_eq!(flaws_of(2, Sheet::LowPoints), []);
    assert_eq!(flaws_of(3, Sheet::LowPoints), []);
    assert_eq!(flaws_of(4, Sheet::LowPoints), [ScoreMissing]);
    assert_eq!(flaws_of(5, Sheet::LowPoints), [WinnerMissing]);
}

#[test]
fn a_result_alone_needs_no_scores() {
    for number in 1..=4 {
        assert_eq!(flaws_of(number, Sheet::ResultOnly), [], "{number}");
    }
    assert_eq!(flaws_of(5, Sheet::ResultOnly), [FlawCode::WinnerMissing]);
    let (rules, mut ballot) = known(1, Sheet::ResultOnly);
    ballot.winner = Some("somebody".to_owned());
    let flaws = check(&rules, &bout(&TWO, &["ana"]), &ballot);
    assert_eq!(codes(&flaws), [FlawCode::WrongWinner]);
}

#[test]
fn a_missing_score_is_named_by_side_and_speech() {
    let (rules, ballot) = known(4, Sheet::HighPoints);
    let flaws = check(&rules, &bout(&TWO, &["ana"]), &ballot);
    assert_eq!((flaws[0].side.as_str(), flaws[0].place), ("opposition", 3));
    assert_eq!(flaws.len(), 1, "1 score missing: go to it");
}

#[test]
fn ranges_and_steps_hold_at_their_edges() {
    let rules = rules("wsdc"); // 60–80 and 30–40, in half points
    let bout = bout(&TWO, &["ana"]);
    let flaws = |first: f64, reply: f64| {
        let ballot = sheet(
            &rules,
            &bout,
            "ana",
            &[&[first, 70.0, 71.0, reply], &[65.0, 65.0, 65.0, 31.0]],
        );
        codes(&check(&rules, &bout, &ballot))
    };
    assert_eq!(flaws(60.0, 30.0), []);
    assert_eq!(flaws(80.0, 40.0), []);
    assert_eq!(flaws(79.5, 39.5), []);
    assert_eq!(flaws(59.5, 35.0), [FlawCode::OutOfRange]);
    assert_eq!(flaws(70.0, 40.5), [FlawCode::OutOfRange]);
    assert_eq!(flaws(70.25, 35.0), [FlawCode::OffStep]);
}

#[test]
fn the_margin_may_be_fifteen_and_no_more_in_easters() {
    let rules = rules("easters"); // 70–80, no reply
    let bout = bout(&TWO, &["ana"]);
    let flaws = |last: f64| {
        let ballot = sheet(
            &rules,
            &bout,
            "ana",
            &[&[78.0, 77.0, last], &[72.0, 72.0, 72.0]],
        );
        codes(&check(&rules, &bout, &ballot))
    };
    // 78+77+76 = 231 to 216: 15. One more point: 16.
    assert_eq!(flaws(76.0), []);
    assert_eq!(flaws(77.0), [FlawCode::MaxMargin]);
}

#[test]
fn who_speaks_for_whom_is_looked_at() {
    let rules = rules("australs");
    let bout = bout(&TWO, &["ana"]);
    let flaws = |names: [&str; 4], twice: Option<usize>| {
        let mut ballot = sheet(
            &rules,
            &bout,
            "ana",
            &[&[75.0, 75.0, 75.0, 38.0], &[74.0, 74.0, 74.0, 37.0]],
        );
        for (speech, name) in ballot.sides[0].speeches.iter_mut().zip(names) {
            speech.speaker = (!name.is_empty()).then(|| format!("proposition-{name}"));
        }
        if let Some(at) = twice {
            ballot.sides[0].speeches[at].twice = true;
        }
        let flaws = check(&rules, &bout, &ballot);
        flaws
            .iter()
            .map(|flaw| (flaw.code, flaw.place))
            .collect::<Vec<_>>()
    };
    assert_eq!(flaws(["1", "2", "3", "2"], None), []);
    assert_eq!(
        flaws(["1", "", "3", "1"], None),
        [(FlawCode::SpeakerMissing, 2)]
    );
    assert_eq!(
        flaws(["1", "9", "3", "1"], None),
        [(FlawCode::SpeakerWrongteam, 2)]
    );
    assert_eq!(
        flaws(["1", "1", "3", "1"], None),
        [(FlawCode::SpeakerRepeat, 2)]
    );
    // Marked as given for an absent one, either of the two may be marked.
    assert_eq!(flaws(["1", "1", "3", "1"], Some(1)), []);
    assert_eq!(flaws(["1", "1", "3", "1"], Some(0)), []);
    assert_eq!(
        flaws(["1", "2", "3", "3"], None),
        [(FlawCode::ReplySpeakerConsecutive, 4)]
    );
    assert_eq!(
        flaws(["1", "2", "3", "4"], None),
        [(FlawCode::ReplySpeakerNotRepeat, 4)]
    );
}

#[test]
fn sides_drawn_in_the_hall_are_confirmed() {
    let rules = rules("impromptu");
    let mut bout = bout(&TWO, &["ana"]);
    bout.sides_to_confirm = true;
    let mut ballot = sheet(
        &rules,
        &bout,
        "ana",
        &[&[75.0, 75.0, 38.0], &[74.0, 74.0, 37.0]],
    );
    assert_eq!(
        codes(&check(&rules, &bout, &ballot)),
        [FlawCode::SidesUnconfirmed]
    );
    ballot.sides_confirmed = true;
    assert_eq!(check(&rules, &bout, &ballot), []);
    ballot.sides.swap(0, 1);
    assert_eq!(
        codes(&check(&rules, &bout, &ballot)),
        [FlawCode::SidesWrong]
    );
}

#[test]
fn a_written_total_is_added_up_again() {
    let (rules, mut ballot) = known(1, Sheet::HighPoints);
    ballot.sides[0].stated = Some(points(263.0));
    ballot.sides[1].stated = Some(points(262.5));
    let flaws = check(&rules, &bout(&TWO, &["ana"]), &ballot);
    assert_eq!(
        (flaws[0].code, flaws[0].side.as_str()),
        (FlawCode::TotalWrong, "opposition")
    );
    assert_eq!(flaws.len(), 1);
}

#[test]
fn criteria_add_up_by_their_weight() {
    let part = |id: &str, most: i32, weight: i32| Criterion {
        id: id.to_owned(),
        name: id.to_owned(),
        range: ScoreRange {
            least: 0,
            most: most * 100,
            step: 50,
        },
        weight,
    };
    let rules = Rules {
        speeches: 1,
        speech: Some(ScoreRange::of(0, 100)),
        criteria: vec![part("content", 40, 100), part("style", 20, 150)],
        ..Rules::default()
    };
    let bout = bout(&TWO, &["ana"]);
    let mut ballot = sheet(&rules, &bout, "ana", &[&[0.0], &[0.0]]);
    let mut say = |side: usize, content: f64, style: f64| {
        let said = &mut ballot.sides[side].speeches[0].criteria;
        said.insert("content".to_owned(), points(content));
        said.insert("style".to_owned(), points(style));
    };
    say(0, 30.0, 15.5);
    say(1, 28.5, 21.0);
    // 30 + 1.5 × 15.5 = 53.25; 28.5 + 1.5 × 21 = 60
    assert_eq!(
        totals(&rules, &ballot),
        [Some(points(53.25)), Some(points(60.0))]
    );
    let flaws = check(&rules, &bout, &ballot);
    assert_eq!(
        (flaws[0].code, flaws[0].criterion.as_str()),
        (FlawCode::OutOfRange, "style")
    );
    ballot.sides[1].speeches[0].criteria.remove("style");
    let flaws = check(&rules, &bout, &ballot);
    assert_eq!(
        (flaws[0].code, flaws[0].side.as_str()),
        (FlawCode::ScoreMissing, "opposition")
    );
}

#[test]
fn who_gave_up_needs_no_scores() {
    let rules = rules("australs");
    let bout = bout(&TWO, &["ana"]);
    let mut ballot = bout.blank(&rules, "ana");
    ballot.sides[1].forfeit = true;
    ballot.sides[0] = sheet(&rules, &bout, "ana", &[&[75.0, 75.0, 75.0, 38.0]]).sides[0].clone();
    assert_eq!(check(&rules, &bout, &ballot), []);
    ballot.winner = Some("opposition".to_owned());
    assert_eq!(
        codes(&check(&rules, &bout, &ballot)),
        [FlawCode::WrongWinner]
    );
}

#[test]
fn a_reply_without_a_score_has_a_speaker_all_the_same() {
    let rules = rules("canadian");
    let bout = bout(&TWO, &["ana"]);
    let mut ballot = sheet(
        &rules,
        &bout,
        "ana",
        &[&[75.0, 75.0, 0.0], &[74.0, 74.0, 0.0]],
    );
    ballot.sides[0].speeches[2].score = None;
    ballot.sides[1].speeches[2].score = None;
    assert_eq!(check(&rules, &bout, &ballot), []);
    assert_eq!(
        totals(&rules, &ballot),
        [Some(points(150.0)), Some(points(148.0))]
    );
}

#[test]
fn a_ballot_survives_being_stored() {
    let (_, ballot) = known(4, Sheet::TiedPoints);
    let text = serde_json::to_string(&ballot).unwrap();
    assert_eq!(serde_json::from_str::<Ballot>(&text).unwrap(), ballot);
}
