//! Who sits where: moving people, swapping two, merging and splitting tables, choosing a table, and the place for whoever
//! comes late. Nobody who already sits is moved for somebody else's sake.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, GROUPS, duties, find_group, find_work};
use crate::meeting::command::How;
use crate::meeting::fact::GroupFact;
use crate::meeting::fitting;
use crate::meeting::groups::fact::Moved;
use crate::meeting::groups::setting;
use crate::meeting::groups::state::{Group, Work};
use crate::meeting::ids::{ActivityId, GroupId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{Meeting, Openness, Seat};
use crate::meeting::wish::Context;

/// Moves people to a group, or out of all.
///
/// Refusals: `not_found` (activity, group or seat), `wrong_state` (nobody sits yet).
pub fn move_seats(
    meeting: &Meeting,
    activity: ActivityId,
    seats: &[SeatId],
    to: Option<GroupId>,
    ctx: &Context,
) -> Facts {
    let work = published(meeting, activity)?;
    if let Some(to) = to {
        belongs(meeting, activity, to)?;
    }
    let mut moves = Vec::new();
    for seat in seats.iter().collect::<BTreeSet<_>>() {
        meeting.seated(*seat)?;
        moves.push(Moved {
            seat: *seat,
            from: work.seats.get(seat).copied(),
            to,
        });
    }
    Ok(carried_out(meeting, activity, work, moves, ctx))
}

/// Two people change places. Refusals: `not_found`, `wrong_state` (one of them sits nowhere).
pub fn swap(
    meeting: &Meeting,
    activity: ActivityId,
    one: SeatId,
    other: SeatId,
    ctx: &Context,
) -> Facts {
    let work = published(meeting, activity)?;
    let (Some(at), Some(there)) = (work.seats.get(&one), work.seats.get(&other)) else {
        return Err(Refusal::because(
            Code::WrongState,
            "one of them sits nowhere",
        ));
    };
    let moves = vec![
        Moved {
            seat: one,
            from: Some(*at),
            to: Some(*there),
        },
        Moved {
            seat: other,
            from: Some(*there),
            to: Some(*at),
        },
    ];
    Ok(carried_out(meeting, activity, work, moves, ctx))
}

/// Everybody of `from`, and what they made, goes to `into`. Refusals: `not_found`, `wrong_state` (the same, or of another activity).
pub fn merge(meeting: &Meeting, from: GroupId, into: GroupId, ctx: &Context) -> Facts {
    let (source, target) = (find_group(meeting, from)?, find_group(meeting, into)?);
    if from == into || source.activity != target.activity {
        return Err(Refusal::because(
            Code::WrongState,
            "they are not two groups of one activity",
        ));
    }
    let work = find_work(meeting, source.activity)?;
    let moves = source.places.keys().map(|seat| Moved {
        seat: *seat,
        from: Some(from),
        to: Some(into),
    });
    let mut facts = carried_out(meeting, source.activity, work, moves.collect(), ctx);
    facts.push(GroupFact::Merged { from, into });
    facts.push(GroupFact::Removed { group: from });
    Ok(facts)
}

/// Some of a group become a new one. Refusals: `not_found`, `wrong_state` (nobody of them sits there), `exists`, `too_many`.
pub fn split(
    meeting: &Meeting,
    group: GroupId,
    id: GroupId,
    seats: &[SeatId],
    ctx: &Context,
) -> Facts {
    let source = find_group(meeting, group)?;
    if meeting.groups.contains_key(&id) {
        return Err(Code::Exists.into());
    }
    fitting::room(meeting.groups.len(), GROUPS)?;
    let leaving: BTreeSet<SeatId> = seats
        .iter()
        .filter(|seat| source.places.contains_key(seat))
        .copied()
        .collect();
    if leaving.is_empty() {
        return Err(Refusal::because(
            Code::WrongState,
            "nobody of them sits there",
        ));
    }
    let activity = source.activity;
    let work = find_work(meeting, activity)?;
    let moves = leaving.iter().map(|seat| Moved {
        seat: *seat,
        from: Some(group),
        to: Some(id),
    });
    let mut facts = vec![GroupFact::Added {
        group: id,
        activity,
        number: setting::next_number(meeting, activity),
        name: String::new(),
    }];
    facts.extend(carried_out(meeting, activity, work, moves.collect(), ctx));
    let seating = leaving.iter().map(|seat| (*seat, id)).collect();
    facts.extend(duties::deal(meeting, work, &[id], &seating, ctx.entropy));
    Ok(facts)
}

/// Sits down at a table of one's choice, getting up from another if need be.
///
/// Refusals: `not_found`, `wrong_state` (not to be chosen, locked), `closed` (its work ended), `too_many` (full).
pub fn join(meeting: &Meeting, id: GroupId, ctx: &Context) -> Facts {
    let group = find_group(meeting, id)?;
    let seat = seat_of(ctx)?;
    let work = chosen_freely(meeting, group.activity)?;
    if group.places.contains_key(&seat) {
        return Ok(vec![]);
    }
    if group.locked {
        return Err(Refusal::because(
            Code::WrongState,
            "the table is closed to others",
        ));
    }
    if group.ended() {
        return Err(Code::Closed.into());
    }
    if is_full(group, group.places.len()) {
        return Err(Refusal::because(Code::TooMany, "the table is full"));
    }
    let moves = vec![Moved {
        seat,
        from: work.seats.get(&seat).copied(),
        to: Some(id),
    }];
    let mut facts = carried_out(meeting, group.activity, work, moves, ctx);
    // The first duties go to the first who come.
    let free = duties::DUTIES
        .into_iter()
        .find(|duty| !group.duties.contains_key(duty));
    facts.extend(free.map(|duty| GroupFact::DutySet {
        group: id,
        duty,
        seat: Some(seat),
    }));
    Ok(facts)
}

/// Gets up from a table of one's choice. Refusals: `not_found`, `wrong_state`.
pub fn leave(meeting: &Meeting, id: GroupId, ctx: &Context) -> Facts {
    let group = find_group(meeting, id)?;
    let seat = seat_of(ctx)?;
    let work = chosen_freely(meeting, group.activity)?;
    if !group.places.contains_key(&seat) {
        return Ok(vec![]);
    }
    let moves = vec![Moved {
        seat,
        from: Some(id),
        to: None,
    }];
    Ok(carried_out(meeting, group.activity, work, moves, ctx))
}

/// A place in every group work that runs, for somebody who has just come in.
pub fn late(meeting: &Meeting, seat: SeatId, known: &Seat) -> Vec<GroupFact> {
    if !super::state::takes_part(known) {
        return vec![];
    }
    let running = meeting.works.iter().filter(|(activity, work)| {
        work.round > 0
            && work.settings.how != How::SelfChosen
            && !work.seats.contains_key(&seat)
            && meeting
                .agenda
                .get(activity)
                .is_some_and(|item| item.openness == Openness::Open)
    });
    running
        .filter_map(|(activity, work)| {
            let to = cheapest_for(meeting, *activity, &known.tags, &work.seats)?;
            Some(GroupFact::Seated {
                activity: *activity,
                moves: vec![Moved {
                    seat,
                    from: None,
                    to: Some(to),
                }],
            })
        })
        .collect()
}

/// The table where one more person costs least: the smallest that is open, then the one with the fewest who are the same.
pub fn cheapest(
    meeting: &Meeting,
    activity: ActivityId,
    seat: SeatId,
    seating: &BTreeMap<SeatId, GroupId>,
) -> Option<GroupId> {
    let tags = meeting.seats.get(&seat).map(|seat| &seat.tags)?;
    cheapest_for(meeting, activity, tags, seating)
}

fn cheapest_for(
    meeting: &Meeting,
    activity: ActivityId,
    tags: &BTreeSet<String>,
    seating: &BTreeMap<SeatId, GroupId>,
) -> Option<GroupId> {
    let mut people: BTreeMap<GroupId, (usize, usize)> = BTreeMap::new();
    for (seat, group) in seating {
        let count = people.entry(*group).or_default();
        count.0 += 1;
        if let Some(seat) = meeting.seats.get(seat) {
            count.1 += seat.tags.intersection(tags).count();
        }
    }
    let count = |id: &GroupId| people.get(id).copied().unwrap_or_default();
    meeting
        .groups_of(activity)
        .into_iter()
        .filter(|(id, group)| !group.locked && !group.ended() && !is_full(group, count(id).0))
        .min_by_key(|(id, group)| (count(id), group.number))
        .map(|(id, _)| id)
}

fn is_full(group: &Group, people: usize) -> bool {
    group.most > 0 && people >= usize::from(group.most)
}

fn seat_of(ctx: &Context) -> Result<SeatId, Refusal> {
    match ctx.actor {
        Actor::Seat(seat) => Ok(seat),
        Actor::Alias(_) | Actor::Server => Err(Code::NotAllowed.into()),
    }
}

fn published(meeting: &Meeting, activity: ActivityId) -> Result<&Work, Refusal> {
    let work = find_work(meeting, activity)?;
    if work.round == 0 {
        return Err(Refusal::because(Code::WrongState, "nobody sits yet"));
    }
    Ok(work)
}

fn chosen_freely(meeting: &Meeting, activity: ActivityId) -> Result<&Work, Refusal> {
    let work = published(meeting, activity)?;
    if work.settings.how != How::SelfChosen {
        return Err(Refusal::because(
            Code::WrongState,
            "these tables are not to be chosen",
        ));
    }
    Ok(work)
}

fn belongs(meeting: &Meeting, activity: ActivityId, group: GroupId) -> Result<(), Refusal> {
    if find_group(meeting, group)?.activity == activity {
        Ok(())
    } else {
        Err(Code::NotFound.into())
    }
}

/// The moves that change something, and the duties of whoever leaves dealt again.
fn carried_out(
    meeting: &Meeting,
    activity: ActivityId,
    work: &Work,
    mut moves: Vec<Moved>,
    ctx: &Context,
) -> Vec<GroupFact> {
    moves.retain(|moved| moved.from != moved.to);
    if moves.is_empty() {
        return vec![];
    }
    let mut leaving: BTreeMap<GroupId, BTreeSet<SeatId>> = BTreeMap::new();
    for moved in &moves {
        if let Some(from) = moved.from {
            leaving.entry(from).or_default().insert(moved.seat);
        }
    }
    let mut facts = vec![GroupFact::Seated { activity, moves }];
    for (id, seats) in leaving {
        if let Some(group) = meeting.groups.get(&id) {
            facts.extend(duties::deal_again(
                meeting,
                work,
                id,
                group,
                &seats,
                ctx.entropy,
            ));
        }
    }
    facts
}

pub fn seated(meeting: &mut Meeting, activity: ActivityId, moves: &[Moved]) {
    let Some(work) = meeting.works.get_mut(&activity) else {
        return;
    };
    for moved in moves {
        let from = work.seats.remove(&moved.seat);
        if let Some(group) = from.and_then(|from| meeting.groups.get_mut(&from)) {
            group.places.remove(&moved.seat);
            group.duties.retain(|_, seat| *seat != moved.seat);
        }
    }
    for moved in moves {
        let Some(to) = moved.to else { continue };
        let Some(group) = meeting.groups.get_mut(&to) else {
            continue;
        };
        let place = (1..=u16::MAX).find(|place| !group.places.values().any(|taken| taken == place));
        group.places.insert(moved.seat, place.unwrap_or(u16::MAX));
        work.seats.insert(moved.seat, to);
    }
}

/// What was made at one table belongs to another: cards move, notes are joined, answers are put side by side.
pub fn merged(meeting: &mut Meeting, from: GroupId, into: GroupId) {
    if from == into || !meeting.groups.contains_key(&into) {
        return;
    }
    let Some(source) = meeting.groups.get(&from).cloned() else {
        return;
    };
    for card in meeting.cards.values_mut().filter(|card| card.group == from) {
        card.group = into;
    }
    super::change(meeting, into, |target| {
        if let Some(update) = source.notes.since(&[0]) {
            target.notes.merge(&update);
        }
        for (line, text) in source.lines {
            let there = target.lines.entry(line).or_default();
            if !there.is_empty() && !text.is_empty() {
                there.push_str(" / ");
            }
            there.push_str(&text);
        }
        target.wrote_at = target.wrote_at.max(source.wrote_at);
    });
}
