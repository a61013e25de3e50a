//! Ballots: saved as drafts, handed in when they are sound, confirmed by a second person, and the result that is released.
//! What is sound, and who won, says `results`; here stands who may do what, and how a ballot by segments becomes a sheet by sides.

use super::fact::DebateFact as F;
use super::state::{Debate, Sheet};
use super::{Facts, chairs, find, seat_of};
use crate::format::model::Kind;
use crate::meeting::command::{Ballot, Mark};
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;
use crate::results::{
    self, BallotSide, BallotSpeech, Ballots, Bench, Bout, BoutSide, Decision, Judge, Rules,
    Undecided,
};

/// Longest remark in graphemes.
const REMARK: usize = 1_000;
/// Most marks of a ballot.
const MARKS: usize = 64;

/// The rules it is scored by. Refusal: `wrong_state` where it is not scored.
fn rules(debate: &Debate) -> Result<Rules, Refusal> {
    effective_rules(debate)
        .ok_or_else(|| Refusal::because(Code::WrongState, "this debate is not scored by judges"))
}

/// The rules, with what the chair set for this debate: whether the panel agrees on one ballot.
#[must_use]
pub fn effective_rules(debate: &Debate) -> Option<Rules> {
    let mut rules = debate.rules.clone()?;
    if debate.together {
        rules.ballots = Ballots::Consensus;
    }
    Some(rules)
}

/// Whether the panel agrees on one ballot, handed in by its chair.
#[must_use]
pub fn agrees(debate: &Debate) -> bool {
    effective_rules(debate).is_some_and(|rules| rules.ballots == Ballots::Consensus)
}

/// Saves a draft, or hands the ballot in.
///
/// Refusals: `not_found`, `not_allowed` (no judge of this debate, or the panel's chair hands in), `wrong_state` (confirmed
/// already, or not sound; the detail says why), `too_long`, `too_many`, `out_of_range`.
pub fn save(
    meeting: &Meeting,
    activity: ActivityId,
    ballot: &Ballot,
    step: Step,
    ctx: &Context,
) -> Facts {
    let debate = find(meeting, activity)?;
    let seat = seat_of(ctx)?;
    if !debate.judges.contains(&seat) {
        return Err(Refusal::because(
            Code::NotAllowed,
            "you do not judge this debate",
        ));
    }
    let rules = rules(debate)?;
    if agrees(debate) && debate.judges.first() != Some(&seat) && step == Step::HandIn {
        return Err(Refusal::because(
            Code::NotAllowed,
            "the chair of the panel hands in the ballot",
        ));
    }
    let is = debate.sheets.get(&seat);
    if is.is_some_and(|sheet| sheet.confirmed) || (debate.released && step == Step::HandIn) {
        return Err(Refusal::because(
            Code::WrongState,
            "the ballot is confirmed",
        ));
    }
    let ballot = fit(debate, ballot)?;
    if step == Step::HandIn {
        let flaws = flaws(meeting, debate, &rules, seat, &ballot);
        if let Some(flaw) = flaws.first() {
            let code = serde_json::to_value(flaw.code).unwrap_or_default();
            return Err(Refusal::because(
                Code::WrongState,
                code.as_str().unwrap_or("unsound").to_owned(),
            ));
        }
    }
    let handed_in = step == Step::HandIn;
    if is.is_some_and(|sheet| sheet.ballot == ballot && sheet.handed_in == handed_in) {
        return Ok(vec![]);
    }
    Ok(vec![F::BallotSaved {
        activity,
        judge: seat,
        ballot: Box::new(ballot),
        handed_in,
    }])
}

/// What is done with a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Draft,
    HandIn,
}

