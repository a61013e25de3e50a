//! A debate as each audience sees it: the floor (motion, sides, who speaks, the clock), its chair, the speaker, the judge, and
//! the alias that voted. Only the chair sees a seat's id, a time factor, or a motion before its release.

mod shown;

pub use shown::{
    BallotState, BoardDebate, ChairDebate, ChairJudge, ChairPlace, ChairSide, Clock, ClockBell,
    ClockState, DeskTeam, Flaw, FloorDebate, MyDebate, MyJudging, Place, PointCount, ShownFormat,
    ShownMotion, ShownPoint, ShownResult, ShownSegment, ShownSide, ShownSwing, ShownTurn,
};
