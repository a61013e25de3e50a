//! Standings of teams and speakers.

use super::super::{
    Bye, ByeWorth, Decision, Entrant, Fraction, Played, SideResult, SpeakerMetric, SpeechResult,
    Speeches, TeamMetric, speaker_standings, team_standings,
};
use super::points;

fn exact(score: f64) -> Fraction {
    Fraction::whole(i64::from(points(score)))
}

fn entrants(names: &[&str]) -> Vec<Entrant> {
    let entrant = |name: &&str| Entrant {
        team: (*name).to_owned(),
        speakers: vec![format!("{name}1"), format!("{name}2")],
    };
    names.iter().map(entrant).collect()
}

/// A debate of two, the winner first; votes of three.
fn won(round: u16, winner: (&str, f64), loser: (&str, f64), votes: u16) -> Played {
    let side = |name: &str, (team, score): (&str, f64), other: f64, rank: u8, votes_given: u16| {
        SideResult {
            side: name.to_owned(),
            team: team.to_owned(),
            rank: Some(rank),
            points: 2 - rank,
            votes_given,
            votes_possible: 3,
            score: Some(exact(score)),
            margin: Some(exact(score - other)),
            ..SideResult::default()
        }
    };
    let sides = vec![
        side("proposition", winner, loser.1, 1, votes),
        side("opposition", loser, winner.1, 2, 3 - votes),
    ];
    let decision = Decision {
        winner: Some("proposition".to_owned()),
        sides,
        ..Decision::default()
    };
    Played { round, decision }
}

fn table(played: &[Played], byes: &[Bye], metrics: &[TeamMetric]) -> Vec<(String, u16)> {
    let standings = team_standings(&entrants(&["a", "b", "c", "d"]), played, byes, metrics);
    standings
        .into_iter()
        .map(|standing| (standing.team, standing.rank))
        .collect()
}

fn places(expected: &[(&str, u16)]) -> Vec<(String, u16)> {
    expected
        .iter()
        .map(|(team, rank)| ((*team).to_owned(), *rank))
        .collect()
}

/// Four teams, three rounds. Wins: a 2, b 2, c 2, d 0.
/// Scores: a 230 + 220 + 225 = 675; b 225 + 231 + 219 = 675; c 221 + 224 + 232 = 677; d 210 + 215 + 200 = 625.
fn season() -> Vec<Played> {
    vec![
        won(1, ("a", 230.0), ("b", 225.0), 3),
        won(1, ("c", 221.0), ("d", 210.0), 2),
        won(2, ("b", 231.0), ("c", 224.0), 2),
        won(2, ("a", 220.0), ("d", 215.0), 3),
        won(3, ("c", 232.0), ("a", 225.0), 2),
        won(3, ("b", 219.0), ("d", 200.0), 3),
    ]
}

#[test]
fn wins_come_first_and_who_is_equal_shares_a_rank() {
    let wins = table(&season(), &[], &[TeamMetric::Wins]);
    assert_eq!(wins, places(&[("a", 1), ("b", 1), ("c", 1), ("d", 4)]));
    // 677 before two of 675
    let sums = table(&season(), &[], &[TeamMetric::Wins, TeamMetric::SpeaksSum]);
    assert_eq!(sums, places(&[("c", 1), ("a", 2), ("b", 2), ("d", 4)]));
}

#[test]
fn who_beat_whom_counts_for_exactly_two() {
    use TeamMetric::{SpeaksSum, WhoBeatWhom, Wins};
    // Three are tied on wins: it says nothing.
    let three = table(&season(), &[], &[Wins, WhoBeatWhom]);
    assert_eq!(three, places(&[("a", 1), ("b", 1), ("c", 1), ("d", 4)]));
    // After the scores a and b are tied, and a beat b in round 1.
    let two = table(&season(), &[], &[Wins, WhoBeatWhom, SpeaksSum, WhoBeatWhom]);
    assert_eq!(two, places(&[("c", 1), ("a", 2), ("b", 3), ("d", 4)]));
}

