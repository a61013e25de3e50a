//! Group work as `apply` leaves it: one [`Work`] per groups activity, its groups and their cards. No rule stands here.

use std::collections::{BTreeMap, BTreeSet};

use super::command::{Call, Duty, How};
use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, SeatId, Timestamp};
use crate::meeting::state::{Meeting, Seat};
use crate::notes::Notes;

/// People a table unless said otherwise.
pub const SIZE: u8 = 5;
/// Dots a person unless said otherwise.
pub const DOTS: u8 = 3;
/// Length of a report unless said otherwise, in seconds.
pub const TURN_S: u16 = 120;

/// How one groups activity runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub how: How,
    /// 0: from `size`.
    pub tables: u16,
    pub size: u8,
    pub rounds: u8,
    /// One person stays at each table.
    pub hosts: bool,
    /// Empty: all tags that the meeting asks for.
    pub balance: Vec<String>,
    pub from: Option<ActivityId>,
    pub task: String,
    pub lines: Vec<String>,
    /// 0: no timer.
    pub seconds: u32,
    pub dots: u8,
    pub turn_s: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            how: How::default(),
            tables: 0,
            size: SIZE,
            rounds: 1,
            hosts: false,
            balance: Vec::new(),
            from: None,
            task: String::new(),
            lines: Vec::new(),
            seconds: 0,
            dots: DOTS,
            turn_s: TURN_S,
        }
    }
}

/// Who sits where in each round, by place in `seats`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    pub groups: Vec<GroupId>,
    pub seats: Vec<SeatId>,
    pub rounds: Vec<Vec<Vec<u32>>>,
    pub repeats: u32,
    /// What the planner said of it.
    pub account: Vec<serde_json::Value>,
}

impl Plan {
    /// Where everybody sits in a round, from 0; nobody twice.
    pub fn seating(&self, round: usize) -> BTreeMap<SeatId, GroupId> {
        let tables = self.rounds.get(round).into_iter().flatten();
        self.groups
            .iter()
            .zip(tables)
            .flat_map(|(group, people)| {
                people
                    .iter()
                    .filter_map(|place| self.seats.get(usize::try_from(*place).ok()?))
                    .map(|seat| (*seat, *group))
            })
            .collect()
    }
}

/// A few words from the desk; `group` absent: to all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub group: Option<GroupId>,
    pub text: String,
    pub at: Timestamp,
    /// Groups that have read it.
    pub read: BTreeSet<GroupId>,
}

/// The report that has the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reporting {
    pub group: GroupId,
    pub ends_at: Timestamp,
    /// Present: paused, with so much left.
    pub left_ms: Option<i64>,
}

/// One groups activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    pub settings: Settings,
    pub together: Vec<Vec<SeatId>>,
    pub apart: Vec<Vec<SeatId>>,
    pub hosts: BTreeMap<GroupId, SeatId>,
    pub step_free: BTreeSet<SeatId>,
    /// A plan that only the desk sees.
    pub draft: Option<Plan>,
    pub plan: Option<Plan>,
    /// From 1; 0: not published.
    pub round: u8,
    /// Who sits where now.
    pub seats: BTreeMap<SeatId, GroupId>,
    /// How often somebody had a duty.
    pub served: BTreeMap<SeatId, u32>,
    pub letters: BTreeMap<LetterId, Letter>,
    pub order: Vec<GroupId>,
    pub reporting: Option<Reporting>,
    pub reported: BTreeSet<GroupId>,
}

/// A call that has not been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Help {
    pub at: Timestamp,
    pub call: Call,
    /// Somebody is on the way.
    pub visited: bool,
}

/// A table with its people and what they made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub activity: ActivityId,
    /// From 1; gives it colour and shape.
    pub number: u16,
    pub name: String,
    pub place: String,
    pub step_free: bool,
    /// In place of the common one.
    pub task: String,
    pub locked: bool,
    /// 0: no limit.
    pub most: u16,
    /// Its people, by a number that means nothing outside the group.
    pub places: BTreeMap<SeatId, u16>,
    pub duties: BTreeMap<Duty, SeatId>,
    pub ends_at: Option<Timestamp>,
    /// The end of the count-down.
    pub ending_at: Option<Timestamp>,
    /// When its work ended.
    pub ended_at: Option<Timestamp>,
    pub lines: BTreeMap<u8, String>,
    pub notes: Notes,
    pub dots_shown: bool,
    pub help: Option<Help>,
    pub ready: bool,
    /// When anything was last written here.
    pub wrote_at: Option<Timestamp>,
}

/// An idea card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub group: GroupId,
    pub text: String,
    pub at: Timestamp,
    /// The card it lies under.
    pub onto: Option<CardId>,
    pub dots: BTreeMap<SeatId, u8>,
    /// The card, of any group, that stands for this one too.
    pub linked: Option<CardId>,
}

impl Group {
    /// A group with nothing in it.
    #[must_use]
    pub fn new(activity: ActivityId, number: u16, name: String) -> Self {
        Self {
            activity,
            number,
            name,
            place: String::new(),
            step_free: false,
            task: String::new(),
            locked: false,
            most: 0,
            places: BTreeMap::new(),
            duties: BTreeMap::new(),
            ends_at: None,
            ending_at: None,
            ended_at: None,
            lines: BTreeMap::new(),
            notes: Notes::default(),
            dots_shown: false,
            help: None,
            ready: false,
            wrote_at: None,
        }
    }
}

/// Whether a seat is put into groups: let in, still there, and no part of the desk.
#[must_use]
pub fn takes_part(seat: &Seat) -> bool {
    use crate::meeting::role::Role;
    let leads = seat.roles.iter().any(|(role, _)| {
        matches!(
            role,
            Role::Facilitator | Role::Moderator | Role::Captioner | Role::Contact | Role::Stage
        )
    });
    !(seat.void || seat.waiting || leads)
}

impl Meeting {
    /// The groups of an activity by number.
    pub fn groups_of(&self, activity: ActivityId) -> Vec<(GroupId, &Group)> {
        let mut groups: Vec<_> = self
            .groups
            .iter()
            .filter(|(_, group)| group.activity == activity)
            .map(|(id, group)| (*id, group))
            .collect();
        groups.sort_by_key(|(id, group)| (group.number, *id));
        groups
    }

    /// The cards of a group.
    pub fn cards_of(&self, group: GroupId) -> impl Iterator<Item = (CardId, &Card)> {
        self.cards
            .iter()
            .filter(move |(_, card)| card.group == group)
            .map(|(id, card)| (*id, card))
    }

    /// All dots on each card of a group, those on the cards under it too. One walk for the whole group.
    #[must_use]
    pub fn dots_of(&self, group: GroupId) -> BTreeMap<CardId, u32> {
        let mut dots = BTreeMap::new();
        for (id, card) in self.cards_of(group) {
            let given: u32 = card.dots.values().map(|given| u32::from(*given)).sum();
            for place in std::iter::once(id).chain(card.onto) {
                *dots.entry(place).or_default() += given;
            }
        }
        dots
    }

    /// The task of a group: its own, or the common one.
    #[must_use]
    pub fn task_of<'a>(&'a self, group: &'a Group) -> &'a str {
        if !group.task.is_empty() {
            return &group.task;
        }
        self.works
            .get(&group.activity)
            .map_or("", |work| &work.settings.task)
    }
}

impl Group {
    /// Whether its work has ended.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.ended_at.is_some()
    }
}
