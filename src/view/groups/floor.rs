//! Group work as the whole hall sees it: which tables there are, how far the work is, who reports and what they say.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::meeting::command::How;
use crate::meeting::groups::state::{Card, Group, Work};
use crate::meeting::ids::{ActivityId, CardId, GroupId, Timestamp};
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;
use crate::view::document::Pen;
use crate::view::floor::{json, said};

/// Tables beyond this many are not listed on the floor, unless people choose among them: every phone carries the list.
pub const LISTED: usize = 120;
/// Cards of a report on the stage.
const SHOWN_CARDS: usize = 6;
/// Signs of a report's notes on the stage.
const SHOWN_NOTES: usize = 1_500;

/// How far group work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// Nobody sits yet; people may choose if `how` says so.
    Planning,
    Working,
    /// All groups have ended.
    Ended,
}

/// One groups activity.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct FloorWork {
    pub how: How,
    pub state: WorkState,
    pub tables: usize,
    /// People at tables.
    pub people: usize,
    /// From 1; 0: nobody sits yet.
    pub round: u8,
    pub rounds: u8,
    /// When the last timer ends.
    pub ends_at: Option<Timestamp>,
    /// When the count-down ends the work of every table that still works.
    pub ending_at: Option<Timestamp>,
    pub task: Option<String>,
    /// Who reports now.
    pub reporting: Option<GroupId>,
    pub report_ends_at: Option<Timestamp>,
    /// Present: the report's clock stands.
    pub report_left_ms: Option<i64>,
    /// Length of a report in seconds.
    pub turn_s: u16,
    /// Groups that have reported.
    pub reported: usize,
}

/// A table.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct FloorGroup {
    pub activity: ActivityId,
    /// From 1; gives it colour and shape.
    pub number: u16,
    pub name: Option<String>,
    pub place: Option<String>,
    pub step_free: Option<bool>,
    pub people: usize,
    /// Most people; absent: no limit.
    pub most: Option<u16>,
    pub locked: Option<bool>,
    pub ready: Option<bool>,
    pub ended: Option<bool>,
    pub reported: Option<bool>,
    /// Its place in the order of reports, from 1.
    pub order: Option<usize>,
}

/// What a group that reports has to show.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct FloorReport {
    pub activity: ActivityId,
    /// From 1.
    pub lines: BTreeMap<u8, FloorLine>,
    /// The beginning of its notes.
    pub notes: Option<String>,
    /// Those with most dots; `place` sorts them.
    pub cards: BTreeMap<CardId, FloorCard>,
}

/// An answer line.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FloorLine {
    pub label: String,
    pub text: String,
}

/// A card on the stage.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct FloorCard {
    pub text: String,
    /// From 1.
    pub place: usize,
    pub dots: Option<u32>,
    /// So many other groups said it too.
    pub also: Option<usize>,
}

pub fn build(pen: &mut Pen<'_>, meeting: &Meeting) {
    for part in ["works", "groups", "reports"] {
        pen.begin(part);
    }
    for activity in meeting.works.keys() {
        write_work(pen, meeting, *activity);
    }
    for group in meeting.groups.keys() {
        write_group(pen, meeting, *group);
        write_report(pen, meeting, *group);
    }
}

pub fn refresh(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    for activity in &dirty.works {
        write_work(pen, meeting, *activity);
    }
    for group in dirty.all_groups(meeting) {
        write_group(pen, meeting, group);
        write_report(pen, meeting, group);
    }
}

fn write_work(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId) {
    let value = meeting
        .works
        .get(&activity)
        .and_then(|work| json(entry(meeting, activity, work)));
    pen.entry("works", &activity.to_string(), value);
}

fn entry(meeting: &Meeting, activity: ActivityId, work: &Work) -> FloorWork {
    let groups = meeting.groups_of(activity);
    let ended = !groups.is_empty() && groups.iter().all(|(_, group)| group.ended());
    FloorWork {
        how: work.settings.how,
        state: match work.round {
            0 => WorkState::Planning,
            _ if ended => WorkState::Ended,
            _ => WorkState::Working,
        },
        tables: groups.len(),
        people: work.seats.len(),
        round: work.round,
        rounds: work.settings.rounds,
        ends_at: groups.iter().filter_map(|(_, group)| group.ends_at).max(),
        ending_at: ending_at(&groups),
        task: said(&work.settings.task),
        reporting: work.reporting.map(|report| report.group),
        report_ends_at: work.reporting.map(|report| report.ends_at),
        report_left_ms: work.reporting.and_then(|report| report.left_ms),
        turn_s: work.settings.turn_s,
        reported: work.reported.len(),
    }
}

