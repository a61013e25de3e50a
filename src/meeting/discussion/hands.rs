//! Hands: raised and lowered, added and taken off by the chair, and the chair's own order.

use super::command::{HandKind, Stance};
use super::state::{Course, Discussion, Hand};
use super::{Facts, calling, change, find, find_open, order, wrong_state};
use crate::meeting::fact::DiscussionFact as F;
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, SeatId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::meeting::watch::Watch;
use crate::meeting::wish::Context;

/// Longest word on what a hand is about, in graphemes.
const ABOUT: usize = 120;
/// Most hands that wait in a discussion.
const WAITING: usize = 5_000;

/// What comes with a hand; absent words leave those of a hand that is up already.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    kind: HandKind,
    about: Option<&'a str>,
    stance: Option<Stance>,
}

impl<'a> Words<'a> {
    pub fn of(kind: Option<HandKind>, about: Option<&'a str>, stance: Option<Stance>) -> Self {
        let kind = kind.unwrap_or_default();
        Self {
            kind,
            about,
            stance,
        }
    }
}

/// "Raise my hand." A hand of that kind that is up already keeps its place and takes the new words.
///
/// Refusals: `not_found`, `closed` (the activity, or its list), `too_long`, `too_many`.
pub fn raise(meeting: &Meeting, activity: ActivityId, words: Words<'_>, ctx: &Context) -> Facts {
    let Actor::Seat(seat) = ctx.actor else {
        return Err(Code::NotAllowed.into());
    };
    let discussion = find_open(meeting, activity)?;
    let up = waiting_of(discussion, seat, words.kind).is_some();
    let let_in = words.kind == HandKind::PointOfOrder && discussion.order_when_closed;
    if discussion.closed && !up && !let_in {
        return Err(Refusal::because(Code::Closed, "the list is closed"));
    }
    put_up(discussion, activity, seat, words)
}

/// A hand for somebody else, whether the activity and its list are open or not.
///
/// Refusals: `not_found`, `too_long`, `too_many`.
pub fn add(meeting: &Meeting, activity: ActivityId, seat: SeatId, words: Words<'_>) -> Facts {
    let discussion = find(meeting, activity)?;
    if meeting.seated(seat)?.waiting {
        return Err(Refusal::because(Code::NotFound, "they were not let in yet"));
    }
    put_up(discussion, activity, seat, words)
}

fn put_up(discussion: &Discussion, activity: ActivityId, seat: SeatId, words: Words<'_>) -> Facts {
    let about = words
        .about
        .map(|about| fitting::line_or_nothing(about, ABOUT))
        .transpose()?;
    let stance = words.stance.filter(|_| discussion.stances);
    if let Some((number, hand)) = waiting_of(discussion, seat, words.kind) {
        let about = about.unwrap_or_else(|| hand.about.clone());
        let stance = stance.or(hand.stance);
        if (&about, stance) == (&hand.about, hand.stance) {
            return Ok(vec![]);
        }
        return Ok(vec![F::Restated {
            activity,
            hand: number,
            about,
            stance,
        }]);
    }
    let waiting = discussion.hands.values().filter(|hand| hand.waits());
    fitting::room(waiting.count(), WAITING)?;
    Ok(vec![F::Raised {
        activity,
        hand: next_number(discussion)?,
        seat,
        kind: words.kind,
        about: about.unwrap_or_default(),
        stance,
    }])
}

fn next_number(discussion: &Discussion) -> Result<u32, Refusal> {
    let next = discussion.numbered.checked_add(1);
    next.ok_or_else(|| Code::TooMany.into())
}

fn waiting_of(discussion: &Discussion, seat: SeatId, kind: HandKind) -> Option<(u32, &Hand)> {
    let mut hands = discussion.hands_of(seat);
    hands.find(|(_, hand)| hand.waits() && hand.kind == kind)
}

/// "Lower my hand", of one kind or all. Refusal: `not_found`.
pub fn lower(
    meeting: &Meeting,
    activity: ActivityId,
    kind: Option<HandKind>,
    ctx: &Context,
) -> Facts {
    let discussion = find(meeting, activity)?;
    let Actor::Seat(seat) = ctx.actor else {
        return Err(Code::NotAllowed.into());
    };
    let mine = discussion
        .hands_of(seat)
        .filter(|(_, hand)| hand.waits() && kind.is_none_or(|kind| hand.kind == kind));
    Ok(lowered(activity, mine.map(|(hand, _)| hand).collect()))
}

/// Takes a hand off the list. Refusals: `not_found`, `wrong_state` (it was called).
pub fn remove(meeting: &Meeting, activity: ActivityId, number: u32) -> Facts {
    let discussion = find(meeting, activity)?;
    match discussion.hands.get(&number).map(|hand| hand.course) {
        None => Err(Code::NotFound.into()),
        Some(Course::Waiting) => Ok(lowered(activity, vec![number])),
        Some(Course::Lowered) => Ok(vec![]),
        Some(Course::Speaking | Course::Paused | Course::Finished) => {
            Err(wrong_state("it was called already"))
        }
    }
}

