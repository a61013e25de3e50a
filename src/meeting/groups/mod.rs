//! Group work: from one hall to twenty tables and back. One file per theme, each with its rules, what applies them, and its
//! tests. Who sits best with whom is reckoned outside, by `planning`, and comes in as [`crate::meeting::wish::Wish::Plan`].

pub mod cards;
pub mod command;
pub mod duties;
pub mod fact;
pub mod plans;
pub mod reporting;
pub mod seating;
pub mod setting;
pub mod state;
pub mod table;
pub mod timing;
pub mod writing;

#[cfg(test)]
mod stories;

use super::Decision;
use super::authority::{self, Need};
use super::command::GroupCommand as C;
use super::fact::{Fact, GroupFact as F};
use super::ids::{ActivityId, GroupId, SeatId, Timestamp};
use super::refusal::{Code, Refusal};
use super::role::Actor;
use super::state::Meeting;
use super::wish::Context;
use state::{Group, Work};

/// Most groups in a meeting.
pub const GROUPS: usize = 3_000;
/// How long after the end of its work a group may still send what was typed before, in milliseconds.
pub const GRACE_MS: i64 = 60_000;

/// What a command of group work asks of whoever sends it.
pub(crate) fn need(command: &C) -> Need {
    match command {
        C::SetGroups { .. }
        | C::AddGroup { .. }
        | C::ChangeGroup { .. }
        | C::RemoveGroup { .. }
        | C::Constrain { .. }
        | C::PublishGroups { .. }
        | C::DiscardPlan { .. }
        | C::NextRound { .. }
        | C::MoveSeats { .. }
        | C::SwapSeats { .. }
        | C::MergeGroups { .. }
        | C::SplitGroup { .. }
        | C::SetTimer { .. }
        | C::AddTime { .. }
        | C::EndGroups { .. }
        | C::ResumeGroups { .. }
        | C::OrderReports { .. }
        | C::Report { .. }
        | C::AddReportTime { .. }
        | C::PauseReport { .. } => Need::Facilitator,
        C::Visit { .. } | C::WriteTo { .. } | C::LinkCards { .. } => Need::Moderator,
        C::JoinGroup { .. }
        | C::LeaveGroup { .. }
        | C::WriteLine { .. }
        | C::PostCard { .. }
        | C::EditCard { .. }
        | C::RemoveCard { .. }
        | C::StackCard { .. }
        | C::DotCard { .. }
        | C::ShowDots { .. }
        | C::TakeDuty { .. }
        | C::NeedHelp { .. }
        | C::Ready { .. }
        | C::Acknowledge { .. } => Need::Seat,
    }
}

/// What may still be done after the meeting's end: reading back, and whatever takes something away.
pub(crate) fn outlives_the_end(command: &C) -> bool {
    matches!(
        command,
        C::RemoveCard { .. }
            | C::Acknowledge { .. }
            | C::LinkCards { .. }
            | C::ShowDots { .. }
            | C::NeedHelp { on: false, .. }
    )
}