/// The last of the count-downs, where every table that still works has one.
fn ending_at(groups: &[(GroupId, &Group)]) -> Option<Timestamp> {
    let mut working = groups.iter().filter(|(_, group)| !group.ended());
    working
        .try_fold(None, |last, (_, group)| {
            Some(last.max(Some(group.ending_at?)))
        })
        .flatten()
}

/// Whether this table stands on the floor.
fn listed(meeting: &Meeting, group: &Group) -> bool {
    let Some(work) = meeting.works.get(&group.activity) else {
        return false;
    };
    usize::from(group.number) <= LISTED || work.settings.how == How::SelfChosen
}

fn write_group(pen: &mut Pen<'_>, meeting: &Meeting, id: GroupId) {
    let group = meeting
        .groups
        .get(&id)
        .filter(|group| listed(meeting, group));
    let value = group.and_then(|group| {
        let work = meeting.works.get(&group.activity);
        let order = work.and_then(|work| work.order.iter().position(|one| *one == id));
        json(FloorGroup {
            activity: group.activity,
            number: group.number,
            name: said(&group.name),
            place: said(&group.place),
            step_free: group.step_free.then_some(true),
            people: group.places.len(),
            most: (group.most > 0).then_some(group.most),
            locked: group.locked.then_some(true),
            ready: group.ready.then_some(true),
            ended: group.ended().then_some(true),
            reported: work
                .is_some_and(|work| work.reported.contains(&id))
                .then_some(true),
            order: order.map(|place| place + 1),
        })
    });
    pen.entry("groups", &id.to_string(), value);
}

fn write_report(pen: &mut Pen<'_>, meeting: &Meeting, id: GroupId) {
    let group = meeting.groups.get(&id);
    let value = group.and_then(|group| {
        let work = meeting.works.get(&group.activity)?;
        let reports = work.reporting.is_some_and(|report| report.group == id);
        if reports {
            json(report(meeting, work, id, group))
        } else {
            None
        }
    });
    pen.entry("reports", &id.to_string(), value);
}

fn report(meeting: &Meeting, work: &Work, id: GroupId, group: &Group) -> FloorReport {
    let dots = meeting.dots_of(id);
    let mut cards: Vec<(CardId, &Card, u32)> = meeting
        .cards_of(id)
        .filter(|(_, card)| card.onto.is_none())
        .map(|(card, one)| (card, one, dots.get(&card).copied().unwrap_or_default()))
        .collect();
    cards.sort_by_key(|(card, one, dots)| (std::cmp::Reverse(*dots), one.at, *card));
    cards.truncate(SHOWN_CARDS);
    let cards = (1..).zip(cards).map(|(place, (card, one, dots))| {
        let also = also(meeting, id, card);
        let shown = FloorCard {
            text: one.text.clone(),
            place,
            dots: (work.settings.dots > 0 && dots > 0).then_some(dots),
            also: (also > 0).then_some(also),
        };
        (card, shown)
    });
    let lines = (1u8..)
        .zip(&work.settings.lines)
        .filter_map(|(line, label)| {
            let text = group.lines.get(&line).filter(|text| !text.is_empty())?;
            Some((
                line,
                FloorLine {
                    label: label.clone(),
                    text: text.clone(),
                },
            ))
        });
    let text = group.notes.text();
    FloorReport {
        activity: group.activity,
        lines: lines.collect(),
        notes: said(
            text.char_indices()
                .nth(SHOWN_NOTES)
                .map_or(text, |(end, _)| &text[..end]),
        ),
        cards: cards.collect(),
    }
}

/// How many other groups said the same as this card.
pub(super) fn also(meeting: &Meeting, group: GroupId, card: CardId) -> usize {
    let stands_for = |id: CardId| {
        meeting
            .cards
            .get(&id)
            .and_then(|card| card.linked)
            .unwrap_or(id)
    };
    let first = stands_for(card);
    let groups: std::collections::BTreeSet<GroupId> = meeting
        .cards
        .iter()
        .filter(|(id, one)| stands_for(**id) == first && one.group != group)
        .map(|(_, one)| one.group)
        .collect();
    groups.len()
}
