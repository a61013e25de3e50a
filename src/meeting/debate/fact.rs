//! What happened in a debate: part of the stored format, under the same rules as [`crate::meeting::fact`].
//! A vote of the audience names an alias and never a seat.

use serde::{Deserialize, Serialize};

use super::clock::DebateClock;
use crate::format::model::Format;
use crate::meeting::command::{Ballot, Reaction, Rings, Verb, VoteRound};
use crate::meeting::ids::{ActivityId, AliasId, MotionId, QuestionId, SeatId, TeamId, Timestamp};
use crate::results::Rules;

/// What happened in a debate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebateFact {
    #[serde(rename = "set")]
    Set {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<Box<Format>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        motion: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slide: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rings: Option<Rings>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        silent: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        together: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rules: Option<Box<Rules>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reactions: Option<bool>,
    },
    #[serde(rename = "team_added")]
    TeamAdded {
        team: TeamId,
        name: String,
        #[serde(default)]
        from: String,
    },
    #[serde(rename = "team_changed")]
    TeamChanged {
        team: TeamId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
    },
    #[serde(rename = "team_removed")]
    TeamRemoved { team: TeamId },
    #[serde(rename = "team_placed")]
    TeamPlaced {
        activity: ActivityId,
        side: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    /// The place is this speaker's; neither name nor seat: empty.
    #[serde(rename = "speaker_set")]
    SpeakerSet {
        team: TeamId,
        place: u8,
        #[serde(default)]
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seat: Option<SeatId>,
    },
    #[serde(rename = "place_claimed")]
    PlaceClaimed {
        team: TeamId,
        place: u8,
        seat: SeatId,
        #[serde(default)]
        name: String,
    },
    #[serde(rename = "claim_dropped")]
    ClaimDropped {
        team: TeamId,
        place: u8,
        seat: SeatId,
    },
    #[serde(rename = "speaker_sent")]
    SpeakerSent {
        activity: ActivityId,
        segment: u8,
        place: u8,
        #[serde(default)]
        twice: bool,
    },
    #[serde(rename = "owner_decided")]
    OwnerDecided {
        activity: ActivityId,
        segment: u8,
        side: String,
    },
    #[serde(rename = "chairs_set")]
    ChairsSet {
        activity: ActivityId,
        seats: Vec<SeatId>,
    },
    #[serde(rename = "judges_set")]
    JudgesSet {
        activity: ActivityId,
        seats: Vec<SeatId>,
    },
    #[serde(rename = "conflict_declared")]
    ConflictDeclared {
        team: TeamId,
        seat: SeatId,
        on: bool,
    },
    #[serde(rename = "factor_set")]
    FactorSet {
        team: TeamId,
        place: u8,
        percent: u16,
    },
    #[serde(rename = "motion_proposed")]
    MotionProposed {
        motion: MotionId,
        activity: ActivityId,
        text: String,
        #[serde(default)]
        slide: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<QuestionId>,
    },
    #[serde(rename = "motion_removed")]
    MotionRemoved {
        activity: ActivityId,
        motion: MotionId,
    },
    #[serde(rename = "motions_offered")]
    MotionsOffered { activity: ActivityId, on: bool },
    #[serde(rename = "motions_ranked")]
    MotionsRanked {
        activity: ActivityId,
        side: String,
        motions: Vec<MotionId>,
    },
    #[serde(rename = "motion_vetoed")]
    MotionVetoed {
        activity: ActivityId,
        side: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        motion: Option<MotionId>,
    },
    #[serde(rename = "motion_released")]
    MotionReleased { activity: ActivityId },
    /// The clock as it stood after the verb; absent: a bell or a used-up bank stopped it.
    #[serde(rename = "clocked")]
    Clocked {
        activity: ActivityId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        verb: Option<Verb>,
        clock: DebateClock,
    },
    #[serde(rename = "host_called")]
    HostCalled { activity: ActivityId, on: bool },
    #[serde(rename = "point_offered")]
    PointOffered {
        activity: ActivityId,
        side: String,
        place: u8,
        seat: SeatId,
    },
    /// An offer that waited is over: taken, waved away, or faded.
    #[serde(rename = "point_answered")]
    PointAnswered {
        activity: ActivityId,
        side: String,
        taken: bool,
    },
    /// A point runs.
    #[serde(rename = "point_begun")]
    PointBegun {
        activity: ActivityId,
        side: String,
        place: u8,
        ends: Timestamp,
    },
    #[serde(rename = "point_over")]
    PointOver { activity: ActivityId },
    /// The chair counted one that was offered aloud.
    #[serde(rename = "point_counted")]
    PointCounted {
        activity: ActivityId,
        side: String,
        taken: bool,
    },
    #[serde(rename = "vote_opened")]
    VoteOpened {
        activity: ActivityId,
        round: VoteRound,
        on: bool,
    },
    /// `side` absent: undecided.
    #[serde(rename = "voted")]
    Voted {
        activity: ActivityId,
        round: VoteRound,
        alias: AliasId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<String>,
    },
    #[serde(rename = "swing_shown")]
    SwingShown { activity: ActivityId, on: bool },
    #[serde(rename = "reacted")]
    Reacted {
        activity: ActivityId,
        kind: Reaction,
    },
    #[serde(rename = "ballot_saved")]
    BallotSaved {
        activity: ActivityId,
        judge: SeatId,
        ballot: Box<Ballot>,
        #[serde(default)]
        handed_in: bool,
    },
    #[serde(rename = "ballot_confirmed")]
    BallotConfirmed { activity: ActivityId, judge: SeatId },
    #[serde(rename = "ballot_returned")]
    BallotReturned { activity: ActivityId, judge: SeatId },
    #[serde(rename = "result_released")]
    ResultReleased { activity: ActivityId, on: bool },
}
