//! The decision over all ballots of a debate: who won, by how many votes, and what everybody scored. Owns the rules of a panel;
//! takes only sound ballots and says which is not. `vote` counts votes and ranks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ballot::{Ballot, Bout};
use super::check::{Flaw, check};
use super::fraction::Fraction;
use super::rules::{Ballots, Rules, Sheet};
use super::vote::{self, Verdict};

/// How a debate ended.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "PanelDecision")]
#[ts(optional_fields)]
pub struct Decision {
    /// The winner's side; absent where several go on, or nobody wins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winner: Option<String>,
    /// Sides that go on after an elimination round.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub advancing: Vec<String>,
    /// The panel was split evenly and the chair decided.
    pub casting_vote: bool,
    /// Judges of the minority. Their scores count only if the rules say so.
    pub dissenters: Vec<String>,
    /// In the order of the sheet.
    pub sides: Vec<SideResult>,
}

/// What a side got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct SideResult {
    pub side: String,
    pub team: String,
    /// From 1; absent where nobody is ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u8>,
    /// Sides minus rank: 3, 2, 1, 0 of four; 1 or 0 of two. In elimination rounds 1 for who goes on.
    pub points: u8,
    /// Judges who voted for it.
    pub votes_given: u16,
    /// Judges who voted; 0: the panel agreed on one ballot.
    pub votes_possible: u16,
    /// Mean of the totals of the judges who count, in hundredths; absent: not scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Fraction>,
    /// Own score minus the other's, of two sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Fraction>,
    pub speeches: Vec<SpeechResult>,
    pub forfeit: bool,
}

/// What a speech got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct SpeechResult {
    /// On the sheet, from 1.
    pub place: u8,
    pub reply: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Mean of the judges who count, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Fraction>,
    /// Mean rank among the speakers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Fraction>,
    /// Given for an absent speaker: not the speaker's own.
    pub twice: bool,
}

/// Why there is no decision yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PanelUndecided")]
pub enum Undecided {
    #[error("nobody judges this debate")]
    NoJudge {},
    #[error("the audience decides this debate")]
    AudienceDecides {},
    #[error("the ballot of {judge} is missing")]
    BallotMissing { judge: String },
    #[error("the panel agrees on one ballot, and there are several and none of its chair")]
    SeveralBallots {},
    #[error("the ballot of {judge} has flaws")]
    Flawed { judge: String, flaws: Vec<Flaw> },
    #[error("judges name different speakers for speech {place} of {side}")]
    SpeakersDiffer { side: String, place: u8 },
    #[error("judges differ on whether {side} gave up")]
    ForfeitsDiffer { side: String },
    #[error("the panel is split evenly, and the rules or the panel have no casting vote")]
    EvenSplit {},
}

/// Decides a debate. Ballots of trainees, and of who is no judge of it, do not count.
///
/// # Errors
/// [`Undecided`]: what is missing or wrong.
pub fn decision(rules: &Rules, bout: &Bout, ballots: &[Ballot]) -> Result<Decision, Undecided> {
    if rules.sheet == Sheet::Audience {
        return Err(Undecided::AudienceDecides {});
    }
    let counted = counted(rules, bout, ballots)?;
    for ballot in &counted {
        let flaws = check(rules, bout, ballot);
        if !flaws.is_empty() {
            let judge = ballot.judge.clone();
            return Err(Undecided::Flawed { judge, flaws });
        }
    }
    same_speakers(rules, &counted)?;
    let verdict = vote::verdict(rules, bout, &counted)?;
    Ok(told(rules, bout, &counted, verdict))
}

/// The ballots that count, in the order of the panel.
pub(super) fn counted<'a>(
    rules: &Rules,
    bout: &Bout,
    ballots: &'a [Ballot],
) -> Result<Vec<&'a Ballot>, Undecided> {
    let of = |judge: &str| ballots.iter().find(|ballot| ballot.judge == judge);
    let voting: Vec<&str> = bout.voting().map(|judge| judge.id.as_str()).collect();
    let Some(first) = voting.first() else {
        return Err(Undecided::NoJudge {});
    };
    if bout.ballots(rules) == Ballots::Single {
        let needed = voting.iter().map(|judge| {
            of(judge).ok_or_else(|| Undecided::BallotMissing {
                judge: (*judge).to_owned(),
            })
        });
        return needed.collect();
    }
    if let Some(ballot) = bout.chair().and_then(of) {
        return Ok(vec![ballot]);
    }
    let found: Vec<&Ballot> = voting.iter().filter_map(|judge| of(judge)).collect();
    match found.as_slice() {
        [] => Err(Undecided::BallotMissing {
            judge: bout.chair().unwrap_or(first).to_owned(),
        }),
        [only] => Ok(vec![only]),
        _ => Err(Undecided::SeveralBallots {}),
    }
}

