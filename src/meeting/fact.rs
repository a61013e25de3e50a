//! What happened: the stored format. Names are written out, fields are only ever added, with a default;
//! nothing here is renamed, for every journal ever written is read through it (`tests/golden/`).

use serde::{Deserialize, Serialize};

use super::command::{ActivityKind, Contact, Order, Wifi};
use super::ids::{
    ActivityId, AliasId, ConcernId, DeviceId, LinkId, MeetingId, QuestionId, SeatId, Timestamp,
};
use super::role::Role;

pub use super::debate::fact::DebateFact;
pub use super::discussion::fact::DiscussionFact;
pub use super::groups::fact::GroupFact;

/// Everything one command made happen; what a record's payload holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 64-bit hash of the command, for [`super::marks`]; absent when the entry carries no number.
    #[serde(rename = "hash", default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<u64>,
    #[serde(rename = "facts")]
    pub facts: Vec<Fact>,
}

/// Who and when, from the record's own columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub at: Timestamp,
    /// The outbox and number of the command, for its marks; absent for anonymous commands under a seat and for the server.
    pub number: Option<(DeviceId, u64)>,
}

/// Who wrote a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    #[serde(rename = "seat")]
    Seat(SeatId),
    #[serde(rename = "alias")]
    Alias(AliasId),
    /// `anonymous` under a seat's own token: nobody can edit it later.
    #[serde(rename = "nobody")]
    Nobody,
}

/// Why a question was not listed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// The activity is reviewed.
    #[serde(rename = "review")]
    Review,
    /// A word of the list is in it.
    #[serde(rename = "word")]
    Word,
    /// A link, phone number or address is in it.
    #[serde(rename = "link")]
    Link,
    /// Its author's messages are held.
    #[serde(rename = "muted")]
    Muted,
}

/// An act that reached everyone and can be taken back for ten seconds, or is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(optional_fields)]
pub enum Act {
    #[serde(rename = "stage")]
    Stage { activity: Option<ActivityId> },
    #[serde(rename = "end")]
    End {},
    #[serde(rename = "call_back")]
    CallBack { on: bool },
    #[serde(rename = "feature")]
    Feature { question: Option<QuestionId> },
    #[serde(rename = "hide_stage")]
    HideStage { on: bool },
}

