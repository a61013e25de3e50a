//! Time: how long a speech may be, and what was spoken by whom. Only what has stopped is added up; a speech that runs is told
//! by its own clock.

use std::collections::BTreeMap;

use super::command::{HandKind, Stance};
use super::state::{Discussion, Hand};
use super::{Facts, find, wrong_state};
use crate::meeting::fact::DiscussionFact as F;
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, SeatId};
use crate::meeting::state::Meeting;

/// Most that can be added or taken at once, in seconds.
const MORE_S: i32 = 3_600;
/// A speech is no shorter and no longer than this, in milliseconds.
const LENGTH_MS: (i64, i64) = (1_000, 86_400_000);

/// Time and turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    pub ms: i64,
    pub turns: u32,
}

impl Total {
    fn add(&mut self, hand: &Hand) {
        self.ms = self.ms.saturating_add(hand.watch.spent_ms.max(0));
        self.turns = self.turns.saturating_add(1);
    }
}

/// How long a hand may speak, with its person's own factor; 0: no limit.
#[must_use]
pub fn length_ms(meeting: &Meeting, hand: &Hand) -> i64 {
    scaled(hand.length_ms, meeting.factor(hand.seat))
}

/// A time with a factor in percent.
#[must_use]
pub fn scaled(ms: i64, percent: u16) -> i64 {
    ms.saturating_mul(i64::from(percent)) / 100
}

/// More or less time for whoever has the floor; their factor applies to it too.
///
/// Refusals: `not_found`, `out_of_range`, `wrong_state` (nobody speaks, or without limit).
pub fn add(meeting: &Meeting, activity: ActivityId, seconds: i32) -> Facts {
    fitting::within(seconds, -MORE_S, MORE_S)?;
    let discussion = find(meeting, activity)?;
    let active = discussion.active();
    let (number, hand) = active.first().ok_or_else(|| wrong_state("nobody speaks"))?;
    if hand.length_ms == 0 {
        return Err(wrong_state("this speech has no limit"));
    }
    let length_ms = hand.length_ms.saturating_add(i64::from(seconds) * 1_000);
    let length_ms = length_ms.clamp(LENGTH_MS.0, LENGTH_MS.1);
    Ok(if length_ms == hand.length_ms {
        vec![]
    } else {
        vec![F::Timed {
            activity,
            hand: *number,
            length_ms,
        }]
    })
}

fn speeches(discussion: &Discussion) -> impl Iterator<Item = &Hand> {
    discussion.hands.values().filter(|hand| hand.was_called())
}

/// What each person spoke, in every kind of speech.
#[must_use]
pub fn by_seat(discussion: &Discussion) -> BTreeMap<SeatId, Total> {
    gather(speeches(discussion).map(|hand| (hand.seat, hand)))
}

/// What each person spoke in ordinary speeches.
#[must_use]
pub fn ordinary_by_seat(discussion: &Discussion) -> BTreeMap<SeatId, Total> {
    let ordinary = speeches(discussion).filter(|hand| hand.kind == HandKind::Ordinary);
    gather(ordinary.map(|hand| (hand.seat, hand)))
}

/// What was spoken for and against.
#[must_use]
pub fn by_stance(discussion: &Discussion) -> BTreeMap<Stance, Total> {
    gather(speeches(discussion).filter_map(|hand| Some((hand.stance?, hand))))
}

/// What was spoken by those who hold each of the discussion's tags; whoever holds several counts for each.
#[must_use]
pub fn by_tag<'a>(meeting: &'a Meeting, discussion: &'a Discussion) -> BTreeMap<&'a str, Total> {
    tagged(meeting, discussion, speeches(discussion))
}

/// Tags whose budget is used up. Only ordinary speeches count.
#[must_use]
pub fn used_up<'a>(meeting: &'a Meeting, discussion: &'a Discussion) -> Vec<&'a str> {
    if discussion.budget_s == 0 {
        return Vec::new();
    }
    let budget_ms = i64::from(discussion.budget_s) * 1_000;
    let ordinary = speeches(discussion).filter(|hand| hand.kind == HandKind::Ordinary);
    tagged(meeting, discussion, ordinary)
        .into_iter()
        .filter(|(_, total)| total.ms >= budget_ms)
        .map(|(tag, _)| tag)
        .collect()
}

fn tagged<'a>(
    meeting: &'a Meeting,
    discussion: &'a Discussion,
    speeches: impl Iterator<Item = &'a Hand>,
) -> BTreeMap<&'a str, Total> {
    let tags = meeting.counted_tags(discussion);
    gather(speeches.flat_map(|hand| {
        let seat = meeting.seats.get(&hand.seat);
        let held = tags
            .iter()
            .filter(move |tag| seat.is_some_and(|seat| seat.tags.contains(*tag)));
        held.map(move |tag| (tag.as_str(), hand))
    }))
}

fn gather<'a, K: Ord>(speeches: impl Iterator<Item = (K, &'a Hand)>) -> BTreeMap<K, Total> {
    let mut found = BTreeMap::<K, Total>::new();
    for (key, hand) in speeches {
        found.entry(key).or_default().add(hand);
    }
    found
}
