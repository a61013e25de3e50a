//! A discussion as the whole hall sees it: who speaks, who was interrupted, who is next. No id of a person.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{FloorDiscussion, ShownHand, ShownSpeaker, clock, is_first, on_agenda, speaking};
use crate::meeting::command::HandKind;
use crate::meeting::discussion::queue::{self, Turn};
use crate::meeting::discussion::state::{Discussion, Hand};
use crate::meeting::ids::{QuestionId, SeatId};
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;
use crate::view::document::Pen;
use crate::view::floor::{author, json, said, shown_tag};
use crate::view::scope::Aids;

/// Places in line that the hall sees.
const SHOWN: usize = 8;

pub fn build(pen: &mut Pen<'_>, meeting: &Meeting) {
    let entries = entries(meeting, pen.aids());
    pen.whole("discussions", entries);
}

pub fn refresh(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    if dirty.concerns_discussions(meeting) {
        build(pen, meeting);
    }
}

fn entries(meeting: &Meeting, aids: &Aids) -> BTreeMap<String, Value> {
    let shown = on_agenda(meeting).filter_map(|(activity, discussion)| {
        let entry = entry(meeting, aids, discussion);
        Some((activity.to_string(), json(entry)?))
    });
    shown.collect()
}

fn entry(meeting: &Meeting, aids: &Aids, discussion: &Discussion) -> FloorDiscussion {
    let line = queue::line(meeting, discussion);
    let hands = line.iter().filter(|turn| matches!(turn, Turn::Hand(_)));
    let written = queue::waiting(meeting, discussion).len();
    let [speaking, interrupted] = speaking(discussion)
        .map(|one| one.map(|(number, hand)| speaker(meeting, aids, discussion, number, hand)));
    FloorDiscussion {
        order: discussion.order,
        closed: discussion.closed.then_some(true),
        speech_s: (discussion.speech_s > 0).then_some(discussion.speech_s),
        stances: discussion.stances.then_some(true),
        one_queue: discussion.one_queue.then_some(true),
        hands: count(hands.count()),
        written: discussion.one_queue.then(|| count(written)),
        speaking,
        interrupted,
        line: (1..)
            .zip(line.iter().take(SHOWN))
            .map(|(place, turn)| (place, in_line(meeting, aids, discussion, *turn)))
            .collect(),
    }
}

fn speaker(
    meeting: &Meeting,
    aids: &Aids,
    discussion: &Discussion,
    number: u32,
    hand: &Hand,
) -> ShownSpeaker {
    ShownSpeaker {
        hand: number,
        name: name(meeting, hand.seat),
        tag: tag(meeting, aids, discussion, hand.seat),
        kind: hand.kind,
        stance: hand.stance,
        first: is_first(discussion, number, hand).then_some(true),
        clock: clock::shown(meeting, hand),
    }
}

fn in_line(meeting: &Meeting, aids: &Aids, discussion: &Discussion, turn: Turn) -> ShownHand {
    match turn {
        Turn::Question(question) => written(meeting, aids, question),
        Turn::Hand(place) => {
            let hand = discussion.hands.get(&place.hand);
            let seat = hand.map(|hand| hand.seat);
            ShownHand {
                hand: Some(place.hand),
                question: None,
                name: seat.and_then(|seat| name(meeting, seat)),
                tag: seat.and_then(|seat| tag(meeting, aids, discussion, seat)),
                kind: hand.map(|hand| hand.kind).unwrap_or_default(),
                stance: hand.and_then(|hand| hand.stance),
                first: hand
                    .is_some_and(|hand| is_first(discussion, place.hand, hand))
                    .then_some(true),
            }
        }
    }
}

fn written(meeting: &Meeting, aids: &Aids, id: QuestionId) -> ShownHand {
    let question = meeting.questions.get(&id);
    ShownHand {
        hand: None,
        question: Some(id),
        name: question.and_then(|question| author(meeting, question)),
        tag: question.and_then(|question| shown_tag(aids, question)),
        kind: HandKind::Ordinary,
        stance: None,
        first: None,
    }
}

/// The name they gave.
pub(super) fn name(meeting: &Meeting, seat: SeatId) -> Option<String> {
    meeting.seats.get(&seat).and_then(|seat| said(&seat.name))
}

/// The first of the discussion's tags that they hold with enough others.
fn tag(meeting: &Meeting, aids: &Aids, discussion: &Discussion, seat: SeatId) -> Option<String> {
    let seat = meeting.seats.get(&seat)?;
    let mut tags = meeting.counted_tags(discussion).iter();
    tags.find(|tag| seat.tags.contains(*tag) && aids.shown_tags.contains(*tag))
        .cloned()
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
