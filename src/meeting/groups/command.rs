//! What may be wished about group work. On the wire each is a command like any other (`{"post_card":{…}}`); owns their shape
//! and nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, SeatId};

/// How people come into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Balanced by tags and languages, with care for whoever would be alone.
    #[default]
    Mixed,
    /// A plain draw that still keeps to the constraints.
    Random,
    /// People choose on their phones, within the places there are.
    SelfChosen,
    /// The desk puts people where they belong.
    ByHand,
}

/// What somebody does for their group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Reports back to the hall.
    Reporter,
    /// Keeps the group to its time.
    Timekeeper,
    /// Writes the notes.
    Scribe,
}

/// What a group needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// "We need help."
    #[default]
    Help,
    /// "Please fetch me."
    Fetch,
}

/// A wish about group work.
///
/// Texts are counted in graphemes: a name 40, a place 80, a task 1 000, an answer line and its label 60, a card 200,
/// a letter 300.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(optional_fields)]
pub enum GroupCommand {
    // ── planning ──
    /// Settings of a groups activity; only what is given changes, an empty text or 0 clears. Facilitator.
    SetGroups {
        activity: ActivityId,
        how: Option<How>,
        /// How many groups; 0: from `size`.
        tables: Option<u16>,
        /// People a group, 2–30; used when `tables` is 0. Default 5.
        size: Option<u8>,
        /// Rounds with other people each time, 1–12.
        rounds: Option<u8>,
        /// One person stays at each table as its host (World Café).
        hosts: Option<bool>,
        /// Tags to spread evenly; empty: all that the meeting asks for.
        balance: Option<Vec<String>>,
        /// The groups of this activity stay together in ours.
        from: Option<ActivityId>,
        task: Option<String>,
        /// Labels of the answer lines, at most 6.
        lines: Option<Vec<String>>,
        /// Length of a round in seconds, 0–14 400; 0: no timer.
        seconds: Option<u32>,
        /// Dots a person may give to cards, 0–10; 0: no voting. Default 3.
        dots: Option<u8>,
        /// Length of a report in seconds, 15–1 800. Default 120.
        turn_s: Option<u16>,
    },
    /// A further group. Facilitator.
    AddGroup {
        id: GroupId,
        activity: ActivityId,
        name: Option<String>,
    },
    /// Only what is given changes; an empty text clears. Facilitator.
    ChangeGroup {
        group: GroupId,
        name: Option<String>,
        /// Where it is: "by the window, second from the door".
        place: Option<String>,
        step_free: Option<bool>,
        /// Its own task, in place of the common one.
        task: Option<String>,
        /// Nobody is put here and nobody may choose it.
        locked: Option<bool>,
        /// Most people, 0–500; 0: no limit.
        most: Option<u16>,
    },
    /// Removes a group where nobody sits. Facilitator.
    RemoveGroup { group: GroupId },
    /// Whom to keep together, whom apart, who stays where; a list that is given replaces the one before. Facilitator.
    Constrain {
        activity: ActivityId,
        together: Option<Vec<Vec<SeatId>>>,
        apart: Option<Vec<Vec<SeatId>>>,
        /// Group → the seat that stays there in every round.
        hosts: Option<BTreeMap<GroupId, SeatId>>,
        /// Seats that need a step-free table.
        step_free: Option<Vec<SeatId>>,
    },
    /// The plan becomes real: everybody is told where they sit; the activity opens. Facilitator.
    PublishGroups { activity: ActivityId },
    /// Throws the unpublished plan away. Facilitator.
    DiscardPlan { activity: ActivityId },
    /// Everybody moves to their next table. Facilitator.
    NextRound { activity: ActivityId },

    // ── moving people ──
    /// Moves people to a group, or out of all. Facilitator.
    MoveSeats {
        activity: ActivityId,
        seats: Vec<SeatId>,
        to: Option<GroupId>,
    },
    /// Two people change places. Facilitator.
    SwapSeats {
        activity: ActivityId,
        one: SeatId,
        other: SeatId,
    },
    /// Everybody of `from`, and what they made, goes to `into`. Facilitator.
    MergeGroups { from: GroupId, into: GroupId },
    /// Some of a group become a new one. Facilitator.
    SplitGroup {
        group: GroupId,
        id: GroupId,
        seats: Vec<SeatId>,
    },
    /// Self-chosen groups: sits down, coming from another if need be.
    JoinGroup { group: GroupId },
    /// Self-chosen groups: gets up.
    LeaveGroup { group: GroupId },

    // ── time ──
    /// Starts the timer anew, for all or one; 0 stops it. Facilitator.
    SetTimer {
        activity: ActivityId,
        group: Option<GroupId>,
        /// 0–14 400.
        seconds: u32,
    },
    /// More or less time, for all or one. Facilitator.
    AddTime {
        activity: ActivityId,
        group: Option<GroupId>,
        /// −3 600–3 600.
        seconds: i32,
    },
    /// Ends the work of all or one, after a count-down of `in_s` (0–600). Nothing that was written is lost. Facilitator.
    EndGroups {
        activity: ActivityId,
        group: Option<GroupId>,
        in_s: Option<u16>,
    },
    /// Work goes on, of all or one; also calls a count-down off. Facilitator.
    ResumeGroups {
        activity: ActivityId,
        group: Option<GroupId>,
    },

    // ── at the table ──
    /// An answer line, from 1; empty clears. A member.
    WriteLine {
        group: GroupId,
        line: u8,
        text: String,
    },
    /// An idea. A member.
    PostCard {
        id: CardId,
        group: GroupId,
        text: String,
    },
    /// A member.
    EditCard { card: CardId, text: String },
    /// A member, or a moderator.
    RemoveCard { card: CardId },
    /// Puts a card under another, or takes it out again. A member, or a moderator.
    StackCard { card: CardId, onto: Option<CardId> },
    /// How many dots of one's own lie on a card, within the budget. A member.
    DotCard { card: CardId, dots: u8 },
    /// Shows how the dots fell, or hides it again. The group's reporter; a facilitator for all or one.
    ShowDots {
        activity: ActivityId,
        group: Option<GroupId>,
        on: bool,
    },
    /// Takes a duty, or hands it back. A member.
    TakeDuty {
        group: GroupId,
        duty: Duty,
        on: bool,
    },
    /// A member calls for help, or no longer; a moderator may end it too.
    NeedHelp {
        group: GroupId,
        on: bool,
        call: Option<Call>,
    },
    /// "We are ready." A member.
    Ready { group: GroupId, on: bool },
    /// Somebody is on the way to them. Moderator.
    Visit { group: GroupId, on: bool },
    /// A few words to one group or all. Moderator.
    WriteTo {
        id: LetterId,
        activity: ActivityId,
        group: Option<GroupId>,
        text: String,
    },
    /// The group has read it. A member.
    Acknowledge { letter: LetterId, group: GroupId },

    // ── reporting back ──
    /// Who reports in which order; those not named come after, by number. Facilitator.
    OrderReports {
        activity: ActivityId,
        groups: Vec<GroupId>,
    },
    /// Gives a group the floor and starts its time; absent: nobody reports. Facilitator.
    Report {
        activity: ActivityId,
        group: Option<GroupId>,
    },
    /// More or less time for the report that runs, −1 800–1 800 s. Facilitator.
    AddReportTime { activity: ActivityId, seconds: i32 },
    /// Stops the report's clock, or lets it go on. Facilitator.
    PauseReport { activity: ActivityId, on: bool },
    /// These cards say the same ("also said by 4 groups"), or no longer: the first one stands for all. Moderator.
    LinkCards { cards: Vec<CardId>, on: bool },
}
