//! Group work as the desk sees it: plans, people by name, and at each table the signs of life.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::meeting::command::{Duty, How};
use crate::meeting::groups::state::{Group, Plan, Work, takes_part};
use crate::meeting::ids::{ActivityId, GroupId, SeatId, Timestamp};
use crate::meeting::state::{Meeting, Seat};
use crate::view::dirty::Dirty;
use crate::view::document::Pen;
use crate::view::floor::{json, said, set};

use super::table::{Help, help};

/// How one groups activity runs, and its plan while nobody else sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskWork {
    pub how: How,
    /// 0: from `size`.
    pub tables: u16,
    pub size: u8,
    pub rounds: u8,
    pub hosts: Option<bool>,
    #[ts(optional, type = "Record<string, true>")]
    pub balance: Option<BTreeMap<String, bool>>,
    pub from: Option<ActivityId>,
    /// In their order.
    pub lines: Vec<String>,
    pub seconds: u32,
    pub dots: u8,
    pub together: Vec<Vec<SeatId>>,
    pub apart: Vec<Vec<SeatId>>,
    /// Who stays at which table.
    pub stay: BTreeMap<GroupId, SeatId>,
    pub step_free: Vec<SeatId>,
    /// A plan that was not published.
    pub draft: Option<DeskPlan>,
    /// Pairs that meet again in the plan that holds.
    pub repeats: Option<u32>,
    /// People without a table.
    pub unseated: BTreeMap<SeatId, DeskMember>,
}

/// A plan.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DeskPlan {
    pub groups: Vec<GroupId>,
    /// Round → group → seats, in the order of `groups`.
    pub rounds: Vec<Vec<Vec<SeatId>>>,
    pub repeats: u32,
    /// What was reached, as the planner says it; tags and languages by their names in place of numbers.
    #[ts(type = "Array<Reached>")]
    pub account: Vec<Value>,
    /// Everybody in it.
    pub people: BTreeMap<SeatId, DeskMember>,
}

/// A person.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskMember {
    pub name: Option<String>,
    #[ts(optional, type = "Record<string, true>")]
    pub tags: Option<BTreeMap<String, bool>>,
    pub proxy: Option<bool>,
}

/// A table and its signs of life.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskGroup {
    pub activity: ActivityId,
    pub number: u16,
    pub name: Option<String>,
    pub place: Option<String>,
    pub step_free: Option<bool>,
    /// Only its own.
    pub task: Option<String>,
    pub locked: Option<bool>,
    pub most: Option<u16>,
    pub members: BTreeMap<SeatId, DeskMember>,
    #[ts(type = "Partial<Record<Duty, SeatId>>")]
    pub duties: BTreeMap<Duty, SeatId>,
    /// Words in its notes.
    pub words: usize,
    /// Answer lines that are filled.
    pub lines: usize,
    pub cards: usize,
    /// When anything was last written here, to ten seconds.
    pub wrote_at: Option<Timestamp>,
    pub ready: Option<bool>,
    pub help: Option<Help>,
    pub ends_at: Option<Timestamp>,
    pub ending_at: Option<Timestamp>,
    pub ended: Option<bool>,
    pub dots_shown: Option<bool>,
}

/// Words from the desk and who has read them.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskLetter {
    pub activity: ActivityId,
    /// Absent: to all.
    pub group: Option<GroupId>,
    pub text: String,
    pub at: Timestamp,
    #[ts(type = "Record<GroupId, true>")]
    pub read: BTreeMap<GroupId, bool>,
}

pub fn build(pen: &mut Pen<'_>, meeting: &Meeting) {
    for part in ["works", "groups", "letters"] {
        pen.begin(part);
    }
    for activity in meeting.works.keys() {
        write_work(pen, meeting, *activity);
    }
    for group in meeting.groups.keys() {
        write_group(pen, meeting, *group);
    }
    pen.whole("letters", letters(meeting));
}

pub fn refresh(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    for activity in dirty.works_of_people(meeting) {
        write_work(pen, meeting, activity);
    }
    for group in dirty.all_groups(meeting) {
        write_group(pen, meeting, group);
    }
    if dirty.letters {
        pen.whole("letters", letters(meeting));
    }
}

