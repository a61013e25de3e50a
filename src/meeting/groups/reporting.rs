//! Reporting back: a queue of groups, each with the same time on the stage's clock.

use super::{Facts, find_work, meant, setting, wrapped};
use crate::meeting::Decision;
use crate::meeting::fact::{Fact, GroupFact};
use crate::meeting::fitting;
use crate::meeting::groups::state::Reporting;
use crate::meeting::ids::{ActivityId, GroupId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

const MORE_S: i32 = 1_800;

/// Who reports in which order. Refusal: `not_found`.
pub fn order(meeting: &Meeting, activity: ActivityId, groups: &[GroupId]) -> Facts {
    let work = find_work(meeting, activity)?;
    let mut wished = Vec::new();
    for group in groups {
        meant(meeting, activity, Some(*group))?;
        if !wished.contains(group) {
            wished.push(*group);
        }
    }
    Ok(if work.order == wished {
        vec![]
    } else {
        vec![GroupFact::ReportsOrdered {
            activity,
            groups: wished,
        }]
    })
}

/// Gives a group the floor and the stage, and starts its time; absent: nobody reports. Refusal: `not_found`.
pub fn report(
    meeting: &Meeting,
    activity: ActivityId,
    group: Option<GroupId>,
    ctx: &Context,
) -> Decision {
    let work = find_work(meeting, activity)?;
    if let Some(group) = group {
        meant(meeting, activity, Some(group))?;
    }
    if work.reporting.map(|report| report.group) == group {
        return Ok(vec![]);
    }
    let turn = i64::from(work.settings.turn_s) * 1_000;
    let mut facts = Vec::new();
    if group.is_some() && meeting.stage.activity != Some(activity) {
        facts.push(Fact::StageSet {
            activity: Some(activity),
        });
        if meeting.stage.joining {
            facts.push(Fact::JoiningShown { on: false });
        }
    }
    facts.extend(wrapped(vec![GroupFact::Reporting {
        activity,
        group,
        ends_at: group.map(|_| ctx.now.plus_ms(turn)),
    }]));
    Ok(facts)
}

fn running(meeting: &Meeting, activity: ActivityId) -> Result<Reporting, Refusal> {
    find_work(meeting, activity)?
        .reporting
        .ok_or_else(|| Refusal::because(Code::WrongState, "nobody reports"))
}

/// More or less time. Refusals: `not_found`, `wrong_state` (nobody reports), `out_of_range`.
pub fn add_time(meeting: &Meeting, activity: ActivityId, seconds: i32, ctx: &Context) -> Facts {
    let report = running(meeting, activity)?;
    let ms = i64::from(fitting::within(seconds, -MORE_S, MORE_S)?) * 1_000;
    if ms == 0 {
        return Ok(vec![]);
    }
    Ok(vec![match report.left_ms {
        Some(left) => GroupFact::ReportPaused {
            activity,
            left_ms: Some((left + ms).max(0)),
            ends_at: None,
        },
        None => GroupFact::ReportTimed {
            activity,
            ends_at: report.ends_at.max(ctx.now).plus_ms(ms).max(ctx.now),
        },
    }])
}

/// Stops the clock, or lets it go on. Refusals: `not_found`, `wrong_state`.
pub fn pause(meeting: &Meeting, activity: ActivityId, on: bool, ctx: &Context) -> Facts {
    let report = running(meeting, activity)?;
    Ok(match (on, report.left_ms) {
        (true, None) => vec![GroupFact::ReportPaused {
            activity,
            left_ms: Some(report.ends_at.since(ctx.now).max(0)),
            ends_at: None,
        }],
        (false, Some(left)) => vec![GroupFact::ReportPaused {
            activity,
            left_ms: None,
            ends_at: Some(ctx.now.plus_ms(left)),
        }],
        _ => vec![],
    })
}

pub fn apply(meeting: &mut Meeting, fact: &GroupFact) {
    match fact {
        GroupFact::ReportsOrdered { activity, groups } => {
            setting::work(meeting, *activity).order.clone_from(groups);
        }
        GroupFact::Reporting {
            activity,
            group,
            ends_at,
        } => {
            let there = group.filter(|group| meeting.groups.contains_key(group));
            let work = setting::work(meeting, *activity);
            if let Some(before) = work.reporting {
                work.reported.insert(before.group);
            }
            work.reporting = there.map(|group| Reporting {
                group,
                ends_at: ends_at.unwrap_or_default(),
                left_ms: None,
            });
        }
        GroupFact::ReportTimed { activity, ends_at } => {
            if let Some(report) = &mut setting::work(meeting, *activity).reporting {
                report.ends_at = *ends_at;
            }
        }
        GroupFact::ReportPaused {
            activity,
            left_ms,
            ends_at,
        } => {
            if let Some(report) = &mut setting::work(meeting, *activity).reporting {
                report.left_ms = *left_ms;
                report.ends_at = ends_at.unwrap_or(report.ends_at);
            }
        }
        _ => {}
    }
}
