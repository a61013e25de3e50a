//! How a groups activity runs, which tables it has, and who must or must not sit together.

use std::collections::BTreeSet;

use super::{Facts, GROUPS, find_group, find_work};
use crate::meeting::command::{ActivityKind, GroupCommand};
use crate::meeting::fact::GroupFact;
use crate::meeting::fitting::{self, changed as if_changed, put};
use crate::meeting::groups::state::{Group, Settings, Work};
use crate::meeting::ids::{ActivityId, GroupId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;

/// Limits in graphemes.
pub const NAME: usize = 40;
pub const PLACE: usize = 80;
pub const TASK: usize = 1_000;
pub const LINE: usize = 60;
/// Most answer lines.
pub const LINES: usize = 6;
/// Longest timer in seconds.
pub const LONGEST_S: u32 = 14_400;
/// Most sets of people to keep together or apart.
const SETS: usize = 500;

/// Changes only what is given and differs.
///
/// Refusals: `not_found`, `wrong_state` (no groups activity), `out_of_range`, `too_long`, `too_many`.
pub fn set(meeting: &Meeting, command: &GroupCommand) -> Facts {
    let GroupCommand::SetGroups {
        activity,
        how,
        tables,
        size,
        rounds,
        hosts,
        balance,
        from,
        task,
        lines,
        seconds,
        dots,
        turn_s,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    is_groups(meeting, *activity)?;
    if let Some(from) = from {
        is_groups(meeting, *from)?;
    }
    let is = meeting
        .works
        .get(activity)
        .map_or_else(Settings::default, |work| work.settings.clone());
    let tables = tables.map(|n| fitting::within(n, 0, 2_000)).transpose()?;
    let size = size.map(|n| fitting::within(n, 2, 30)).transpose()?;
    let rounds = rounds.map(|n| fitting::within(n, 1, 12)).transpose()?;
    let seconds = seconds
        .map(|s| fitting::within(s, 0, LONGEST_S))
        .transpose()?;
    let dots = dots.map(|n| fitting::within(n, 0, 10)).transpose()?;
    let turn_s = turn_s.map(|s| fitting::within(s, 15, 1_800)).transpose()?;
    let balance = balance
        .as_deref()
        .map(|tags| fitting::list(tags, fitting::TAG, fitting::ASKED_TAGS))
        .transpose()?;
    let lines = lines
        .as_deref()
        .map(|lines| fitting::list(lines, LINE, LINES))
        .transpose()?;
    let task = task
        .as_deref()
        .map(|task| fitting::lines_or_nothing(task, TASK))
        .transpose()?;
    let fact = GroupFact::Set {
        activity: *activity,
        how: if_changed(*how, &is.how),
        tables: if_changed(tables, &is.tables),
        size: if_changed(size, &is.size),
        rounds: if_changed(rounds, &is.rounds),
        hosts: if_changed(*hosts, &is.hosts),
        balance: if_changed(balance, &is.balance),
        from: from.filter(|from| is.from != Some(*from)),
        task: if_changed(task, &is.task),
        lines: if_changed(lines, &is.lines),
        seconds: if_changed(seconds, &is.seconds),
        dots: if_changed(dots, &is.dots),
        turn_s: if_changed(turn_s, &is.turn_s),
    };
    let known = meeting.works.contains_key(activity);
    Ok(if known && fact == nothing(*activity) {
        vec![]
    } else {
        vec![fact]
    })
}

fn nothing(activity: ActivityId) -> GroupFact {
    GroupFact::Set {
        activity,
        how: None,
        tables: None,
        size: None,
        rounds: None,
        hosts: None,
        balance: None,
        from: None,
        task: None,
        lines: None,
        seconds: None,
        dots: None,
        turn_s: None,
    }
}

/// Whether it is there and of the right kind.
pub fn is_groups(meeting: &Meeting, activity: ActivityId) -> Result<(), Refusal> {
    match meeting.agenda.get(&activity) {
        None => Err(Code::NotFound.into()),
        Some(item) if item.kind == ActivityKind::Groups => Ok(()),
        Some(_) => Err(Refusal::because(Code::WrongState, "it is no group work")),
    }
}

/// The number of the next group, from 1.
pub fn next_number(meeting: &Meeting, activity: ActivityId) -> u16 {
    let groups = meeting.groups.values();
    groups
        .filter(|group| group.activity == activity)
        .map(|group| group.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}

/// A further group. Refusals: `not_found`, `wrong_state`, `exists`, `too_many`, `too_long`.
pub fn add(meeting: &Meeting, id: GroupId, activity: ActivityId, name: &str) -> Facts {
    is_groups(meeting, activity)?;
    if let Some(there) = meeting.groups.get(&id) {
        return if there.activity == activity {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    fitting::room(meeting.groups.len(), GROUPS)?;
    Ok(vec![GroupFact::Added {
        group: id,
        activity,
        number: next_number(meeting, activity),
        name: fitting::line_or_nothing(name, NAME)?,
    }])
}

/// Changes only what is given and differs. Refusals: `not_found`, `too_long`, `out_of_range`.
pub fn change(meeting: &Meeting, command: &GroupCommand) -> Facts {
    let GroupCommand::ChangeGroup {
        group: id,
        name,
        place,
        step_free,
        task,
        locked,
        most,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    let group = find_group(meeting, *id)?;
    let line = |text: &Option<String>, limit| {
        text.as_deref()
            .map(|text| fitting::line_or_nothing(text, limit))
            .transpose()
    };
    let task = task
        .as_deref()
        .map(|task| fitting::lines_or_nothing(task, TASK))
        .transpose()?;
    let most = most.map(|most| fitting::within(most, 0, 500)).transpose()?;
    let fact = GroupFact::Changed {
        group: *id,
        name: if_changed(line(name, NAME)?, &group.name),
        place: if_changed(line(place, PLACE)?, &group.place),
        step_free: if_changed(*step_free, &group.step_free),
        task: if_changed(task, &group.task),
        locked: if_changed(*locked, &group.locked),
        most: if_changed(most, &group.most),
    };
    let nothing = GroupFact::Changed {
        group: *id,
        name: None,
        place: None,
        step_free: None,
        task: None,
        locked: None,
        most: None,
    };
    Ok(if fact == nothing { vec![] } else { vec![fact] })
}

/// Refusals: `not_found`, `wrong_state` (somebody sits there).
pub fn remove(meeting: &Meeting, id: GroupId) -> Facts {
    if !find_group(meeting, id)?.places.is_empty() {
        return Err(Refusal::because(Code::WrongState, "somebody sits there"));
    }
    Ok(vec![GroupFact::Removed { group: id }])
}

/// Each list that is given replaces the one before. Seats that are not there are left out.
///
/// Refusals: `not_found`, `wrong_state`, `too_many`.
pub fn constrain(meeting: &Meeting, command: &GroupCommand) -> Facts {
    let GroupCommand::Constrain {
        activity,
        together,
        apart,
        hosts,
        step_free,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    is_groups(meeting, *activity)?;
    let known = |seat: &SeatId| meeting.seats.contains_key(seat);
    let sets = |sets: &Vec<Vec<SeatId>>| -> Result<Vec<Vec<SeatId>>, Refusal> {
        fitting::within(sets.len(), 0, SETS)?;
        let sets = sets.iter().map(|set| {
            let mut set: Vec<SeatId> = set.iter().copied().filter(known).collect();
            set.sort_unstable();
            set.dedup();
            set
        });
        Ok(sets.filter(|set| set.len() > 1).collect())
    };
    let hosts = hosts.as_ref().map(|hosts| {
        let kept = hosts.iter().filter(|(group, seat)| {
            known(seat)
                && meeting
                    .groups
                    .get(group)
                    .is_some_and(|group| group.activity == *activity)
        });
        kept.map(|(group, seat)| (*group, *seat)).collect()
    });
    let step_free = step_free.as_ref().map(|seats| {
        let seats: BTreeSet<SeatId> = seats.iter().copied().filter(known).collect();
        seats.into_iter().collect::<Vec<_>>()
    });
    let is = meeting.works.get(activity).cloned().unwrap_or_default();
    let fact = GroupFact::Constrained {
        activity: *activity,
        together: if_changed(together.as_ref().map(sets).transpose()?, &is.together),
        apart: if_changed(apart.as_ref().map(sets).transpose()?, &is.apart),
        hosts: if_changed(hosts, &is.hosts),
        step_free: step_free.filter(|seats| !seats.iter().eq(&is.step_free)),
    };
    let nothing = GroupFact::Constrained {
        activity: *activity,
        together: None,
        apart: None,
        hosts: None,
        step_free: None,
    };
    Ok(if fact == nothing { vec![] } else { vec![fact] })
}

pub fn was_set(meeting: &mut Meeting, fact: &GroupFact) {
    match fact {
        GroupFact::Set {
            activity,
            how,
            tables,
            size,
            rounds,
            hosts,
            balance,
            from,
            task,
            lines,
            seconds,
            dots,
            turn_s,
        } => {
            let settings = &mut work(meeting, *activity).settings;
            put(&mut settings.how, how);
            put(&mut settings.tables, tables);
            put(&mut settings.size, size);
            put(&mut settings.rounds, rounds);
            put(&mut settings.hosts, hosts);
            put(&mut settings.balance, balance);
            put(&mut settings.task, task);
            put(&mut settings.lines, lines);
            put(&mut settings.seconds, seconds);
            put(&mut settings.dots, dots);
            put(&mut settings.turn_s, turn_s);
            if from.is_some() {
                settings.from = *from;
            }
        }
        GroupFact::Constrained {
            activity,
            together,
            apart,
            hosts,
            step_free,
        } => {
            let work = work(meeting, *activity);
            put(&mut work.together, together);
            put(&mut work.apart, apart);
            put(&mut work.hosts, hosts);
            if let Some(seats) = step_free {
                work.step_free = seats.iter().copied().collect();
            }
        }
        _ => {}
    }
}

/// The activity's work, begun if it was not there.
pub fn work(meeting: &mut Meeting, activity: ActivityId) -> &mut Work {
    meeting.works.entry(activity).or_default()
}

pub fn changed(meeting: &mut Meeting, fact: &GroupFact) {
    match fact {
        GroupFact::Added {
            group,
            activity,
            number,
            name,
        } => {
            work(meeting, *activity);
            meeting
                .groups
                .entry(*group)
                .or_insert_with(|| Group::new(*activity, *number, name.clone()));
        }
        GroupFact::Changed {
            group,
            name,
            place,
            step_free,
            task,
            locked,
            most,
        } => super::change(meeting, *group, |group| {
            put(&mut group.name, name);
            put(&mut group.place, place);
            put(&mut group.step_free, step_free);
            put(&mut group.task, task);
            put(&mut group.locked, locked);
            put(&mut group.most, most);
        }),
        GroupFact::Removed { group } => removed(meeting, *group),
        _ => {}
    }
}

pub fn removed(meeting: &mut Meeting, id: GroupId) {
    let Some(group) = meeting.groups.remove(&id) else {
        return;
    };
    meeting.cards.retain(|_, card| card.group != id);
    forget_gone_cards(meeting);
    if let Some(work) = meeting.works.get_mut(&group.activity) {
        work.seats.retain(|_, at| *at != id);
        work.order.retain(|one| *one != id);
        work.reported.remove(&id);
        work.hosts.remove(&id);
        work.reporting = work.reporting.filter(|report| report.group != id);
        work.letters.retain(|_, letter| letter.group != Some(id));
        for letter in work.letters.values_mut() {
            letter.read.remove(&id);
        }
        work.draft = work.draft.take().filter(|plan| !plan.groups.contains(&id));
    }
}

/// No card points to one that is gone.
pub fn forget_gone_cards(meeting: &mut Meeting) {
    let there: std::collections::BTreeSet<_> = meeting.cards.keys().copied().collect();
    for card in meeting.cards.values_mut() {
        card.onto = card.onto.filter(|onto| there.contains(onto));
        card.linked = card.linked.filter(|first| there.contains(first));
    }
}

/// An activity was taken off the agenda: nothing of its work is left.
pub fn forget(meeting: &mut Meeting, activity: ActivityId) {
    let groups: Vec<GroupId> = meeting
        .groups_of(activity)
        .iter()
        .map(|(id, _)| *id)
        .collect();
    for group in groups {
        removed(meeting, group);
    }
    meeting.works.remove(&activity);
}

/// The facts that take an activity's groups away before it is removed itself.
pub fn removal(meeting: &Meeting, activity: ActivityId) -> Vec<GroupFact> {
    if find_work(meeting, activity).is_err() {
        return vec![];
    }
    let groups = meeting.groups_of(activity);
    let groups = groups.iter();
    groups
        .map(|(group, _)| GroupFact::Removed { group: *group })
        .collect()
}
