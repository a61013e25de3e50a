//! What two votes of an audience, before and after a debate, say together. Owns the count and who gained; takes voters by opaque
//! token and gives back numbers alone, so that nobody can read who voted what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// With fewer who voted both times, no cell of the table says how they moved.
pub const LEAST_FOR_FLOW: u32 = 5;

/// The outcome of two votes. Shares and gains count only those who voted both times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "AudienceSwing")]
#[ts(optional_fields)]
pub struct Swing {
    /// Those who voted both times.
    pub both: u32,
    /// Those who voted before and not after.
    pub only_before: u32,
    pub only_after: u32,
    /// For each choice in the order given, of those who voted both times.
    pub tallies: Vec<Tally>,
    /// Who moved where, all pairs of choices; absent while fewer than five voted both times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<Vec<Move>>,
    /// For each side in the order given.
    pub gains: Vec<Gain>,
    pub outcome: AudienceOutcome,
}

/// One choice in both votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "AudienceTally")]
pub struct Tally {
    pub choice: String,
    pub before: u32,
    pub after: u32,
    /// In hundredths of a percent.
    pub share_before: i32,
    pub share_after: i32,
}

/// How many went from one choice to another, or stayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "AudienceMove")]
pub struct Move {
    pub from: String,
    pub to: String,
    pub count: u32,
}

/// What a side won or lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "AudienceGain")]
pub struct Gain {
    pub side: String,
    /// In people.
    pub people: i32,
    /// In hundredths of a percentage point.
    pub points: i32,
}

/// Whom the audience made the winner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AudienceOutcome {
    /// The side with the greater gain.
    Winner { side: String },
    /// Several gained the same, and most.
    Tie { sides: Vec<String> },
    /// Nobody voted both times.
    Nothing {},
}

/// Counts two votes. `sides` can win; `others` are further choices such as *undecided*. A vote for anything else is not counted.
/// The winner has the greater change in percentage points (Open to Debate).
#[must_use]
pub fn swing(
    sides: &[String],
    others: &[String],
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Swing {
    let choices: Vec<&String> = sides.iter().chain(others).collect();
    let place = |choice: &String| choices.iter().position(|known| *known == choice);
    let valid = |votes: &BTreeMap<String, String>, voter: &str| votes.get(voter).and_then(place);
    let mut cells = vec![vec![0_u32; choices.len()]; choices.len()];
    let (mut both, mut only_before, mut only_after) = (0, 0, 0);
    for (voter, choice) in before {
        match (place(choice), valid(after, voter)) {
            (Some(from), Some(to)) => {
                cells[from][to] += 1;
                both += 1;
            }
            (Some(_), None) => only_before += 1,
            (None, Some(_)) => only_after += 1,
            (None, None) => {}
        }
    }
    let newcomers = after
        .iter()
        .filter(|(voter, choice)| !before.contains_key(*voter) && place(choice).is_some());
    only_after += u32::try_from(newcomers.count()).unwrap_or(u32::MAX);
    let tallies = tallies(&choices, &cells, both);
    let gains = gains(sides, &tallies, both);
    Swing {
        both,
        only_before,
        only_after,
        flow: (both >= LEAST_FOR_FLOW).then(|| flow(&choices, &cells)),
        outcome: outcome(&gains, both),
        tallies,
        gains,
    }
}

fn tallies(choices: &[&String], cells: &[Vec<u32>], both: u32) -> Vec<Tally> {
    let tally = |(at, choice): (usize, &&String)| {
        let before: u32 = cells[at].iter().sum();
        let after: u32 = cells.iter().map(|row| row[at]).sum();
        Tally {
            choice: (*choice).clone(),
            before,
            after,
            share_before: share(i64::from(before), both),
            share_after: share(i64::from(after), both),
        }
    };
    choices.iter().enumerate().map(tally).collect()
}

fn flow(choices: &[&String], cells: &[Vec<u32>]) -> Vec<Move> {
    let mut moves = Vec::new();
    for (from, row) in choices.iter().zip(cells) {
        for (to, count) in choices.iter().zip(row) {
            moves.push(Move {
                from: (*from).clone(),
                to: (*to).clone(),
                count: *count,
            });
        }
    }
    moves
}

fn gains(sides: &[String], tallies: &[Tally], both: u32) -> Vec<Gain> {
    let gain = |(side, tally): (&String, &Tally)| {
        let people = i64::from(tally.after) - i64::from(tally.before);
        Gain {
            side: side.clone(),
            people: i32::try_from(people).unwrap_or(0),
            points: share(people, both),
        }
    };
    sides.iter().zip(tallies).map(gain).collect()
}

/// Decided on people, since all shares have one denominator: rounding never decides.
fn outcome(gains: &[Gain], both: u32) -> AudienceOutcome {
    let Some(most) = gains
        .iter()
        .map(|gain| gain.people)
        .max()
        .filter(|_| both > 0)
    else {
        return AudienceOutcome::Nothing {};
    };
    let mut first: Vec<String> = gains
        .iter()
        .filter(|gain| gain.people == most)
        .map(|gain| gain.side.clone())
        .collect();
    match first.len() {
        1 => AudienceOutcome::Winner {
            side: first.swap_remove(0),
        },
        _ => AudienceOutcome::Tie { sides: first },
    }
}

/// People as hundredths of a percent of all, halves away from nought.
fn share(people: i64, of: u32) -> i32 {
    let of = i64::from(of.max(1));
    let size = (people.abs() * 20_000 + of) / (of * 2);
    i32::try_from(size * people.signum()).unwrap_or(0)
}