pub(crate) fn decide(meeting: &Meeting, command: &C, ctx: &Context) -> Decision {
    let facts = match command {
        C::SetGroups { .. } => setting::set(meeting, command),
        C::AddGroup { id, activity, name } => {
            setting::add(meeting, *id, *activity, name.as_deref().unwrap_or_default())
        }
        C::ChangeGroup { .. } => setting::change(meeting, command),
        C::RemoveGroup { group } => setting::remove(meeting, *group),
        C::Constrain { .. } => setting::constrain(meeting, command),
        C::PublishGroups { activity } => return plans::publish(meeting, *activity, ctx),
        C::DiscardPlan { activity } => plans::discard(meeting, *activity),
        C::NextRound { activity } => plans::next_round(meeting, *activity, ctx),
        C::MoveSeats {
            activity,
            seats,
            to,
        } => seating::move_seats(meeting, *activity, seats, *to, ctx),
        C::SwapSeats {
            activity,
            one,
            other,
        } => seating::swap(meeting, *activity, *one, *other, ctx),
        C::MergeGroups { from, into } => seating::merge(meeting, *from, *into, ctx),
        C::SplitGroup { group, id, seats } => seating::split(meeting, *group, *id, seats, ctx),
        C::JoinGroup { group } => seating::join(meeting, *group, ctx),
        C::LeaveGroup { group } => seating::leave(meeting, *group, ctx),
        C::SetTimer {
            activity,
            group,
            seconds,
        } => timing::set(meeting, *activity, *group, *seconds, ctx),
        C::AddTime {
            activity,
            group,
            seconds,
        } => timing::add(meeting, *activity, *group, *seconds, ctx),
        C::EndGroups {
            activity,
            group,
            in_s,
        } => timing::end(meeting, *activity, *group, in_s.unwrap_or_default(), ctx),
        C::ResumeGroups { activity, group } => timing::resume(meeting, *activity, *group),
        C::WriteLine { group, line, text } => table::write_line(meeting, *group, *line, text, ctx),
        C::PostCard { id, group, text } => cards::post(meeting, *id, *group, text, ctx),
        C::EditCard { card, text } => cards::edit(meeting, *card, text, ctx),
        C::RemoveCard { card } => cards::remove(meeting, *card, ctx),
        C::StackCard { card, onto } => cards::stack(meeting, *card, *onto, ctx),
        C::DotCard { card, dots } => cards::dot(meeting, *card, *dots, ctx),
        C::ShowDots {
            activity,
            group,
            on,
        } => cards::show_dots(meeting, *activity, *group, *on, ctx),
        C::LinkCards { cards, on } => cards::link(meeting, cards, *on),
        C::TakeDuty { group, duty, on } => duties::take(meeting, *group, *duty, *on, ctx),
        C::NeedHelp { group, on, call } => {
            table::need_help(meeting, *group, *on, call.unwrap_or_default(), ctx)
        }
        C::Ready { group, on } => table::ready(meeting, *group, *on, ctx),
        C::Visit { group, on } => table::visit(meeting, *group, *on),
        C::WriteTo {
            id,
            activity,
            group,
            text,
        } => table::write_to(meeting, *id, *activity, *group, text),
        C::Acknowledge { letter, group } => table::acknowledge(meeting, *letter, *group, ctx),
        C::OrderReports { activity, groups } => reporting::order(meeting, *activity, groups),
        C::Report { activity, group } => return reporting::report(meeting, *activity, *group, ctx),
        C::AddReportTime { activity, seconds } => {
            reporting::add_time(meeting, *activity, *seconds, ctx)
        }
        C::PauseReport { activity, on } => reporting::pause(meeting, *activity, *on, ctx),
    };
    facts.map(wrapped)
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &F) {
    match fact {
        F::Set { .. } | F::Constrained { .. } => setting::was_set(meeting, fact),
        F::Added { .. } | F::Changed { .. } | F::Removed { .. } => setting::changed(meeting, fact),
        F::Planned { .. }
        | F::PlanDiscarded { .. }
        | F::Published { .. }
        | F::RoundBegun { .. } => plans::apply(meeting, fact),
        F::Seated { activity, moves } => seating::seated(meeting, *activity, moves),
        F::Merged { from, into } => seating::merged(meeting, *from, *into),
        F::DutySet { group, duty, seat } => duties::was_set(meeting, *group, *duty, *seat),
        F::Timed { .. } | F::Ending { .. } | F::Ended { .. } | F::Resumed { .. } => {
            timing::apply(meeting, at, fact);
        }
        F::LineWritten { .. }
        | F::HelpAsked { .. }
        | F::HelpOver { .. }
        | F::Visited { .. }
        | F::Ready { .. }
        | F::LetterWritten { .. }
        | F::LetterRead { .. } => table::apply(meeting, at, fact),
        F::CardPosted { .. }
        | F::CardEdited { .. }
        | F::CardRemoved { .. }
        | F::CardStacked { .. }
        | F::CardDotted { .. }
        | F::DotsShown { .. }
        | F::CardsLinked { .. } => cards::apply(meeting, at, fact),
        F::ReportsOrdered { .. }
        | F::Reporting { .. }
        | F::ReportTimed { .. }
        | F::ReportPaused { .. } => reporting::apply(meeting, fact),
        F::Noted { group, update } => writing::noted(meeting, at, *group, update),
    }
}

/// Facts of group work as facts of the meeting.
pub(crate) fn wrapped(facts: Vec<F>) -> Vec<Fact> {
    facts.into_iter().map(Fact::Group).collect()
}

/// What a rule of group work decides.
pub(crate) type Facts = Result<Vec<F>, Refusal>;

fn find_work(meeting: &Meeting, activity: ActivityId) -> Result<&Work, Refusal> {
    meeting
        .works
        .get(&activity)
        .ok_or_else(|| Code::NotFound.into())
}

fn find_group(meeting: &Meeting, group: GroupId) -> Result<&Group, Refusal> {
    meeting
        .groups
        .get(&group)
        .ok_or_else(|| Code::NotFound.into())
}

/// The group, and the seat that acts in it. A facilitator or moderator may act at any table.
///
/// Refusals: `not_found`, `not_allowed` (of another table).
fn at_table<'a>(
    meeting: &'a Meeting,
    id: GroupId,
    ctx: &Context,
) -> Result<(&'a Group, SeatId), Refusal> {
    let group = find_group(meeting, id)?;
    let Actor::Seat(seat) = ctx.actor else {
        return Err(Code::NotAllowed.into());
    };
    if group.places.contains_key(&seat) || authority::leads(meeting, seat) {
        return Ok((group, seat));
    }
    Err(Refusal::because(
        Code::NotAllowed,
        "you sit at another table",
    ))
}

/// As [`at_table`], where something is written: `closed` when the work ended more than a minute ago.
fn writing_at<'a>(
    meeting: &'a Meeting,
    id: GroupId,
    ctx: &Context,
) -> Result<(&'a Group, SeatId), Refusal> {
    let (group, seat) = at_table(meeting, id, ctx)?;
    let over = group
        .ended_at
        .is_some_and(|ended| ctx.now.since(ended) > GRACE_MS);
    if over {
        return Err(Refusal::because(
            Code::Closed,
            "the work at this table has ended",
        ));
    }
    Ok((group, seat))
}

/// The groups meant: one, or all of the activity.
fn meant(
    meeting: &Meeting,
    activity: ActivityId,
    group: Option<GroupId>,
) -> Result<Vec<(GroupId, &Group)>, Refusal> {
    find_work(meeting, activity)?;
    let Some(id) = group else {
        return Ok(meeting.groups_of(activity));
    };
    let group = find_group(meeting, id)?;
    if group.activity == activity {
        Ok(vec![(id, group)])
    } else {
        Err(Code::NotFound.into())
    }
}

fn change(meeting: &mut Meeting, group: GroupId, change: impl FnOnce(&mut Group)) {
    if let Some(group) = meeting.groups.get_mut(&group) {
        change(group);
    }
}
