//! Finds what is wrong with a ballot, each flaw with a stable code and its place, so that a phone can lead there. Owns the codes;
//! never changes a ballot. Codes that Tabbycat's forms know keep their names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ballot::{Ballot, BallotSide, BallotSpeech, Bout, BoutSide};
use super::rules::{Fit, Rules, Sheet};

/// What is wrong, by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlawCode {
    /// The sheet's sides are not those of the debate.
    SidesWrong,
    /// Sides were drawn in the hall and nobody said that they are right.
    SidesUnconfirmed,
    /// A score is missing; one flaw for each.
    ScoreMissing,
    OutOfRange,
    OffStep,
    /// Nobody is named for a scored speech.
    SpeakerMissing,
    /// The speaker is of another team.
    SpeakerWrongteam,
    /// One speaker twice, and the second speech is not marked so.
    SpeakerRepeat,
    /// Who spoke last may not reply.
    ReplySpeakerConsecutive,
    /// Who did not speak may not reply.
    ReplySpeakerNotRepeat,
    /// A rank is missing.
    RankMissing,
    /// A rank beyond the number of the ranked.
    RankRange,
    /// Two have one rank.
    RanksTied,
    /// A better rank with a lower score.
    RanksHigh,
    /// The total written down is not the sum.
    TotalWrong,
    /// Equal totals where they may not be.
    Draw,
    /// The sheet asks for a winner.
    WinnerMissing,
    /// The declared winner has the lower total, gave up, or is no side of this debate.
    WrongWinner,
    /// The margin is greater than the rules allow.
    MaxMargin,
    /// Two of several sides have one total.
    TiedScore,
    /// Too many or too few go on.
    NumAdvancing,
    /// Discarded and confirmed at once.
    DiscardConfirm,
    /// A result is called confirmed and no confirmed ballot is there.
    StatusConfirm,
    /// Who wrote it may not confirm it.
    SamePerson,
    /// The only judge has not had the form read back.
    NotReadBack,
}

/// Something wrong with a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "BallotFlaw")]
pub struct Flaw {
    pub code: FlawCode,
    /// Empty: the whole sheet.
    pub side: String,
    /// The speech on the sheet of that side, from 1; 0: none.
    pub place: u8,
    /// Where speeches are scored by criteria; empty: none.
    pub criterion: String,
}

impl Flaw {
    fn whole(code: FlawCode) -> Self {
        Self::of(code, "")
    }

    fn of(code: FlawCode, side: &str) -> Self {
        Self::at(code, side, 0)
    }

    fn at(code: FlawCode, side: &str, place: u8) -> Self {
        Self {
            code,
            side: side.to_owned(),
            place,
            criterion: String::new(),
        }
    }
}

/// All flaws of a ballot, those of a speech in the order of the sheet; none: it may be handed in.
#[must_use]
pub fn check(rules: &Rules, bout: &Bout, ballot: &Ballot) -> Vec<Flaw> {
    if rules.sheet == Sheet::Audience {
        return Vec::new();
    }
    let written = ballot.sides.iter().map(|side| &side.side);
    if !written.eq(bout.sides.iter().map(|side| &side.side)) {
        return vec![Flaw::whole(FlawCode::SidesWrong)];
    }
    let mut flaws = Vec::new();
    if bout.sides_to_confirm && !ballot.sides_confirmed {
        flaws.push(Flaw::whole(FlawCode::SidesUnconfirmed));
    }
    for (known, said) in bout.sides.iter().zip(&ballot.sides) {
        if !said.forfeit {
            check_scores(rules, said, &mut flaws);
            check_speakers(rules, known, said, &mut flaws);
            check_stated(rules, said, &mut flaws);
        }
    }
    if rules.speaker_ranks {
        check_speaker_ranks(rules, ballot, &mut flaws);
    }
    check_outcome(rules, ballot, &mut flaws);
    flaws
}

/// The total of each side in the order of the sheet, in hundredths; `None` while a score is missing or nothing is scored.
#[must_use]
pub fn totals(rules: &Rules, ballot: &Ballot) -> Vec<Option<i32>> {
    ballot.sides.iter().map(|side| side.total(rules)).collect()
}

fn speech_at(side: &BallotSide, place: u8) -> Option<&BallotSpeech> {
    side.speeches.get(usize::from(place).checked_sub(1)?)
}

fn check_scores(rules: &Rules, said: &BallotSide, flaws: &mut Vec<Flaw>) {
    for place in 1..=rules.places() {
        let Some(range) = rules.range_at(place) else {
            continue;
        };
        let speech = speech_at(said, place);
        check_criteria(rules, said, place, flaws);
        match speech.and_then(|speech| speech.points(rules)) {
            // A missing criterion was named already.
            None if !rules.criteria.is_empty() => {}
            None => flaws.push(Flaw::at(FlawCode::ScoreMissing, &said.side, place)),
            Some(score) => match range.fit(score) {
                Fit::OutOfRange => flaws.push(Flaw::at(FlawCode::OutOfRange, &said.side, place)),
                Fit::OffStep if rules.criteria.is_empty() => {
                    flaws.push(Flaw::at(FlawCode::OffStep, &said.side, place));
                }
                Fit::OffStep | Fit::Fits => {}
            },
        }
    }
}

