//! What a group sees of itself: `group/{id}`. A person at the table is a number, with a name only if they gave one.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::meeting::command::{Call, Duty};
use crate::meeting::groups::state::{Group, Work};
use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, SeatId, Timestamp};
use crate::meeting::state::Meeting;
use crate::view::document::Pen;
use crate::view::floor::{json, said};

/// The document of one group.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GroupView {
    pub group: GroupTable,
    /// By the number a person has at this table (`mine.groups` says one's own).
    pub members: BTreeMap<u16, GroupMember>,
    /// Who does what, by number.
    #[ts(type = "Partial<Record<Duty, number>>")]
    pub duties: BTreeMap<Duty, u16>,
    /// Answer lines, from 1.
    pub lines: BTreeMap<u8, GroupLine>,
    pub cards: BTreeMap<CardId, GroupCard>,
    pub letters: BTreeMap<LetterId, GroupLetter>,
    /// The shared notes: updates of a Yjs document (version 1, base64) by growing number. Apply every one that is new; old
    /// ones are now and then replaced by one that holds them all.
    pub notes: BTreeMap<u32, String>,
}

/// The table, its task and its time.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct GroupTable {
    pub activity: ActivityId,
    /// From 1; gives it colour and shape.
    pub number: u16,
    pub name: Option<String>,
    pub place: Option<String>,
    pub step_free: Option<bool>,
    pub task: Option<String>,
    /// From 1.
    pub round: u8,
    pub rounds: u8,
    /// The timer; absent: none.
    pub ends_at: Option<Timestamp>,
    /// A count-down to the end of the work.
    pub ending_at: Option<Timestamp>,
    pub ended: Option<bool>,
    /// Dots a person may give; absent: no voting.
    pub dots: Option<u8>,
    /// How the dots fell is shown.
    pub dots_shown: Option<bool>,
    pub ready: Option<bool>,
    pub help: Option<Help>,
    /// Reports to the hall now.
    pub reporting: Option<bool>,
}

/// A call that waits, or is being answered.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct Help {
    pub at: Timestamp,
    pub call: Call,
    /// Somebody is on the way.
    pub visited: Option<bool>,
}

/// A person at the table.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct GroupMember {
    pub name: Option<String>,
    /// Without a phone.
    pub proxy: Option<bool>,
}

/// An answer line.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct GroupLine {
    pub label: String,
    pub text: Option<String>,
}

/// A card.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct GroupCard {
    pub text: String,
    pub at: Timestamp,
    /// The card it lies under.
    pub onto: Option<CardId>,
    /// All dots on it and under it; absent while hidden.
    pub dots: Option<u32>,
}

/// A few words from the desk.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct GroupLetter {
    pub text: String,
    pub at: Timestamp,
    /// Somebody of the group said so.
    pub read: Option<bool>,
}

/// Where somebody sits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MyGroup {
    pub group: GroupId,
    /// Their number at the table.
    pub place: u16,
}

/// The groups a seat sits in, by activity, and its dots by card. Only of work that was published.
pub fn mine(
    meeting: &Meeting,
    seat: SeatId,
) -> (BTreeMap<ActivityId, MyGroup>, BTreeMap<CardId, u8>) {
    let mut groups = BTreeMap::new();
    let mut dots = BTreeMap::new();
    for (activity, work) in &meeting.works {
        let Some(group) = work.seats.get(&seat) else {
            continue;
        };
        let place = meeting
            .groups
            .get(group)
            .and_then(|group| group.places.get(&seat));
        groups.insert(
            *activity,
            MyGroup {
                group: *group,
                place: place.copied().unwrap_or_default(),
            },
        );
        for (card, one) in meeting.cards_of(*group) {
            if let Some(given) = one.dots.get(&seat) {
                dots.insert(card, *given);
            }
        }
    }
    (groups, dots)
}

pub fn build(pen: &mut Pen<'_>, meeting: &Meeting, id: GroupId) {
    for part in ["members", "duties", "lines", "cards", "letters", "notes"] {
        pen.begin(part);
    }
    let Some(group) = meeting.groups.get(&id) else {
        return;
    };
    let Some(work) = meeting.works.get(&group.activity) else {
        return;
    };
    pen.one("group", table(meeting, work, id, group));
    for (seat, place) in &group.places {
        let seat = meeting.seats.get(seat);
        let member = GroupMember {
            name: seat.and_then(|seat| said(&seat.name)),
            proxy: seat.is_some_and(|seat| seat.proxy).then_some(true),
        };
        pen.entry("members", &place.to_string(), json(member));
    }
    for (duty, seat) in &group.duties {
        if let (Some(place), Ok(Value::String(duty))) =
            (group.places.get(seat), serde_json::to_value(duty))
        {
            pen.entry("duties", &duty, Some((*place).into()));
        }
    }
    for (line, label) in (1u8..).zip(&work.settings.lines) {
        let text = group.lines.get(&line).and_then(|text| said(text));
        let label = label.clone();
        pen.entry("lines", &line.to_string(), json(GroupLine { label, text }));
    }
    let dots = (group.dots_shown && work.settings.dots > 0).then(|| meeting.dots_of(id));
    for (card, one) in meeting.cards_of(id) {
        let value = GroupCard {
            text: one.text.clone(),
            at: one.at,
            onto: one.onto,
            dots: dots.as_ref().and_then(|dots| dots.get(&card).copied()),
        };
        pen.entry("cards", &card.to_string(), json(value));
    }
    let letters = work.letters.iter();
    for (letter, one) in letters.filter(|(_, one)| one.group.is_none_or(|to| to == id)) {
        let value = GroupLetter {
            text: one.text.clone(),
            at: one.at,
            read: one.read.contains(&id).then_some(true),
        };
        pen.entry("letters", &letter.to_string(), json(value));
    }
    for (key, piece) in group.notes.pieces() {
        pen.entry(
            "notes",
            &key.to_string(),
            Some(STANDARD.encode(piece).into()),
        );
    }
}

fn table(meeting: &Meeting, work: &Work, id: GroupId, group: &Group) -> Option<Value> {
    json(GroupTable {
        activity: group.activity,
        number: group.number,
        name: said(&group.name),
        place: said(&group.place),
        step_free: group.step_free.then_some(true),
        task: said(meeting.task_of(group)),
        round: work.round,
        rounds: work.settings.rounds,
        ends_at: group.ends_at,
        ending_at: group.ending_at,
        ended: group.ended().then_some(true),
        dots: (work.settings.dots > 0).then_some(work.settings.dots),
        dots_shown: group.dots_shown.then_some(true),
        ready: group.ready.then_some(true),
        help: help(group),
        reporting: work
            .reporting
            .is_some_and(|report| report.group == id)
            .then_some(true),
    })
}

pub(super) fn help(group: &Group) -> Option<Help> {
    group.help.map(|help| Help {
        at: help.at,
        call: help.call,
        visited: help.visited.then_some(true),
    })
}
