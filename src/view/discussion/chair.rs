//! A discussion as its chair sees it: everyone in line and why, with what they said of themselves, and who spoke for how long.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{ChairDiscussion, ChairHand, clock, floor, on_agenda, speaking, why};
use crate::meeting::command::HandKind;
use crate::meeting::discussion::calling;
use crate::meeting::discussion::order::Reason;
use crate::meeting::discussion::queue::{self, Turn};
use crate::meeting::discussion::state::{Discussion, Hand};
use crate::meeting::discussion::time;
use crate::meeting::ids::{ActivityId, QuestionId};
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;
use crate::view::document::Pen;
use crate::view::floor::{author, json, said};
use crate::view::tally;

pub fn build(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId) {
    let found = on_agenda(meeting).find(|(id, _)| *id == activity);
    pen.one(
        "discussion",
        found.and_then(|(_, discussion)| entry(meeting, discussion)),
    );
}

pub fn refresh(pen: &mut Pen<'_>, meeting: &Meeting, activity: ActivityId, dirty: &Dirty) {
    if dirty.concerns_discussions(meeting) {
        build(pen, meeting, activity);
    }
}

fn entry(meeting: &Meeting, discussion: &Discussion) -> Option<Value> {
    let shown_tags = tally::shown_tags(meeting);
    let [speaking, interrupted] = speaking(discussion).map(|one| {
        one.map(|(number, hand)| ChairHand {
            clock: Some(clock::digits(meeting, hand)),
            ..person(meeting, number, hand, None)
        })
    });
    let balance = time::by_tag(meeting, discussion).into_iter();
    json(ChairDiscussion {
        tags: meeting.counted_tags(discussion).to_vec(),
        budget_s: (discussion.budget_s > 0).then_some(discussion.budget_s),
        order_when_closed: discussion.order_when_closed,
        line: line(meeting, discussion),
        speaking,
        interrupted,
        last: calling::reopenable(discussion),
        people: time::by_seat(discussion)
            .into_iter()
            .map(|(seat, total)| (seat, total.into()))
            .collect(),
        balance: balance
            .filter(|(tag, _)| shown_tags.contains(*tag))
            .map(|(tag, total)| (tag.to_owned(), total.into()))
            .collect(),
        stances: time::by_stance(discussion)
            .into_iter()
            .map(|(stance, total)| (stance, total.into()))
            .collect(),
    })
}

fn line(meeting: &Meeting, discussion: &Discussion) -> BTreeMap<u16, ChairHand> {
    let turns = queue::line(meeting, discussion).into_iter();
    let hands = turns.filter_map(|turn| match turn {
        Turn::Question(question) => Some(written(meeting, question)),
        Turn::Hand(place) => {
            let hand = discussion.hands.get(&place.hand)?;
            Some(person(meeting, place.hand, hand, Some(place.reason)))
        }
    });
    (1..).zip(hands).collect()
}

fn person(meeting: &Meeting, number: u32, hand: &Hand, reason: Option<Reason>) -> ChairHand {
    let seat = meeting.seats.get(&hand.seat);
    ChairHand {
        hand: Some(number),
        question: None,
        seat: Some(hand.seat),
        name: floor::name(meeting, hand.seat),
        tags: seat.map_or_else(Vec::new, |seat| seat.tags.iter().cloned().collect()),
        kind: hand.kind,
        stance: hand.stance,
        about: said(&hand.about),
        why: reason.map(why),
        at: Some(hand.raised_at),
        proxy: seat.is_some_and(|seat| seat.proxy).then_some(true),
        factor: meeting.factors.get(&hand.seat).copied(),
        clock: None,
    }
}

/// A written question in line. Who asked it stays unknown unless they said so.
fn written(meeting: &Meeting, id: QuestionId) -> ChairHand {
    let question = meeting.questions.get(&id);
    ChairHand {
        hand: None,
        question: Some(id),
        seat: None,
        name: question.and_then(|question| author(meeting, question)),
        tags: Vec::new(),
        kind: HandKind::Ordinary,
        stance: None,
        about: None,
        why: None,
        at: question.map(|question| question.at),
        proxy: None,
        factor: None,
        clock: None,
    }
}
