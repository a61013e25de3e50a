//! "We end at 19:00" is fixed: what is left shares the time that is left.

use super::arranging::in_order;
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::ids::{ActivityId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Activity, Meeting, Openness};

const MINUTE_MS: i64 = 60_000;

/// An item that is not over: how long it has run and how long it was still meant to.
struct Item {
    id: ActivityId,
    minutes: u16,
    run: i64,
    left: i64,
}

/// Shortens the planned minutes of what is left so that it ends at `ends_at`; each keeps at least one minute.
/// On time: nothing changes.
///
/// Refusal: `wrong_state` (no end was fixed).
pub fn share(meeting: &Meeting, now: Timestamp) -> Decision {
    let ends_at = meeting
        .ends_at
        .ok_or(Refusal::because(Code::WrongState, "no end was fixed"))?;
    let there = ends_at.since(now).max(0) / MINUTE_MS;
    let items = what_is_left(meeting, now);
    let wanted: i64 = items.iter().map(|item| item.left).sum();
    if wanted <= there {
        return Ok(vec![]);
    }
    let shares = shares(&items, there, wanted);
    let changed = items.iter().zip(shares).filter_map(|(item, share)| {
        let minutes = u16::try_from((item.run + share).max(1)).unwrap_or(u16::MAX);
        (minutes != item.minutes).then_some(Fact::ActivityChanged {
            activity: item.id,
            title: None,
            minutes: Some(minutes),
            rank: None,
        })
    });
    Ok(changed.collect())
}

fn what_is_left(meeting: &Meeting, now: Timestamp) -> Vec<Item> {
    let items = in_order(meeting)
        .into_iter()
        .filter_map(|id| meeting.agenda.get(&id).map(|activity| (id, activity)));
    items
        .filter(|(_, activity)| activity.minutes > 0 && activity.openness != Openness::Closed)
        .map(|(id, activity)| {
            let run = minutes_run(activity, now);
            Item {
                id,
                minutes: activity.minutes,
                run,
                left: (i64::from(activity.minutes) - run).max(0),
            }
        })
        .collect()
}

/// Whole minutes since it was opened.
fn minutes_run(activity: &Activity, now: Timestamp) -> i64 {
    match (activity.openness, activity.opened_at) {
        (Openness::Open, Some(opened)) => now.since(opened).max(0) / MINUTE_MS,
        _ => 0,
    }
}

/// Splits `there` minutes in the proportion of what each was meant to have (largest remainder), one minute at the least.
fn shares(items: &[Item], there: i64, wanted: i64) -> Vec<i64> {
    let least = |item: &Item| i64::from(item.left > 0);
    let mut shares: Vec<i64> = items
        .iter()
        .map(|item| (item.left * there / wanted).max(least(item)))
        .collect();
    let mut spare = there - shares.iter().sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..items.len()).collect();
    by_remainder.sort_by_key(|place| {
        (
            std::cmp::Reverse(items[*place].left * there % wanted),
            *place,
        )
    });
    for place in by_remainder {
        if spare > 0 && shares[place] < items[place].left {
            shares[place] += 1;
            spare -= 1;
        }
    }
    // One-minute floors may have given too much away: the longest give it back.
    while spare < 0 {
        let Some(longest) = (0..items.len())
            .filter(|place| shares[*place] > 1)
            .max_by_key(|place| shares[*place])
        else {
            break;
        };
        shares[longest] -= 1;
        spare += 1;
    }
    shares
}
