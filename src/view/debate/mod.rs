//! A debate as each audience sees it: the floor (motion, sides, who speaks, the clock), its chair, the speaker, the judge, and
//! the alias that voted. Only the chair sees a seat's id, a time factor, or a motion before its release.

mod chair;
mod clock;
mod floor;
mod marks;
mod mine;
mod shown;

pub use shown::{
    BallotState, BoardDebate, ChairDebate, ChairJudge, ChairPlace, ChairSide, Clock, ClockBell,
    ClockState, DeskTeam, Flaw, FloorDebate, MyDebate, MyJudging, Place, PointCount, ShownFormat,
    ShownMotion, ShownPoint, ShownResult, ShownSegment, ShownSide, ShownSwing, ShownTurn,
};

use serde_json::Value;

use super::dirty::Dirty;
use super::document::Pen;
use super::floor::json;
use crate::meeting::ids::ActivityId;
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;

pub(super) fn build_floor(pen: &mut Pen<'_>, meeting: &Meeting) {
    pen.begin("debates");
    for activity in meeting.debates.keys() {
        write_floor(pen, meeting, *activity);
    }
}

pub(super) fn refresh_floor(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    for activity in dirty.dirty_debates(meeting) {
        write_floor(pen, meeting, activity);
    }
}

fn write_floor(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId) {
    let debate = meeting.debates.get(&activity);
    let entry = debate.and_then(|debate| json(floor::entry(meeting, debate)));
    pen.entry("debates", &activity.to_string(), entry);
}

pub(super) fn build_desk(pen: &mut Pen<'_>, meeting: &Meeting) {
    pen.begin("debates");
    pen.begin("teams");
    for activity in meeting.debates.keys() {
        write_board(pen, meeting, *activity);
    }
    write_teams(pen, meeting);
}

pub(super) fn refresh_desk(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    let debates = dirty.dirty_debates(meeting);
    for activity in &debates {
        write_board(pen, meeting, *activity);
    }
    if dirty.teams || !debates.is_empty() {
        write_teams(pen, meeting);
    }
}

fn write_board(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId) {
    let debate = meeting.debates.get(&activity);
    let entry = debate.and_then(|debate| json(chair::board(meeting, debate)));
    pen.entry("debates", &activity.to_string(), entry);
}

fn write_teams(pen: &mut Pen<'_>, meeting: &Meeting) {
    let teams = meeting.teams.iter();
    let entries = teams
        .filter_map(|(id, team)| Some((id.to_string(), json(chair::team(meeting, *id, team))?)));
    pen.whole("teams", entries.collect());
}

/// The chair's part of `chair/{activity}`.
pub(super) fn build_chair(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId) {
    let debate = meeting.debates.get(&activity);
    pen.one(
        "debate",
        debate.and_then(|debate| json(chair::entry(meeting, debate))),
    );
}

pub(super) fn refresh_chair(
    pen: &mut Pen<'_>,
    meeting: &Meeting,
    activity: ActivityId,
    dirty: &Dirty,
) {
    if dirty.dirty_debates(meeting).contains(&activity) {
        build_chair(pen, meeting, activity);
    }
}

/// What the actor sees of their parts in debates.
pub(super) fn mine(meeting: &Meeting, actor: Actor) -> Vec<(ActivityId, Option<Value>)> {
    let debates = meeting.debates.iter();
    debates
        .filter_map(|(activity, debate)| {
            let own = match actor {
                Actor::Seat(seat) => mine::of_seat(meeting, debate, seat),
                Actor::Alias(alias) => mine::of_alias(debate, alias),
                Actor::Server => None,
            };
            Some((*activity, json(own?)))
        })
        .collect()
}
