//! Where teams stand after some rounds. Owns the measures and their order; adds up decisions and knows no ballots. Speakers stand
//! in `speakers`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::fraction::Fraction;
use super::panel::{Decision, SideResult};

/// More measures than this are not looked at.
pub const MOST_METRICS: usize = 8;
/// Votes are counted as if every panel had three judges.
const PANEL: i64 = 3;

/// A measure of teams; more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TeamMetric {
    /// Points of ranks: 3, 2, 1, 0 of four, 1 or 0 of two.
    Points,
    Wins,
    SpeaksSum,
    /// Over the debates that were scored: forfeits and byes are skipped.
    SpeaksAverage,
    MarginAverage,
    /// Votes of judges, as if every panel had three. A panel that agrees on one ballot gives the winner all three.
    Votes,
    Firsts,
    Seconds,
    /// Points of all opponents met, as they stand now.
    DrawStrength,
    /// Counts only where exactly two are tied so far: how often one was before the other.
    WhoBeatWhom,
}

/// A debate that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "PlayedDebate")]
pub struct Played {
    /// From 1.
    pub round: u16,
    pub decision: Decision,
}

/// What a round without an opponent is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ByeWorth {
    #[default]
    Win,
    Nothing,
}

/// A team that sat out a round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Bye {
    pub round: u16,
    pub team: String,
    pub worth: ByeWorth,
}

/// A team and who may speak for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Entrant {
    pub team: String,
    pub speakers: Vec<String>,
}

/// A team's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TeamStanding {
    pub team: String,
    /// From 1; who is equal in everything shares it.
    pub rank: u16,
    pub tied: bool,
    pub debates: u16,
    /// One for each measure asked for, in that order; scores in hundredths. Absent: nothing to measure.
    pub values: Vec<Option<Fraction>>,
}

/// All entrants in order. `metrics` are looked at one after the other, eight at most.
#[must_use]
pub fn team_standings(
    entrants: &[Entrant],
    played: &[Played],
    byes: &[Bye],
    metrics: &[TeamMetric],
) -> Vec<TeamStanding> {
    let metrics = &metrics[..metrics.len().min(MOST_METRICS)];
    let records: Vec<Record> = entrants
        .iter()
        .map(|entrant| Record::of(&entrant.team, played, byes))
        .collect();
    let points: BTreeMap<&str, i64> = entrants
        .iter()
        .zip(&records)
        .map(|(entrant, record)| (entrant.team.as_str(), record.points))
        .collect();
    let mut values = vec![Vec::new(); entrants.len()];
    let mut groups = vec![(0..entrants.len()).collect::<Vec<usize>>()];
    for metric in metrics {
        let mut finer = Vec::new();
        for group in groups {
            for at in &group {
                values[*at].push(records[*at].value(
                    *metric,
                    &points,
                    &rival(entrants, &group, *at),
                ));
            }
            finer.extend(split(group, |at| values[at].last().copied().flatten()));
        }
        groups = finer;
    }
    let mut standings = Vec::new();
    for group in groups {
        let rank = u16::try_from(standings.len() + 1).unwrap_or(u16::MAX);
        let tied = group.len() > 1;
        standings.extend(group.into_iter().map(|at| TeamStanding {
            team: entrants[at].team.clone(),
            rank,
            tied,
            debates: records[at].debates,
            values: std::mem::take(&mut values[at]),
        }));
    }
    standings
}

/// Splits those who were equal so far by a further value, best first; equal ones keep their order.
pub(super) fn split(
    mut group: Vec<usize>,
    value: impl Fn(usize) -> Option<Fraction>,
) -> Vec<Vec<usize>> {
    group.sort_by_key(|at| std::cmp::Reverse(value(*at)));
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for at in group {
        match parts.last_mut() {
            Some(part) if part.last().is_some_and(|last| value(*last) == value(at)) => {
                part.push(at)
            }
            _ => parts.push(vec![at]),
        }
    }
    parts
}

/// The other one of exactly two that are tied.
fn rival<'a>(entrants: &'a [Entrant], group: &[usize], at: usize) -> Option<&'a str> {
    match group {
        [one, other] => Some(
            entrants[if *one == at { *other } else { *one }]
                .team
                .as_str(),
        ),
        _ => None,
    }
}

/// What a team did.
#[derive(Debug, Default)]
struct Record {
    debates: u16,
    points: i64,
    wins: i64,
    firsts: i64,
    seconds: i64,
    votes: Fraction,
    scores: Vec<Fraction>,
    margins: Vec<Fraction>,
    /// Opponents met, each with whether it ended below.
    met: Vec<(String, bool)>,
}

impl Record {
    fn of(team: &str, played: &[Played], byes: &[Bye]) -> Self {
        let mut record = Self::default();
        for debate in played {
            for own in debate
                .decision
                .sides
                .iter()
                .filter(|side| side.team == team)
            {
                record.add(own, &debate.decision);
            }
        }
        let wins = byes
            .iter()
            .filter(|bye| bye.team == team && bye.worth == ByeWorth::Win);
        let wins = i64::try_from(wins.count()).unwrap_or(0);
        record.points += wins;
        record.wins += wins;
        record
    }

    fn add(&mut self, own: &SideResult, decision: &Decision) {
        let won = decision.winner.as_ref() == Some(&own.side);
        self.debates = self.debates.saturating_add(1);
        self.points += i64::from(own.points);
        self.wins += i64::from(won);
        self.firsts += i64::from(own.rank == Some(1));
        self.seconds += i64::from(own.rank == Some(2));
        self.votes = self.votes.plus(match own.votes_possible {
            0 => Fraction::whole(if won { PANEL } else { 0 }),
            possible => Fraction::new(i64::from(own.votes_given) * PANEL, i64::from(possible)),
        });
        self.scores.extend(own.score);
        self.margins.extend(own.margin);
        let others = decision.sides.iter().filter(|other| other.side != own.side);
        self.met.extend(others.map(|other| {
            let below = match (own.rank, other.rank) {
                (Some(mine), Some(theirs)) => mine < theirs,
                _ => own.points > other.points,
            };
            (other.team.clone(), below)
        }));
    }

    fn value(
        &self,
        metric: TeamMetric,
        points: &BTreeMap<&str, i64>,
        rival: &Option<&str>,
    ) -> Option<Fraction> {
        let whole = |value: i64| Some(Fraction::whole(value));
        match metric {
            TeamMetric::Points => whole(self.points),
            TeamMetric::Wins => whole(self.wins),
            TeamMetric::SpeaksSum => Some(Fraction::sum(&self.scores)),
            TeamMetric::SpeaksAverage => Fraction::mean(&self.scores),
            TeamMetric::MarginAverage => Fraction::mean(&self.margins),
            TeamMetric::Votes => Some(self.votes),
            TeamMetric::Firsts => whole(self.firsts),
            TeamMetric::Seconds => whole(self.seconds),
            TeamMetric::DrawStrength => {
                let strength = self
                    .met
                    .iter()
                    .filter_map(|(team, _)| points.get(team.as_str()));
                whole(strength.sum())
            }
            TeamMetric::WhoBeatWhom => {
                let rival = rival.as_ref()?;
                let beaten = self
                    .met
                    .iter()
                    .filter(|(team, below)| *below && team == rival);
                whole(i64::try_from(beaten.count()).unwrap_or(0))
            }
        }
    }
}
