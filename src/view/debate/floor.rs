//! The floor of a debate: what the whole hall may see. No seat, no factor, no motion before its release, and while any
//! speaker's time is stretched no length of a speech.

use std::collections::BTreeMap;

use super::clock::{self, Digits};
use super::shown::{
    FloorDebate, Place, PointCount, ShownFormat, ShownPoint, ShownResult, ShownSegment, ShownSide,
    ShownSwing, ShownTurn,
};
use crate::format::model::{Format, Kind};
use crate::meeting::command::VoteRound;
use crate::meeting::debate::clock::{Position, Running};
use crate::meeting::debate::state::{Debate, Points};
use crate::meeting::debate::{audience, judging};
use crate::meeting::state::Meeting;
use crate::meeting::watch::Watch;
use crate::results::{AudienceOutcome, Decision};

/// A debate as everyone sees it.
pub fn entry(meeting: &Meeting, debate: &Debate) -> FloorDebate {
    let digits = digits(meeting, debate);
    let clock = &debate.clock;
    let out = debate.released_at.is_some();
    let (speaking, next) = turns(meeting, debate);
    FloorDebate {
        format: format(debate, digits),
        motion: said(&debate.motion).filter(|_| out),
        slide: said(&debate.slide).filter(|_| out),
        released_at: debate.released_at,
        sides: sides(meeting, debate),
        stage: match clock.at {
            Position::Setup => Place::Setup,
            Position::Preparation => Place::Preparation,
            Position::Segment(_) => Place::Segment,
            Position::Over => Place::Over,
        },
        segment: clock.segment(),
        clock: clock::present(meeting, debate, digits),
        speaking,
        next,
        banks: banks(debate),
        free: free(debate, digits),
        point: debate.point.as_ref().map(|point| ShownPoint {
            side: point.side.clone(),
            name: name_at(meeting, debate, &point.side, point.place),
            clock: clock::plain(
                Watch {
                    spent_ms: 0,
                    since: Some(point.began),
                },
                point.ends.since(point.began),
                digits,
            ),
        }),
        points: counts(&debate.points),
        rings: debate.rings,
        vote: debate.vote,
        voted: voted(debate),
        swing: debate.swing_shown.then(|| swing(debate)),
        result: (debate.released && !debate.silent)
            .then(|| judging::decision(meeting, debate).ok())
            .flatten()
            .map(|decision| result(meeting, debate, &decision)),
        reactions: debate.reactions.clone(),
    }
}

/// Digits are hidden for all while any speaker's time is stretched.
pub fn digits(meeting: &Meeting, debate: &Debate) -> Digits {
    if meeting.has_factors(debate) {
        Digits::Hidden
    } else {
        Digits::Shown
    }
}

pub fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn format(debate: &Debate, digits: Digits) -> ShownFormat {
    let format = &debate.format;
    let segments = (0..format.segments.len()).filter_map(|index| u8::try_from(index).ok());
    ShownFormat {
        id: format.id.clone(),
        name: format.name.clone(),
        names: format.names.clone(),
        counts: format.counts,
        speakers: format.speakers,
        sides: format.sides.clone(),
        segments: segments
            .filter_map(|index| segment(debate, index, digits))
            .collect(),
        phases: phases(format),
        points_from_seats: format.points.from_seats.then_some(true),
        audience_vote: format.audience_vote.then_some(true),
        preparation_s: format.preparation.as_ref().map(|part| part.length_s),
        bank_s: (format.bank_s > 0).then_some(format.bank_s),
    }
}

fn segment(debate: &Debate, index: u8, digits: Digits) -> Option<ShownSegment> {
    let segment = debate.segment(index)?;
    Some(ShownSegment {
        name: segment.name.clone(),
        names: segment.names.clone(),
        kind: segment.kind,
        owner: debate.owner(index).to_owned(),
        place: (segment.place > 0).then_some(segment.place),
        length_s: (digits == Digits::Shown).then_some(segment.length_s),
    })
}

fn phases(format: &Format) -> BTreeMap<String, BTreeMap<String, String>> {
    let own = format
        .phases
        .iter()
        .filter(|(id, _)| !crate::format::phases::is_built_in(id));
    own.map(|(id, phase)| {
        let mut names = phase.names.clone();
        names.insert("en".to_owned(), phase.name.clone());
        (id.clone(), names)
    })
    .collect()
}

fn sides(meeting: &Meeting, debate: &Debate) -> BTreeMap<String, ShownSide> {
    let sides = debate.format.sides.iter().map(|side| {
        let id = debate.teams.get(&side.id).copied();
        let team = id.and_then(|id| meeting.teams.get(&id));
        let places = 1..=debate.format.speakers;
        let taken = |place: &u8| {
            team.and_then(|team| team.places.get(place))
                .is_some_and(|speaker| speaker.seat.is_some())
        };
        let shown = ShownSide {
            team: team.map(|team| team.name.clone()),
            team_id: id,
            speakers: team
                .into_iter()
                .flat_map(|team| &team.places)
                .map(|(place, speaker)| (*place, speaker.name.clone()))
                .collect(),
            free: if team.is_some() {
                places.filter(|place| !taken(place)).collect()
            } else {
                Vec::new()
            },
        };
        (side.id.clone(), shown)
    });
    sides.collect()
}