fn check_criteria(rules: &Rules, said: &BallotSide, place: u8, flaws: &mut Vec<Flaw>) {
    for criterion in &rules.criteria {
        let score = speech_at(said, place).and_then(|speech| speech.criteria.get(&criterion.id));
        let code = match score.map(|score| criterion.range.fit(*score)) {
            None => FlawCode::ScoreMissing,
            Some(Fit::OutOfRange) => FlawCode::OutOfRange,
            Some(Fit::OffStep) => FlawCode::OffStep,
            Some(Fit::Fits) => continue,
        };
        flaws.push(Flaw {
            criterion: criterion.id.clone(),
            ..Flaw::at(code, &said.side, place)
        });
    }
}

fn check_speakers(rules: &Rules, known: &BoutSide, said: &BallotSide, flaws: &mut Vec<Flaw>) {
    let mut spoke = BTreeSet::new();
    let mut last = None;
    for place in 1..=rules.places() {
        let speech = speech_at(said, place);
        let Some(speaker) = speech.and_then(|speech| speech.speaker.as_ref()) else {
            if rules.scored() {
                flaws.push(Flaw::at(FlawCode::SpeakerMissing, &said.side, place));
            }
            continue;
        };
        if !known.speakers.is_empty() && !known.speakers.contains(speaker) {
            flaws.push(Flaw::at(FlawCode::SpeakerWrongteam, &said.side, place));
        }
        if let Some(reply) = rules.reply.as_ref().filter(|_| rules.is_reply(place)) {
            if reply.not_last && last == Some(speaker) {
                let code = FlawCode::ReplySpeakerConsecutive;
                flaws.push(Flaw::at(code, &said.side, place));
            }
            if reply.must_have_spoken && !spoke.contains(speaker) {
                let code = FlawCode::ReplySpeakerNotRepeat;
                flaws.push(Flaw::at(code, &said.side, place));
            }
            continue;
        }
        let marked = speech.is_some_and(|speech| speech.twice);
        if !spoke.insert(speaker) && !marked && !marked_before(rules, said, speaker, place) {
            flaws.push(Flaw::at(FlawCode::SpeakerRepeat, &said.side, place));
        }
        last = Some(speaker);
    }
}

/// All earlier speeches of the speaker are marked as given for somebody else, so that this one is the speaker's own.
fn marked_before(rules: &Rules, said: &BallotSide, speaker: &str, place: u8) -> bool {
    (1..place.min(rules.speeches.saturating_add(1)))
        .filter_map(|earlier| speech_at(said, earlier))
        .filter(|speech| speech.speaker.as_deref() == Some(speaker))
        .all(|speech| speech.twice)
}

fn check_stated(rules: &Rules, said: &BallotSide, flaws: &mut Vec<Flaw>) {
    if let (Some(stated), Some(sum)) = (said.stated, said.total(rules))
        && stated != sum
    {
        flaws.push(Flaw::of(FlawCode::TotalWrong, &said.side));
    }
}

/// Something ranked: where it stands on the sheet, its rank, its score in hundredths.
struct Ranked<'a> {
    side: &'a str,
    place: u8,
    rank: Option<u8>,
    score: Option<i32>,
}

fn check_speaker_ranks(rules: &Rules, ballot: &Ballot, flaws: &mut Vec<Flaw>) {
    let mut ranked = Vec::new();
    for said in ballot.sides.iter().filter(|said| !said.forfeit) {
        for place in 1..=rules.speeches {
            let speech = speech_at(said, place);
            ranked.push(Ranked {
                side: &said.side,
                place,
                rank: speech.and_then(|speech| speech.rank),
                score: speech
                    .and_then(|speech| speech.points(rules))
                    .filter(|_| rules.ranks_follow_scores),
            });
        }
    }
    check_ranks(&ranked, flaws);
}

