//! One's own part in a debate: a speaker's place and clock, a judge's ballot, an alias's votes.

use std::collections::BTreeMap;

use super::chair;
use super::clock::{self, Digits};
use super::floor;
use super::shown::{Flaw, MyDebate, MyJudging};
use crate::meeting::command::{Ballot, VoteRound};
use crate::meeting::debate::audience::UNDECIDED;
use crate::meeting::debate::clock::Running;
use crate::meeting::debate::judging;
use crate::meeting::debate::state::Debate;
use crate::meeting::ids::{AliasId, SeatId};
use crate::meeting::state::Meeting;
use crate::results::{Rules, ScoreRange, Sheet};

/// What a seat sees of its part; `None`: it has none.
pub fn of_seat(meeting: &Meeting, debate: &Debate, seat: SeatId) -> Option<MyDebate> {
    let place = debate.place_of(meeting, seat);
    let claim = claimed(meeting, debate, seat);
    let judge = debate
        .judges
        .contains(&seat)
        .then(|| judging(meeting, debate, seat))
        .flatten();
    if place.is_none() && claim.is_none() && judge.is_none() {
        return None;
    }
    let mut mine = MyDebate {
        claimed: (place.is_none() && claim.is_some()).then_some(true),
        judge,
        ..nothing()
    };
    if let Some((side, team, number)) = place.clone().or(claim) {
        mine.side = Some(side);
        mine.team = Some(team);
        mine.place = Some(number);
    }
    if let Some((side, _, number)) = place {
        speaker(meeting, debate, seat, &side, &mut mine);
        let own = debate.own_points.get(&(side, number));
        mine.points = own.map(floor::count);
        if debate.motions_offered {
            mine.motions = chair::proposals(debate);
        }
    }
    Some(mine)
}

/// What an alias sees: how it voted.
pub fn of_alias(debate: &Debate, alias: AliasId) -> Option<MyDebate> {
    let votes = debate.votes.get(&alias)?;
    let rounds = [VoteRound::Before, VoteRound::After];
    let cast: BTreeMap<VoteRound, String> = rounds
        .into_iter()
        .filter_map(|round| {
            let side = votes.of(round)?.clone();
            Some((round, side.unwrap_or(UNDECIDED.to_owned())))
        })
        .collect();
    Some(MyDebate {
        votes: cast,
        ..nothing()
    })
}

fn nothing() -> MyDebate {
    MyDebate {
        side: None,
        team: None,
        place: None,
        claimed: None,
        speaking: None,
        next: None,
        clock: None,
        factor: None,
        may_offer: None,
        offered: None,
        offers: BTreeMap::new(),
        points: None,
        motions: BTreeMap::new(),
        judge: None,
        votes: BTreeMap::new(),
    }
}

fn claimed(
    meeting: &Meeting,
    debate: &Debate,
    seat: SeatId,
) -> Option<(String, crate::meeting::ids::TeamId, u8)> {
    debate.teams.iter().find_map(|(side, id)| {
        let team = meeting.teams.get(id)?;
        let mut claims = team.claims.iter();
        let (place, _) = claims.find(|(_, claims)| claims.contains_key(&seat))?;
        Some((side.clone(), *id, *place))
    })
}