#[test]
fn every_measure_has_its_value() {
    use TeamMetric as M;
    let metrics = [
        M::Points,
        M::SpeaksAverage,
        M::MarginAverage,
        M::Votes,
        M::Firsts,
        M::Seconds,
        M::DrawStrength,
    ];
    let all = team_standings(&entrants(&["a", "b", "c", "d"]), &season(), &[], &metrics);
    let a = all.iter().find(|standing| standing.team == "a").unwrap();
    let expected = [
        Fraction::whole(2),
        exact(225.0),               // 675 / 3
        Fraction::new(300, 3),      // 5 + 5 − 7 = 3 points over 3 debates
        Fraction::whole(3 + 3 + 1), // three, three, one of three judges
        Fraction::whole(2),
        Fraction::whole(1),
        Fraction::whole(4), // met b (2), d (0), c (2)
    ];
    assert_eq!(a.values, expected.map(Some));
    assert_eq!(a.debates, 3);
}

#[test]
fn votes_are_counted_as_of_three_judges() {
    let mut five = won(1, ("a", 230.0), ("b", 225.0), 3);
    for side in &mut five.decision.sides {
        side.votes_possible = 5;
        side.votes_given = if side.rank == Some(1) { 4 } else { 1 };
    }
    let mut agreed = won(1, ("c", 230.0), ("d", 225.0), 3);
    for side in &mut agreed.decision.sides {
        (side.votes_given, side.votes_possible) = (0, 0);
    }
    let all = team_standings(
        &entrants(&["a", "b", "c", "d"]),
        &[five, agreed],
        &[],
        &[TeamMetric::Votes],
    );
    let votes: Vec<_> = all
        .iter()
        .map(|standing| (standing.team.as_str(), standing.values[0].unwrap()))
        .collect();
    // One ballot for all: 3. Four of five: 12/5. One of five: 3/5.
    let expected = [
        ("c", Fraction::whole(3)),
        ("a", Fraction::new(12, 5)),
        ("b", Fraction::new(3, 5)),
        ("d", Fraction::ZERO),
    ];
    assert_eq!(votes, expected);
}

#[test]
fn a_bye_is_a_win_without_scores() {
    let bye = |worth| {
        [Bye {
            round: 1,
            team: "d".to_owned(),
            worth,
        }]
    };
    let played = [won(1, ("a", 230.0), ("b", 225.0), 3)];
    let metrics = [TeamMetric::Wins, TeamMetric::SpeaksAverage];
    // a 1 and 230; d 1 and no scores; b 0 and 225; c nothing.
    let with = table(&played, &bye(ByeWorth::Win), &metrics);
    assert_eq!(with, places(&[("a", 1), ("d", 2), ("b", 3), ("c", 4)]));
    let without = table(&played, &bye(ByeWorth::Nothing), &metrics);
    assert_eq!(without, places(&[("a", 1), ("b", 2), ("c", 3), ("d", 3)]));
}

#[test]
fn averages_skip_forfeits() {
    let mut given_up = won(2, ("a", 0.0), ("b", 0.0), 3);
    for side in &mut given_up.decision.sides {
        (side.score, side.margin) = (None, None);
    }
    given_up.decision.sides[1].forfeit = true;
    let played = [won(1, ("a", 230.0), ("b", 225.0), 3), given_up];
    let metrics = [
        TeamMetric::Wins,
        TeamMetric::SpeaksAverage,
        TeamMetric::MarginAverage,
    ];
    let all = team_standings(&entrants(&["a", "b"]), &played, &[], &metrics);
    assert_eq!(
        all[0].values,
        [
            Some(Fraction::whole(2)),
            Some(exact(230.0)),
            Some(exact(5.0))
        ]
    );
    assert_eq!(all[1].values[1], Some(exact(225.0)));
}

/// One team's debate with its speeches: speaker, score (absent: not scored), given twice, reply.
fn spoken(round: u16, team: &str, speeches: &[(&str, Option<f64>, bool, bool)]) -> Played {
    let speech =
        |(at, (speaker, score, twice, reply)): (usize, &(&str, Option<f64>, bool, bool))| {
            SpeechResult {
                place: u8::try_from(at + 1).unwrap(),
                reply: *reply,
                speaker: Some((*speaker).to_owned()),
                score: score.map(exact),
                rank: Some(Fraction::whole(i64::try_from(at + 1).unwrap())),
                twice: *twice,
            }
        };
    let side = SideResult {
        side: "proposition".to_owned(),
        team: team.to_owned(),
        speeches: speeches.iter().enumerate().map(speech).collect(),
        ..SideResult::default()
    };
    let decision = Decision {
        sides: vec![side],
        ..Decision::default()
    };
    Played { round, decision }
}

