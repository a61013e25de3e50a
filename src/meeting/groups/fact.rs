//! What happened in group work: part of the stored format, under the same rules as [`crate::meeting::fact`].
//! The text of notes comes as updates of a shared document; no entry that holds one names a seat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::{Call, Duty, How};
use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, SeatId, Timestamp};

/// Somebody's way from one group to another; absent: none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub seat: SeatId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<GroupId>,
}

/// What happened in group work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupFact {
    #[serde(rename = "set")]
    Set {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<How>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tables: Option<u16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rounds: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hosts: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        balance: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<ActivityId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lines: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seconds: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dots: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        turn_s: Option<u16>,
    },
    #[serde(rename = "added")]
    Added {
        group: GroupId,
        activity: ActivityId,
        number: u16,
        #[serde(default)]
        name: String,
    },
    #[serde(rename = "changed")]
    Changed {
        group: GroupId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step_free: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        locked: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u16>,
    },
    #[serde(rename = "removed")]
    Removed { group: GroupId },
    #[serde(rename = "constrained")]
    Constrained {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        together: Option<Vec<Vec<SeatId>>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        apart: Option<Vec<Vec<SeatId>>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hosts: Option<BTreeMap<GroupId, SeatId>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step_free: Option<Vec<SeatId>>,
    },
    /// A plan that nobody but the desk sees: who sits where in each round, by place in `seats`. What the planner says of it
    /// stands in `account` as it was said.
    #[serde(rename = "planned")]
    Planned {
        activity: ActivityId,
        groups: Vec<GroupId>,
        seats: Vec<SeatId>,
        rounds: Vec<Vec<Vec<u32>>>,
        #[serde(default)]
        repeats: u32,
        #[serde(default)]
        account: Vec<serde_json::Value>,
    },
    #[serde(rename = "plan_discarded")]
    PlanDiscarded { activity: ActivityId },
    /// The plan holds from now on; its first round begins.
    #[serde(rename = "published")]
    Published { activity: ActivityId },
    /// From 1. Who moves stands in a `seated` of the same entry.
    #[serde(rename = "round_begun")]
    RoundBegun { activity: ActivityId, round: u8 },
    #[serde(rename = "seated")]
    Seated {
        activity: ActivityId,
        moves: Vec<Moved>,
    },
    /// What was made at one group now belongs to another.
    #[serde(rename = "merged")]
    Merged { from: GroupId, into: GroupId },
    #[serde(rename = "duty")]
    DutySet {
        group: GroupId,
        duty: Duty,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seat: Option<SeatId>,
    },
    /// `ends_at` absent: no timer.
    #[serde(rename = "timed")]
    Timed {
        group: GroupId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
    },
    /// The count-down to the end of the work.
    #[serde(rename = "ending")]
    Ending { group: GroupId, at: Timestamp },
    #[serde(rename = "ended")]
    Ended { group: GroupId },
    #[serde(rename = "resumed")]
    Resumed { group: GroupId },
    #[serde(rename = "line_written")]
    LineWritten {
        group: GroupId,
        line: u8,
        text: String,
    },
    #[serde(rename = "card_posted")]
    CardPosted {
        card: CardId,
        group: GroupId,
        text: String,
    },
    #[serde(rename = "card_edited")]
    CardEdited { card: CardId, text: String },
    #[serde(rename = "card_removed")]
    CardRemoved { card: CardId, group: GroupId },
    #[serde(rename = "card_stacked")]
    CardStacked {
        card: CardId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        onto: Option<CardId>,
    },
    #[serde(rename = "card_dotted")]
    CardDotted {
        card: CardId,
        seat: SeatId,
        dots: u8,
    },
    #[serde(rename = "dots_shown")]
    DotsShown { group: GroupId, on: bool },
    #[serde(rename = "cards_linked")]
    CardsLinked { cards: Vec<CardId>, on: bool },
    #[serde(rename = "help_asked")]
    HelpAsked {
        group: GroupId,
        #[serde(default)]
        call: Call,
    },
    #[serde(rename = "help_over")]
    HelpOver { group: GroupId },
    #[serde(rename = "visited")]
    Visited { group: GroupId, on: bool },
    #[serde(rename = "ready")]
    Ready { group: GroupId, on: bool },
    #[serde(rename = "letter_written")]
    LetterWritten {
        letter: LetterId,
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<GroupId>,
        text: String,
    },
    #[serde(rename = "letter_read")]
    LetterRead { letter: LetterId, group: GroupId },
    #[serde(rename = "reports_ordered")]
    ReportsOrdered {
        activity: ActivityId,
        groups: Vec<GroupId>,
    },
    /// Has the floor until `ends_at`; absent: nobody reports.
    #[serde(rename = "reporting")]
    Reporting {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<GroupId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
    },
    #[serde(rename = "report_timed")]
    ReportTimed {
        activity: ActivityId,
        ends_at: Timestamp,
    },
    /// `left_ms` present: paused.
    #[serde(rename = "report_paused")]
    ReportPaused {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left_ms: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
    },
    /// A change of the shared notes (base64 of a Yjs update, version 1). The entry names no seat.
    #[serde(rename = "noted")]
    Noted { group: GroupId, update: String },
}