fn speaker(meeting: &Meeting, debate: &Debate, seat: SeatId, side: &str, mine: &mut MyDebate) {
    let clock = &debate.clock;
    let at = clock.segment();
    let has = |index: u8| meeting.whose(debate, index).seat == Some(seat);
    let runs = matches!(
        clock.running,
        Running::Running | Running::Paused | Running::Interpreting
    );
    let speaks = runs && at.is_some_and(has);
    let coming = match at {
        None if clock.running != Running::Done || clock.part(&debate.format).is_some() => Some(0),
        None => None,
        Some(index) if clock.running == Running::Ready => Some(index),
        Some(index) => index.checked_add(1),
    };
    let next = coming.filter(|index| debate.segment(*index).is_some() && has(*index));
    mine.speaking = speaks.then_some(true);
    mine.next = next.map(|_| true);
    let whose = at.map(|index| meeting.whose(debate, index));
    let factor = own_factor(meeting, debate, seat);
    mine.factor = (factor != 100).then_some(factor);
    if meeting.has_factors(debate) {
        mine.clock = if speaks {
            Some(clock::present(meeting, debate, Digits::Shown))
        } else {
            next.and_then(|index| debate.segment(index))
                .map(|part| clock::to_come(debate, part, factor))
        };
    }
    if speaks {
        let offers = debate.offers.iter();
        mine.offers = offers
            .map(|(side, offer)| (side.clone(), offer.at))
            .collect();
    }
    let other = whose
        .and_then(|whose| whose.side)
        .is_some_and(|speaking| speaking != side);
    let offered = debate.offers.get(side);
    mine.offered = offered
        .filter(|offer| offer.seat == seat)
        .map(|offer| offer.at);
    let may = debate.format.points.from_seats
        && other
        && offered.is_none()
        && debate.point.is_none()
        && clock.running == Running::Running;
    mine.may_offer = may.then_some(true);
}

fn own_factor(meeting: &Meeting, debate: &Debate, seat: SeatId) -> u16 {
    let of_seat = meeting.factors.get(&seat).copied();
    let of_place = debate
        .place_of(meeting, seat)
        .and_then(|(_, team, place)| meeting.teams.get(&team)?.factors.get(&place).copied());
    of_seat.into_iter().chain(of_place).max().unwrap_or(100)
}

fn judging(meeting: &Meeting, debate: &Debate, seat: SeatId) -> Option<MyJudging> {
    let rules = judging::effective_rules(debate)?;
    let sheet = debate.sheets.get(&seat);
    let empty = Ballot::default();
    let ballot = sheet.map_or(&empty, |sheet| &sheet.ballot);
    let alone = debate.judges.len() == 1;
    Some(MyJudging {
        chair: (debate.judges.first() == Some(&seat)).then_some(true),
        together: judging::agrees(debate).then_some(true),
        state: chair::state(sheet),
        ballot: sheet.map(|sheet| sheet.ballot.clone()),
        flaws: flaws(meeting, debate, &rules, seat, ballot),
        speech: rules.range_at(1).map(range),
        reply: rules.range_at(rules.speeches.saturating_add(1)).map(range),
        declares: declares(rules.sheet).then_some(true),
        ranks: (rules.sheet == Sheet::Ranking && !rules.scored()).then_some(true),
        to_confirm: debate
            .sheets
            .iter()
            .filter(|(judge, one)| **judge != seat && one.handed_in && !one.confirmed)
            .map(|(judge, one)| (*judge, one.ballot.clone()))
            .collect(),
        reads_back: alone.then_some(true),
    })
}

fn declares(sheet: Sheet) -> bool {
    matches!(
        sheet,
        Sheet::TiedPoints | Sheet::LowPoints | Sheet::ResultOnly
    )
}

fn range(range: ScoreRange) -> (u32, u32, u32) {
    let part = |value: i32| u32::try_from(value).unwrap_or(0);
    (part(range.least), part(range.most), part(range.step))
}

/// What is still wrong, by the segment it is about.
fn flaws(
    meeting: &Meeting,
    debate: &Debate,
    rules: &Rules,
    seat: SeatId,
    ballot: &Ballot,
) -> Vec<Flaw> {
    let flaws = judging::flaws(meeting, debate, rules, seat, ballot);
    flaws
        .into_iter()
        .map(|flaw| {
            let code = serde_json::to_value(flaw.code).ok();
            let segments = judging::on_sheet(debate, &flaw.side);
            let index = usize::from(flaw.place).checked_sub(1);
            Flaw {
                code: code
                    .as_ref()
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                segment: index.and_then(|index| segments.get(index).copied()),
                side: floor::said(&flaw.side),
            }
        })
        .collect()
}