fn speakers(
    played: &[Played],
    metric: SpeakerMetric,
    may_miss: Option<u16>,
) -> Vec<(String, Option<u16>, String)> {
    let all = speaker_standings(
        &entrants(&["a", "b"]),
        played,
        Speeches::Substantive,
        &[metric],
        may_miss,
    );
    let told = |value: Option<Fraction>| value.map(|value| value.to_string()).unwrap_or_default();
    all.into_iter()
        .map(|standing| (standing.speaker, standing.rank, told(standing.values[0])))
        .collect()
}

fn expected(list: &[(&str, Option<u16>, &str)]) -> Vec<(String, Option<u16>, String)> {
    list.iter()
        .map(|(who, rank, value)| ((*who).to_owned(), *rank, (*value).to_owned()))
        .collect()
}

#[test]
fn a_speech_for_an_absent_speaker_is_not_the_speakers_own() {
    let played = [
        spoken(
            1,
            "a",
            &[
                ("a1", Some(75.0), false, false),
                ("a1", Some(60.0), true, false),
                ("a1", Some(38.0), false, true),
            ],
        ),
        spoken(
            2,
            "a",
            &[
                ("a1", Some(77.0), false, false),
                ("a2", Some(80.0), false, false),
                ("a2", Some(37.0), false, true),
            ],
        ),
        spoken(
            1,
            "b",
            &[("b1", Some(76.0), false, false), ("b2", None, false, false)],
        ),
    ];
    // a1 (75+77)/2 = 76, a2 80 and one missed, b1 76, b2 nothing scored.
    let all = speakers(&played, SpeakerMetric::Average, None);
    assert_eq!(
        all,
        expected(&[
            ("a2", Some(1), "80"),
            ("a1", Some(2), "76"),
            ("b1", Some(2), "76"),
            ("b2", None, "")
        ])
    );
    // Who missed a debate is off the list.
    let strict = speakers(&played, SpeakerMetric::Average, Some(0));
    assert_eq!(
        strict,
        expected(&[
            ("a1", Some(1), "76"),
            ("b1", Some(1), "76"),
            ("a2", None, "80"),
            ("b2", None, "")
        ])
    );
    let replies = speaker_standings(
        &entrants(&["a", "b"]),
        &played,
        Speeches::Reply,
        &[SpeakerMetric::Average],
        Some(0),
    );
    let replies: Vec<_> = replies
        .iter()
        .map(|standing| (standing.speaker.as_str(), standing.rank))
        .collect();
    assert_eq!(
        replies,
        [("a1", Some(1)), ("a2", Some(2)), ("b1", None), ("b2", None)]
    );
}

#[test]
fn totals_ranks_and_trimmed_means() {
    let round = |round, one: f64, other: f64| {
        spoken(
            round,
            "a",
            &[
                ("a1", Some(one), false, false),
                ("a2", Some(other), false, false),
            ],
        )
    };
    let played = [
        round(1, 70.0, 76.0),
        round(2, 78.0, 75.0),
        round(3, 75.0, 75.0),
        round(4, 76.0, 76.0),
    ];
    let best = |metric| {
        speakers(&played, metric, None)
            .into_iter()
            .take(2)
            .collect::<Vec<_>>()
    };
    // 70+78+75+76 = 299; 76+75+75+76 = 302
    assert_eq!(
        best(SpeakerMetric::Total),
        expected(&[("a2", Some(1), "302"), ("a1", Some(2), "299")])
    );
    // Without 70 and 78: 75.5. Without 75 and 76: (75+76)/2 = 75.5
    assert_eq!(
        best(SpeakerMetric::TrimmedMean),
        expected(&[("a1", Some(1), "75.5"), ("a2", Some(1), "75.5")])
    );
    // Ranks 1 four times against 2 four times: less is better. (4 and 8, shown as hundredths)
    assert_eq!(
        best(SpeakerMetric::RankSum),
        expected(&[("a1", Some(1), "0.04"), ("a2", Some(2), "0.08")])
    );
}
