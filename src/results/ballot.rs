//! What a judge writes, and who may write it where. Owns the shape of a ballot and what its speeches add up to; whether it is sound
//! says `check`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::rules::{Ballots, Rules};

/// One debate as the results see it: who stands where, and who judges.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Bout {
    /// In the order of the sheet.
    pub sides: Vec<BoutSide>,
    pub judges: Vec<Judge>,
    pub stage: Stage,
    /// Sides come with the ballot (drawn in the hall) and must be confirmed on it.
    pub sides_to_confirm: bool,
}

/// A side and the team that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BoutSide {
    /// `proposition`, `opposition`, `opening_government`, …
    pub side: String,
    pub team: String,
    /// Everybody who may speak for the team.
    pub speakers: Vec<String>,
}

/// A judge of a debate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "PanelJudge")]
pub struct Judge {
    pub id: String,
    pub bench: Bench,
}

/// A judge's place on the panel.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PanelBench")]
pub enum Bench {
    Chair,
    #[default]
    Panellist,
    /// Writes a ballot that does not count.
    Trainee,
}

/// Before or in the elimination rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RoundStage")]
pub enum Stage {
    #[default]
    Preliminary,
    Elimination,
}

/// A ballot, finished or not: every part may still be absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "JudgeBallot")]
#[ts(optional_fields)]
pub struct Ballot {
    /// Who hands it in; of an agreed ballot the chair.
    pub judge: String,
    /// In the order of the sheet.
    pub sides: Vec<BallotSide>,
    /// The declared winner's side, where the sheet asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winner: Option<String>,
    /// Sides that go on, in elimination rounds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub advancing: Vec<String>,
    /// The sides on the sheet are those that stood in the hall.
    pub sides_confirmed: bool,
    /// For all speakers of the debate.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}

/// What a ballot says of a side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct BallotSide {
    pub side: String,
    /// The substantive ones in order, then the reply.
    pub speeches: Vec<BallotSpeech>,
    /// The declared rank from 1, where the judge ranks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u8>,
    /// The total the judge wrote down, in hundredths; checked against the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<i32>,
    /// The team did not come or gave up: no scores, ranked last.
    pub forfeit: bool,
}

/// What a ballot says of a speech.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct BallotSpeech {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// In hundredths. Where criteria are scored their weighted sum stands instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<i32>,
    /// By criterion, in hundredths.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub criteria: BTreeMap<String, i32>,
    /// From 1 among all speakers of the debate, where the judge ranks speakers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u8>,
    /// Given a second time by one speaker for an absent one: counts for the team, not for the speaker.
    pub twice: bool,
    /// Feedback for the speaker and the coach.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}

impl Bout {
    /// Voting alone or together, at this stage.
    #[must_use]
    pub fn ballots(&self, rules: &Rules) -> Ballots {
        match self.stage {
            Stage::Preliminary => rules.ballots,
            Stage::Elimination => rules.ballots_elimination,
        }
    }

    /// The judge who leads the panel; a judge alone leads.
    #[must_use]
    pub fn chair(&self) -> Option<&str> {
        let voting: Vec<&Judge> = self.voting().collect();
        voting
            .iter()
            .find(|judge| judge.bench == Bench::Chair)
            .or(match voting.as_slice() {
                [alone] => Some(alone),
                _ => None,
            })
            .map(|judge| judge.id.as_str())
    }

    /// Judges whose ballots count.
    pub fn voting(&self) -> impl Iterator<Item = &Judge> {
        self.judges
            .iter()
            .filter(|judge| judge.bench != Bench::Trainee)
    }

    /// An empty ballot for a judge: the sides in order, each with its places.
    #[must_use]
    pub fn blank(&self, rules: &Rules, judge: &str) -> Ballot {
        let sides = self.sides.iter().map(|side| BallotSide {
            side: side.side.clone(),
            speeches: vec![BallotSpeech::default(); usize::from(rules.places())],
            ..BallotSide::default()
        });
        Ballot {
            judge: judge.to_owned(),
            sides: sides.collect(),
            ..Ballot::default()
        }
    }
}

impl BallotSpeech {
    /// What the speech scores, in hundredths; `None` while anything is missing.
    #[must_use]
    pub fn points(&self, rules: &Rules) -> Option<i32> {
        if rules.criteria.is_empty() {
            return self.score;
        }
        let mut sum = 0_i64;
        for criterion in &rules.criteria {
            let score = self.criteria.get(&criterion.id)?;
            sum += i64::from(*score) * i64::from(criterion.weight);
        }
        i32::try_from(sum / 100).ok()
    }
}

impl BallotSide {
    /// The sum of all scored speeches, in hundredths; `None` while one is missing or where none is scored.
    #[must_use]
    pub fn total(&self, rules: &Rules) -> Option<i32> {
        if self.forfeit || !rules.scored() {
            return None;
        }
        let mut sum = 0_i32;
        for place in 1..=rules.places() {
            if rules.range_at(place).is_none() {
                continue;
            }
            let speech = self.speeches.get(usize::from(place) - 1)?;
            sum = sum.checked_add(speech.points(rules)?)?;
        }
        Some(sum)
    }
}

impl Ballot {
    /// What it says of a side.
    #[must_use]
    pub fn side(&self, side: &str) -> Option<&BallotSide> {
        self.sides.iter().find(|said| said.side == side)
    }
}
