//! How a discussion runs, whether its list is open, and who has extra time.

use super::{Facts, change, find};
use crate::meeting::command::DiscussionCommand;
use crate::meeting::fact::DiscussionFact;
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;

/// Shortest and longest speech that is limited, in seconds.
const SPEECH_S: (u16, u16) = (10, 3_600);
/// Largest budget of a tag, in seconds.
const BUDGET_S: u16 = 14_400;
/// Time factors there are, in percent.
const FACTORS: [u16; 4] = [100, 125, 150, 200];

/// Only what is given changes. Naming an order, even the same, calls the chair's own order off.
///
/// Refusals: `not_found`, `out_of_range`, `too_long`, `too_many`.
pub fn set(meeting: &Meeting, command: &DiscussionCommand) -> Facts {
    let DiscussionCommand::SetDiscussion {
        activity,
        order,
        speech_s,
        tags,
        stances,
        budget_s,
        one_queue,
        order_when_closed,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    let is = find(meeting, *activity)?;
    if let Some(seconds) = speech_s.filter(|seconds| *seconds > 0) {
        fitting::within(seconds, SPEECH_S.0, SPEECH_S.1)?;
    }
    fitting::within(budget_s.unwrap_or_default(), 0, BUDGET_S)?;
    let tags = tags
        .as_deref()
        .map(|tags| fitting::list(tags, fitting::TAG, fitting::ASKED_TAGS))
        .transpose()?;
    let fact = DiscussionFact::Set {
        activity: *activity,
        order: order.filter(|order| *order != is.order || !is.placed.is_empty()),
        speech_s: fitting::changed(*speech_s, &is.speech_s),
        tags: fitting::changed(tags, &is.tags),
        stances: fitting::changed(*stances, &is.stances),
        budget_s: fitting::changed(*budget_s, &is.budget_s),
        one_queue: fitting::changed(*one_queue, &is.one_queue),
        order_when_closed: fitting::changed(*order_when_closed, &is.order_when_closed),
    };
    let nothing = DiscussionFact::Set {
        activity: *activity,
        order: None,
        speech_s: None,
        tags: None,
        stances: None,
        budget_s: None,
        one_queue: None,
        order_when_closed: None,
    };
    Ok(if fact == nothing { vec![] } else { vec![fact] })
}

/// Closes or opens the list; whoever waits stays. Refusal: `not_found`.
pub fn close(meeting: &Meeting, activity: ActivityId, on: bool) -> Facts {
    let is = find(meeting, activity)?;
    Ok(if is.closed == on {
        vec![]
    } else {
        vec![DiscussionFact::ListClosed { activity, on }]
    })
}

/// Gives a person more time, in the whole meeting. Refusals: `not_found`, `out_of_range`.
pub fn extra_time(meeting: &Meeting, seat: SeatId, percent: u16) -> Facts {
    meeting.seated(seat)?;
    if !FACTORS.contains(&percent) {
        return Err(Refusal::because(
            Code::OutOfRange,
            "a time factor is 100, 125, 150 or 200",
        ));
    }
    Ok(if meeting.factor(seat) == percent {
        vec![]
    } else {
        vec![DiscussionFact::ExtraTime { seat, percent }]
    })
}

pub fn apply(meeting: &mut Meeting, fact: &DiscussionFact) {
    match fact {
        DiscussionFact::Set {
            activity,
            order,
            speech_s,
            tags,
            stances,
            budget_s,
            one_queue,
            order_when_closed,
        } => change(meeting, *activity, |is| {
            if order.is_some() {
                is.placed.clear();
            }
            fitting::put(&mut is.order, order);
            fitting::put(&mut is.speech_s, speech_s);
            fitting::put(&mut is.tags, tags);
            fitting::put(&mut is.stances, stances);
            fitting::put(&mut is.budget_s, budget_s);
            fitting::put(&mut is.one_queue, one_queue);
            fitting::put(&mut is.order_when_closed, order_when_closed);
        }),
        DiscussionFact::ListClosed { activity, on } => {
            change(meeting, *activity, |is| is.closed = *on);
        }
        DiscussionFact::ExtraTime { seat, percent } => {
            if *percent == 100 {
                meeting.factors.remove(seat);
            } else {
                meeting.factors.insert(*seat, *percent);
            }
        }
        _ => {}
    }
}
