//! Discussion: a list of speakers. Who is next, why, and who has spoken for how long. One file per theme, each with its rules
//! and what applies them. A discussion on the agenda has its defaults before anything was said of it.
//!
//! `waiting → speaking ⇄ paused → finished`, after OpenSlides' list of speakers. At most one speaks. Points of order and
//! replies are held against nobody: they count neither as a first speech, nor for the least time, nor for a budget.

pub mod calling;
pub mod command;
pub mod fact;
pub mod hands;
pub mod order;
pub mod queue;
pub mod settings;
pub mod state;
pub mod time;

#[cfg(test)]
mod stories;
#[cfg(test)]
mod transitions;

use super::Decision;
use super::agenda;
use super::authority::Need;
use super::command::{ActivityKind, DiscussionCommand as C};
use super::fact::{DiscussionFact as F, Fact};
use super::ids::{ActivityId, Timestamp};
use super::refusal::{Code, Refusal};
use super::state::{Meeting, Openness};
use super::wish::Context;
use state::{Discussion, Hand};

/// What a command of a discussion asks of whoever sends it.
pub(crate) fn need(command: &C) -> Need {
    match command {
        C::Raise { .. } | C::Lower { .. } | C::EndSpeech { .. } => Need::Seat,
        C::SetDiscussion { .. }
        | C::AddHand { .. }
        | C::RemoveHand { .. }
        | C::Call { .. }
        | C::PauseSpeech { .. }
        | C::ResumeSpeech { .. }
        | C::ReopenSpeech { .. }
        | C::AddSpeechTime { .. }
        | C::OrderHands { .. }
        | C::CloseList { .. }
        | C::ReAddLast { .. }
        | C::ClearHands { .. }
        | C::ExtraTime { .. } => Need::Timekeeper,
    }
}

pub(crate) fn decide(meeting: &Meeting, command: &C, ctx: &Context) -> Decision {
    let facts = match command {
        C::Call {
            activity,
            hand,
            seat,
            question,
        } => {
            let whom = calling::Whom::of(*hand, *seat, *question);
            return calling::call(meeting, *activity, whom, ctx);
        }
        C::SetDiscussion { .. } => settings::set(meeting, command),
        C::CloseList { activity, on } => settings::close(meeting, *activity, *on),
        C::ExtraTime { seat, percent } => settings::extra_time(meeting, *seat, *percent),
        C::Raise {
            activity,
            kind,
            about,
            stance,
        } => {
            let words = hands::Words::of(*kind, about.as_deref(), *stance);
            hands::raise(meeting, *activity, words, ctx)
        }
        C::Lower { activity, kind } => hands::lower(meeting, *activity, *kind, ctx),
        C::AddHand {
            activity,
            seat,
            kind,
            about,
            stance,
        } => {
            let words = hands::Words::of(*kind, about.as_deref(), *stance);
            hands::add(meeting, *activity, *seat, words)
        }
        C::RemoveHand { activity, hand } => hands::remove(meeting, *activity, *hand),
        C::ClearHands { activity } => hands::clear(meeting, *activity),
        C::OrderHands { activity, hands } => hands::order(meeting, *activity, hands),
        C::ReAddLast { activity } => hands::re_add_last(meeting, *activity),
        C::PauseSpeech { activity } => calling::pause(meeting, *activity),
        C::ResumeSpeech { activity } => calling::resume(meeting, *activity),
        C::EndSpeech { activity } => calling::end(meeting, *activity, ctx),
        C::ReopenSpeech { activity } => calling::reopen(meeting, *activity),
        C::AddSpeechTime { activity, seconds } => time::add(meeting, *activity, *seconds),
    };
    facts.map(wrapped)
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &F) {
    match fact {
        F::Set { .. } | F::ListClosed { .. } | F::ExtraTime { .. } => {
            settings::apply(meeting, fact)
        }
        F::Raised { .. } | F::Restated { .. } | F::Lowered { .. } | F::Ordered { .. } => {
            hands::apply(meeting, at, fact);
        }
        F::Called { .. }
        | F::QuestionCalled { .. }
        | F::Paused { .. }
        | F::Resumed { .. }
        | F::Ended { .. }
        | F::Reopened { .. } => calling::apply(meeting, at, fact),
        F::Timed {
            activity,
            hand,
            length_ms,
        } => change_hand(meeting, *activity, *hand, |hand| {
            hand.length_ms = *length_ms
        }),
    }
}

/// The activity closes: speeches end, and whoever waits waits no longer.
pub(crate) fn closing(meeting: &Meeting, activity: ActivityId) -> Vec<Fact> {
    let mut facts = calling::all_ended(meeting, activity);
    let waiting = meeting.discussion(activity).hands.iter();
    let waiting = waiting.filter(|(_, hand)| hand.waits());
    facts.retain(|fact| !matches!(fact, F::Lowered { .. }));
    facts.extend(hands::lowered(
        activity,
        waiting.map(|(hand, _)| *hand).collect(),
    ));
    wrapped(facts)
}

/// The activity is no longer on the agenda.
pub(crate) fn forget(meeting: &mut Meeting, activity: ActivityId) {
    meeting.discussions.remove(&activity);
}

/// The meeting has ended: whoever speaks is paused, so that no clock runs on.
pub(crate) fn halt(meeting: &mut Meeting, at: Timestamp) {
    for discussion in meeting.discussions.values_mut() {
        for hand in discussion.hands.values_mut() {
            calling::paused(hand, at);
        }
    }
}

/// Facts of a discussion as facts of the meeting.
pub(crate) fn wrapped(facts: Vec<F>) -> Vec<Fact> {
    facts.into_iter().map(Fact::Discussion).collect()
}

/// What a rule of a discussion decides.
pub(crate) type Facts = Result<Vec<F>, Refusal>;

/// The discussion, or `not_found`: also where something else is on the agenda.
fn find(meeting: &Meeting, activity: ActivityId) -> Result<&Discussion, Refusal> {
    if agenda::find(meeting, activity)?.kind != ActivityKind::Discussion {
        return Err(Refusal::because(
            Code::NotFound,
            "this activity is no discussion",
        ));
    }
    Ok(meeting.discussion(activity))
}

/// As [`find`], where the activity has to be open: else `closed`.
fn find_open(meeting: &Meeting, activity: ActivityId) -> Result<&Discussion, Refusal> {
    let discussion = find(meeting, activity)?;
    if agenda::find(meeting, activity)?.openness != Openness::Open {
        return Err(Code::Closed.into());
    }
    Ok(discussion)
}

fn wrong_state(detail: &str) -> Refusal {
    Refusal::because(Code::WrongState, detail)
}

fn change(meeting: &mut Meeting, activity: ActivityId, change: impl FnOnce(&mut Discussion)) {
    change(meeting.discussions.entry(activity).or_default());
}

fn change_hand(
    meeting: &mut Meeting,
    activity: ActivityId,
    hand: u32,
    change: impl FnOnce(&mut Hand),
) {
    let discussion = meeting.discussions.get_mut(&activity);
    if let Some(hand) = discussion.and_then(|discussion| discussion.hands.get_mut(&hand)) {
        change(hand);
    }
}