/// Who has the floor, and who comes next.
fn turns(meeting: &Meeting, debate: &Debate) -> (Option<ShownTurn>, Option<ShownTurn>) {
    let first = Some(0).filter(|_| debate.segment(0).is_some());
    let (now, next) = match debate.clock.at {
        Position::Setup | Position::Preparation => (None, first),
        Position::Over => (None, None),
        Position::Segment(index) => {
            let following = index.checked_add(1);
            match debate.clock.running {
                Running::Ready => (None, Some(index)),
                Running::Done => (None, following),
                Running::Running | Running::Paused | Running::Interpreting => {
                    (Some(index), following)
                }
            }
        }
    };
    let shown = |index: u8| turn(meeting, debate, index);
    (now.and_then(shown), next.and_then(shown))
}

/// Whose turn a segment is.
pub fn turn(meeting: &Meeting, debate: &Debate, index: u8) -> Option<ShownTurn> {
    let segment = debate.segment(index)?;
    if matches!(
        segment.kind,
        Kind::Preparation | Kind::Deliberation | Kind::Vote
    ) {
        return Some(ShownTurn {
            segment: index,
            side: None,
            place: None,
            name: None,
            team: None,
            twice: None,
        });
    }
    let whose = meeting.whose(debate, index);
    let team = whose.team.and_then(|team| meeting.teams.get(&team));
    Some(ShownTurn {
        segment: index,
        name: said(&whose.name),
        team: team.map(|team| team.name.clone()),
        twice: whose.twice.then_some(true),
        place: whose.place,
        side: whose.side,
    })
}

fn name_at(meeting: &Meeting, debate: &Debate, side: &str, place: u8) -> Option<String> {
    let team = meeting.teams.get(debate.teams.get(side)?)?;
    said(&team.places.get(&place)?.name)
}

fn banks(debate: &Debate) -> BTreeMap<String, super::Clock> {
    if debate.format.bank_s == 0 {
        return BTreeMap::new();
    }
    let length = i64::from(debate.format.bank_s) * 1_000;
    let of = |side: &str| debate.clock.banks.get(side).copied().unwrap_or_default();
    let sides = debate.format.sides.iter();
    sides
        .map(|side| {
            let bank = clock::plain(of(&side.id), length, Digits::Shown);
            (side.id.clone(), bank)
        })
        .collect()
}

fn free(debate: &Debate, digits: Digits) -> BTreeMap<String, super::Clock> {
    let part = debate.clock.part(&debate.format);
    let Some(part) = part.filter(|part| part.kind == Kind::Free && part.each_s > 0) else {
        return BTreeMap::new();
    };
    let length = i64::from(part.each_s) * 1_000;
    let of = |side: &str| debate.clock.free.get(side).copied().unwrap_or_default();
    let sides = debate.format.sides.iter();
    sides
        .map(|side| (side.id.clone(), clock::plain(of(&side.id), length, digits)))
        .collect()
}

fn counts(points: &BTreeMap<String, Points>) -> BTreeMap<String, PointCount> {
    let counts = points.iter();
    counts
        .map(|(side, points)| (side.clone(), count(points)))
        .collect()
}

pub fn count(points: &Points) -> PointCount {
    PointCount {
        offered: points.offered,
        taken: points.taken,
    }
}

/// How many voted, by round.
pub fn voted(debate: &Debate) -> BTreeMap<VoteRound, u32> {
    [VoteRound::Before, VoteRound::After]
        .into_iter()
        .map(|round| (round, debate.voted(round)))
        .filter(|(_, count)| *count > 0)
        .map(|(round, count)| (round, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect()
}

/// Who changed their mind.
pub fn swing(debate: &Debate) -> ShownSwing {
    let swing = audience::changed_minds(debate);
    let mut flow: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for moved in swing.flow.iter().flatten() {
        let row = flow.entry(moved.from.clone()).or_default();
        row.insert(moved.to.clone(), moved.count);
    }
    let of = |tally: &crate::results::Tally| tally.choice.clone();
    ShownSwing {
        before: swing
            .tallies
            .iter()
            .map(|one| (of(one), one.before))
            .collect(),
        after: swing
            .tallies
            .iter()
            .map(|one| (of(one), one.after))
            .collect(),
        flow: swing.flow.is_some().then_some(flow),
        gains: swing
            .gains
            .iter()
            .map(|gain| (gain.side.clone(), gain.points / 10))
            .collect(),
        winner: match swing.outcome {
            AudienceOutcome::Winner { side } => Some(side),
            AudienceOutcome::Tie { .. } | AudienceOutcome::Nothing {} => None,
        },
    }
}

/// A decision as the hall sees it; points of teams are nobody's business in a minors' meeting.
pub fn result(meeting: &Meeting, debate: &Debate, decision: &Decision) -> ShownResult {
    let sides = decision.sides.iter();
    let several = debate.format.sides.len() > 2;
    ShownResult {
        winner: decision.winner.clone(),
        ranks: sides
            .clone()
            .filter(|_| several)
            .filter_map(|side| Some((side.side.clone(), side.rank?)))
            .collect(),
        votes: sides
            .clone()
            .filter(|side| side.votes_possible > 0)
            .filter_map(|side| Some((side.side.clone(), u8::try_from(side.votes_given).ok()?)))
            .collect(),
        judges: u8::try_from(debate.judges.len()).unwrap_or(u8::MAX),
        totals: sides
            .filter(|_| !meeting.minors)
            .filter_map(|side| {
                let score = side.score?.rounded();
                Some((side.side.clone(), u32::try_from(score).ok()?))
            })
            .collect(),
    }
}
