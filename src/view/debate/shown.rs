//! What a debate looks like to each audience: the shapes alone.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::format::model::{Counts, Format, Kind, Side};
use crate::meeting::command::{Ballot, Reaction, Rings, VoteRound};
use crate::meeting::ids::{ActivityId, MotionId, QuestionId, SeatId, TeamId, Timestamp};

/// A clock that every device runs by itself. `shown = spent + (now − since) × rate / 1 000 000 000` while it runs, never past
/// the next bell that pauses; a *unit* is a millisecond unless `bar` is set, then a thousandth of the whole.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(optional_fields)]
pub struct Clock {
    pub state: ClockState,
    /// Units up to `since`.
    #[ts(type = "number")]
    pub spent: i64,
    /// Running from this time of the server's; absent: it stands.
    pub since: Option<Timestamp>,
    /// Whole length in units; 0: no limit, it counts up.
    #[ts(type = "number")]
    pub length: i64,
    /// Units a millisecond, times 1 000 000 000; absent: one.
    #[ts(type = "number")]
    pub rate: Option<i64>,
    /// Shown as a bar and a phase in words, without digits, for every speaker alike.
    pub bar: Option<bool>,
    /// What rings and changes, in order; overtime bells too.
    pub bells: Vec<ClockBell>,
    /// The phase it begins with, by id in the format; absent: `normal`.
    pub phase: Option<String>,
}

/// How far a clock has come; *overtime* is running or paused past `length`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    #[default]
    Ready,
    Running,
    Paused,
    /// Waits for the interpreter.
    Interpreting,
    Done,
}

/// A bell of a clock.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ClockBell {
    /// In the clock's units.
    #[ts(type = "number")]
    pub at: i64,
    /// 0: silent.
    pub rings: u8,
    pub pause: Option<bool>,
    /// The phase that begins, by id in the format.
    pub phase: Option<String>,
    /// Points of information from here on.
    pub points: Option<bool>,
}

/// A debate as everyone sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct FloorDebate {
    pub format: ShownFormat,
    /// Once it is released.
    pub motion: Option<String>,
    pub slide: Option<String>,
    pub released_at: Option<Timestamp>,
    /// By the side's id.
    pub sides: BTreeMap<String, ShownSide>,
    pub stage: Place,
    /// The segment it stands at, if one.
    pub segment: Option<u8>,
    /// Of preparation, or the segment.
    pub clock: Clock,
    /// Who has the floor: side and place; absent while nobody speaks.
    pub speaking: Option<ShownTurn>,
    pub next: Option<ShownTurn>,
    /// Preparation banks, by side; only where the format has them.
    pub banks: BTreeMap<String, Clock>,
    /// Free debate: what is left to each side, by side.
    pub free: BTreeMap<String, Clock>,
    /// A point of information that runs.
    pub point: Option<ShownPoint>,
    /// Points of information each side offered and had taken.
    pub points: BTreeMap<String, PointCount>,
    /// Who rings.
    pub rings: Rings,
    /// The vote that is open.
    pub vote: Option<VoteRound>,
    /// How many voted, by round; never how.
    pub voted: BTreeMap<VoteRound, u32>,
    pub swing: Option<ShownSwing>,
    pub result: Option<ShownResult>,
    pub reactions: Option<BTreeMap<Reaction, u32>>,
}

/// Where a debate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DebatePlace")]
pub enum Place {
    /// The motion is not out.
    Setup,
    Preparation,
    Segment,
    Over,
}

/// What of a format a phone or stage needs.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownFormat {
    pub id: String,
    pub name: String,
    pub names: BTreeMap<String, String>,
    pub counts: Counts,
    pub speakers: u8,
    pub sides: Vec<Side>,
    pub segments: Vec<ShownSegment>,
    /// Names of the phases its bells name, besides the built-in `normal pois-allowed warning overtime`.
    pub phases: BTreeMap<String, BTreeMap<String, String>>,
    /// Seats offer points from their phones.
    pub points_from_seats: Option<bool>,
    pub audience_vote: Option<bool>,
    /// Preparation there is; seconds.
    pub preparation_s: Option<u32>,
    /// Seconds of preparation each side may draw on.
    pub bank_s: Option<u32>,
}

