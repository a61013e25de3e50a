//! The state of a meeting, as `apply` leaves it. No rule stands here; the rules stand beside their activity.

use std::collections::{BTreeMap, BTreeSet};

use super::command::{ActivityKind, Contact, Order, Wifi};
use super::debate::state::{Debate, Team};
use super::discussion::state::Discussion;
use super::fact::{Act, Author, Held};
use super::groups::state::{Card, Group, Work};
use super::ids::{
    ActivityId, CardId, ConcernId, GroupId, LinkId, MeetingId, QuestionId, SeatId, TeamId,
    Timestamp,
};
use super::marks::Marks;
use super::role::{Role, Roles};
use crate::text::likeness::Imprint;

/// How far a meeting has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    #[default]
    Prepared,
    Live,
    Ended,
}

/// How far an activity has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Openness {
    #[default]
    Planned,
    Open,
    Closed,
}

/// One item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    pub kind: ActivityKind,
    pub title: String,
    pub openness: Openness,
    /// Sorts the agenda; ties by id.
    pub rank: u32,
    /// Planned minutes; 0: none.
    pub minutes: u16,
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Settings of a questions activity (others keep the default).
    pub questions: QuestionSettings,
}

/// How one questions activity runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionSettings {
    pub review: bool,
    pub votes: bool,
    pub counts_hidden: bool,
    pub order: Order,
    /// Graphemes.
    pub longest: u16,
}

/// A person's place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seat {
    pub name: String,
    pub language: String,
    pub tags: BTreeSet<String>,
    /// For facilitators alone.
    pub needs: String,
    pub roles: Roles,
    /// The link it came by.
    pub link: Option<LinkId>,
    /// Waits to be let in.
    pub waiting: bool,
    /// Turned away, or its link was revoked: its token is void.
    pub void: bool,
    pub proxy: bool,
    /// Tokens of a lower generation are void (the seat moved to another phone).
    pub generation: u32,
    /// A move that was offered: hash of the one-time secret, and until when.
    pub offered: Option<(String, Timestamp)>,
}

/// A link that carries a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub role: Role,
    pub hash: String,
    pub label: String,
    pub revoked: bool,
}

/// How far a question has come; `draft` exists on the phone alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionState {
    Waiting,
    Listed,
    OnStage,
    Answered,
    Parked,
    Dismissed,
    Withdrawn,
    Merged(QuestionId),
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub activity: ActivityId,
    pub author: Author,
    pub text: String,
    pub state: QuestionState,
    pub at: Timestamp,
    pub named: bool,
    pub as_tag: Option<String>,
    pub language: Option<String>,
    pub held: Option<Held>,
    pub proxy: bool,
    /// Seats that voted for it itself (merged ones keep theirs; the view counts the union).
    pub voters: BTreeSet<SeatId>,
    /// Votes by show of hands.
    pub hands: u32,
    pub reason: String,
    pub answer: String,
    pub answered_by: String,
    pub answered_at: Option<Timestamp>,
    /// The author's "that answers it" / "not yet".
    pub reply: Option<bool>,
    pub tags: BTreeSet<String>,
    pub translations: BTreeMap<String, String>,
    /// "Needs care": out of floor, stage and report.
    pub care: bool,
    pub rank: Option<u32>,
    /// Questions merged into this one.
    pub merged: BTreeSet<QuestionId>,
    /// Where it stood before it was merged, so that the merge can be undone.
    pub before_merge: Option<Box<QuestionState>>,
    /// `text` folded to words.
    pub folded: Vec<String>,
    /// What of `text` is compared for likeness.
    pub imprint: Imprint,
}

/// A call for help to the safeguarding contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    pub seat: SeatId,
    pub text: String,
    pub place: String,
    pub at: Timestamp,
    pub done: String,
}

