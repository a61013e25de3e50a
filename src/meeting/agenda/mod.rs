//! The agenda: a list of activities, each planned, open or closed. What happens inside one stands in its own folder.

pub mod arranging;
pub mod delay;
pub mod opening;

use super::Decision;
use super::command::Command;
use super::fact::Fact;
use super::ids::{ActivityId, Timestamp};
use super::refusal::{Code, Refusal};
use super::state::{Activity, Meeting};
use super::wish::Context;

/// Ranks start here and leave gaps, so that a move touches one item.
pub const FIRST_RANK: u32 = RANK_GAP;
pub(crate) const RANK_GAP: u32 = 1_024;

pub(crate) fn decide(meeting: &Meeting, command: &Command, ctx: &Context) -> Option<Decision> {
    Some(match command {
        Command::AddActivity {
            id,
            kind,
            title,
            minutes,
            before,
        } => arranging::add(
            meeting,
            *id,
            *kind,
            title,
            minutes.unwrap_or_default(),
            *before,
        ),
        Command::ChangeActivity {
            activity,
            title,
            minutes,
        } => arranging::change(meeting, *activity, title.as_deref(), *minutes),
        Command::MoveActivity { activity, before } => {
            arranging::move_before(meeting, *activity, *before)
        }
        Command::RemoveActivity { activity } => arranging::remove(meeting, *activity),
        Command::Open { activity } => opening::open(meeting, *activity),
        Command::Close { activity } => opening::close(meeting, *activity, ctx),
        Command::ShareDelay {} => delay::share(meeting, ctx.now),
        _ => return None,
    })
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    match fact {
        Fact::ActivityAdded { .. } => arranging::added(meeting, fact),
        Fact::ActivityChanged {
            activity,
            title,
            minutes,
            rank,
        } => {
            arranging::changed(meeting, *activity, title.as_deref(), *minutes, *rank);
        }
        Fact::ActivityRemoved { activity } => arranging::removed(meeting, *activity),
        Fact::ActivityOpened { activity } => opening::opened(meeting, *activity, at),
        Fact::ActivityClosed { activity } => opening::closed(meeting, *activity, at),
        _ => {}
    }
}

/// The activity, or `not_found`.
pub(crate) fn find(meeting: &Meeting, activity: ActivityId) -> Result<&Activity, Refusal> {
    meeting
        .agenda
        .get(&activity)
        .ok_or_else(|| Code::NotFound.into())
}