/// A segment.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownSegment {
    pub name: String,
    pub names: BTreeMap<String, String>,
    pub kind: Kind,
    /// A side's id, `both`, `nobody`, or `decided` until the chair has said whose it is.
    pub owner: String,
    pub place: Option<u8>,
    /// Seconds; absent where no digits are shown.
    pub length_s: Option<u32>,
}

/// A side.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownSide {
    /// The team's name.
    pub team: Option<String>,
    pub team_id: Option<TeamId>,
    /// By place, confirmed ones; the name, or empty.
    pub speakers: BTreeMap<u8, String>,
    /// Places that are free to claim.
    pub free: Vec<u8>,
}

/// Whose turn it is.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownTurn {
    pub segment: u8,
    pub side: Option<String>,
    pub place: Option<u8>,
    pub name: Option<String>,
    pub team: Option<String>,
    pub twice: Option<bool>,
}

/// A point of information that runs.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownPoint {
    pub side: String,
    pub name: Option<String>,
    pub clock: Clock,
}

/// Points of a side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct PointCount {
    pub offered: u32,
    pub taken: u32,
}

/// Who changed their mind. Side ids, and `undecided`.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownSwing {
    pub before: BTreeMap<String, u32>,
    pub after: BTreeMap<String, u32>,
    /// From → to → people; absent while fewer than five voted both times.
    pub flow: Option<BTreeMap<String, BTreeMap<String, u32>>>,
    /// Gains in tenths of a percentage point.
    pub gains: BTreeMap<String, i32>,
    /// The side that gained most; absent: nobody did alone.
    pub winner: Option<String>,
}

/// A released result.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownResult {
    pub winner: Option<String>,
    /// Side → rank from 1.
    pub ranks: BTreeMap<String, u8>,
    /// Side → judges who saw it first.
    pub votes: BTreeMap<String, u8>,
    pub judges: u8,
    /// Side → points of the team in hundredths; absent in a minors' meeting.
    pub totals: BTreeMap<String, u32>,
}

/// What the chair sees besides (`chair/{activity}`).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ChairDebate {
    pub format: Option<Format>,
    pub motion: Option<String>,
    pub slide: Option<String>,
    /// With digits and the speaker's own factor, whatever the floor shows.
    pub clock: Clock,
    pub sides: BTreeMap<String, ChairSide>,
    /// Sides whose offered point waits for the speaker: when it was offered.
    pub offers: BTreeMap<String, Timestamp>,
    /// Points by side and place.
    pub points: BTreeMap<String, BTreeMap<u8, PointCount>>,
    pub chairs: Vec<SeatId>,
    pub judges: Vec<ChairJudge>,
    pub motions: BTreeMap<MotionId, ShownMotion>,
    pub motions_offered: Option<bool>,
    /// Which motion ranks and vetoes leave.
    pub favoured: Option<MotionId>,
    pub voted: BTreeMap<VoteRound, u32>,
    pub swing: Option<ShownSwing>,
    /// What the ballots come to, before it is released.
    pub result: Option<ShownResult>,
    pub result_released: Option<bool>,
    pub silent: Option<bool>,
    pub together: Option<bool>,
    pub scored_by: Option<String>,
    /// The chair called the host.
    pub needs_help: Option<Timestamp>,
}

/// A side as the chair sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ChairSide {
    pub team: Option<TeamId>,
    pub name: Option<String>,
    pub from: Option<String>,
    pub places: BTreeMap<u8, ChairPlace>,
}