/// Its texts cleaned; nothing about segments and sides that are not there.
fn fit(debate: &Debate, ballot: &Ballot) -> Result<Ballot, Refusal> {
    if ballot.marks.len() > MARKS || ballot.ranks.len() > MARKS {
        fitting::room(MARKS, MARKS)?;
    }
    let remark = |text: &Option<String>| -> Result<Option<String>, Refusal> {
        let text = fitting::lines_or_nothing(text.as_deref().unwrap_or_default(), REMARK)?;
        Ok((!text.is_empty()).then_some(text))
    };
    let mut fit = Ballot {
        winner: ballot.winner.clone().filter(|side| debate.has_side(side)),
        remark: remark(&ballot.remark)?,
        ..Ballot::default()
    };
    for (side, rank) in ballot
        .ranks
        .iter()
        .filter(|(side, _)| debate.has_side(side))
    {
        fit.ranks.insert(side.clone(), *rank);
    }
    for (segment, mark) in &ballot.marks {
        if debate.segment(*segment).is_none() {
            continue;
        }
        if mark.score.is_some_and(|score| score > 100_000) {
            return Err(Code::OutOfRange.into());
        }
        let mark = Mark {
            remark: remark(&mark.remark)?,
            twice: mark.twice.filter(|twice| *twice),
            ..mark.clone()
        };
        fit.marks.insert(*segment, mark);
    }
    Ok(fit)
}

/// The debate as `results` sees it.
#[must_use]
pub fn bout(meeting: &Meeting, debate: &Debate) -> Bout {
    let sides = debate.format.sides.iter().map(|side| {
        let team = debate.teams.get(&side.id);
        let places = 1..=debate.format.speakers.max(1);
        BoutSide {
            side: side.id.clone(),
            team: team.map(ToString::to_string).unwrap_or_default(),
            speakers: places.map(|place| place.to_string()).collect(),
        }
    });
    let _ = meeting;
    let judges = debate.judges.iter().enumerate().map(|(index, seat)| Judge {
        id: seat.to_string(),
        bench: if index == 0 {
            Bench::Chair
        } else {
            Bench::Panellist
        },
    });
    Bout {
        sides: sides.collect(),
        judges: judges.collect(),
        ..Bout::default()
    }
}

/// The segments of a side that stand on its sheet, in the order of the sheet: speeches, then the reply.
#[must_use]
pub fn on_sheet(debate: &Debate, side: &str) -> Vec<u8> {
    let of = |kind: Kind| {
        let segments = debate.format.segments.iter().enumerate();
        segments
            .filter(move |(_, segment)| segment.kind == kind)
            .filter_map(|(index, _)| u8::try_from(index).ok())
            .filter(|index| debate.owner(*index) == side)
            .collect::<Vec<_>>()
    };
    of(Kind::Speech)
        .into_iter()
        .chain(of(Kind::Reply))
        .collect()
}

/// A ballot by segments as a sheet by sides.
#[must_use]
pub fn sheet(
    meeting: &Meeting,
    debate: &Debate,
    rules: &Rules,
    judge: SeatId,
    ballot: &Ballot,
) -> results::Ballot {
    let sides = debate.format.sides.iter().map(|side| {
        let mut speeches: Vec<BallotSpeech> = on_sheet(debate, &side.id)
            .into_iter()
            .map(|segment| speech(meeting, debate, segment, ballot.marks.get(&segment)))
            .collect();
        speeches.resize(usize::from(rules.places()), BallotSpeech::default());
        BallotSide {
            side: side.id.clone(),
            speeches,
            rank: ballot.ranks.get(&side.id).copied(),
            ..BallotSide::default()
        }
    });
    results::Ballot {
        judge: judge.to_string(),
        sides: sides.collect(),
        winner: ballot.winner.clone(),
        remarks: ballot.remark.clone().unwrap_or_default(),
        ..results::Ballot::default()
    }
}

/// Unless the judge says otherwise the speaker is whom the side sent.
fn speech(meeting: &Meeting, debate: &Debate, segment: u8, mark: Option<&Mark>) -> BallotSpeech {
    let whose = meeting.whose(debate, segment);
    let said = mark.map(|mark| mark.place).filter(|place| *place > 0);
    BallotSpeech {
        speaker: said.or(whose.place).map(|place| place.to_string()),
        score: mark
            .and_then(|mark| mark.score)
            .and_then(|score| i32::try_from(score).ok()),
        twice: mark.and_then(|mark| mark.twice).unwrap_or(whose.twice),
        remarks: mark
            .and_then(|mark| mark.remark.clone())
            .unwrap_or_default(),
        ..BallotSpeech::default()
    }
}