/// What is shown to the hall besides the activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stage {
    pub activity: Option<ActivityId>,
    pub hidden: bool,
    /// Joining has the whole stage.
    pub joining: bool,
    /// "Please look up".
    pub called_back: bool,
    /// The one question that has the floor.
    pub featured: Option<QuestionId>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    pub code: String,
    pub title: String,
    pub language: String,
    pub languages: Vec<String>,
    pub ask: Vec<String>,
    pub ask_first: bool,
    pub minors: bool,
    pub ends_at: Option<Timestamp>,
    pub wifi: Wifi,
    pub contact: Contact,
    pub held_words: Vec<String>,
    pub phase: Phase,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub heads: Option<u32>,
    pub agenda: BTreeMap<ActivityId, Activity>,
    pub stage: Stage,
    pub seats: BTreeMap<SeatId, Seat>,
    pub links: BTreeMap<LinkId, Link>,
    /// Authors whose messages are held.
    pub muted: BTreeSet<Author>,
    pub questions: BTreeMap<QuestionId, Question>,
    /// Pairs a moderator said are not the same, smaller id first.
    pub apart: BTreeSet<(QuestionId, QuestionId)>,
    pub concerns: BTreeMap<ConcernId, Concern>,
    /// Group work, by its activity.
    pub works: BTreeMap<ActivityId, Work>,
    pub groups: BTreeMap<GroupId, Group>,
    pub cards: BTreeMap<CardId, Card>,
    /// Discussions, by their activity.
    pub discussions: BTreeMap<ActivityId, Discussion>,
    /// Debates, by their activity.
    pub debates: BTreeMap<ActivityId, Debate>,
    pub teams: BTreeMap<TeamId, Team>,
    /// Time factors in percent, where a person has one.
    pub factors: BTreeMap<SeatId, u16>,
    /// An act to come.
    pub planned: Option<(Act, Timestamp)>,
    /// What can be taken back: the act, what undoes it, until when.
    pub take_back: Option<(Act, Act, Timestamp)>,
    pub marks: Marks,
    /// Hashes of commands that were set aside.
    pub set_aside: BTreeSet<u64>,
    /// Public counter: ever asked (withdrawn ones too).
    pub asked: u64,
    /// The time of the last entry; the clock never goes behind it.
    pub last: Timestamp,
}

impl Meeting {
    /// A meeting before its first entry.
    #[must_use]
    pub fn new(id: MeetingId) -> Self {
        Self {
            id,
            code: String::new(),
            title: String::new(),
            language: String::new(),
            languages: Vec::new(),
            ask: Vec::new(),
            ask_first: false,
            minors: false,
            ends_at: None,
            wifi: Wifi::default(),
            contact: Contact::default(),
            held_words: Vec::new(),
            phase: Phase::default(),
            created_at: Timestamp::default(),
            started_at: None,
            ended_at: None,
            heads: None,
            agenda: BTreeMap::new(),
            stage: Stage::default(),
            seats: BTreeMap::new(),
            links: BTreeMap::new(),
            muted: BTreeSet::new(),
            questions: BTreeMap::new(),
            apart: BTreeSet::new(),
            concerns: BTreeMap::new(),
            works: BTreeMap::new(),
            groups: BTreeMap::new(),
            cards: BTreeMap::new(),
            discussions: BTreeMap::new(),
            debates: BTreeMap::new(),
            teams: BTreeMap::new(),
            factors: BTreeMap::new(),
            planned: None,
            take_back: None,
            marks: Marks::default(),
            set_aside: BTreeSet::new(),
            asked: 0,
            last: Timestamp::default(),
        }
    }

    /// Whether its first entry was applied.
    #[must_use]
    pub fn is_created(&self) -> bool {
        !self.code.is_empty()
    }
}

impl Default for QuestionSettings {
    fn default() -> Self {
        Self {
            review: false,
            votes: true,
            counts_hidden: false,
            order: Order::default(),
            longest: LONGEST,
        }
    }
}

/// The longest question unless the activity says otherwise, in graphemes.
pub const LONGEST: u16 = 500;
