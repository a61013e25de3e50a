//! What happened in a discussion: part of the stored format, under the same rules as [`crate::meeting::fact`].
//! A hand is its number in the discussion, from 1; no number comes twice.

use serde::{Deserialize, Serialize};

use super::command::{HandKind, LineOrder, Stance};
use crate::meeting::ids::{ActivityId, QuestionId, SeatId};

/// What happened in a discussion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscussionFact {
    #[serde(rename = "set")]
    Set {
        activity: ActivityId,
        /// Also calls the chair's own order off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<LineOrder>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        speech_s: Option<u16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tags: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stances: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        budget_s: Option<u16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one_queue: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order_when_closed: Option<bool>,
    },
    #[serde(rename = "list_closed")]
    ListClosed { activity: ActivityId, on: bool },
    #[serde(rename = "raised")]
    Raised {
        activity: ActivityId,
        hand: u32,
        seat: SeatId,
        kind: HandKind,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        about: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stance: Option<Stance>,
    },
    /// Says something else about a hand that waits; its place stays.
    #[serde(rename = "restated")]
    Restated {
        activity: ActivityId,
        hand: u32,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        about: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stance: Option<Stance>,
    },
    /// Hands that no longer wait and were not called.
    #[serde(rename = "lowered")]
    Lowered {
        activity: ActivityId,
        hands: Vec<u32>,
    },
    /// Has the floor from now on. `length_ms` without the person's own time factor; 0: no limit.
    #[serde(rename = "called")]
    Called {
        activity: ActivityId,
        hand: u32,
        #[serde(default)]
        length_ms: i64,
    },
    /// A written question had its turn; that it has the floor stands in a `question_featured` of the same entry.
    #[serde(rename = "question_called")]
    QuestionCalled {
        activity: ActivityId,
        question: QuestionId,
    },
    #[serde(rename = "paused")]
    Paused { activity: ActivityId, hand: u32 },
    #[serde(rename = "resumed")]
    Resumed { activity: ActivityId, hand: u32 },
    #[serde(rename = "ended")]
    Ended { activity: ActivityId, hand: u32 },
    /// The speech goes on; what passed since its end does not count.
    #[serde(rename = "reopened")]
    Reopened { activity: ActivityId, hand: u32 },
    /// A new length, without the person's own time factor.
    #[serde(rename = "timed")]
    Timed {
        activity: ActivityId,
        hand: u32,
        length_ms: i64,
    },
    /// These come first, in this order, whatever the rule says; others follow by the rule.
    #[serde(rename = "ordered")]
    Ordered {
        activity: ActivityId,
        hands: Vec<u32>,
    },
    /// A person's time factor in percent, in the whole meeting.
    #[serde(rename = "extra_time")]
    ExtraTime { seat: SeatId, percent: u16 },
}