/// What is wrong with a ballot.
#[must_use]
pub fn flaws(
    meeting: &Meeting,
    debate: &Debate,
    rules: &Rules,
    judge: SeatId,
    ballot: &Ballot,
) -> Vec<results::Flaw> {
    let sheet = sheet(meeting, debate, rules, judge, ballot);
    results::check(rules, &bout(meeting, debate), &sheet)
}

/// A second person has read it; where there is one judge alone and no chair but them, that judge reads it back.
///
/// Refusals: `not_found`, `not_allowed` (one's own), `wrong_state` (not handed in).
pub fn confirm(meeting: &Meeting, activity: ActivityId, judge: SeatId, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    let seat = seat_of(ctx)?;
    let judges = debate.judges.contains(&seat);
    if !judges && !chairs(meeting, debate, ctx.actor) {
        return Err(Refusal::because(
            Code::NotAllowed,
            "another judge or the chair of the debate confirms",
        ));
    }
    if seat == judge && debate.judges.len() > 1 {
        return Err(Refusal::because(
            Code::NotAllowed,
            "a second person has to confirm it",
        ));
    }
    let sheet = debate.sheets.get(&judge).ok_or(Code::NotFound)?;
    if !sheet.handed_in {
        return Err(Refusal::because(Code::WrongState, "it is not handed in"));
    }
    Ok(if sheet.confirmed {
        vec![]
    } else {
        vec![F::BallotConfirmed { activity, judge }]
    })
}

/// Refusals: `not_found`, `wrong_state` (the result is out).
pub fn give_back(meeting: &Meeting, activity: ActivityId, judge: SeatId) -> Facts {
    let debate = find(meeting, activity)?;
    let sheet = debate.sheets.get(&judge).ok_or(Code::NotFound)?;
    if debate.released {
        return Err(Refusal::because(Code::WrongState, "the result is out"));
    }
    Ok(if sheet.handed_in {
        vec![F::BallotReturned { activity, judge }]
    } else {
        vec![]
    })
}

/// What the confirmed ballots come to.
///
/// # Errors
/// What is missing.
pub fn decision(meeting: &Meeting, debate: &Debate) -> Result<Decision, Undecided> {
    let Some(rules) = effective_rules(debate) else {
        return Err(Undecided::NoJudge {});
    };
    let sheets: Vec<results::Ballot> = debate
        .sheets
        .iter()
        .filter(|(_, one)| one.confirmed)
        .map(|(judge, one)| sheet(meeting, debate, &rules, *judge, &one.ballot))
        .collect();
    results::decision(&rules, &bout(meeting, debate), &sheets)
}

/// Refusals: `not_found`, `wrong_state` (ballots are missing, or the audience's votes).
pub fn release(meeting: &Meeting, activity: ActivityId, on: bool) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.released == on {
        return Ok(vec![]);
    }
    if on && let Err(undecided) = decision(meeting, debate) {
        return Err(Refusal::because(Code::WrongState, undecided.to_string()));
    }
    Ok(vec![F::ResultReleased { activity, on }])
}

pub fn apply_to(debate: &mut Debate, fact: &F) {
    match fact {
        F::BallotSaved {
            judge,
            ballot,
            handed_in,
            ..
        } => {
            let sheet = Sheet {
                ballot: (**ballot).clone(),
                handed_in: *handed_in,
                confirmed: false,
            };
            debate.sheets.insert(*judge, sheet);
        }
        F::BallotConfirmed { judge, .. } => {
            if let Some(sheet) = debate.sheets.get_mut(judge) {
                sheet.confirmed = true;
            }
        }
        F::BallotReturned { judge, .. } => {
            if let Some(sheet) = debate.sheets.get_mut(judge) {
                sheet.handed_in = false;
                sheet.confirmed = false;
            }
        }
        F::ResultReleased { on, .. } => debate.released = *on,
        _ => {}
    }
}
