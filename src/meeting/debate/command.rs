//! What may be wished about a debate. On the wire each is a command like any other (`{"clock":{…}}`); owns their shape and
//! nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::format::model::Format;
use crate::meeting::ids::{ActivityId, MotionId, QuestionId, SeatId, TeamId, Timestamp};

/// What the chair does with the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Start,
    Pause,
    /// The clock waits for the interpreter, and everybody is told so.
    Interpret,
    Resume,
    /// `seconds` more (or less) time for this segment.
    Adjust,
    /// This segment from its beginning.
    Reset,
    /// The speech is over.
    Finish,
    Next,
    Back,
    /// To `segment`.
    Jump,
    /// `side` spends from its preparation bank; without one: nobody does.
    Bank,
    /// Free debate: `side` has the floor and its bank runs.
    HandOver,
}

/// Which vote of the audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoteRound {
    Before,
    After,
}

/// How the hall is told who rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rings {
    /// The stage rings.
    #[default]
    Stage,
    /// The chair's own device rings.
    Chair,
    /// Nothing rings; it flashes and vibrates.
    Nobody,
}

/// A speaker's marks on a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Mark {
    /// Which speaker of the side (their place, from 1).
    pub place: u8,
    /// In hundredths: 7 550 is 75.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// Speaks a second time for an absent one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twice: Option<bool>,
    /// Feedback for the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// A judge's ballot: marks by the index of the segment that was spoken, and who won.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Ballot {
    /// Segment → mark.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<u8, Mark>,
    /// The declared winner's side, where the rules ask for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winner: Option<String>,
    /// Side → rank from 1, where four teams are ranked.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ranks: BTreeMap<String, u8>,
    /// Reasons for the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// How a round is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DrawHow {
    #[default]
    Random,
    /// Those with as many wins meet.
    Power,
}

/// What the hall may show without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    Applause,
    Agree,
    Laugh,
}

/// A wish about a debate. A side is named by its id in the format, a speaker by side and place (from 1), a segment by its
/// index in the format (from 0).
///
/// Texts are counted in graphemes: a motion 300, an info slide 2 000, a name 64, a remark 1 000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(optional_fields)]
pub enum DebateCommand {
    // ── setting up ──
    /// Settings; only what is given changes. A format can be changed until the first clock has run. Timekeeper.
    SetDebate {
        activity: ActivityId,
        /// A built-in format by its id.
        format: Option<String>,
        /// A format of one's own.
        own_format: Option<Box<Format>>,
        /// The motion; hidden until it is released.
        motion: Option<String>,
        /// The info slide; empty: none.
        slide: Option<String>,
        rings: Option<Rings>,
        /// The result is kept from everyone but the chair until the last round.
        silent: Option<bool>,
        /// Judges agree on one ballot, handed in by their chair.
        together: Option<bool>,
        /// The rules of `results` that score it, by id; empty: not scored.
        scored_by: Option<String>,
        /// The host's stage is asked for applause and other reactions. Off by default.
        reactions: Option<bool>,
    },
    /// A team, and the side it stands on. Timekeeper.
    AddTeam {
        id: TeamId,
        name: String,
        /// School or club; the draw keeps them apart.
        from: Option<String>,
        activity: Option<ActivityId>,
        side: Option<String>,
    },
    /// Only what is given changes. Timekeeper.
    ChangeTeam {
        team: TeamId,
        name: Option<String>,
        from: Option<String>,
    },
    /// A team that debates nowhere. Timekeeper.
    RemoveTeam { team: TeamId },
    /// Puts a team on a side; whoever stood there steps down. Absent: the side is empty. Timekeeper.
    PlaceTeam {
        activity: ActivityId,
        side: String,
        team: Option<TeamId>,
    },
    /// The lot says who stands on which side. Timekeeper.
    DrawSides { activity: ActivityId },
    /// Types a speaker in, or seats one; both absent: the place is empty. Also how a substitute comes. Timekeeper.
    SetSpeaker {
        team: TeamId,
        place: u8,
        name: Option<String>,
        seat: Option<SeatId>,
    },
    /// "I speak here": waits for the chair. Any seat.
    ClaimPlace {
        team: TeamId,
        place: u8,
        name: Option<String>,
    },
    /// The seat that claimed it steps back. Any seat.
    LeavePlace { team: TeamId, place: u8 },
    /// Confirms a claim, or turns it down. Timekeeper.
    ConfirmPlace {
        team: TeamId,
        place: u8,
        seat: SeatId,
        on: bool,
    },
    /// Whom the side sends for this segment; `twice`: speaks a second time for an absent one. Timekeeper.
    SendSpeaker {
        activity: ActivityId,
        segment: u8,
        place: u8,
        twice: Option<bool>,
    },
    /// Who owns a segment that is decided live. Timekeeper.
    DecideOwner {
        activity: ActivityId,
        segment: u8,
        side: String,
    },
    /// Who takes the chair of this debate; empty: every timekeeper. Facilitator.
    SetChairs {
        activity: ActivityId,
        seats: Vec<SeatId>,
    },
    /// Who judges; the first is the chair of the panel. Timekeeper.
    SetJudges {
        activity: ActivityId,
        seats: Vec<SeatId>,
    },
    /// A judge says whom they may not judge. Any seat.
    DeclareConflict { team: TeamId, on: bool },
    /// Time factor of a speaker in percent: 100, 125, 150 or 200. Known to chair and speaker alone. Timekeeper.
    SetFactor {
        team: TeamId,
        place: u8,
        percent: u16,
    },

