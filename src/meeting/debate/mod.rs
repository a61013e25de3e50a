//! Debate: who has the floor, and for how long. One file per theme, each with its rules, what applies them, and its tests.

pub mod command;
pub mod fact;
pub mod state;

use super::Decision;
use super::authority::Need;
use super::command::DebateCommand as C;
use super::fact::{DebateFact as F, Fact};
use super::ids::Timestamp;
use super::refusal::Code;
use super::state::Meeting;
use super::wish::Context;

/// What a command of a debate asks of whoever sends it.
pub(crate) fn need(command: &C) -> Need {
    match command {
        C::SetChairs { .. } | C::DrawRound { .. } => Need::Facilitator,
        C::VoteMotion { .. } => Need::Alias,
        C::ClaimPlace { .. }
        | C::LeavePlace { .. }
        | C::DeclareConflict { .. }
        | C::RankMotions { .. }
        | C::VetoMotion { .. }
        | C::EndMySpeech { .. }
        | C::OfferPoint { .. }
        | C::AnswerPoint { .. }
        | C::EndPoint { .. }
        | C::React { .. }
        | C::SaveBallot { .. }
        | C::HandInBallot { .. }
        | C::ConfirmBallot { .. } => Need::Seat,
        _ => Need::Timekeeper,
    }
}

/// What may still be done after the meeting's end.
pub(crate) fn outlives_the_end(command: &C) -> bool {
    matches!(
        command,
        C::SaveBallot { .. }
            | C::HandInBallot { .. }
            | C::ConfirmBallot { .. }
            | C::ReturnBallot { .. }
            | C::ReleaseResult { .. }
            | C::ShowSwing { .. }
            | C::CallHost { on: false, .. }
    )
}

pub(crate) fn decide(_meeting: &Meeting, _command: &C, _ctx: &Context) -> Decision {
    Err(Code::NotUnderstood.into())
}

/// Clocks that a bell stops, offers that fade.
pub(crate) fn deadline(_meeting: &Meeting, _now: Timestamp) -> Vec<F> {
    Vec::new()
}

/// When the next of them is due.
pub(crate) fn next_deadline(_meeting: &Meeting) -> Option<Timestamp> {
    None
}

pub(crate) fn apply(meeting: &mut Meeting, _at: Timestamp, fact: &F) {
    match fact {
        F::HostCalled { activity, on } => {
            meeting.debates.entry(*activity).or_default().needs_help = *on;
        }
    }
}

/// Facts of a debate as facts of the meeting.
pub(crate) fn wrapped(facts: Vec<F>) -> Vec<Fact> {
    facts
        .into_iter()
        .map(|fact| Fact::Debate(Box::new(fact)))
        .collect()
}
