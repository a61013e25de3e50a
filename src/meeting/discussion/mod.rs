//! Discussion: a list of speakers. Who is next, why, and who has spoken for how long.

pub mod command;
pub mod fact;
pub mod state;

use super::Decision;
use super::authority::Need;
use super::command::DiscussionCommand as C;
use super::fact::DiscussionFact as F;
use super::ids::Timestamp;
use super::refusal::Code;
use super::state::Meeting;
use super::wish::Context;

/// What a command of a discussion asks of whoever sends it.
pub(crate) fn need(command: &C) -> Need {
    match command {
        C::Raise { .. } | C::Lower { .. } | C::EndSpeech { .. } => Need::Seat,
        _ => Need::Timekeeper,
    }
}

pub(crate) fn decide(_meeting: &Meeting, _command: &C, _ctx: &Context) -> Decision {
    Err(Code::NotUnderstood.into())
}

pub(crate) fn apply(meeting: &mut Meeting, _at: Timestamp, fact: &F) {
    match fact {
        F::ListClosed { activity, on } => {
            meeting.discussions.entry(*activity).or_default().closed = *on;
        }
    }
}
