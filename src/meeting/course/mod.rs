//! The course of a meeting: created, live, ended, opened again; and what holds for the whole of it.
//! Knows no activity's rules, only which commands the end leaves open.

pub mod changing;
pub mod creating;
mod ending;

use super::command::Command;
use super::fact::Fact;
use super::ids::Timestamp;
use super::refusal::{Code, Refusal};
use super::state::{Meeting, Phase};
use super::wish::Context;
use super::{Decision, discussion, fitting, stored};

/// Most people a hall can be counted to hold.
const HEADS: u32 = 100_000;

pub(crate) fn decide(meeting: &Meeting, command: &Command, ctx: &Context) -> Option<Decision> {
    Some(match command {
        Command::ChangeMeeting { .. } => changing::change(meeting, command),
        Command::End { in_s } => ending::end(meeting, *in_s, ctx),
        Command::Reopen {} => ending::reopen(meeting),
        Command::CountHeads { people } => count_heads(meeting, *people),
        _ => return None,
    })
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    match fact {
        Fact::MeetingCreated { .. } => creating::created(meeting, at, fact),
        Fact::MeetingChanged { .. } => changing::changed(meeting, fact),
        Fact::MeetingStarted {} => {
            meeting.phase = Phase::Live;
            meeting.started_at.get_or_insert(at);
        }
        Fact::MeetingEnded {} => {
            meeting.phase = Phase::Ended;
            meeting.ended_at = Some(at);
            discussion::halt(meeting, at);
        }
        Fact::MeetingReopened {} => {
            meeting.phase = Phase::Live;
            meeting.ended_at = None;
        }
        Fact::HeadsCounted { people } => meeting.heads = (*people > 0).then_some(*people),
        Fact::Quarantined { hash } => {
            meeting.set_aside.insert(*hash);
        }
        _ => {}
    }
}

/// The head count; 0 takes it away.
fn count_heads(meeting: &Meeting, people: u32) -> Decision {
    fitting::within(people, 0, HEADS)?;
    if meeting.heads.unwrap_or(0) == people {
        return Ok(vec![]);
    }
    Ok(vec![Fact::HeadsCounted { people }])
}

pub(crate) fn quarantine(meeting: &Meeting, hash: u64) -> Decision {
    if meeting.set_aside.contains(&hash) {
        return Ok(vec![]);
    }
    Ok(vec![Fact::Quarantined { hash }])
}

pub(crate) fn refuse_if_set_aside(meeting: &Meeting, command: &Command) -> Result<(), Refusal> {
    if !meeting.set_aside.is_empty() && meeting.set_aside.contains(&stored::hash(command)) {
        return Err(Code::Quarantined.into());
    }
    Ok(())
}

/// For wishes that the end leaves no room for.
pub(crate) fn refuse_if_ended(meeting: &Meeting) -> Result<(), Refusal> {
    if meeting.phase == Phase::Ended {
        return Err(Code::Ended.into());
    }
    Ok(())
}

pub(crate) fn refuse_if_over(meeting: &Meeting, command: &Command) -> Result<(), Refusal> {
    if meeting.phase == Phase::Ended && !outlives_the_end(command) {
        return Err(Code::Ended.into());
    }
    Ok(())
}

/// What may still be done after the end: work on the record, on roles and links, and whatever takes something away.
fn outlives_the_end(command: &Command) -> bool {
    use Command as C;
    match command {
        C::Group(command) => crate::meeting::groups::outlives_the_end(command),
        C::Discussion(_) => false,
        C::Debate(command) => crate::meeting::debate::outlives_the_end(command),
        C::AddActivity { .. }
        | C::ChangeActivity { .. }
        | C::MoveActivity { .. }
        | C::RemoveActivity { .. }
        | C::Open { .. }
        | C::Close { .. }
        | C::Stage { .. }
        | C::ShareDelay {}
        | C::SetQuestions { .. }
        | C::AddProxy { .. }
        | C::Ask { .. }
        | C::Edit { .. }
        | C::Vote { .. }
        | C::Feature { .. }
        | C::CountHands { .. } => false,
        C::CallBack { on, .. } => !on,
        C::ChangeMeeting { .. }
        | C::End { .. }
        | C::Reopen {}
        | C::TakeBack {}
        | C::HideStage { .. }
        | C::TakeDown {}
        | C::ShowJoining { .. }
        | C::CountHeads { .. }
        | C::Introduce { .. }
        | C::GiveRole { .. }
        | C::TakeRole { .. }
        | C::RevokeLink { .. }
        | C::Mute { .. }
        | C::Admit { .. }
        | C::TurnAway { .. }
        | C::Concern { .. }
        | C::NoteConcern { .. }
        | C::Withdraw { .. }
        | C::List { .. }
        | C::Dismiss { .. }
        | C::Park { .. }
        | C::Answer { .. }
        | C::Reply { .. }
        | C::Merge { .. }
        | C::Unmerge { .. }
        | C::KeepApart { .. }
        | C::Tag { .. }
        | C::Label { .. }
        | C::Translate { .. }
        | C::Care { .. }
        | C::Rank { .. } => true,
    }
}
