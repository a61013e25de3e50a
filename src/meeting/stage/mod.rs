//! What the hall sees besides the activity itself: what is on the stage, the title card, joining, "please look up";
//! and the acts that reach everyone, planned or taken back.

pub mod acts;
pub mod showing;

use super::Decision;
use super::command::Command;
use super::fact::{Act, Fact};
use super::state::Meeting;
use super::wish::Context;

pub(crate) fn decide(meeting: &Meeting, command: &Command, ctx: &Context) -> Option<Decision> {
    Some(match command {
        Command::Stage { activity, in_s } => acts::act(
            meeting,
            Act::Stage {
                activity: *activity,
            },
            *in_s,
            ctx,
        ),
        Command::HideStage { on } => acts::act(meeting, Act::HideStage { on: *on }, None, ctx),
        Command::CallBack { on, in_s } => acts::act(meeting, Act::CallBack { on: *on }, *in_s, ctx),
        Command::TakeBack {} => acts::take_back(meeting, ctx.now),
        Command::TakeDown {} => Ok(showing::take_down(meeting)),
        Command::ShowJoining { on } => Ok(showing::show_joining(meeting, *on)),
        _ => return None,
    })
}

pub(crate) fn apply(meeting: &mut Meeting, fact: &Fact) {
    match fact {
        Fact::StageSet { activity } => meeting.stage.activity = *activity,
        Fact::StageHidden { on } => meeting.stage.hidden = *on,
        Fact::JoiningShown { on } => meeting.stage.joining = *on,
        Fact::CalledBack { on } => meeting.stage.called_back = *on,
        Fact::ActPlanned { .. }
        | Fact::ActCalledOff {}
        | Fact::TakeBackOffered { .. }
        | Fact::TakenBack {} => acts::apply(meeting, fact),
        _ => {}
    }
}
