//! The time of group work: a timer on the server's clock, more minutes for one or all, and the end after a count-down.
//! A timer that has run out ends nothing: the facilitator does.

use super::{Facts, change, meant, setting};
use crate::meeting::fact::GroupFact;
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, GroupId, Timestamp};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

/// Longest count-down to the end, in seconds.
const COUNT_DOWN_S: u16 = 600;
/// Most that can be added or taken at once, in seconds.
const MORE_S: i32 = 3_600;

/// Starts the timer anew for those whose work goes on; 0 stops it. Refusals: `not_found`, `out_of_range`.
pub fn set(
    meeting: &Meeting,
    activity: ActivityId,
    group: Option<GroupId>,
    seconds: u32,
    ctx: &Context,
) -> Facts {
    fitting::within(seconds, 0, setting::LONGEST_S)?;
    let ends_at = (seconds > 0).then(|| ctx.now.plus_ms(i64::from(seconds) * 1_000));
    let groups = meant(meeting, activity, group)?.into_iter();
    Ok(groups
        .filter(|(_, group)| !group.ended() && group.ends_at != ends_at)
        .map(|(group, _)| GroupFact::Timed { group, ends_at })
        .collect())
}

/// More or less time, reckoned from the end there is, or from now where it has passed. Refusals: `not_found`, `out_of_range`.
pub fn add(
    meeting: &Meeting,
    activity: ActivityId,
    group: Option<GroupId>,
    seconds: i32,
    ctx: &Context,
) -> Facts {
    fitting::within(seconds, -MORE_S, MORE_S)?;
    let groups = meant(meeting, activity, group)?.into_iter();
    Ok(groups
        .filter(|(_, group)| !group.ended() && seconds != 0)
        .map(|(id, group)| {
            let from = group.ends_at.unwrap_or(ctx.now).max(ctx.now);
            let ends_at = from.plus_ms(i64::from(seconds) * 1_000).max(ctx.now);
            GroupFact::Timed {
                group: id,
                ends_at: Some(ends_at),
            }
        })
        .collect())
}

/// Ends the work of one or all, now or after a count-down. Refusals: `not_found`, `out_of_range`.
pub fn end(
    meeting: &Meeting,
    activity: ActivityId,
    group: Option<GroupId>,
    in_s: u16,
    ctx: &Context,
) -> Facts {
    fitting::within(in_s, 0, COUNT_DOWN_S)?;
    let at = ctx.now.plus_ms(i64::from(in_s) * 1_000);
    let groups = meant(meeting, activity, group)?.into_iter();
    Ok(groups
        .filter(|(_, group)| !group.ended())
        .map(|(group, _)| match in_s {
            0 => GroupFact::Ended { group },
            _ => GroupFact::Ending { group, at },
        })
        .collect())
}

/// Work goes on; a count-down is called off. Refusal: `not_found`.
pub fn resume(meeting: &Meeting, activity: ActivityId, group: Option<GroupId>) -> Facts {
    let groups = meant(meeting, activity, group)?.into_iter();
    Ok(groups
        .filter(|(_, group)| group.ended() || group.ending_at.is_some())
        .map(|(group, _)| GroupFact::Resumed { group })
        .collect())
}

/// The activity closes: whatever still runs ends.
pub fn closing(meeting: &Meeting, activity: ActivityId) -> Vec<GroupFact> {
    let groups = meeting.groups_of(activity).into_iter();
    groups
        .filter(|(_, group)| !group.ended())
        .map(|(group, _)| GroupFact::Ended { group })
        .collect()
}

/// Count-downs that have run out.
pub fn deadline(meeting: &Meeting, now: Timestamp) -> Vec<GroupFact> {
    let due = meeting
        .groups
        .iter()
        .filter(|(_, group)| group.ending_at.is_some_and(|at| at <= now));
    due.map(|(group, _)| GroupFact::Ended { group: *group })
        .collect()
}

/// When the next count-down runs out.
pub fn next_deadline(meeting: &Meeting) -> Option<Timestamp> {
    meeting
        .groups
        .values()
        .filter_map(|group| group.ending_at)
        .min()
}

pub fn apply(meeting: &mut Meeting, at: Timestamp, fact: &GroupFact) {
    match fact {
        GroupFact::Timed { group, ends_at } => change(meeting, *group, |group| {
            group.ends_at = *ends_at;
        }),
        GroupFact::Ending { group, at } => change(meeting, *group, |group| {
            group.ending_at = Some(*at);
        }),
        GroupFact::Ended { group } => change(meeting, *group, |group| {
            group.ended_at.get_or_insert(at);
            group.ending_at = None;
            group.ends_at = None;
            group.help = None;
        }),
        GroupFact::Resumed { group } => change(meeting, *group, |group| {
            group.ended_at = None;
            group.ending_at = None;
        }),
        _ => {}
    }
}