fn check_ranks(ranked: &[Ranked<'_>], flaws: &mut Vec<Flaw>) {
    for (at, one) in ranked.iter().enumerate() {
        let Some(rank) = one.rank else {
            flaws.push(Flaw::at(FlawCode::RankMissing, one.side, one.place));
            continue;
        };
        if rank == 0 || usize::from(rank) > ranked.len() {
            flaws.push(Flaw::at(FlawCode::RankRange, one.side, one.place));
        }
        if ranked.iter().take(at).any(|other| other.rank == Some(rank)) {
            flaws.push(Flaw::at(FlawCode::RanksTied, one.side, one.place));
        }
        let too_high = ranked.iter().any(|other| {
            other.rank.is_some_and(|worse| worse > rank)
                && one
                    .score
                    .zip(other.score)
                    .is_some_and(|(own, theirs)| theirs > own)
        });
        if too_high {
            flaws.push(Flaw::at(FlawCode::RanksHigh, one.side, one.place));
        }
    }
}

fn check_outcome(rules: &Rules, ballot: &Ballot, flaws: &mut Vec<Flaw>) {
    match rules.sheet {
        Sheet::HighPoints | Sheet::TiedPoints | Sheet::LowPoints | Sheet::ResultOnly => {
            check_winner(rules, ballot, flaws);
            check_margin(rules, ballot, flaws);
        }
        Sheet::Ranking if rules.scored() => check_ranking(rules, ballot, flaws),
        Sheet::Ranking => check_ranks(&ranked_sides(rules, ballot), flaws),
        Sheet::Elimination => check_advancing(rules, ballot, flaws),
        Sheet::NoWinner | Sheet::Audience => {}
    }
}

/// The sides that stood and their totals.
fn standing(rules: &Rules, ballot: &Ballot) -> Vec<(String, Option<i32>)> {
    ballot
        .sides
        .iter()
        .filter(|said| !said.forfeit)
        .map(|said| (said.side.clone(), said.total(rules)))
        .collect()
}

fn check_winner(rules: &Rules, ballot: &Ballot, flaws: &mut Vec<Flaw>) {
    let standing = standing(rules, ballot);
    let declared = ballot.winner.as_deref();
    if declared.is_some_and(|winner| standing.iter().all(|(side, _)| side != winner)) {
        flaws.push(Flaw::whole(FlawCode::WrongWinner));
        return;
    }
    // Where all others gave up, who is left has won.
    if standing.len() <= 1 {
        return;
    }
    if declared.is_none() && (rules.sheet != Sheet::HighPoints || !rules.scored()) {
        flaws.push(Flaw::whole(FlawCode::WinnerMissing));
    }
    let totals: Option<Vec<i32>> = standing.iter().map(|(_, total)| *total).collect();
    let Some(highest) = totals.as_ref().and_then(|totals| totals.iter().max()) else {
        return;
    };
    let leaders: Vec<&str> = standing
        .iter()
        .filter(|(_, total)| total.as_ref() == Some(highest))
        .map(|(side, _)| side.as_str())
        .collect();
    if rules.sheet == Sheet::HighPoints && leaders.len() > 1 {
        flaws.push(Flaw::whole(FlawCode::Draw));
    } else if matches!(rules.sheet, Sheet::HighPoints | Sheet::TiedPoints)
        && declared.is_some_and(|winner| !leaders.contains(&winner))
    {
        flaws.push(Flaw::whole(FlawCode::WrongWinner));
    }
}

fn check_margin(rules: &Rules, ballot: &Ballot, flaws: &mut Vec<Flaw>) {
    let totals: Vec<i32> = totals(rules, ballot).into_iter().flatten().collect();
    if rules.max_margin <= 0 || totals.len() != ballot.sides.len() {
        return;
    }
    if let (Some(most), Some(least)) = (totals.iter().max(), totals.iter().min())
        && most.saturating_sub(*least) > rules.max_margin
    {
        flaws.push(Flaw::whole(FlawCode::MaxMargin));
    }
}

fn ranked_sides<'a>(rules: &Rules, ballot: &'a Ballot) -> Vec<Ranked<'a>> {
    ballot
        .sides
        .iter()
        .filter(|said| !said.forfeit)
        .map(|said| Ranked {
            side: &said.side,
            place: 0,
            rank: said.rank,
            score: said.total(rules),
        })
        .collect()
}

/// Totals must all differ; ranks, if the judge wrote any, must say the same.
fn check_ranking(rules: &Rules, ballot: &Ballot, flaws: &mut Vec<Flaw>) {
    let ranked = ranked_sides(rules, ballot);
    for one in &ranked {
        let same = |other: &&Ranked<'_>| one.score.is_some() && other.score == one.score;
        if ranked.iter().filter(same).count() > 1 {
            flaws.push(Flaw::of(FlawCode::TiedScore, one.side));
        }
    }
    if ranked.iter().any(|one| one.rank.is_some()) {
        check_ranks(&ranked, flaws);
    }
}

fn check_advancing(rules: &Rules, ballot: &Ballot, flaws: &mut Vec<Flaw>) {
    let named: BTreeSet<&String> = ballot.advancing.iter().collect();
    let may = |side: &String| ballot.side(side).is_some_and(|said| !said.forfeit);
    let right = named.len() == ballot.advancing.len()
        && named.len() == usize::from(rules.advancing)
        && named.into_iter().all(may);
    if !right {
        flaws.push(Flaw::whole(FlawCode::NumAdvancing));
    }
}
