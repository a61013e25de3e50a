//! What a discussion looks like to each audience: the shapes alone.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::meeting::command::{HandKind, LineOrder, Stance};
use crate::meeting::ids::{QuestionId, SeatId, Timestamp};
use crate::view::debate::Clock;

/// A discussion as everyone sees it: who speaks, who is next. No id of a person; a name only where they gave one.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct FloorDiscussion {
    pub order: LineOrder,
    /// The list is closed.
    pub closed: Option<bool>,
    /// Seconds; absent: no limit.
    pub speech_s: Option<u16>,
    /// People say whether they speak for or against.
    pub stances: Option<bool>,
    /// Written questions stand in the same line.
    pub one_queue: Option<bool>,
    /// Hands that wait.
    pub hands: u32,
    /// Written questions that wait; only with one queue.
    pub written: Option<u32>,
    pub speaking: Option<ShownSpeaker>,
    /// Who goes on when an interposed reply is over.
    pub interrupted: Option<ShownSpeaker>,
    /// The next ones, at most eight, by their place from 1.
    pub line: BTreeMap<u8, ShownHand>,
}

/// Who speaks.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownSpeaker {
    pub hand: u32,
    pub name: Option<String>,
    /// A tag that at least five hold.
    pub tag: Option<String>,
    pub kind: HandKind,
    pub stance: Option<Stance>,
    /// Speaks for the first time in this discussion.
    pub first: Option<bool>,
    pub clock: Clock,
}

/// Somebody in line, or a written question.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownHand {
    /// Absent for a written question.
    pub hand: Option<u32>,
    pub question: Option<QuestionId>,
    pub name: Option<String>,
    pub tag: Option<String>,
    pub kind: HandKind,
    pub stance: Option<Stance>,
    pub first: Option<bool>,
}

/// What the chair of a discussion sees besides (`chair/{activity}`).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ChairDiscussion {
    /// Tags that take turns and are added up.
    pub tags: Vec<String>,
    /// Seconds a tag may use; absent: no budget.
    pub budget_s: Option<u16>,
    /// A closed list lets points of order in.
    pub order_when_closed: bool,
    /// Everyone in line, by place from 1.
    pub line: BTreeMap<u16, ChairHand>,
    pub speaking: Option<ChairHand>,
    pub interrupted: Option<ChairHand>,
    /// The last speech can go on: its hand.
    pub last: Option<u32>,
    /// Who has spoken, by seat.
    pub people: BTreeMap<SeatId, Spoken>,
    /// Time and turns by tag; a tag held by fewer than five is not here. Finished speeches and the present one up to now are
    /// the chair's to add: `since` of the clock says when it began.
    pub balance: BTreeMap<String, Spoken>,
    /// By stance.
    pub stances: BTreeMap<Stance, Spoken>,
}

/// A hand as the chair sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ChairHand {
    pub hand: Option<u32>,
    pub question: Option<QuestionId>,
    pub seat: Option<SeatId>,
    pub name: Option<String>,
    /// All that the person said of themselves.
    pub tags: Vec<String>,
    pub kind: HandKind,
    pub stance: Option<Stance>,
    pub about: Option<String>,
    pub why: Option<Why>,
    /// When it was raised.
    pub at: Option<Timestamp>,
    /// Without a phone.
    pub proxy: Option<bool>,
    /// Percent; absent: 100.
    pub factor: Option<u16>,
    pub clock: Option<Clock>,
}

/// Time and turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Spoken {
    #[ts(type = "number")]
    pub ms: i64,
    pub turns: u32,
}

/// One's own hands in a discussion (`mine.discussions.{activity}`).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct MyDiscussion {
    /// My hands that wait, or speak.
    pub hands: BTreeMap<HandKind, MyHand>,
    /// How often I have spoken here.
    pub turns: Option<u32>,
    /// My time factor in percent; absent: 100.
    pub factor: Option<u16>,
}

/// A hand of one's own.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct MyHand {
    pub hand: u32,
    /// Place in line from 1; absent while speaking.
    pub place: Option<u16>,
    /// Why there.
    pub why: Option<Why>,
    pub about: Option<String>,
    pub stance: Option<Stance>,
    /// I speak, or am interrupted.
    pub speaking: Option<bool>,
    /// My own clock, with my own length.
    pub clock: Option<Clock>,
}

/// Why a hand stands where it stands; the catalogues say each in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// In the order hands were raised.
    FirstCome,
    /// Has not spoken yet, so comes before those who have.
    FirstTime,
    /// Has spoken already, so waits for those who have not.
    SpokenBefore,
    /// For and against, or the tags, take turns.
    TakesTurns,
    /// Has spoken least.
    LeastTime,
    /// A direct reply comes first.
    Reply,
    /// A point of order comes before ordinary hands.
    PointOfOrder,
    /// The chair put it there.
    Chair,
    /// The budget of its tag is used up, so it comes last.
    OverBudget,
}
