//! Plans: a draft that only the desk sees, made real by publishing, round by round.

use std::collections::BTreeSet;

use super::{Facts, GROUPS, duties, find_work, seating, setting, wrapped};
use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::fact::{Fact, GroupFact};
use crate::meeting::fitting;
use crate::meeting::groups::fact::Moved;
use crate::meeting::groups::state::{Plan, Work};
use crate::meeting::ids::{ActivityId, GroupId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, Openness};
use crate::meeting::wish::Context;

/// Takes what the planner reckoned as the draft. `plan.groups` may name groups that are not there yet: they are added.
///
/// Refusals: `not_found`, `wrong_state`, `too_many`, `exists`.
pub fn propose(meeting: &Meeting, activity: ActivityId, plan: &Plan) -> Facts {
    setting::is_groups(meeting, activity)?;
    let mut number = setting::next_number(meeting, activity);
    let mut facts = Vec::new();
    for group in &plan.groups {
        match meeting.groups.get(group) {
            Some(there) if there.activity != activity => return Err(Code::Exists.into()),
            Some(_) => {}
            None => {
                facts.push(GroupFact::Added {
                    group: *group,
                    activity,
                    number,
                    name: String::new(),
                });
                number = number.saturating_add(1);
            }
        }
    }
    fitting::within(meeting.groups.len() + facts.len(), 0, GROUPS)?;
    facts.push(GroupFact::Planned {
        activity,
        groups: plan.groups.clone(),
        seats: plan.seats.clone(),
        rounds: plan.rounds.clone(),
        repeats: plan.repeats,
        account: plan.account.clone(),
    });
    Ok(facts)
}

/// Refusal: `not_found`.
pub fn discard(meeting: &Meeting, activity: ActivityId) -> Facts {
    let draft = find_work(meeting, activity)?.draft.is_some();
    Ok(if draft {
        vec![GroupFact::PlanDiscarded { activity }]
    } else {
        vec![]
    })
}

/// The draft becomes real: people are seated, duties dealt, the activity opens.
///
/// Refusals: `not_found`, `wrong_state` (there is no plan).
pub fn publish(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Decision {
    let work = find_work(meeting, activity)?;
    let Some(draft) = &work.draft else {
        return Err(Refusal::because(Code::WrongState, "there is no plan"));
    };
    let mut facts = Vec::new();
    if agenda::find(meeting, activity)?.openness != Openness::Open {
        facts.extend(agenda::opening::open(meeting, activity)?);
    }
    if meeting.stage.activity != Some(activity) {
        facts.push(Fact::StageSet {
            activity: Some(activity),
        });
    }
    if meeting.stage.joining {
        facts.push(Fact::JoiningShown { on: false });
    }
    facts.push(Fact::Group(GroupFact::Published { activity }));
    facts.extend(wrapped(round(meeting, activity, work, draft, 1, ctx)));
    Ok(facts)
}

/// Everybody moves to their next table; what was written stays at the table.
///
/// Refusals: `not_found`, `wrong_state` (not published, or the last round runs).
pub fn next_round(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let work = find_work(meeting, activity)?;
    let Some(plan) = &work.plan else {
        return Err(Refusal::because(Code::WrongState, "nobody sits yet"));
    };
    let next = work.round.saturating_add(1);
    if usize::from(next) > plan.rounds.len() {
        return Err(Refusal::because(Code::WrongState, "this is the last round"));
    }
    Ok(round(meeting, activity, work, plan, next, ctx))
}

fn round(
    meeting: &Meeting,
    activity: ActivityId,
    work: &Work,
    plan: &Plan,
    round: u8,
    ctx: &Context,
) -> Vec<GroupFact> {
    let mut facts = vec![GroupFact::RoundBegun { activity, round }];
    let mut seating = plan.seating(usize::from(round) - 1);
    seating.retain(|seat, group| {
        meeting.groups.contains_key(group)
            && meeting
                .seats
                .get(seat)
                .is_some_and(super::state::takes_part)
    });
    // Whoever came late has no place in the plan, and whose table is gone has lost it: both are spread.
    let in_plan: BTreeSet<_> = plan.seats.iter().copied().collect();
    let known = |seat: &SeatId| {
        let seat = meeting.seats.get(seat);
        seat.is_some_and(super::state::takes_part)
    };
    let late: Vec<_> = work
        .seats
        .keys()
        .chain(&in_plan)
        .filter(|seat| !seating.contains_key(seat) && known(seat))
        .copied()
        .collect();
    for seat in late {
        if let Some(group) = seating::cheapest(meeting, activity, seat, &seating) {
            seating.insert(seat, group);
        }
    }
    let before = work.seats.iter().map(|(seat, from)| (*seat, Some(*from)));
    let mut moves: Vec<Moved> = before
        .map(|(seat, from)| Moved {
            seat,
            from,
            to: seating.get(&seat).copied(),
        })
        .collect();
    let new = seating
        .iter()
        .filter(|(seat, _)| !work.seats.contains_key(seat));
    moves.extend(new.map(|(seat, group)| Moved {
        seat: *seat,
        from: None,
        to: Some(*group),
    }));
    moves.retain(|moved| moved.from != moved.to);
    if !moves.is_empty() {
        facts.push(GroupFact::Seated { activity, moves });
    }
    let groups: Vec<GroupId> = meeting
        .groups_of(activity)
        .iter()
        .map(|(id, _)| *id)
        .collect();
    facts.extend(duties::deal(meeting, work, &groups, &seating, ctx.entropy));
    facts
}

pub fn apply(meeting: &mut Meeting, fact: &GroupFact) {
    match fact {
        GroupFact::Planned {
            activity,
            groups,
            seats,
            rounds,
            repeats,
            account,
        } => {
            setting::work(meeting, *activity).draft = Some(Plan {
                groups: groups.clone(),
                seats: seats.clone(),
                rounds: rounds.clone(),
                repeats: *repeats,
                account: account.clone(),
            });
        }
        GroupFact::PlanDiscarded { activity } => {
            setting::work(meeting, *activity).draft = None;
        }
        GroupFact::Published { activity } => {
            let work = setting::work(meeting, *activity);
            if let Some(draft) = work.draft.take() {
                work.plan = Some(draft);
            }
            work.reported.clear();
            work.reporting = None;
        }
        GroupFact::RoundBegun { activity, round } => {
            setting::work(meeting, *activity).round = *round;
            let groups = meeting.groups.values_mut();
            for group in groups.filter(|group| group.activity == *activity) {
                group.ready = false;
                group.help = None;
                group.ends_at = None;
                group.ending_at = None;
                group.ended_at = None;
                group.duties.clear();
            }
        }
        _ => {}
    }
}
