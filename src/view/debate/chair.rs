//! What a debate's chair sees besides the floor, and the host's board of all debates. Seats stand here by id.

use std::collections::BTreeMap;

use super::clock::{self, Digits};
use super::floor;
use super::shown::{
    BallotState, BoardDebate, ChairDebate, ChairJudge, ChairPlace, ChairSide, DeskTeam, ShownMotion,
};
use crate::meeting::debate::judging;
use crate::meeting::debate::motions;
use crate::meeting::debate::state::{Debate, Sheet, Team};
use crate::meeting::ids::{MotionId, SeatId, TeamId};
use crate::meeting::state::Meeting;

/// The chair's part of a debate.
pub fn entry(meeting: &Meeting, debate: &Debate) -> ChairDebate {
    ChairDebate {
        format: Some(debate.format.clone()),
        motion: floor::said(&debate.motion),
        slide: floor::said(&debate.slide),
        clock: clock::present(meeting, debate, Digits::Shown),
        sides: sides(meeting, debate),
        offers: debate
            .offers
            .iter()
            .map(|(side, offer)| (side.clone(), offer.at))
            .collect(),
        points: points(debate),
        chairs: debate.chairs.iter().copied().collect(),
        judges: judges(meeting, debate),
        motions: proposals(debate),
        motions_offered: debate.motions_offered.then_some(true),
        favoured: motions::favoured(debate),
        voted: floor::voted(debate),
        swing: (debate.vote.is_none() && !debate.votes.is_empty()).then(|| floor::swing(debate)),
        result: judging::decision(meeting, debate)
            .ok()
            .map(|decision| floor::result(meeting, debate, &decision)),
        result_released: debate.released.then_some(true),
        silent: debate.silent.then_some(true),
        together: judging::agrees(debate).then_some(true),
        scored_by: debate.rules.as_ref().map(|rules| rules.id.clone()),
        needs_help: debate.needs_help,
    }
}

fn sides(meeting: &Meeting, debate: &Debate) -> BTreeMap<String, ChairSide> {
    let sides = debate.format.sides.iter().map(|side| {
        let id = debate.teams.get(&side.id).copied();
        let team = id.and_then(|id| meeting.teams.get(&id));
        let shown = ChairSide {
            team: id,
            name: team.map(|team| team.name.clone()),
            from: team.and_then(|team| floor::said(&team.from)),
            places: team
                .map(|team| places(meeting, debate, team))
                .unwrap_or_default(),
        };
        (side.id.clone(), shown)
    });
    sides.collect()
}

fn places(meeting: &Meeting, debate: &Debate, team: &Team) -> BTreeMap<u8, ChairPlace> {
    let most = team
        .places
        .keys()
        .chain(team.claims.keys())
        .copied()
        .max()
        .unwrap_or(0)
        .max(debate.format.speakers);
    (1..=most)
        .map(|place| {
            let speaker = team.places.get(&place);
            let seat = speaker.and_then(|speaker| speaker.seat);
            let of_seat = seat.and_then(|seat| meeting.factors.get(&seat));
            let factor = team.factors.get(&place).into_iter().chain(of_seat).max();
            let shown = ChairPlace {
                name: speaker.and_then(|speaker| floor::said(&speaker.name)),
                seat,
                factor: factor.copied().filter(|percent| *percent != 100),
                claims: team.claims.get(&place).cloned().unwrap_or_default(),
            };
            (place, shown)
        })
        .collect()
}

fn points(debate: &Debate) -> BTreeMap<String, BTreeMap<u8, super::PointCount>> {
    let mut points: BTreeMap<String, BTreeMap<u8, super::PointCount>> = BTreeMap::new();
    for ((side, place), own) in &debate.own_points {
        let of_side = points.entry(side.clone()).or_default();
        of_side.insert(*place, floor::count(own));
    }
    points
}

fn judges(meeting: &Meeting, debate: &Debate) -> Vec<ChairJudge> {
    let judges = debate.judges.iter().map(|seat| {
        let sheet = debate.sheets.get(seat);
        let person = meeting.seats.get(seat);
        let teams = debate.teams.values();
        let conflict = teams
            .filter_map(|team| meeting.teams.get(team))
            .any(|team| team.conflicts.contains(seat));
        ChairJudge {
            seat: *seat,
            name: person.and_then(|person| floor::said(&person.name)),
            ballot: state(sheet),
            conflict: conflict.then_some(true),
            handed_in: sheet
                .filter(|sheet| sheet.handed_in)
                .map(|sheet| sheet.ballot.clone()),
        }
    });
    judges.collect()
}

/// How far a ballot has come.
pub fn state(sheet: Option<&Sheet>) -> BallotState {
    match sheet {
        None => BallotState::Empty,
        Some(sheet) if sheet.confirmed => BallotState::Confirmed,
        Some(sheet) if sheet.handed_in => BallotState::HandedIn,
        Some(_) => BallotState::Draft,
    }
}

/// The motions proposed, with what the sides said of them.
pub fn proposals(debate: &Debate) -> BTreeMap<MotionId, ShownMotion> {
    let proposals = debate.motions.iter().map(|(id, proposal)| {
        let vetoes = debate.vetoes.iter();
        let shown = ShownMotion {
            text: proposal.text.clone(),
            slide: floor::said(&proposal.slide),
            question: proposal.question,
            ranks: motions::ranks_of(debate, *id),
            vetoes: vetoes
                .filter(|(_, motion)| *motion == id)
                .map(|(side, _)| side.clone())
                .collect(),
        };
        (*id, shown)
    });
    proposals.collect()
}

/// A debate on the host's board.
pub fn board(meeting: &Meeting, debate: &Debate) -> BoardDebate {
    let claims = debate
        .teams
        .values()
        .filter_map(|team| meeting.teams.get(team))
        .flat_map(|team| team.claims.values())
        .map(BTreeMap::<SeatId, String>::len)
        .sum::<usize>();
    let handed = debate
        .sheets
        .values()
        .filter(|sheet| sheet.handed_in)
        .count();
    BoardDebate {
        needs_help: debate.needs_help,
        claims: u32::try_from(claims).unwrap_or(u32::MAX),
        ballots: u8::try_from(handed).unwrap_or(u8::MAX),
        judges: u8::try_from(debate.judges.len()).unwrap_or(u8::MAX),
    }
}

/// A team on the host's board.
pub fn team(meeting: &Meeting, id: TeamId, team: &Team) -> DeskTeam {
    DeskTeam {
        name: team.name.clone(),
        from: floor::said(&team.from),
        debates: meeting
            .debates_of(id)
            .map(|(activity, side)| (activity, side.to_owned()))
            .collect(),
        wins: 0,
        score: 0,
        rank: None,
    }
}
