//! What a person may wish: the commands of the wire, one key each. Owns their shape and nothing else;
//! whether a wish is granted is decided in the activity's own folder.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ids::{ActivityId, ConcernId, LinkId, QuestionId, SeatId, Timestamp};
use super::role::Role;

pub use super::debate::command::{
    Ballot, DebateCommand, DrawHow, Mark, Reaction, Rings, Verb, VoteRound,
};
pub use super::discussion::command::{DiscussionCommand, HandKind, LineOrder, Stance};
pub use super::groups::command::{Call, Duty, GroupCommand, How};

/// The kinds of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    Slides,
    Questions,
    Discussion,
    Groups,
    Debate,
    Poll,
    Feedback,
}

/// How questions are ordered on the stage and, unless a reader chooses otherwise, on phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Most votes first.
    #[default]
    Top,
    /// Newest first.
    New,
    /// New questions get shown; people not yet answered come first. Computed by the server.
    Fair,
    /// The facilitator's own order (`rank`).
    Own,
}

/// The hall's Wi-Fi, shown as the first of the two join codes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Wifi {
    /// The network's name; empty: no Wi-Fi is shown.
    pub name: String,
    /// Its password; empty: an open network.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub password: String,
}

/// Whom "Something is wrong" reaches. Empty name: nobody is on duty, numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Contact {
    /// The name people see.
    #[serde(default)]
    pub name: String,
    /// Local help numbers, one a line.
    #[serde(default)]
    pub numbers: String,
    /// On duty now.
    #[serde(default)]
    pub on_duty: bool,
}

/// A wish. Serialised as an object with one key: `{"ask":{…}}`.
///
/// Texts are counted in graphemes: a title 120, a name 64, a question 500, an answer 2 000, a reason 200, a tag 40.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(optional_fields)]
pub enum Command {
    // ── the agenda ──
    /// Adds an item. `before` absent: at the end. Facilitator.
    AddActivity {
        id: ActivityId,
        kind: ActivityKind,
        title: String,
        minutes: Option<u16>,
        before: Option<ActivityId>,
    },
    /// Changes title or planned minutes (0: none). Facilitator.
    ChangeActivity {
        activity: ActivityId,
        title: Option<String>,
        minutes: Option<u16>,
    },
    /// Moves an item before another, or to the end. Facilitator.
    MoveActivity {
        activity: ActivityId,
        before: Option<ActivityId>,
    },
    /// Removes an item that was never opened. Facilitator.
    RemoveActivity { activity: ActivityId },
    /// Opens an item; the first one makes the meeting live. Facilitator.
    Open { activity: ActivityId },
    /// Closes an item. Facilitator.
    Close { activity: ActivityId },
    /// Puts an item on the stage; absent: clears it. `in_s`: seconds from now (0–600). Facilitator.
    Stage {
        activity: Option<ActivityId>,
        in_s: Option<u16>,
    },
    /// Shares the delay against `ends_at` among the planned minutes of what is left. Facilitator.
    ShareDelay {},
    /// Settings of a questions activity; only what is given changes. Moderator.
    SetQuestions {
        activity: ActivityId,
        /// Pre-moderation: what is asked waits for the moderator.
        review: Option<bool>,
        votes: Option<bool>,
        counts_hidden: Option<bool>,
        order: Option<Order>,
        /// Longest question in graphemes, 20–500.
        longest: Option<u16>,
    },

    // ── the meeting ──
    /// Only what is given changes; an empty text or 0 clears. Facilitator.
    ChangeMeeting {
        title: Option<String>,
        language: Option<String>,
        languages: Option<Vec<String>>,
        /// The tags the facilitator asks for ("teacher", "student", …).
        ask: Option<Vec<String>>,
        ask_first: Option<bool>,
        minors: Option<bool>,
        ends_at: Option<Timestamp>,
        wifi: Option<Wifi>,
        contact: Option<Contact>,
        /// Words that hold a text back, added to the built-in lists.
        held_words: Option<Vec<String>>,
    },
    /// Ends the meeting. Can be taken back for 10 s. Facilitator.
    End { in_s: Option<u16> },
    /// Opens an ended meeting again. Facilitator.
    Reopen {},
    /// Takes back the last act that reached everyone, within 10 s, or calls off a planned one. Facilitator.
    TakeBack {},
    /// A calm title card in place of everything on the stage. Facilitator.
    HideStage { on: bool },
    /// Takes down whatever is shown: the featured question goes back to the list, else joining, else the stage is cleared.
    /// Moderator.
    TakeDown {},
    /// Joining has the whole stage. Facilitator.
    ShowJoining { on: bool },
    /// "Please look up" on every phone. Facilitator.
    CallBack { on: bool, in_s: Option<u16> },
    /// The head count of the hall, beside the seat count. Facilitator.
    CountHeads { people: u32 },