/// A place in a team.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ChairPlace {
    pub name: Option<String>,
    pub seat: Option<SeatId>,
    /// Percent; absent: 100.
    pub factor: Option<u16>,
    /// Seats that claim it, with the name they gave.
    pub claims: BTreeMap<SeatId, String>,
}

/// A judge.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ChairJudge {
    pub seat: SeatId,
    pub name: Option<String>,
    pub ballot: BallotState,
    /// May not judge one of the teams.
    pub conflict: Option<bool>,
    /// Handed in: what it says, so that it can be read and confirmed.
    pub handed_in: Option<Ballot>,
}

/// How far a ballot has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BallotState {
    Empty,
    Draft,
    HandedIn,
    Confirmed,
}

/// A motion that is proposed.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct ShownMotion {
    pub text: String,
    pub slide: Option<String>,
    pub question: Option<QuestionId>,
    /// Side → its rank from 1.
    pub ranks: BTreeMap<String, u8>,
    /// Sides that will not have it.
    pub vetoes: Vec<String>,
}

/// One's own part in a debate (`mine.debates.{activity}`).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct MyDebate {
    pub side: Option<String>,
    pub team: Option<TeamId>,
    pub place: Option<u8>,
    /// The chair has not confirmed it yet.
    pub claimed: Option<bool>,
    /// I speak now.
    pub speaking: Option<bool>,
    /// I speak next.
    pub next: Option<bool>,
    /// My own clock with digits, where the hall sees a bar or my time is longer.
    pub clock: Option<Clock>,
    /// Percent; absent: 100.
    pub factor: Option<u16>,
    /// I may offer a point whenever the clock says that points are open.
    pub may_offer: Option<bool>,
    /// My offer waits since.
    pub offered: Option<Timestamp>,
    /// I speak, and this side offers a point: since when.
    pub offers: BTreeMap<String, Timestamp>,
    /// My points.
    pub points: Option<PointCount>,
    /// Motions to rank, while they are offered.
    pub motions: BTreeMap<MotionId, ShownMotion>,
    pub judge: Option<MyJudging>,
    /// An alias's own votes: a side's id, or `undecided`.
    pub votes: BTreeMap<VoteRound, String>,
}

/// A judge's work.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct MyJudging {
    /// Chair of the panel.
    pub chair: Option<bool>,
    /// The panel agrees on one ballot, and the chair hands it in.
    pub together: Option<bool>,
    pub state: BallotState,
    pub ballot: Option<Ballot>,
    /// What is still wrong with it: codes of `results`.
    pub flaws: Vec<Flaw>,
    /// Lowest and highest score and step, in hundredths, of a speech and of a reply.
    pub speech: Option<(u32, u32, u32)>,
    pub reply: Option<(u32, u32, u32)>,
    /// The winner is declared, not reckoned.
    pub declares: Option<bool>,
    /// Ranks of all teams are given.
    pub ranks: Option<bool>,
    /// Ballots of the others that wait for a second person, by seat.
    pub to_confirm: BTreeMap<SeatId, Ballot>,
    /// One judge alone reads their own back.
    pub reads_back: Option<bool>,
}

/// What is wrong with a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct Flaw {
    pub code: String,
    pub side: Option<String>,
    pub segment: Option<u8>,
}

/// A debate on the board of all (`desk.debates.{activity}`).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct BoardDebate {
    /// The chair called.
    pub needs_help: Option<Timestamp>,
    /// Claims that wait.
    pub claims: u32,
    /// Ballots handed in or confirmed, and judges.
    pub ballots: u8,
    pub judges: u8,
}

/// A team (`desk.teams.{team}`).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskTeam {
    pub name: String,
    pub from: Option<String>,
    /// Debates it stands in.
    pub debates: BTreeMap<ActivityId, String>,
    /// Its points over the released rounds, and speaker points in hundredths.
    pub wins: u32,
    pub score: u32,
    /// Rank from 1; equal teams share it.
    pub rank: Option<u16>,
}