    // ── the motion ──
    /// Timekeeper.
    ProposeMotion {
        id: MotionId,
        activity: ActivityId,
        text: String,
        slide: Option<String>,
        /// The question it comes from.
        question: Option<QuestionId>,
    },
    /// Timekeeper.
    RemoveMotion { motion: MotionId },
    /// Shows the proposed motions to the teams, who rank and veto them. Timekeeper.
    OfferMotions { activity: ActivityId, on: bool },
    /// A confirmed speaker ranks for their side, best first.
    RankMotions {
        activity: ActivityId,
        motions: Vec<MotionId>,
    },
    /// A confirmed speaker: not this one. Absent: takes the veto back.
    VetoMotion {
        activity: ActivityId,
        motion: Option<MotionId>,
    },
    /// This one is debated; without a motion: what ranks and vetoes leave. Timekeeper.
    ChooseMotion {
        activity: ActivityId,
        motion: Option<MotionId>,
    },
    /// Every phone and stage has the motion in the same second, and preparation starts. Timekeeper.
    ReleaseMotion { activity: ActivityId },

    // ── the clock ──
    /// Any chair's device. `from`: the segment the device saw (absent: preparation), so that two taps are one.
    /// `at`: when it was pressed, by the server's clock as the device knows it; at most 2 s back. Timekeeper.
    Clock {
        activity: ActivityId,
        verb: Verb,
        from: Option<u8>,
        at: Option<Timestamp>,
        seconds: Option<i32>,
        segment: Option<u8>,
        side: Option<String>,
    },
    /// "End my speech" (held): whoever speaks now, from their own phone.
    EndMySpeech { activity: ActivityId },
    /// The chair of this debate needs the host. Timekeeper.
    CallHost { activity: ActivityId, on: bool },

    // ── points of information ──
    /// "On that point": a speaker of another side, while points may be offered and the format takes them from seats.
    OfferPoint { activity: ActivityId },
    /// The speaker: *Yes* or *Not now*.
    AnswerPoint { activity: ActivityId, take: bool },
    /// The chair counts: `side` offered one, and whether it was taken. Timekeeper.
    CountPoint {
        activity: ActivityId,
        side: String,
        taken: bool,
    },
    /// The point that runs is over. The speaker, timekeeper.
    EndPoint { activity: ActivityId },

    // ── the audience ──
    /// Opens or closes a vote. Timekeeper.
    OpenVote {
        activity: ActivityId,
        round: VoteRound,
        on: bool,
    },
    /// Whom one agrees with: a side's id, or absent: undecided. Sent under an alias, so that nobody can read who voted what.
    VoteMotion {
        activity: ActivityId,
        round: VoteRound,
        side: Option<String>,
    },
    /// Shows who changed their mind. Timekeeper.
    ShowSwing { activity: ActivityId, on: bool },
    /// Applause and the like, where they are on.
    React {
        activity: ActivityId,
        kind: Reaction,
    },

    // ── judging ──
    /// A draft is saved as it is. A judge of this debate.
    SaveBallot {
        activity: ActivityId,
        ballot: Box<Ballot>,
    },
    /// Handed in: checked by the rules. A judge of this debate.
    HandInBallot {
        activity: ActivityId,
        ballot: Box<Ballot>,
    },
    /// A second person has read it: another judge or the chair; with one judge alone, that judge reads it back. Any seat.
    ConfirmBallot { activity: ActivityId, judge: SeatId },
    /// Back to its judge. Timekeeper.
    ReturnBallot { activity: ActivityId, judge: SeatId },
    /// Everybody sees who won. Timekeeper.
    ReleaseResult { activity: ActivityId, on: bool },

    // ── a series of rounds ──
    /// Draws the next round into these debates: teams, sides, judges. Facilitator.
    DrawRound {
        activities: Vec<ActivityId>,
        how: DrawHow,
    },
}