fn write_work(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId) {
    let work = meeting.works.get(&activity);
    let value = work.and_then(|work| json(entry(meeting, work)));
    pen.entry("works", &activity.to_string(), value);
}

fn entry(meeting: &Meeting, work: &Work) -> DeskWork {
    let settings = &work.settings;
    let unseated = meeting
        .seats
        .iter()
        .filter(|(id, seat)| takes_part(seat) && !work.seats.contains_key(id));
    DeskWork {
        how: settings.how,
        tables: settings.tables,
        size: settings.size,
        rounds: settings.rounds,
        hosts: settings.hosts.then_some(true),
        balance: set(&settings.balance),
        from: settings.from,
        lines: settings.lines.clone(),
        seconds: settings.seconds,
        dots: settings.dots,
        together: work.together.clone(),
        apart: work.apart.clone(),
        stay: work.hosts.clone(),
        step_free: work.step_free.iter().copied().collect(),
        draft: work.draft.as_ref().map(|plan| shown(meeting, plan)),
        repeats: work.plan.as_ref().map(|plan| plan.repeats),
        unseated: unseated.map(|(id, seat)| (*id, member(seat))).collect(),
    }
}

fn shown(meeting: &Meeting, plan: &Plan) -> DeskPlan {
    let seat_of = |place: &u32| plan.seats.get(usize::try_from(*place).ok()?).copied();
    let rounds = plan.rounds.iter().map(|tables| {
        let tables = tables.iter();
        tables
            .map(|people| people.iter().filter_map(seat_of).collect())
            .collect()
    });
    let people = plan.seats.iter().filter_map(|id| {
        let seat = meeting.seats.get(id)?;
        Some((*id, member(seat)))
    });
    DeskPlan {
        groups: plan.groups.clone(),
        rounds: rounds.collect(),
        repeats: plan.repeats,
        account: plan.account.clone(),
        people: people.collect(),
    }
}

fn member(seat: &Seat) -> DeskMember {
    DeskMember {
        name: said(&seat.name),
        tags: set(&seat.tags),
        proxy: seat.proxy.then_some(true),
    }
}

fn write_group(pen: &mut Pen<'_>, meeting: &Meeting, id: GroupId) {
    let group = meeting.groups.get(&id);
    let value = group.and_then(|group| json(group_entry(meeting, id, group)));
    pen.entry("groups", &id.to_string(), value);
}

fn group_entry(meeting: &Meeting, id: GroupId, group: &Group) -> DeskGroup {
    let members = group.places.keys().filter_map(|seat| {
        let known = meeting.seats.get(seat)?;
        Some((*seat, member(known)))
    });
    DeskGroup {
        activity: group.activity,
        number: group.number,
        name: said(&group.name),
        place: said(&group.place),
        step_free: group.step_free.then_some(true),
        task: said(&group.task),
        locked: group.locked.then_some(true),
        most: (group.most > 0).then_some(group.most),
        members: members.collect(),
        duties: group.duties.clone(),
        words: group.notes.text().split_whitespace().count(),
        lines: group.lines.values().filter(|text| !text.is_empty()).count(),
        cards: meeting.cards_of(id).count(),
        wrote_at: group
            .wrote_at
            .map(|at| Timestamp(at.0 - at.0.rem_euclid(10_000))),
        ready: group.ready.then_some(true),
        help: help(group),
        ends_at: group.ends_at,
        ending_at: group.ending_at,
        ended: group.ended().then_some(true),
        dots_shown: group.dots_shown.then_some(true),
    }
}

fn letters(meeting: &Meeting) -> BTreeMap<String, Value> {
    let letters = meeting.works.iter().flat_map(|(activity, work)| {
        work.letters.iter().filter_map(|(id, letter)| {
            let value = json(DeskLetter {
                activity: *activity,
                group: letter.group,
                text: letter.text.clone(),
                at: letter.at,
                read: letter.read.iter().map(|group| (*group, true)).collect(),
            })?;
            Some((id.to_string(), value))
        })
    });
    letters.collect()
}
