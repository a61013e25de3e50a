//! One line for hands and written questions: a question, a hand, a question, and so on; a point of order or a reply waits for
//! no question.

use super::command::HandKind;
use super::order::{self, Place};
use super::state::Discussion;
use crate::meeting::command::{ActivityKind, Order};
use crate::meeting::ids::QuestionId;
use crate::meeting::questions::ordering;
use crate::meeting::state::{Meeting, Openness, Question, QuestionState};

/// Written questions in line: what comes after them is not near enough to matter.
pub const QUESTIONS: usize = 60;

/// A turn in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Hand(Place),
    Question(QuestionId),
}

/// The line as it is called.
#[must_use]
pub fn line(meeting: &Meeting, discussion: &Discussion) -> Vec<Turn> {
    let hands = order::line(meeting, discussion);
    let written = waiting(meeting, discussion);
    let urgent = hands
        .iter()
        .take_while(|place| {
            let hand = discussion.hands.get(&place.hand);
            hand.is_some_and(|hand| hand.kind != HandKind::Ordinary)
        })
        .count();
    let (urgent, hands) = hands.split_at(urgent);
    let mut line: Vec<Turn> = urgent.iter().copied().map(Turn::Hand).collect();
    let mut hands = hands.iter().copied();
    let mut written = written.into_iter().take(QUESTIONS);
    if discussion.hands_turn {
        line.extend(hands.next().map(Turn::Hand));
    }
    loop {
        let (question, hand) = (written.next(), hands.next());
        if question.is_none() && hand.is_none() {
            return line;
        }
        line.extend(question.map(Turn::Question));
        line.extend(hand.map(Turn::Hand));
    }
}

/// Written questions that wait for their turn, most wanted first, or in the moderator's own order.
#[must_use]
pub fn waiting(meeting: &Meeting, discussion: &Discussion) -> Vec<QuestionId> {
    if !discussion.one_queue {
        return Vec::new();
    }
    let asked = meeting.agenda.iter().filter(|(_, item)| {
        item.kind == ActivityKind::Questions && item.openness == Openness::Open
    });
    let mut asked: Vec<_> = asked.map(|(id, item)| (item.rank, *id, item)).collect();
    asked.sort_by_key(|(rank, id, _)| (*rank, *id));
    let mut found = Vec::new();
    for (_, activity, item) in asked {
        let counted = item.questions.votes && !item.questions.counts_hidden;
        let mut order = ordering::in_order(meeting, activity);
        order.retain(|id| meeting.questions.get(id).is_some_and(waits));
        match item.questions.order {
            Order::Own => {}
            Order::New => order.sort_by_key(|id| std::cmp::Reverse((asked_at(meeting, *id), *id))),
            Order::Top | Order::Fair => order.sort_by_key(|id| {
                let votes = if counted { meeting.votes(*id) } else { 0 };
                (std::cmp::Reverse(votes), asked_at(meeting, *id), *id)
            }),
        }
        found.extend(order);
    }
    found
}

fn waits(question: &Question) -> bool {
    question.state == QuestionState::Listed && !question.care
}

fn asked_at(meeting: &Meeting, id: QuestionId) -> Option<crate::meeting::ids::Timestamp> {
    meeting.questions.get(&id).map(|question| question.at)
}
