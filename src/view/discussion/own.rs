//! What a person sees of their own hands: the place in line and why, or their own clock. Names nobody else.

use std::collections::BTreeMap;

use super::{MyDiscussion, MyHand, clock, on_agenda, why};
use crate::meeting::command::HandKind;
use crate::meeting::discussion::queue::{self, Turn};
use crate::meeting::discussion::state::{Discussion, Hand};
use crate::meeting::ids::SeatId;
use crate::meeting::state::Meeting;
use crate::view::document::Pen;
use crate::view::floor::{json, said};

/// Writes every discussion in which the person has, or had, a part.
pub fn write(pen: &mut Pen<'_>, meeting: &Meeting, seat: SeatId) {
    let mut entries = BTreeMap::new();
    for (activity, discussion) in on_agenda(meeting) {
        let own = of(meeting, discussion, seat);
        if let Some(value) = own.and_then(json) {
            entries.insert(activity.to_string(), value);
        }
    }
    pen.whole("discussions", entries);
}

fn of(meeting: &Meeting, discussion: &Discussion, seat: SeatId) -> Option<MyDiscussion> {
    let hands = hands(meeting, discussion, seat);
    let turns = discussion.hands_of(seat);
    let turns = turns.filter(|(_, hand)| hand.was_called()).count();
    let factor = meeting.factors.get(&seat).copied();
    if hands.is_empty() && turns == 0 && factor.is_none() {
        return None;
    }
    Some(MyDiscussion {
        hands,
        turns: u32::try_from(turns).ok().filter(|turns| *turns > 0),
        factor,
    })
}

/// By kind; one that speaks hides one of its kind that waits.
fn hands(meeting: &Meeting, discussion: &Discussion, seat: SeatId) -> BTreeMap<HandKind, MyHand> {
    let mut own: Vec<(u32, &Hand)> = discussion
        .hands_of(seat)
        .filter(|(_, hand)| hand.waits() || hand.is_active())
        .collect();
    if own.is_empty() {
        return BTreeMap::new();
    }
    own.sort_by_key(|(number, hand)| (hand.is_active(), *number));
    let line = queue::line(meeting, discussion);
    own.into_iter()
        .map(|(number, hand)| (hand.kind, entry(meeting, &line, number, hand)))
        .collect()
}

fn entry(meeting: &Meeting, line: &[Turn], number: u32, hand: &Hand) -> MyHand {
    let mut places = (1u16..).zip(line);
    let place = places.find_map(|(place, turn)| match turn {
        Turn::Hand(one) if one.hand == number => Some((place, one.reason)),
        Turn::Hand(_) | Turn::Question(_) => None,
    });
    let active = hand.is_active();
    MyHand {
        hand: number,
        place: place.map(|(place, _)| place),
        why: place.map(|(_, reason)| why(reason)),
        about: said(&hand.about),
        stance: hand.stance,
        speaking: active.then_some(true),
        clock: active.then(|| clock::digits(meeting, hand)),
    }
}