    // ── people ──
    /// What a person says of themselves; only what is given changes, empty clears. `needs` reaches facilitators alone.
    Introduce {
        name: Option<String>,
        language: Option<String>,
        tags: Option<Vec<String>>,
        needs: Option<String>,
    },
    /// A seat for somebody without a phone; the desk acts for it with `as`. Facilitator, moderator.
    AddProxy {
        seat: SeatId,
        name: Option<String>,
        tags: Option<Vec<String>>,
    },
    /// Facilitator.
    GiveRole { seat: SeatId, role: Role },
    /// Facilitator. The last facilitator cannot remove themselves.
    TakeRole { seat: SeatId, role: Role },
    /// Revokes a link; seats that came by it lose its role, its sockets close with 4003. Facilitator.
    RevokeLink { link: LinkId },
    /// Holds what a seat, or a question's author (seat or alias), writes: it waits, and nobody is told. Moderator.
    Mute {
        seat: Option<SeatId>,
        question: Option<QuestionId>,
        on: bool,
    },
    /// Lets a waiting seat in (*ask me first*). Facilitator.
    Admit { seat: SeatId },
    /// Sends a waiting seat away. Facilitator.
    TurnAway { seat: SeatId },
    /// *Something is wrong*: goes to the safeguarding contact alone.
    Concern {
        id: ConcernId,
        text: Option<String>,
        /// Where the person sits, if they allow it.
        place: Option<String>,
    },
    /// What was done about a concern. Contact.
    NoteConcern { concern: ConcernId, done: String },

    // ── questions ──
    /// Asks. Listed at once, or waiting when review is on, the author is held, or a held word is in it.
    Ask {
        id: QuestionId,
        activity: ActivityId,
        text: String,
        anonymous: Option<bool>,
        as_tag: Option<String>,
        language: Option<String>,
    },
    /// The author, while it waits or has no votes; a moderator too.
    Edit { question: QuestionId, text: String },
    /// The author, any time.
    Withdraw { question: QuestionId },
    /// "Show to all": from waiting, dismissed, parked or answered; also takes a featured one back to the list. Moderator.
    List { question: QuestionId },
    /// "Don't show": the reason is told to the author. Moderator.
    Dismiss {
        question: QuestionId,
        reason: String,
    },
    /// "Answer later". Moderator.
    Park { question: QuestionId },
    /// One per seat; retractable.
    Vote { question: QuestionId, on: bool },
    /// "Being answered now": the one question that has the floor. Moderator.
    Feature { question: QuestionId },
    /// Answered: in writing with a text, spoken without; by a named panelist with `by`. Absent keeps what was written,
    /// empty clears it. Moderator.
    Answer {
        question: QuestionId,
        text: Option<String>,
        by: Option<String>,
    },
    /// The author's "that answers it" (`answered`), or "not yet".
    Reply {
        question: QuestionId,
        answered: bool,
    },
    /// "Same question". Counts distinct people; can be undone. Moderator.
    Merge { from: QuestionId, into: QuestionId },
    /// Moderator.
    Unmerge { question: QuestionId },
    /// Not the same: the suggestion does not come again. Moderator.
    KeepApart { from: QuestionId, into: QuestionId },
    /// Moderator.
    Tag {
        question: QuestionId,
        tags: Vec<String>,
    },
    /// The language it is written in (BCP 47). Moderator.
    Label {
        question: QuestionId,
        language: String,
    },
    /// A translation, shown in the reader's language; empty removes it. Moderator, captioner.
    Translate {
        question: QuestionId,
        language: String,
        text: String,
    },
    /// "Keep private": out of floor, stage and report. Moderator.
    Care { question: QuestionId, on: bool },
    /// The moderator's own order. Moderator.
    Rank {
        question: QuestionId,
        before: Option<QuestionId>,
    },
    /// Votes counted by show of hands, beside those of phones. Moderator.
    CountHands { question: QuestionId, hands: u32 },

    // ── group work ──
    /// See [`GroupCommand`]. Written like any other; read by `wire::read_command`.
    #[serde(untagged)]
    #[serde(skip_deserializing)]
    Group(GroupCommand),

    // ── discussion ──
    /// See [`DiscussionCommand`]. Written like any other; read by `wire::read_command`.
    #[serde(untagged)]
    #[serde(skip_deserializing)]
    Discussion(DiscussionCommand),

    // ── debate ──
    /// See [`DebateCommand`]. Written like any other; read by `wire::read_command`.
    #[serde(untagged)]
    #[serde(skip_deserializing)]
    Debate(DebateCommand),
}
