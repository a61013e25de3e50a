//! Grants or refuses a wish: who may, whether the meeting is over, then the rule of the activity's own folder.
//! Owns no rule but the order of these three questions.

use super::authority;
use super::command::Command;
use super::ids::Timestamp;
use super::refusal::{Code, Refusal};
use super::role::Actor;
use super::state::Meeting;
use super::wish::{Context, Wish};
use super::{Decision, agenda, course, debate, discussion, groups, people, questions, stage};

/// Whether the wish is granted, and what then happened. Changes nothing; the same arguments give the same answer.
///
/// An empty list of facts means: all is as wished already.
pub fn decide(meeting: &Meeting, wish: &Wish, ctx: &Context) -> Decision {
    if let Wish::Create { .. } = wish {
        return course::creating::create(meeting, wish, ctx);
    }
    if !meeting.is_created() {
        return Err(Code::NotFound.into());
    }
    match wish {
        Wish::Command(command) => decide_command(meeting, command, ctx),
        Wish::Create { .. } => Err(Code::Exists.into()),
        Wish::Sit {
            seat,
            link,
            name,
            language,
            tags,
        } => {
            let words = people::introducing::Words {
                name: name.as_deref(),
                language: language.as_deref(),
                tags: tags.as_deref(),
                needs: None,
            };
            people::sitting::sit(meeting, *seat, *link, &words)
        }
        Wish::AddLink {
            link,
            role,
            hash,
            label,
        } => {
            authority::require_facilitator(meeting, ctx.actor)?;
            people::links::add(meeting, *link, *role, hash, label)
        }
        Wish::OfferMove { seat, hash, until } => {
            authority::require_facilitator(meeting, ctx.actor)?;
            people::moving::offer(meeting, *seat, hash, *until)
        }
        Wish::Move { hash } => people::moving::redeem(meeting, hash, ctx.now),
        Wish::Plan { activity, plan } => {
            authority::require_facilitator(meeting, ctx.actor)?;
            course::refuse_if_ended(meeting)?;
            groups::plans::propose(meeting, *activity, plan).map(groups::wrapped)
        }
        Wish::Note { group, update } => {
            authority::require_seat(meeting, ctx.actor)?;
            course::refuse_if_ended(meeting)?;
            groups::writing::write(meeting, *group, update, ctx).map(groups::wrapped)
        }
        Wish::Deadline => match ctx.actor {
            Actor::Server => deadline(meeting, ctx.now),
            Actor::Seat(_) | Actor::Alias(_) => Err(Code::NotAllowed.into()),
        },
        Wish::Quarantine { hash } => course::quarantine(meeting, *hash),
    }
}

/// Whatever is due: a planned act, count-downs of group work, a bell that stops a clock.
fn deadline(meeting: &Meeting, now: Timestamp) -> Decision {
    let mut facts = stage::acts::deadline(meeting, now)?;
    facts.extend(groups::wrapped(groups::timing::deadline(meeting, now)));
    facts.extend(debate::wrapped(debate::deadline(meeting, now)));
    Ok(facts)
}

fn decide_command(meeting: &Meeting, command: &Command, ctx: &Context) -> Decision {
    authority::require(meeting, command, ctx.actor)?;
    course::refuse_if_set_aside(meeting, command)?;
    // A question that is there already stays `ok` however the meeting has moved on, so that a repeat is never a loss.
    if let Command::Ask {
        id,
        activity,
        anonymous,
        ..
    } = command
        && let Some(known) = questions::asking::known(
            meeting,
            *id,
            *activity,
            ctx.actor,
            anonymous.unwrap_or_default(),
        )
    {
        return known;
    }
    course::refuse_if_over(meeting, command)?;
    match dispatch(meeting, command, ctx) {
        Some(decision) => decision,
        None => Err(Refusal::new(Code::NotUnderstood)),
    }
}

/// Each folder takes its own commands; the first that knows the command decides.
fn dispatch(meeting: &Meeting, command: &Command, ctx: &Context) -> Option<Decision> {
    if let Command::Group(command) = command {
        return Some(groups::decide(meeting, command, ctx));
    }
    if let Command::Discussion(command) = command {
        return Some(discussion::decide(meeting, command, ctx));
    }
    if let Command::Debate(command) = command {
        return Some(debate::decide(meeting, command, ctx));
    }
    course::decide(meeting, command, ctx)
        .or_else(|| agenda::decide(meeting, command, ctx))
        .or_else(|| stage::decide(meeting, command, ctx))
        .or_else(|| people::decide(meeting, command, ctx))
        .or_else(|| questions::decide(meeting, command, ctx))
}