/// Takes all hands down. Refusal: `not_found`.
pub fn clear(meeting: &Meeting, activity: ActivityId) -> Facts {
    let hands = find(meeting, activity)?.hands.iter();
    let waiting = hands.filter(|(_, hand)| hand.waits());
    Ok(lowered(activity, waiting.map(|(hand, _)| *hand).collect()))
}

/// The fact that these wait no longer, if there are any.
pub fn lowered(activity: ActivityId, hands: Vec<u32>) -> Vec<F> {
    if hands.is_empty() {
        vec![]
    } else {
        vec![F::Lowered { activity, hands }]
    }
}

/// The chair's own order: exactly the hands in line. It holds until it is called off; whoever comes later stands after them
/// by the rule, or before them with something more urgent.
///
/// Refusals: `not_found` (a number that never was), `wrong_state` (the line is another).
pub fn order(meeting: &Meeting, activity: ActivityId, hands: &[u32]) -> Facts {
    let discussion = find(meeting, activity)?;
    if hands
        .iter()
        .any(|hand| !discussion.hands.contains_key(hand))
    {
        return Err(Code::NotFound.into());
    }
    let line = order::line(meeting, discussion);
    let mut waiting: Vec<u32> = line.iter().map(|place| place.hand).collect();
    let mut wished = hands.to_vec();
    waiting.sort_unstable();
    wished.sort_unstable();
    if waiting != wished {
        return Err(wrong_state("the order names each hand in line once"));
    }
    Ok(if discussion.placed == hands {
        vec![]
    } else {
        vec![F::Ordered {
            activity,
            hands: hands.to_vec(),
        }]
    })
}

/// Whoever spoke last is first in line again, with a hand of their own: what they spoke stays spoken. Whoever the chair had
/// put somewhere, and what is more urgent, follows in its order; all others by the rule.
///
/// Refusals: `not_found` (they are gone), `wrong_state` (nobody spoke; they wait again already; a reply to nobody).
pub fn re_add_last(meeting: &Meeting, activity: ActivityId) -> Facts {
    let discussion = find(meeting, activity)?;
    let (_, last) = calling::last(discussion).ok_or_else(|| wrong_state("nobody has spoken"))?;
    meeting.seated(last.seat)?;
    if waiting_of(discussion, last.seat, last.kind).is_some() {
        return Err(wrong_state("they are in line already"));
    }
    if last.kind == HandKind::Reply && discussion.active().is_empty() {
        return Err(wrong_state("nobody speaks whom they could reply to"));
    }
    let hand = next_number(discussion)?;
    let kept = order::line(meeting, discussion)
        .into_iter()
        .map(|place| place.hand)
        .filter(|hand| {
            let urgent = discussion.hands[hand].kind != HandKind::Ordinary;
            urgent || discussion.placed.contains(hand)
        });
    let hands = std::iter::once(hand).chain(kept).collect();
    let raised = F::Raised {
        activity,
        hand,
        seat: last.seat,
        kind: last.kind,
        about: last.about.clone(),
        stance: last.stance,
    };
    Ok(vec![raised, F::Ordered { activity, hands }])
}

pub fn apply(meeting: &mut Meeting, at: Timestamp, fact: &F) {
    match fact {
        F::Raised {
            activity,
            hand,
            seat,
            kind,
            about,
            stance,
        } => change(meeting, *activity, |is| {
            let lowered = |one: &Hand| one.seat == *seat && one.course == Course::Lowered;
            is.hands.retain(|_, one| !lowered(one));
            is.numbered = is.numbered.max(*hand);
            is.hands.entry(*hand).or_insert_with(|| Hand {
                seat: *seat,
                kind: *kind,
                about: about.clone(),
                stance: *stance,
                raised_at: at,
                course: Course::Waiting,
                watch: Watch::default(),
                length_ms: 0,
                called_at: None,
                stopped_at: None,
            });
        }),
        F::Restated {
            activity,
            hand,
            about,
            stance,
        } => super::change_hand(meeting, *activity, *hand, |hand| {
            hand.about.clone_from(about);
            hand.stance = *stance;
        }),
        F::Lowered { activity, hands } => change(meeting, *activity, |is| {
            is.placed.retain(|hand| !hands.contains(hand));
            for number in hands {
                if let Some(hand) = is.hands.get_mut(number).filter(|hand| hand.waits()) {
                    hand.course = Course::Lowered;
                    hand.about.clear();
                }
            }
        }),
        F::Ordered { activity, hands } => change(meeting, *activity, |is| {
            is.placed = hands
                .iter()
                .copied()
                .filter(|hand| is.hands.get(hand).is_some_and(Hand::waits))
                .collect();
        }),
        _ => {}
    }
}
