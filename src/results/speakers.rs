//! Where speakers stand after some rounds. Owns what counts as a speaker's own speech: one given for an absent speaker does not,
//! and what was not scored is no nought.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::fraction::Fraction;
use super::panel::SpeechResult;
use super::standings::{Entrant, MOST_METRICS, Played, split};

/// A measure of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerMetric {
    Average,
    Total,
    /// The mean without the best and the worst score, where there are three or more.
    TrimmedMean,
    /// The sum of ranks among the speakers of a debate; less is better.
    RankSum,
}

/// Which speeches are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Speeches {
    #[default]
    Substantive,
    Reply,
}

/// A speaker's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SpeakerStanding {
    pub speaker: String,
    pub team: String,
    /// From 1; who is equal in everything shares it. Absent: did not speak, or missed too many debates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u16>,
    pub tied: bool,
    /// Scored speeches of the speaker's own.
    pub speeches: u16,
    /// Debates of the team in which the speaker had no speech of their own.
    pub missed: u16,
    /// One for each measure asked for, in that order; scores in hundredths.
    pub values: Vec<Option<Fraction>>,
}

/// All speakers in order; last those without a rank. `may_miss`: who missed more debates has none; `None`: nobody loses it. For
/// replies nobody misses anything.
#[must_use]
pub fn speaker_standings(
    entrants: &[Entrant],
    played: &[Played],
    which: Speeches,
    metrics: &[SpeakerMetric],
    may_miss: Option<u16>,
) -> Vec<SpeakerStanding> {
    let metrics = &metrics[..metrics.len().min(MOST_METRICS)];
    let mut standings = Vec::new();
    for entrant in entrants {
        for speaker in &entrant.speakers {
            standings.push(standing(&entrant.team, speaker, played, which, metrics));
        }
    }
    let placed = |standing: &SpeakerStanding| {
        standing.speeches > 0 && may_miss.is_none_or(|most| standing.missed <= most)
    };
    let (ranked, rest): (Vec<_>, Vec<_>) =
        (0..standings.len()).partition(|at| placed(&standings[*at]));
    let mut groups = vec![ranked];
    for (number, metric) in metrics.iter().enumerate() {
        let better = |at: usize| {
            let value = standings[at].values.get(number).copied().flatten();
            match metric {
                SpeakerMetric::RankSum => value.map(|value| Fraction::ZERO.minus(value)),
                _ => value,
            }
        };
        groups = groups
            .into_iter()
            .flat_map(|group| split(group, better))
            .collect();
    }
    let mut order = Vec::new();
    for group in groups {
        let rank = u16::try_from(order.len() + 1).unwrap_or(u16::MAX);
        for at in &group {
            standings[*at].rank = Some(rank);
            standings[*at].tied = group.len() > 1;
        }
        order.extend(group);
    }
    order.extend(rest);
    order.into_iter().map(|at| standings[at].clone()).collect()
}

fn standing(
    team: &str,
    speaker: &str,
    played: &[Played],
    which: Speeches,
    metrics: &[SpeakerMetric],
) -> SpeakerStanding {
    let mut own: Vec<&SpeechResult> = Vec::new();
    let mut missed = 0_u16;
    let sides = played.iter().flat_map(|debate| &debate.decision.sides);
    for side in sides.filter(|side| side.team == team) {
        let spoke = |speech: &&SpeechResult| {
            speech.speaker.as_deref() == Some(speaker)
                && !speech.twice
                && speech.reply == (which == Speeches::Reply)
        };
        let before = own.len();
        own.extend(side.speeches.iter().filter(spoke));
        if own.len() == before && !side.forfeit && which == Speeches::Substantive {
            missed = missed.saturating_add(1);
        }
    }
    let scores: Vec<Fraction> = own.iter().filter_map(|speech| speech.score).collect();
    let ranks: Vec<Fraction> = own.iter().filter_map(|speech| speech.rank).collect();
    SpeakerStanding {
        speaker: speaker.to_owned(),
        team: team.to_owned(),
        rank: None,
        tied: false,
        speeches: u16::try_from(scores.len()).unwrap_or(u16::MAX),
        missed,
        values: metrics
            .iter()
            .map(|metric| value(*metric, &scores, &ranks))
            .collect(),
    }
}

fn value(metric: SpeakerMetric, scores: &[Fraction], ranks: &[Fraction]) -> Option<Fraction> {
    match metric {
        SpeakerMetric::Average => Fraction::mean(scores),
        SpeakerMetric::Total => Some(Fraction::sum(scores)),
        SpeakerMetric::RankSum => (!ranks.is_empty()).then(|| Fraction::sum(ranks)),
        SpeakerMetric::TrimmedMean => {
            let mut sorted = scores.to_vec();
            sorted.sort_unstable();
            match sorted.as_slice() {
                [_, within @ .., _] if !within.is_empty() => Fraction::mean(within),
                all => Fraction::mean(all),
            }
        }
    }
}
