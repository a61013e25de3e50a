//! What may be wished about a discussion. On the wire each is a command like any other (`{"raise":{…}}`); owns their shape
//! and nothing else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::meeting::ids::{ActivityId, QuestionId, SeatId};

/// Who comes next among ordinary hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineOrder {
    /// As they were raised.
    #[default]
    FirstCome,
    /// Whoever has not spoken yet comes before whoever has.
    FirstTimers,
    /// For and against, or the tags that the discussion names, take turns.
    Alternate,
    /// Whoever has spoken least, by time, comes first.
    LeastTime,
}

/// What a hand is for; the more urgent comes first ("interposed question > point of order > the rest", as OpenSlides orders
/// its list of speakers).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum HandKind {
    /// An interposed question or a direct reply: interrupts whoever speaks, who goes on afterwards.
    Reply,
    PointOfOrder,
    #[default]
    Ordinary,
}

/// Where a speaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    For,
    Against,
}

/// A wish about a discussion. A hand is named by its number in the discussion, from 1.
///
/// Texts are counted in graphemes: what a hand is about 120.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(optional_fields)]
pub enum DiscussionCommand {
    /// Settings; only what is given changes. Timekeeper.
    SetDiscussion {
        activity: ActivityId,
        order: Option<LineOrder>,
        /// Length of a speech in seconds, 10–3 600; 0: no limit. Default 120.
        speech_s: Option<u16>,
        /// Tags that take turns and whose time is added up; empty: all that the meeting asks for.
        tags: Option<Vec<String>>,
        /// People say whether they speak for or against.
        stances: Option<bool>,
        /// Speaking time each tag may use in seconds, 0–14 400; 0: no budget.
        budget_s: Option<u16>,
        /// Written questions stand in the same line, in turn with hands.
        one_queue: Option<bool>,
        /// A closed list still lets points of order in. Default true.
        order_when_closed: Option<bool>,
    },
    /// "Raise my hand": at most one ordinary hand and one of each other kind. With `as` for somebody without a phone.
    Raise {
        activity: ActivityId,
        kind: Option<HandKind>,
        about: Option<String>,
        stance: Option<Stance>,
    },
    /// "Lower my hand"; without a kind: all of mine that wait.
    Lower {
        activity: ActivityId,
        kind: Option<HandKind>,
    },
    /// A hand for somebody else, also on a closed list. Timekeeper.
    AddHand {
        activity: ActivityId,
        seat: SeatId,
        kind: Option<HandKind>,
        about: Option<String>,
        stance: Option<Stance>,
    },
    /// Takes a waiting hand off the list. Timekeeper.
    RemoveHand { activity: ActivityId, hand: u32 },
    /// Gives the floor: to that hand, to that seat's most urgent hand, to a written question, or to whoever is next.
    /// A reply pauses whoever speaks; anything else ends every speech. Timekeeper.
    Call {
        activity: ActivityId,
        hand: Option<u32>,
        seat: Option<SeatId>,
        question: Option<QuestionId>,
    },
    /// Timekeeper.
    PauseSpeech { activity: ActivityId },
    /// Goes on with whoever is paused. Timekeeper.
    ResumeSpeech { activity: ActivityId },
    /// The speech is over. The speaker, timekeeper.
    EndSpeech { activity: ActivityId },
    /// The last speech goes on as if it had not ended; what passed since does not count. Timekeeper.
    ReopenSpeech { activity: ActivityId },
    /// More or less time for whoever speaks, −3 600 to 3 600 s. Timekeeper.
    AddSpeechTime { activity: ActivityId, seconds: i32 },
    /// The chair's own order: exactly all hands that wait. Timekeeper.
    OrderHands {
        activity: ActivityId,
        hands: Vec<u32>,
    },
    /// Closes the list; whoever waits stays. Timekeeper.
    CloseList { activity: ActivityId, on: bool },
    /// Whoever spoke last is first in line again. Timekeeper.
    ReAddLast { activity: ActivityId },
    /// Takes all waiting hands down. Timekeeper.
    ClearHands { activity: ActivityId },
    /// Time factor of a person in percent: 100, 125, 150 or 200. Known to the chair and that person alone. Timekeeper.
    ExtraTime { seat: SeatId, percent: u16 },
}