/// What happened. One command makes one or more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    // ── the meeting ──
    #[serde(rename = "meeting_created")]
    MeetingCreated {
        meeting: MeetingId,
        code: String,
        title: String,
        #[serde(default)]
        language: String,
    },
    #[serde(rename = "meeting_changed")]
    MeetingChanged {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        languages: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ask: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ask_first: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minors: Option<bool>,
        /// 0: no fixed end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wifi: Option<Wifi>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<Contact>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held_words: Option<Vec<String>>,
    },
    #[serde(rename = "meeting_started")]
    MeetingStarted {},
    #[serde(rename = "meeting_ended")]
    MeetingEnded {},
    #[serde(rename = "meeting_reopened")]
    MeetingReopened {},
    #[serde(rename = "heads_counted")]
    HeadsCounted { people: u32 },
    /// An act is planned for `at`; its deadline carries it out.
    #[serde(rename = "act_planned")]
    ActPlanned { act: Act, at: Timestamp },
    #[serde(rename = "act_called_off")]
    ActCalledOff {},
    /// What `take_back` may undo until `until`, and what undoes it.
    #[serde(rename = "take_back_offered")]
    TakeBackOffered {
        act: Act,
        undo: Act,
        until: Timestamp,
    },
    #[serde(rename = "taken_back")]
    TakenBack {},

    // ── the agenda ──
    #[serde(rename = "activity_added")]
    ActivityAdded {
        activity: ActivityId,
        kind: ActivityKind,
        title: String,
        #[serde(default)]
        minutes: u16,
        rank: u32,
    },
    #[serde(rename = "activity_changed")]
    ActivityChanged {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank: Option<u32>,
    },
    #[serde(rename = "activity_removed")]
    ActivityRemoved { activity: ActivityId },
    #[serde(rename = "activity_opened")]
    ActivityOpened { activity: ActivityId },
    #[serde(rename = "activity_closed")]
    ActivityClosed { activity: ActivityId },
    #[serde(rename = "stage_set")]
    StageSet {
        #[serde(default)]
        activity: Option<ActivityId>,
    },
    #[serde(rename = "stage_hidden")]
    StageHidden { on: bool },
    #[serde(rename = "joining_shown")]
    JoiningShown { on: bool },
    #[serde(rename = "called_back")]
    CalledBack { on: bool },

    // ── people ──
    #[serde(rename = "seat_taken")]
    SeatTaken {
        seat: SeatId,
        /// The link it came by; absent: by code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<LinkId>,
        /// Waits for the facilitator (*ask me first*).
        #[serde(default)]
        waiting: bool,
        /// A proxy: the desk acts for it.
        #[serde(default)]
        proxy: bool,
    },
    #[serde(rename = "seat_introduced")]
    SeatIntroduced {
        seat: SeatId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tags: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needs: Option<String>,
    },
    #[serde(rename = "seat_admitted")]
    SeatAdmitted { seat: SeatId },
    #[serde(rename = "seat_turned_away")]
    SeatTurnedAway { seat: SeatId },
    #[serde(rename = "role_given")]
    RoleGiven {
        seat: SeatId,
        role: Role,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<LinkId>,
    },
    #[serde(rename = "role_taken")]
    RoleTaken { seat: SeatId, role: Role },
    /// `hash`: SHA-256 of the secret, base64url; the secret itself is stored nowhere.
    #[serde(rename = "link_added")]
    LinkAdded {
        link: LinkId,
        role: Role,
        hash: String,
        #[serde(default)]
        label: String,
    },
    #[serde(rename = "link_revoked")]
    LinkRevoked { link: LinkId },
    #[serde(rename = "move_offered")]
    MoveOffered {
        seat: SeatId,
        hash: String,
        until: Timestamp,
    },
    /// The seat's older tokens (lower `generation`) are void.
    #[serde(rename = "seat_moved")]
    SeatMoved { seat: SeatId, generation: u32 },
    #[serde(rename = "author_muted")]
    AuthorMuted { author: Author, on: bool },
    #[serde(rename = "concern_raised")]
    ConcernRaised {
        concern: ConcernId,
        seat: SeatId,
        #[serde(default)]
        text: String,
        #[serde(default)]
        place: String,
    },
    #[serde(rename = "concern_noted")]
    ConcernNoted { concern: ConcernId, done: String },

    // ── questions ──
    #[serde(rename = "questions_set")]
    QuestionsSet {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        votes: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counts_hidden: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Order>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        longest: Option<u16>,
    },
    #[serde(rename = "question_asked")]
    QuestionAsked {
        question: QuestionId,
        activity: ActivityId,
        author: Author,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_tag: Option<String>,
        /// With the seat's name beside it.
        #[serde(default)]
        named: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// Why it waits; absent: listed at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held: Option<Held>,
        /// From a card, entered at the desk for somebody without a phone.
        #[serde(default)]
        proxy: bool,
    },
    #[serde(rename = "question_edited")]
    QuestionEdited {
        question: QuestionId,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held: Option<Held>,
    },
    #[serde(rename = "question_withdrawn")]
    QuestionWithdrawn { question: QuestionId },
    #[serde(rename = "question_listed")]
    QuestionListed { question: QuestionId },
    #[serde(rename = "question_dismissed")]
    QuestionDismissed {
        question: QuestionId,
        reason: String,
    },
    #[serde(rename = "question_parked")]
    QuestionParked { question: QuestionId },
    #[serde(rename = "question_voted")]
    QuestionVoted {
        question: QuestionId,
        seat: SeatId,
        on: bool,
    },
    /// Gets the floor; whichever had it goes back to the list.
    #[serde(rename = "question_featured")]
    QuestionFeatured { question: QuestionId },
    /// Loses the floor and goes back to the list.
    #[serde(rename = "question_unfeatured")]
    QuestionUnfeatured { question: QuestionId },
    #[serde(rename = "question_answered")]
    QuestionAnswered {
        question: QuestionId,
        #[serde(default)]
        text: String,
        #[serde(default)]
        by: String,
    },
    #[serde(rename = "question_replied")]
    QuestionReplied {
        question: QuestionId,
        answered: bool,
    },
    #[serde(rename = "question_merged")]
    QuestionMerged { from: QuestionId, into: QuestionId },
    #[serde(rename = "question_unmerged")]
    QuestionUnmerged { question: QuestionId },
    #[serde(rename = "questions_kept_apart")]
    QuestionsKeptApart { from: QuestionId, into: QuestionId },
    #[serde(rename = "question_tagged")]
    QuestionTagged {
        question: QuestionId,
        tags: Vec<String>,
    },
    #[serde(rename = "question_labelled")]
    QuestionLabelled {
        question: QuestionId,
        language: String,
    },
    #[serde(rename = "question_translated")]
    QuestionTranslated {
        question: QuestionId,
        language: String,
        text: String,
    },
    #[serde(rename = "question_kept_private")]
    QuestionKeptPrivate { question: QuestionId, on: bool },
    #[serde(rename = "question_ranked")]
    QuestionRanked { question: QuestionId, rank: u32 },
    #[serde(rename = "hands_counted")]
    HandsCounted { question: QuestionId, hands: u32 },

    // ── group work ──
    #[serde(rename = "group")]
    Group(GroupFact),

    // ── discussion ──
    #[serde(rename = "discussion")]
    Discussion(DiscussionFact),

    // ── debate ──
    #[serde(rename = "debate")]
    Debate(Box<DebateFact>),

    /// Personal texts were emptied by redaction; facts and ids are kept.
    #[serde(rename = "redacted")]
    Redacted {},
    /// A command that panicked twice was set aside.
    #[serde(rename = "quarantined")]
    Quarantined { hash: u64 },
}
