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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::{ActivityKind, Command};
    use crate::meeting::hall::{DESK_LINK, Hall, created_with};

    /// Items of the given minutes, the first one open for `run` minutes, and `there` minutes until the promised end.
    fn hall(minutes: &[u16], run: i64, there: i64) -> Hall {
        let mut hall = created_with(None);
        hall.sit(1, Some(DESK_LINK));
        for (n, minutes) in (1..).zip(minutes) {
            let id = ActivityId(uuid::Uuid::from_u128(n));
            hall.lead(Command::AddActivity {
                id,
                kind: ActivityKind::Poll,
                title: "X".to_owned(),
                minutes: Some(*minutes),
                before: None,
            });
        }
        hall.lead(Command::Open {
            activity: ActivityId(uuid::Uuid::from_u128(1)),
        });
        hall.pass(run * MINUTE_MS);
        hall.meeting.ends_at = Some(hall.now.plus_ms(there * MINUTE_MS));
        hall
    }

    fn shared(hall: &mut Hall) -> Vec<u16> {
        hall.lead(Command::ShareDelay {});
        in_order(&hall.meeting)
            .into_iter()
            .map(|id| hall.meeting.agenda[&id].minutes)
            .collect()
    }

    #[test]
    fn what_is_left_shares_the_time_that_is_left() {
        let mut hall = hall(&[30, 20, 40], 10, 40);
        assert_eq!(shared(&mut hall), [20, 10, 20]);
        assert_eq!(hall.lead(Command::ShareDelay {}), vec![]);
    }

    #[test]
    fn an_item_that_overran_takes_from_the_others_and_the_sum_is_exact() {
        let mut hall = hall(&[10, 7, 7, 7], 15, 17);
        let minutes = shared(&mut hall);
        assert_eq!(minutes[0], 15, "as long as it has run");
        assert_eq!(minutes[1..].iter().sum::<u16>(), 17);
        assert!(minutes[1..].iter().all(|minutes| (5..=6).contains(minutes)));
    }

    #[test]
    fn each_keeps_a_minute_however_late_it_is() {
        let mut hall = hall(&[10, 20, 0, 5], 30, -5);
        assert_eq!(shared(&mut hall), [30, 1, 0, 1]);
    }

    #[test]
    fn on_time_nothing_changes_and_without_a_promised_end_nothing_can() {
        let mut on_time = hall(&[30, 20], 10, 40);
        assert_eq!(on_time.lead(Command::ShareDelay {}), vec![]);
        on_time.meeting.ends_at = None;
        assert_eq!(
            on_time.send(on_time.facilitator, Command::ShareDelay {}),
            Err(Code::WrongState)
        );
    }
}