/// All sheets name the same speakers in the same places, and the same teams as absent.
fn same_speakers(rules: &Rules, ballots: &[&Ballot]) -> Result<(), Undecided> {
    let Some((first, others)) = ballots.split_first() else {
        return Ok(());
    };
    for (mine, theirs) in others
        .iter()
        .flat_map(|other| first.sides.iter().zip(&other.sides))
    {
        let side = mine.side.clone();
        if mine.forfeit != theirs.forfeit {
            return Err(Undecided::ForfeitsDiffer { side });
        }
        for place in 1..=rules.places() {
            let at = usize::from(place) - 1;
            let (mine, theirs) = (mine.speeches.get(at), theirs.speeches.get(at));
            let speaker = |speech: Option<&super::BallotSpeech>| {
                speech.and_then(|speech| speech.speaker.clone().map(|who| (who, speech.twice)))
            };
            if rules.scored() && speaker(mine) != speaker(theirs) {
                return Err(Undecided::SpeakersDiffer { side, place });
            }
        }
    }
    Ok(())
}

fn told(rules: &Rules, bout: &Bout, counted: &[&Ballot], verdict: Verdict) -> Decision {
    let agreed = bout.ballots(rules) == Ballots::Consensus;
    let dissents = |ballot: &Ballot| verdict.dissenters.contains(&ballot.judge);
    let relevant: Vec<&Ballot> = counted
        .iter()
        .filter(|ballot| rules.margin_with_dissenters || !dissents(ballot))
        .copied()
        .collect();
    let mut sides: Vec<SideResult> = Vec::new();
    for (at, side) in bout.sides.iter().enumerate() {
        let totals: Option<Vec<Fraction>> = relevant
            .iter()
            .map(|ballot| ballot.sides.get(at)?.total(rules))
            .map(|total| total.map(|total| Fraction::whole(i64::from(total))))
            .collect();
        let possible = if agreed { 0 } else { counted.len() };
        sides.push(SideResult {
            side: side.side.clone(),
            team: side.team.clone(),
            rank: verdict.ranks.get(at).copied().flatten(),
            points: verdict.points.get(at).copied().unwrap_or(0),
            votes_given: if agreed {
                0
            } else {
                verdict.votes.get(at).copied().unwrap_or(0)
            },
            votes_possible: u16::try_from(possible).unwrap_or(u16::MAX),
            score: totals.and_then(|totals| Fraction::mean(&totals)),
            margin: None,
            speeches: speeches(rules, &relevant, at),
            forfeit: counted
                .iter()
                .any(|ballot| ballot.sides.get(at).is_some_and(|said| said.forfeit)),
        });
    }
    margins(&mut sides);
    Decision {
        winner: verdict.winner,
        advancing: verdict.advancing,
        casting_vote: verdict.casting_vote,
        dissenters: verdict.dissenters,
        sides,
    }
}

fn margins(sides: &mut [SideResult]) {
    if let [one, other] = sides
        && let (Some(own), Some(theirs)) = (one.score, other.score)
    {
        one.margin = Some(own.minus(theirs));
        other.margin = Some(theirs.minus(own));
    }
}

fn speeches(rules: &Rules, relevant: &[&Ballot], side: usize) -> Vec<SpeechResult> {
    let result = |place: u8| {
        let at = usize::from(place) - 1;
        let said: Vec<_> = relevant
            .iter()
            .filter_map(|ballot| {
                ballot
                    .sides
                    .get(side)
                    .filter(|said| !said.forfeit)?
                    .speeches
                    .get(at)
            })
            .collect();
        let first = said.first();
        let scores: Option<Vec<Fraction>> = rules.range_at(place).and_then(|_| {
            said.iter()
                .map(|speech| Some(Fraction::whole(i64::from(speech.points(rules)?))))
                .collect()
        });
        let ranks: Option<Vec<Fraction>> = said
            .iter()
            .map(|speech| Some(Fraction::whole(i64::from(speech.rank?))))
            .collect();
        SpeechResult {
            place,
            reply: rules.is_reply(place),
            speaker: first.and_then(|speech| speech.speaker.clone()),
            score: scores.and_then(|scores| Fraction::mean(&scores)),
            rank: ranks.and_then(|ranks| Fraction::mean(&ranks)),
            twice: first.is_some_and(|speech| speech.twice),
        }
    };
    (1..=rules.places()).map(result).collect()
}
